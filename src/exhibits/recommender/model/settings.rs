//! What can be chosen of the factorisation, and what cannot.

use crate::{
    exhibits::recommender::payload::{Ratings, StarScale},
    learning::TrainError,
};

/// More factors than this only wait for memory.
const MOST_FACTORS: usize = 1000;
/// More folds than this learn nearly the same again and again.
const MOST_FOLDS: usize = 100;

/// What the visitor chose of the model; learning rate, epochs and seed are the config's.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Factors of each person and each item.
    pub factors: usize,
    /// Standard deviation of the first factors, whose mean is 0.
    pub init_std: f64,
    /// Weight λ of the squares of all parameters in the loss.
    pub regularisation: f64,
    /// Folds of the cross-validation, at least 2.
    pub folds: usize,
}

impl Default for Settings {
    /// Those of Surprise's `SVD`: <https://surprise.readthedocs.io/en/stable/matrix_factorization.html>.
    fn default() -> Self {
        Self { factors: 100, init_std: 0.1, regularisation: 0.02, folds: 5 }
    }
}

impl Settings {
    /// A learning rate with which a step on a single rating does not overshoot: one over the greatest curvature λ + |pᵤ|² + |qᵢ|²
    /// that it may meet, where the squares sum to 2 f σ² at first, and in the end to about the width of the scale, as
    /// the product qᵢ·pᵤ spans it.
    pub fn steady_rate(&self, scale: StarScale) -> f64 {
        let first = 2.0 * self.factors as f64 * self.init_std.powi(2);
        1.0 / (self.regularisation + first + f64::from(scale.high - scale.low))
    }

    /// Checks what the types cannot.
    pub(super) fn check(&self, ratings: &Ratings) -> Result<(), TrainError> {
        let wrong = |option, value: String, rule| Err(TrainError::Option { option, value, rule });
        let not_negative = |value: f64| value.is_finite() && value >= 0.0;
        if !(1..=MOST_FACTORS).contains(&self.factors) {
            let rule = key!("recommender-model-there-can-be-from-1");
            return wrong("--factors", self.factors.to_string(), rule);
        }
        if !not_negative(self.init_std) {
            let rule = key!("recommender-model-it-must-be-a-finite");
            return wrong("--init-std", self.init_std.to_string(), rule);
        }
        if !not_negative(self.regularisation) {
            let rule = key!("recommender-model-it-must-be-a-finite");
            return wrong("--regularisation", self.regularisation.to_string(), rule);
        }
        if !(2..=MOST_FOLDS.min(ratings.len().max(2))).contains(&self.folds) {
            let rule = key!("recommender-model-there-can-be-from-2");
            return wrong("--folds", self.folds.to_string(), rule);
        }
        if ratings.len() < 2 {
            return Err(TrainError::calculation(phrase!(
                "recommender-model-a-single-rating-teaches-nothing"
            )));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::samples, *};

    #[test]
    fn impossible_settings_are_refused() {
        let ratings = samples::planted(3, 4, 2, 1);
        assert_eq!(Settings::default().check(&ratings), Ok(()));
        for settings in [
            Settings { factors: 0, ..Settings::default() },
            Settings { factors: 1001, ..Settings::default() },
            Settings { init_std: f64::NAN, ..Settings::default() },
            Settings { regularisation: -0.1, ..Settings::default() },
            Settings { folds: 1, ..Settings::default() },
            Settings { folds: 7, ..Settings::default() },
        ] {
            let error = settings.check(&ratings).unwrap_err().to_string();
            assert!(error.starts_with("--"), "{error}");
        }
        assert!(Settings::default().check(&Ratings::default()).is_err());
    }
}
