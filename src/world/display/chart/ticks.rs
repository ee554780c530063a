//! Round numbers along an axis.

/// Round values within `low..=high`, at most `max_count` of them, evenly spaced by 1, 2 or 5 times a power of ten.
///
/// Paul Heckbert, "Nice numbers for graph labels", Graphics Gems, 1990. Empty when there is no span or no room.
pub fn nice_ticks(low: f64, high: f64, max_count: usize) -> Vec<f64> {
    let span = high - low;
    if !(span > 0.0 && span.is_finite()) || max_count == 0 {
        return Vec::new();
    }
    let rough = span / max_count as f64;
    let power = 10.0_f64.powf(rough.log10().floor());
    // A hair of tolerance, so that a span of exactly ten steps counts as ten.
    let fits =
        |step: f64| (high / step + 1e-9).floor() - (low / step - 1e-9).ceil() < max_count as f64;
    let steps = [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0].map(|factor| factor * power);
    let Some(step) = steps.into_iter().find(|&step| fits(step)) else {
        return Vec::new();
    };
    let first = (low / step - 1e-9).ceil();
    let last = (high / step + 1e-9).floor();
    let count = (last - first + 1.0).max(0.0) as usize;
    (0..count).map(|i| (first + i as f64) * step).collect()
}

/// Powers of ten within `low..=high`, at most `max_count`, for a logarithmic axis; both positive.
///
/// Where less than two decades are in sight, 2 and 5 times the powers come along.
pub fn decade_ticks(low: f64, high: f64, max_count: usize) -> Vec<f64> {
    if !(low > 0.0 && high > low && high.is_finite()) || max_count == 0 {
        return Vec::new();
    }
    let exponents = low.log10().floor() as i32..=high.log10().ceil() as i32;
    let within = |value: &f64| (low * (1.0 - 1e-9)..=high * (1.0 + 1e-9)).contains(value);
    for factors in [&[1.0, 2.0, 5.0][..], &[1.0]] {
        let ticks: Vec<f64> = exponents
            .clone()
            .flat_map(|exponent| factors.iter().map(move |factor| factor * 10.0_f64.powi(exponent)))
            .filter(within)
            .collect();
        if ticks.len() <= max_count {
            return ticks;
        }
    }
    let powers: Vec<i32> = exponents.filter(|&exponent| within(&10.0_f64.powi(exponent))).collect();
    let stride = powers.len().div_ceil(max_count);
    powers.into_iter().step_by(stride).map(|exponent| 10.0_f64.powi(exponent)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_inside() {
        assert_eq!(nice_ticks(0.0, 1.0, 6), [0.0, 0.2, 0.4, 0.6000000000000001, 0.8, 1.0]);
        assert_eq!(nice_ticks(0.0, 2500.0, 6), [0.0, 500.0, 1000.0, 1500.0, 2000.0, 2500.0]);
        assert_eq!(nice_ticks(-0.7, 2.3, 4), [0.0, 1.0, 2.0]);
        assert_eq!(nice_ticks(0.0, 2.31, 5), [0.0, 0.5, 1.0, 1.5, 2.0]);
    }

    #[test]
    fn there_are_never_too_many_nor_a_lonely_one() {
        for high in 1..2000 {
            for max_count in [3, 5, 8] {
                let ticks = nice_ticks(0.0, f64::from(high) / 7.0, max_count);
                assert!((2..=max_count).contains(&ticks.len()), "{high}/7: {ticks:?}");
            }
        }
    }

    #[test]
    fn no_span_has_no_ticks() {
        assert!(nice_ticks(1.0, 1.0, 5).is_empty());
        assert!(nice_ticks(1.0, 0.0, 5).is_empty());
        assert!(nice_ticks(0.0, f64::NAN, 5).is_empty());
        assert!(nice_ticks(0.0, 1.0, 0).is_empty());
        assert!(decade_ticks(0.0, 1.0, 5).is_empty());
    }

    #[test]
    fn decades_are_thinned_until_they_fit() {
        let near = |ticks: Vec<f64>, wanted: &[f64]| {
            assert_eq!(ticks.len(), wanted.len(), "{ticks:?}");
            assert!(ticks.iter().zip(wanted).all(|(a, b)| (a / b - 1.0).abs() < 1e-9), "{ticks:?}");
        };
        near(decade_ticks(0.1, 2.3, 6), &[0.1, 0.2, 0.5, 1.0, 2.0]);
        near(decade_ticks(0.001, 2.3, 6), &[0.001, 0.01, 0.1, 1.0]);
        near(decade_ticks(1e-8, 1.0, 5), &[1e-8, 1e-6, 1e-4, 1e-2, 1.0]);
    }
}
