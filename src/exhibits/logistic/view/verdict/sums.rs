//! Sums that are shown rounded and still add up.

/// Hundredths of a unit of the score.
const PER_UNIT: f64 = 100.0;

/// Parts in hundredths, and their sum; the parts add up to it exactly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rounded {
    pub(super) parts: Vec<i64>,
    pub(super) total: i64,
}

impl Rounded {
    /// Each part is rounded down, and the hundredths that are missing go to those that lost most.
    pub(super) fn of(parts: &[f64]) -> Option<Self> {
        let exact: Vec<f64> = parts.iter().map(|part| part * PER_UNIT).collect();
        if exact.iter().any(|part| !part.is_finite() || part.abs() > 1e12) {
            return None;
        }
        let total = exact.iter().sum::<f64>().round() as i64;
        let mut rounded: Vec<i64> = exact.iter().map(|part| part.floor() as i64).collect();
        let mut by_loss: Vec<(usize, f64)> =
            exact.iter().map(|part| part - part.floor()).enumerate().collect();
        by_loss.sort_by(|(_, a), (_, b)| b.total_cmp(a));
        let missing = total - rounded.iter().sum::<i64>();
        for (place, _) in by_loss.into_iter().take(usize::try_from(missing).unwrap_or(0)) {
            if let Some(part) = rounded.get_mut(place) {
                *part += 1;
            }
        }
        Some(Self { parts: rounded, total })
    }
}

/// Hundredths as what is added: `+0.61`, `−0.12`.
pub(super) fn added(hundredths: i64) -> String {
    let sign = if hundredths < 0 { "−" } else { "+" };
    let most = hundredths.unsigned_abs();
    format!("{sign}{}.{:02}", most / 100, most % 100)
}

/// A number with its sign: `+0.612`, `−3.4e−5`, `0`.
pub(super) fn signed(value: f64) -> String {
    let most = value.abs();
    let words = if value == 0.0 {
        return "0".to_owned();
    } else if !value.is_finite() {
        return "no number".to_owned();
    } else if !(1e-3..1e4).contains(&most) {
        format!("{value:+.1e}")
    } else if most >= 100.0 {
        format!("{value:+.1}")
    } else {
        format!("{value:+.3}")
    };
    words.replace('-', "−")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn shown_parts_add_up_to_the_shown_sum() {
        // Rounded each by itself they would be 0.34, −0.12, 0.60 and 0.20, which make 1.02.
        let sum = Rounded::of(&[0.344, -0.116, 0.6045, 0.2045]).unwrap();
        assert_eq!(sum.total, 104);
        assert_eq!(sum.parts.iter().sum::<i64>(), 104);
        assert_eq!(
            (added(-12), added(0), added(1234)),
            ("−0.12".into(), "+0.00".into(), "+12.34".into())
        );
        assert_eq!(Rounded::of(&[f64::NAN]), None);
        assert_eq!(Rounded::of(&[]), Some(Rounded { parts: Vec::new(), total: 0 }));
    }

    #[test]
    fn numbers_of_any_size_keep_their_sign() {
        let words = [0.0, 1.23456, -0.5, 2e-5, 123.44, f64::NAN].map(signed);
        assert_eq!(words, ["0", "+1.235", "−0.500", "+2.0e−5", "+123.4", "no number"]);
    }

    proptest! {
        #[test]
        fn no_part_is_off_by_a_hundredth(parts in prop::collection::vec(-50.0..50.0, 1..12)) {
            let sum = Rounded::of(&parts).unwrap();
            prop_assert_eq!(sum.parts.iter().sum::<i64>(), sum.total);
            for (part, exact) in sum.parts.into_iter().zip(parts) {
                prop_assert!((part as f64 - exact * 100.0).abs() <= 1.0);
            }
        }
    }
}
