//! Sums that are shown rounded to hundredths and still add up.

/// Hundredths of a unit.
const PER_UNIT: f64 = 100.0;

/// Parts in hundredths, and their sum; the parts add up to it exactly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rounded {
    pub parts: Vec<i64>,
    pub total: i64,
}

impl Rounded {
    /// Each part is rounded down, and the hundredths that are missing go to those that lost most.
    pub fn of(parts: &[f64]) -> Option<Self> {
        let total = parts.iter().map(|part| part * PER_UNIT).sum();
        Self::to(parts, total)
    }

    /// The same, where the sum was made by others and is the one to be shown.
    pub fn of_sum(parts: &[f64], sum: f64) -> Option<Self> {
        Self::to(parts, sum * PER_UNIT)
    }

    fn to(parts: &[f64], total: f64) -> Option<Self> {
        let exact: Vec<f64> = parts.iter().map(|part| part * PER_UNIT).collect();
        if exact.iter().any(|part| !part.is_finite() || part.abs() > 1e12) {
            return None;
        }
        let total = total.round() as i64;
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

/// Hundredths as a number: `3.54`, `−0.12`.
pub fn hundredths(count: i64) -> String {
    let sign = if count < 0 { "−" } else { "" };
    let most = count.unsigned_abs();
    format!("{sign}{}.{:02}", most / 100, most % 100)
}

/// Hundredths as what is added: `+0.61`, `−0.12`.
pub fn added(count: i64) -> String {
    let sign = if count < 0 { "" } else { "+" };
    format!("{sign}{}", hundredths(count))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn shown_parts_add_up_to_the_shown_sum() {
        // Rounded each by itself they would be 3.54, −0.12, 0.60 and 0.20, which make 4.22.
        let sum = Rounded::of(&[3.544, -0.116, 0.6045, 0.2045]).unwrap();
        assert_eq!((sum.total, sum.parts.iter().sum::<i64>()), (424, 424));
        let words: Vec<String> = sum.parts.into_iter().map(hundredths).collect();
        assert_eq!(words, ["3.54", "−0.12", "0.61", "0.21"]);
        assert_eq!([-12, 0, 1234].map(added), ["−0.12", "+0.00", "+12.34"]);
        assert_eq!(Rounded::of(&[f64::NAN]), None);
        assert_eq!(Rounded::of(&[]), Some(Rounded { parts: Vec::new(), total: 0 }));
    }

    proptest! {
        #[test]
        fn no_part_is_off_by_a_hundredth(parts in prop::collection::vec(-50.0..50.0, 1..12)) {
            let sum = Rounded::of(&parts).unwrap();
            prop_assert_eq!(sum.parts.iter().sum::<i64>(), sum.total);
            prop_assert_eq!(Rounded::of_sum(&parts, sum.total as f64 / 100.0), Some(sum.clone()));
            for (part, exact) in sum.parts.into_iter().zip(parts) {
                prop_assert!((part as f64 - exact * 100.0).abs() <= 1.0);
            }
        }
    }
}
