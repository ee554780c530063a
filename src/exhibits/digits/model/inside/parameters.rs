//! What the digits have learned as one row of numbers, and the same network with others.

use super::Inside;
use crate::{
    exhibits::digits::model::forward_pass::Numbers,
    learning::{
        TrainError,
        inside::{Filters, Handles, Parameters},
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

    /// What makes a pooled map, and what reads it.
    pub(super) fn handles_of_map(&self, map: usize) -> Handles {
        let sizes = self.sizes;
        let (weights, units) = (sizes.filter_weights().len(), sizes.pooled().len());
        let (maps, classes) = (sizes.filters.max(1), sizes.classes);
        let taps = weights / maps;
        let dense = weights + sizes.filters;
        let of_map = || (map..units).step_by(maps);
        let towards = |class| of_map().map(|unit| dense + unit * classes + class).collect();
        Handles {
            weights: (map * taps..(map + 1) * taps).collect(),
            bias: Some(weights + map),
            towards: (0..classes).map(towards).collect(),
        }
    }

    /// One row of numbers as the network keeps them.
    ///
    /// # Errors
    /// If they are more or fewer than it has.
    pub(in crate::exhibits::digits::model) fn numbers_of(
        &self,
        mut numbers: &[f32],
    ) -> Result<Numbers, TrainError> {
        let all: usize = self.numbers.each().iter().map(|array| array.len()).sum();
        if numbers.len() != all {
            return Err(TrainError::Calculation(phrase!(
                "digits-model-the-network-has-parameters-but",
                all,
                numbers_count = numbers.len()
            )));
        }
        let [filter_weights, filter_biases, dense_weights, dense_biases] =
            self.numbers.each().map(|array| {
                let (own, rest) = numbers.split_at(array.len().min(numbers.len()));
                numbers = rest;
                own.to_vec()
            });
        Ok(Numbers { filter_weights, filter_biases, dense_weights, dense_biases })
    }

    /// The same network with these numbers.
    ///
    /// # Errors
    /// If they are more or fewer than it has.
    pub(super) fn with_numbers(&self, numbers: &[f32]) -> Result<Self, TrainError> {
        Ok(Self::of(self.sizes, self.numbers_of(numbers)?))
    }
}
