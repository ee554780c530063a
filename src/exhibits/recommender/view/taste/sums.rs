//! The sum behind a prediction, as it is shown.

use crate::{exhibits::recommender::payload::Terms, world::ui::sums::Rounded};

/// The terms of a prediction in hundredths of a star, and their sum; the parts add up to it exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sum {
    /// Mean, person, item and taste.
    pub(super) parts: [i64; 4],
    pub(super) total: i64,
}

impl Sum {
    pub(super) fn of(terms: &Terms) -> Option<Self> {
        let parts = [terms.mean, terms.person, terms.item, terms.taste];
        let Rounded { parts, total } = Rounded::of_sum(&parts, terms.sum())?;
        Some(Self { parts: parts.try_into().ok()?, total })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shown_parts_add_up_to_the_shown_sum() {
        let terms = Terms { mean: 3.544, person: -0.116, item: 0.6045, taste: 0.2045 };
        let sum = Sum::of(&terms).unwrap();
        assert_eq!((sum.total, sum.parts.iter().sum::<i64>()), (424, 424));
        assert!(Sum::of(&Terms { taste: f64::NAN, ..terms }).is_none());
    }
}
