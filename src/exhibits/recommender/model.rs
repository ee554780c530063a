//! The factorisation that is learned.

use std::sync::Arc;

use crate::{
    learning::{Lesson, Plan, TrainError},
    stream::Ratings,
};

/// What the visitor chose of the model; learning rate, epochs and seed are the plan's.
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

pub(super) fn lesson(
    _ratings: Arc<Ratings>,
    _settings: Settings,
    _plan: &Plan,
) -> Result<Box<dyn Lesson>, TrainError> {
    Err(TrainError::calculation("to be written"))
}
