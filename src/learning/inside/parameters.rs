//! What a model has learned as one row of numbers, and which of them belong to one filter: what leads through the space of
//! weights.

/// All that a model has learned, and behind it what its normalisations remember.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parameters {
    /// One array after the other.
    pub numbers: Vec<f32>,
    /// So many of them are learned; those behind are remembered.
    pub learned: usize,
    /// The arrays that have filters. Biases, factors of normalisations and filters of a single number have none.
    pub filters: Vec<Filters>,
}

/// An array of filters: of a convolution a filter makes one map, of a dense layer it makes one unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Filters {
    first: usize,
    /// Inputs before the filters, filters, numbers of each that lie side by side.
    size: [usize; 3],
}

impl Filters {
    /// An array that begins with the number `first`, whose dimensions, the last one fastest, lie `before` the one that counts
    /// filters, are it, or lie behind it; `None` where a filter has a single number or none.
    pub fn of(first: usize, [before, filters, behind]: [usize; 3]) -> Option<Self> {
        let size = [before, filters, behind];
        (before * behind > 1 && filters > 0).then_some(Self { first, size })
    }

    /// How many filters there are.
    pub const fn count(&self) -> usize {
        self.size[1]
    }

    /// How many numbers each of them has.
    pub const fn len(&self) -> usize {
        self.size[0] * self.size[2]
    }

    /// Whether they have none, which is never.
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Where the numbers of a filter stand among all.
    pub fn places(&self, filter: usize) -> impl Iterator<Item = usize> + use<> {
        let Self { first, size: [before, filters, behind] } = *self;
        (0..before).flat_map(move |outer| {
            let begin = first + (outer * filters + filter) * behind;
            begin..begin + behind
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_number_of_an_array_belongs_to_one_filter() {
        // Of a dense layer whose units lie side by side, of one whose units lie one after the other, and of a convolution turned round.
        for size in [[6, 4, 1], [1, 4, 6], [2, 4, 3]] {
            let filters = Filters::of(5, size).unwrap();
            assert_eq!((filters.count(), filters.len(), filters.is_empty()), (4, 6, false));
            let mut all: Vec<usize> = (0..4).flat_map(|at| filters.places(at)).collect();
            all.sort_unstable();
            assert_eq!(all, (5..29).collect::<Vec<_>>());
        }
        assert_eq!(Filters::of(5, [3, 2, 1]).unwrap().places(1).collect::<Vec<_>>(), [6, 8, 10]);
        assert_eq!(Filters::of(0, [1, 9, 1]), None);
    }
}
