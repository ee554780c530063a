//! The arc around the visitor on which an exhibit hangs its parts, each facing the middle.
//!
//! Places along the arc are metres from straight ahead; heights are metres above the floor.

use bevy::prelude::*;

use crate::{
    stream::Shape,
    world::{
        display::FieldLayout,
        stage::plan::{RING_RADIUS_M, facing_middle},
    },
};

/// Radius of the arc, in metres.
pub const RADIUS_M: f32 = RING_RADIUS_M;

/// How much higher than planned everything hangs, in metres, so that the desk hides none of it in the first view.
const LIFT_M: f32 = 0.06;

/// A rectangle on the arc.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spot {
    /// Along the arc, in metres to the right of straight ahead.
    pub along_m: f32,
    /// Height of its middle above the floor, in metres.
    pub up_m: f32,
    /// Width and height, in metres.
    pub size_m: Vec2,
}

impl Spot {
    /// A rectangle around a place, all in metres.
    pub const fn new(along_m: f32, up_m: f32, width_m: f32, height_m: f32) -> Self {
        Self { along_m, up_m, size_m: Vec2::new(width_m, height_m) }
    }

    /// Where it hangs, turned towards the middle.
    pub fn transform(self) -> Transform {
        self.before(0.0)
    }

    /// The same place, `nearer_m` metres towards the middle.
    pub fn before(self, nearer_m: f32) -> Transform {
        let bearing = (self.along_m / RADIUS_M).to_degrees();
        facing_middle(bearing, RADIUS_M - nearer_m, self.up_m + LIFT_M)
    }

    /// A strip of this height below it, as wide as it is, for its legend.
    pub fn foot(self, height_m: f32, gap_m: f32) -> Self {
        Self {
            up_m: self.up_m - self.size_m.y / 2.0 - gap_m - height_m / 2.0,
            size_m: Vec2::new(self.size_m.x, height_m),
            ..self
        }
    }

    /// A strip of this height above it, as wide as it is, for its title.
    pub fn title(self, height_m: f32, gap_m: f32) -> Self {
        Self {
            up_m: self.up_m + self.size_m.y / 2.0 + gap_m + height_m / 2.0,
            size_m: Vec2::new(self.size_m.x, height_m),
            ..self
        }
    }
}

/// How large a layout is in a place of `most` metres with square cells; it fills the place where that bends its cells by no
/// more than a sixteenth.
pub fn fitted(layout: FieldLayout, most: Vec2) -> Vec2 {
    let cells = layout.size_cells().as_vec2().max(Vec2::ONE);
    let size = cells * (most / cells).min_element();
    if (most / size - 1.0).max_element() < 1.0 / 16.0 { most } else { size }
}

/// Maps beside each other so that they become as large as they can in a place of `most` metres.
pub fn arranged(maps: Shape, gap: u32, most: Vec2) -> FieldLayout {
    let layout = |per_row| FieldLayout::stack(maps, per_row, gap);
    let scale = |per_row: &usize| (most / layout(*per_row).size_cells().as_vec2()).min_element();
    // Of equals the first, so that rows are full.
    let best = (1..=maps.maps).rev().max_by(|a, b| scale(a).total_cmp(&scale(b)));
    layout(best.unwrap_or(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strips_for_title_and_legend_touch_no_part_of_the_spot() {
        let spot = Spot::new(-1.0, 1.5, 0.6, 0.4);
        let (title, foot) = (spot.title(0.1, 0.02), spot.foot(0.2, 0.0));
        assert_eq!((title.size_m, foot.size_m), (Vec2::new(0.6, 0.1), Vec2::new(0.6, 0.2)));
        assert!((title.up_m - (1.5 + 0.2 + 0.02 + 0.05)).abs() < 1e-6, "{title:?}");
        assert!((foot.up_m - (1.5 - 0.2 - 0.1)).abs() < 1e-6, "{foot:?}");
    }

    #[test]
    fn cells_are_square_unless_that_leaves_little_free() {
        let most = Vec2::new(1.0, 1.0);
        assert_eq!(fitted(FieldLayout::single(28, 29), most), most);
        assert_eq!(fitted(FieldLayout::single(1, 4), most), Vec2::new(1.0, 0.25));
    }
}
