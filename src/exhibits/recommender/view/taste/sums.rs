//! Sums that are shown rounded and still add up.

use crate::exhibits::recommender::payload::Terms;

/// Hundredths of a star.
const PER_STAR: f64 = 100.0;

/// The terms of a prediction in hundredths of a star, and their sum; the parts add up to it exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sum {
    /// Mean, person, item and taste.
    pub(super) parts: [i64; 4],
    pub(super) total: i64,
}

impl Sum {
    /// Each part is rounded down, and the hundredths that are missing go to those that lost most.
    pub(super) fn of(terms: &Terms) -> Option<Self> {
        let exact = [terms.mean, terms.person, terms.item, terms.taste].map(|part| part * PER_STAR);
        if exact.iter().any(|part| !part.is_finite() || part.abs() > 1e12) {
            return None;
        }
        let total = (terms.sum() * PER_STAR).round() as i64;
        let mut parts = exact.map(|part| part.floor() as i64);
        let mut by_loss: Vec<usize> = (0..parts.len()).collect();
        let loss = |part: usize| exact[part] - exact[part].floor();
        by_loss.sort_by(|a, b| loss(*b).total_cmp(&loss(*a)));
        let missing = total - parts.iter().sum::<i64>();
        for &part in by_loss.iter().take(usize::try_from(missing).unwrap_or(0)) {
            parts[part] += 1;
        }
        Some(Self { parts, total })
    }
}

/// Hundredths as stars: `3.54`, `−0.12`.
pub(super) fn stars_of(hundredths: i64) -> String {
    let sign = if hundredths < 0 { "−" } else { "" };
    let most = hundredths.unsigned_abs();
    format!("{sign}{}.{:02}", most / 100, most % 100)
}

/// Hundredths as what is added: `+0.61`, `−0.12`.
pub(super) fn added(hundredths: i64) -> String {
    let sign = if hundredths < 0 { "−" } else { "+" };
    format!("{sign}{}", stars_of(hundredths.abs()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn shown_parts_add_up_to_the_shown_sum() {
        // Rounded each by itself they would be 3.54, −0.12, 0.60 and 0.20, which make 4.22.
        let terms = Terms { mean: 3.544, person: -0.116, item: 0.6045, taste: 0.2045 };
        let sum = Sum::of(&terms).unwrap();
        assert_eq!(sum.total, 424);
        assert_eq!(sum.parts.iter().sum::<i64>(), 424);
        assert_eq!(sum.parts.map(stars_of), ["3.54", "−0.12", "0.61", "0.21"].map(str::to_owned));
        assert_eq!(added(-12), "−0.12");
        assert_eq!(added(0), "+0.00");
        assert!(Sum::of(&Terms { taste: f64::NAN, ..terms }).is_none());
    }

    proptest! {
        #[test]
        fn no_part_is_off_by_a_hundredth(
            mean in 0.5..5.0, person in -3.0..3.0, item in -3.0..3.0, taste in -3.0..3.0,
        ) {
            let terms = Terms { mean, person, item, taste };
            let sum = Sum::of(&terms).unwrap();
            prop_assert_eq!(sum.parts.iter().sum::<i64>(), sum.total);
            for (part, exact) in sum.parts.into_iter().zip([mean, person, item, taste]) {
                prop_assert!((part as f64 - exact * 100.0).abs() <= 1.0);
            }
        }
    }
}
