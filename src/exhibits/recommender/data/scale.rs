//! Finds the stars that can be given in those that were.

use std::{ops::RangeInclusive, path::Path};

use crate::{exhibits::recommender::payload::StarScale, learning::TrainError};

/// A scale has at most so many steps; stars in finer ones are taken for continuous and get steps of this part of it.
const MOST_STEPS: f64 = 100.0;
/// Steps of a scale are looked for in multiples of a thousandth of a star.
const UNITS_PER_STAR: f64 = 1000.0;
/// How far from a multiple a number may be that was rounded to `f32`, in units.
const TOLERANCE_UNITS: f64 = 0.1;

/// The different stars that occur, as far as a scale with steps can have them.
#[derive(Debug, Default)]
pub(super) struct StarValues {
    /// In ascending order; no more are kept once there are too many for a scale with steps.
    different: Vec<f32>,
    low: f32,
    high: f32,
}

impl StarValues {
    /// Takes note of stars.
    pub(super) fn add(&mut self, stars: f32) {
        if self.different.is_empty() {
            (self.low, self.high) = (stars, stars);
        }
        self.low = self.low.min(stars);
        self.high = self.high.max(stars);
        let place = self.different.binary_search_by(|known| known.total_cmp(&stars));
        if let Err(place) = place
            && !self.are_continuous()
        {
            self.different.insert(place, stars);
        }
    }

    fn are_continuous(&self) -> bool {
        self.different.len() > MOST_STEPS as usize + 1
    }
}

/// Checks a scale that was asked for.
pub(super) fn check_given(scale: Option<&RangeInclusive<f32>>) -> Result<(), TrainError> {
    let Some(scale) = scale else {
        return Ok(());
    };
    let (low, high) = (*scale.start(), *scale.end());
    if low < high && low.is_finite() && high.is_finite() {
        return Ok(());
    }
    Err(TrainError::Option {
        option: "--scale",
        value: format!("{low}..{high}"),
        rule: key!("recommender-model-the-most-stars-must-be"),
    })
}

/// The scale of these stars, with the given ends if there are any.
pub(super) fn find(
    values: &StarValues,
    given: Option<&RangeInclusive<f32>>,
    path: &Path,
) -> Result<StarScale, TrainError> {
    let (low, high) =
        given.map_or((values.low, values.high), |given| (*given.start(), *given.end()));
    if low >= high {
        let fact = phrase!("recommender-model-every-rating-in-it-is", low);
        return Err(TrainError::unusable(
            path,
            fact,
            phrase!("recommender-model-give-ratings-that-differ-or"),
        ));
    }
    Ok(StarScale { low, high, step: step(values, low, high) as f32 })
}

/// The largest step that leads from the lowest stars to each that occurs, in stars.
fn step(values: &StarValues, low: f32, high: f32) -> f64 {
    let span = f64::from(high) - f64::from(low);
    let finest = span / MOST_STEPS;
    if values.are_continuous() {
        return finest;
    }
    let mut units = 0;
    for &stars in values.different.iter().chain([&high]) {
        let above = (f64::from(stars) - f64::from(low)) * UNITS_PER_STAR;
        if (above - above.round()).abs() > TOLERANCE_UNITS {
            return finest;
        }
        units = common_divisor(units, above.round() as u64);
    }
    (units as f64 / UNITS_PER_STAR).max(finest)
}

/// The greatest common divisor (Euclid's algorithm).
fn common_divisor(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { common_divisor(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(stars: &[f32], given: Option<RangeInclusive<f32>>) -> (f32, f32, f32) {
        let mut values = StarValues::default();
        stars.iter().for_each(|&stars| values.add(stars));
        let scale = find(&values, given.as_ref(), Path::new("ratings.csv")).unwrap();
        (scale.low, scale.high, scale.step)
    }

    #[test]
    fn steps_are_found_in_the_stars_that_occur() {
        assert_eq!(found(&[4.0, 0.5, 5.0, 2.0], None), (0.5, 5.0, 0.5));
        assert_eq!(found(&[1.0, 5.0, 3.0, 3.0], None), (1.0, 5.0, 2.0));
        assert_eq!(found(&[5.0, 1.0, 2.0], None), (1.0, 5.0, 1.0));
        assert_eq!(found(&[1.0, 2.5, 3.5], None), (1.0, 3.5, 0.5));
        assert_eq!(found(&[-1.0, 0.2, 0.3], None), (-1.0, 0.3, 0.1));
        assert_eq!(found(&[2.0, 3.0], Some(0.5..=5.0)), (0.5, 5.0, 0.5));
        assert_eq!(found(&[5.0, 5.0], Some(1.0..=5.0)), (1.0, 5.0, 4.0));
    }

    #[test]
    fn continuous_stars_get_a_hundred_steps() {
        assert_eq!(found(&[0.0, 1.0 / 3.0, 10.0], None), (0.0, 10.0, 0.1));
        assert_eq!(found(&[0.0, 0.001, 10.0], None), (0.0, 10.0, 0.1));
        let many: Vec<f32> = (0..1000).map(|at| at as f32 * 0.02 - 10.0).collect();
        let (low, high, step) = found(&many, Some(-10.0..=10.0));
        assert_eq!((low, high, step), (-10.0, 10.0, 0.2));
    }

    #[test]
    fn a_scale_without_stars_between_is_refused() {
        for scale in [5.0..=1.0, 2.0..=2.0, f32::NAN..=5.0, 1.0..=f32::INFINITY] {
            let error = check_given(Some(&scale)).unwrap_err().to_string();
            assert!(error.starts_with("--scale is "), "{error}");
        }
        assert_eq!(check_given(Some(&(0.5..=5.0))), Ok(()));
        let mut values = StarValues::default();
        values.add(4.0);
        let error = find(&values, None, Path::new("ratings.csv")).unwrap_err().to_string();
        assert!(error.contains("every rating in it is 4"), "{error}");
    }
}
