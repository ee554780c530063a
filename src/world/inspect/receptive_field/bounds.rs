//! Bounds along each dimension of a tensor.

use std::ops::Range;

use super::index;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bounds(pub(super) Vec<Range<usize>>);

impl Bounds {
    /// One number.
    pub(super) fn of_one(index: &[usize]) -> Self {
        Self(index.iter().map(|at| *at..at + 1).collect())
    }

    /// Everything.
    pub(super) fn all(sizes: &[usize]) -> Self {
        Self(sizes.iter().map(|size| 0..*size).collect())
    }

    /// All that lies between two places, which are counted through.
    pub(super) fn between(first: usize, last: usize, sizes: &[usize]) -> Self {
        let (first, last) = (index::along(first, sizes), index::along(last, sizes));
        let mut apart = false;
        let along = first.iter().zip(&last).zip(sizes).map(|((first, last), size)| {
            let range = if apart { 0..*size } else { *first..last + 1 };
            apart |= first != last;
            range
        });
        Self(along.collect())
    }

    /// The least bounds that hold these places; none where there are none.
    pub(super) fn around(places: impl Iterator<Item = usize>, sizes: &[usize]) -> Option<Self> {
        places.map(|place| Self::of_one(&index::along(place, sizes))).reduce(|a, b| a.with(Some(b)))
    }

    /// The least bounds that hold both.
    pub(super) fn with(self, other: Option<Self>) -> Self {
        let Some(other) = other else { return self };
        let both = self.0.into_iter().zip(other.0);
        Self(both.map(|(a, b)| a.start.min(b.start)..a.end.max(b.end)).collect())
    }

    /// How many numbers they hold.
    pub(super) fn count(&self) -> usize {
        self.0.iter().map(ExactSizeIterator::len).product()
    }

    /// Whether they hold everything.
    pub(super) fn are_all(&self, sizes: &[usize]) -> bool {
        self.count() == sizes.iter().product::<usize>()
    }

    /// Their numbers, counted through.
    pub(super) fn places(&self, sizes: &[usize]) -> impl Iterator<Item = usize> + use<> {
        let inner: Vec<usize> = self.0.iter().map(ExactSizeIterator::len).collect();
        let (firsts, sizes): (Vec<usize>, Vec<usize>) =
            (self.0.iter().map(|range| range.start).collect(), sizes.to_vec());
        (0..self.count()).map(move |at| {
            let own = index::along(at, &inner);
            let index: Vec<usize> = own.iter().zip(&firsts).map(|(at, first)| at + first).collect();
            index::count(&index, &sizes)
        })
    }

    /// Along a dimension from the last one on; beyond the first, one.
    pub(super) fn behind(&self, behind: usize) -> Range<usize> {
        self.0.iter().rev().nth(behind).cloned().unwrap_or(0..1)
    }

    /// Those of maps, and of rows and columns.
    pub(super) fn maps(&self) -> (Self, [Range<usize>; 2]) {
        let outer = self.0.get(..self.0.len().saturating_sub(2)).unwrap_or(&[]);
        (Self(outer.to_vec()), [self.behind(1), self.behind(0)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_between_two_lie_in_their_bounds() {
        let sizes = [3, 4, 5];
        for (first, last) in [(0, 59), (7, 9), (7, 23), (20, 39)] {
            let bounds = Bounds::between(first, last, &sizes);
            let held: Vec<usize> = bounds.places(&sizes).collect();
            assert!((first..=last).all(|place| held.contains(&place)), "{bounds:?}");
            assert_eq!(held.len(), bounds.count());
            assert_eq!(Bounds::around(held.into_iter(), &sizes), Some(bounds));
        }
        assert_eq!(Bounds::between(7, 9, &sizes), Bounds(vec![0..1, 1..2, 2..5]));
    }
}
