//! What the digits have learned as one row of numbers, and the same network with others.

use super::Inside;
use crate::{
    exhibits::digits::model::forward_pass::Numbers,
    learning::{
        TrainError,
        inside::{Filters, Parameters},
    },
};

impl Inside {
    /// Weights of the filters and their biases, dense weights and their biases, as the network keeps them; a filter is one of
    /// the convolution, or all that leads to one class.
    pub(super) fn all_parameters(&self) -> Parameters {
        let sizes = self.sizes;
        let (weights, units) = (sizes.filter_weights().len(), sizes.pooled().len());
        let taps = weights / sizes.filters.max(1);
        let filters = [
            Filters::of(0, [1, sizes.filters, taps]),
            Filters::of(weights + sizes.filters, [units, sizes.classes, 1]),
        ];
        let numbers = self.numbers.flat();
        let learned = numbers.len();
        Parameters { numbers, learned, filters: filters.into_iter().flatten().collect() }
    }

    /// The same network with these numbers.
    ///
    /// # Errors
    /// If they are more or fewer than it has.
    pub(super) fn with_numbers(&self, mut numbers: &[f32]) -> Result<Self, TrainError> {
        let all: usize = self.numbers.each().iter().map(|array| array.len()).sum();
        if numbers.len() != all {
            return Err(TrainError::Calculation(format!(
                "the network has {all} parameters, but {} are given",
                numbers.len()
            )));
        }
        let [filter_weights, filter_biases, dense_weights, dense_biases] =
            self.numbers.each().map(|array| {
                let (own, rest) = numbers.split_at(array.len().min(numbers.len()));
                numbers = rest;
                own.to_vec()
            });
        let numbers = Numbers { filter_weights, filter_biases, dense_weights, dense_biases };
        Ok(Self::of(self.sizes, numbers))
    }
}
