//! What the viewer looks at: which tensors, which part of each, how fine and how often.

use serde::{Deserialize, Serialize};

use super::{LayerId, Shape};

/// The most subscriptions that are heeded at once.
pub const MOST_SUBSCRIPTIONS: usize = 4096;

/// A part of a tensor that the viewer wants to see; several of one tensor may stand side by side.
///
/// The trainer sends this and no more. Where it costs too much of the training, it is sent more seldom, and then coarser,
/// and each [`LayerValues`](super::LayerValues) says which part it is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Subscription {
    /// The tensor.
    pub tensor: LayerId,
    /// Which part of it.
    #[serde(default)]
    pub slice: Slice,
    /// How fine.
    #[serde(default)]
    pub level: Level,
    /// How many times a second, at most.
    pub per_second: f32,
}

impl Subscription {
    /// Every number of a tensor.
    pub const fn whole(tensor: LayerId, per_second: f32) -> Self {
        Self { tensor, slice: Slice::ALL, level: Level::FINEST, per_second }
    }

    /// A little of a tensor of this shape, so many cells at most: all of it as fine as that allows, or, where it has more maps
    /// than cells, the first of them.
    pub fn little(tensor: LayerId, shape: Shape, cells: usize, per_second: f32) -> Self {
        let level = Level::of_at_most(cells, shape);
        let of_a_map = level.cells(Shape { maps: 1, ..shape }).len();
        let maps = (cells / of_a_map.max(1)).max(1);
        let slice = if maps < shape.maps { Slice::maps(0, maps) } else { Slice::ALL };
        Self { tensor, slice, level, per_second }
    }
}

/// A box of numbers of a tensor: where it begins and how far it reaches in maps, rows and columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Slice {
    /// First map, row and column.
    pub first: [usize; 3],
    /// How many maps, rows and columns, as far as there are so many.
    pub count: [usize; 3],
}

impl Slice {
    /// All there is.
    pub const ALL: Self = Self { first: [0; 3], count: [usize::MAX; 3] };

    /// Some whole maps.
    pub const fn maps(first: usize, count: usize) -> Self {
        Self { first: [first, 0, 0], count: [count, usize::MAX, usize::MAX] }
    }

    /// The part of it that a tensor of this shape has; it may be empty.
    pub fn within(self, shape: Shape) -> Self {
        let of = [shape.maps, shape.rows, shape.columns];
        let mut inside = self;
        for ((first, count), of) in inside.first.iter_mut().zip(&mut inside.count).zip(of) {
            *first = (*first).min(of);
            *count = (*count).min(of - *first);
        }
        inside
    }

    /// Whether it is all of a tensor of this shape.
    pub fn is_all_of(self, shape: Shape) -> bool {
        self.within(shape) == Self::ALL.within(shape)
    }

    /// The shape of what lies in it, once it is [`within`](Self::within) one.
    pub const fn shape(self) -> Shape {
        let [maps, rows, columns] = self.count;
        Shape::maps(maps, rows, columns)
    }
}

impl Default for Slice {
    fn default() -> Self {
        Self::ALL
    }
}

/// How fine: a cell of level k stands for 2ᵏ × 2ᵏ neighbours of one map.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
pub struct Level(pub u8);

impl Level {
    /// Every number.
    pub const FINEST: Self = Self(0);
    /// The coarsest; a cell of it is wider than any map.
    pub const COARSEST: Self = Self(24);

    /// How many neighbours a cell stands for, along rows and along columns.
    pub fn side(self) -> usize {
        1 << self.0.min(Self::COARSEST.0)
    }

    /// This many levels coarser.
    pub fn coarser(self, by: u8) -> Self {
        Self(self.0.saturating_add(by)).min(Self::COARSEST)
    }

    /// The finest at which `shape` has at most so many cells.
    ///
    /// A tensor of more maps than that has more at every level.
    pub fn of_at_most(cells: usize, shape: Shape) -> Self {
        let fits = |level: &Self| level.cells(shape).len() <= cells;
        (0..=Self::COARSEST.0).map(Self).find(fits).unwrap_or(Self::COARSEST)
    }

    /// The cells into which a tensor falls.
    pub fn cells(self, shape: Shape) -> Shape {
        let side = self.side();
        Shape::maps(shape.maps, shape.rows.div_ceil(side), shape.columns.div_ceil(side))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slice_is_cut_to_what_there_is() {
        let shape = Shape::maps(4, 3, 2);
        assert_eq!(Slice::ALL.within(shape).shape(), shape);
        assert_eq!(Slice::maps(3, 9).within(shape).shape(), Shape::maps(1, 3, 2));
        assert!(Slice::maps(7, 1).within(shape).shape().is_empty());
        assert!(Slice::maps(0, 4).is_all_of(shape) && !Slice::maps(0, 3).is_all_of(shape));
    }

    #[test]
    fn a_level_is_as_fine_as_its_cells_allow() {
        let shape = Shape::maps(2, 100, 33);
        assert_eq!(Level(3).cells(shape), Shape::maps(2, 13, 5));
        assert_eq!(Level::of_at_most(6600, shape), Level(0));
        assert_eq!(Level::of_at_most(6599, shape), Level(1));
        assert_eq!(Level::of_at_most(2, shape), Level(7));
        assert_eq!(Level::of_at_most(1, shape), Level::COARSEST);
        assert_eq!(Level(200).cells(shape).len(), 2);
    }

    #[test]
    fn a_little_of_many_maps_are_the_first_of_them() {
        let little = |shape| {
            let one = Subscription::little(LayerId::new("weights"), shape, 1000, 1.0);
            let part = Slice::within(one.slice, shape).shape();
            assert!(one.level.cells(part).len() <= 1000, "{one:?}");
            (one.level, part)
        };
        // A convolution of 512 × 512 filters of 1 × 1, and one of 3 × 3.
        assert_eq!(
            little(Shape::maps(512 * 512, 1, 1)),
            (Level::COARSEST, Shape::maps(1000, 1, 1))
        );
        assert_eq!(
            little(Shape::maps(512 * 512, 3, 3)),
            (Level::COARSEST, Shape::maps(1000, 3, 3))
        );
        assert_eq!(little(Shape::maps(4, 100, 100)), (Level(3), Shape::maps(4, 100, 100)));
        assert_eq!(little(Shape::maps(999, 1, 1)), (Level(0), Shape::maps(999, 1, 1)));
    }
}
