//! The digits as they can be explained: by hand, since one hidden layer leaves little to do.
//!
//! A pooled unit is the largest of a few lines and zero. The gradient by the image goes to the pixels that won; with the
//! part of a way on which each pixel wins in the place of that, the same pass gives integrated gradients exactly.

mod batch;
mod curved;
mod health;
mod loss;
mod norms;
mod parameters;
mod pooled;
mod stage;
#[cfg(test)]
pub(super) mod tests;
mod way;
mod winners;

use rayon::prelude::*;

use self::stage::Stage;
use crate::{
    exhibits::digits::{
        CONVOLUTION, LOGITS, POOLED, model::forward_pass::Numbers, payload::Architecture,
    },
    learning::{
        TrainError,
        inside::{Examined, Explained, HiddenLayer, Parameters, SpatialMaps, UnitLayers, permuted},
    },
};
pub(super) use loss::{OfParameters, lengths};

/// Products that are summed in single precision before they are added in double: rounding then stays far below what is
/// promised of sums.
const SUMMED: usize = 64;
/// Sums side by side, so that no addition waits for the one before it.
const LANES: usize = 8;

/// The network with these numbers.
pub(super) struct Inside {
    sizes: Architecture,
    numbers: Numbers,
    stage: Stage,
    /// The dense weights of one class after the other.
    by_class: Vec<f32>,
}

impl Inside {
    pub(super) fn of(sizes: Architecture, numbers: Numbers) -> Self {
        let units = sizes.pooled().len();
        let mut by_class = vec![0.0; units * sizes.classes];
        for (class, of_class) in by_class.chunks_mut(units.max(1)).enumerate() {
            let weights = numbers.dense_weights.iter().skip(class).step_by(sizes.classes.max(1));
            of_class.iter_mut().zip(weights).for_each(|(kept, weight)| *kept = *weight);
        }
        let stage = Stage::of(sizes, &numbers.filter_weights, &numbers.filter_biases);
        Self { sizes, numbers, stage, by_class }
    }

    fn image_len(&self) -> usize {
        self.sizes.input().len().max(1)
    }

    /// Σ `of` · dense weights for each pooled unit: the gradient by it.
    fn pooled_gradient(&self, of: &[f32]) -> Vec<f32> {
        let mut gradient = vec![0.0; self.sizes.pooled().len()];
        let classes = self.by_class.chunks(gradient.len().max(1));
        for (weights, by) in classes.zip(of).filter(|(_, by)| **by != 0.0) {
            gradient.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += by * weight);
        }
        gradient
    }

    /// The exact mean gradient along the way to the first of two images from the second.
    pub(super) fn add_mean_gradient(
        &self,
        [input, from]: [&[f32]; 2],
        of: &[f32],
        mean: &mut [f32],
    ) {
        self.stage.along(input, from, &self.pooled_gradient(of), mean);
    }

    fn dense_bias(&self, of: &[f32]) -> f64 {
        let products = of.iter().zip(&self.numbers.dense_biases);
        products.map(|(by, bias)| f64::from(*by) * f64::from(*bias)).sum()
    }
}

impl Explained for Inside {
    fn size(&self) -> [usize; 3] {
        [self.sizes.channels, self.sizes.rows, self.sizes.columns]
    }

    fn classes(&self) -> usize {
        self.sizes.classes
    }

    fn multiply_adds(&self) -> u64 {
        let taps = self.sizes.kernel().iter().product::<usize>() * self.sizes.channels;
        let dense = self.sizes.pooled().len() * self.sizes.classes;
        (self.sizes.convolution().len() * taps + dense) as u64
    }

    fn logits(&self, inputs: &[f32]) -> Result<Vec<f32>, TrainError> {
        let units = self.sizes.pooled().len().max(1);
        let pooled = self.stage.forward(inputs);
        let logits = pooled.values.par_chunks(units).flat_map_iter(|pooled| {
            let classes = self.by_class.chunks(units).zip(&self.numbers.dense_biases);
            classes.map(|(weights, bias)| (product(pooled, weights) + f64::from(*bias)) as f32)
        });
        Ok(logits.collect())
    }

    fn gradients(&self, inputs: &[f32], of: &[f32]) -> Result<Vec<f32>, TrainError> {
        let (units, length) = (self.sizes.pooled().len().max(1), self.image_len());
        let classes = self.sizes.classes.max(1);
        let pooled = self.stage.forward(inputs);
        let mut gradients = vec![0.0; inputs.len()];
        // A logit asks the same of every image.
        let first = of.get(..classes).unwrap_or_default();
        let shared = of.chunks(classes).all(|of| of == first).then(|| self.pooled_gradient(first));
        gradients
            .par_chunks_mut(length)
            .zip(pooled.winners.par_chunks(units))
            .zip(of.par_chunks(classes))
            .for_each(|((gradient, winners), of)| match &shared {
                Some(shared) => self.stage.to_winners(shared, winners, gradient),
                None => self.stage.to_winners(&self.pooled_gradient(of), winners, gradient),
            });
        Ok(gradients)
    }

    fn biases(&self, input: &[f32], of: &[f32]) -> Result<Option<f32>, TrainError> {
        let pooled = self.stage.forward(input);
        let biases = self.numbers.filter_biases.iter().cycle();
        let units = self.pooled_gradient(of).into_iter().zip(&pooled.winners).zip(biases);
        let active = units.filter(|((_, winner), _)| self.stage.is_active(**winner));
        let filters: f64 =
            active.map(|((slope, _), bias)| f64::from(slope) * f64::from(*bias)).sum();
        Ok(Some((filters + self.dense_bias(of)) as f32))
    }

    fn maps(&self, input: &[f32], of: &[f32]) -> Result<Option<SpatialMaps>, TrainError> {
        let pooled = self.sizes.pooled();
        Ok(Some(SpatialMaps {
            layer: POOLED.name().to_owned(),
            size: [self.sizes.filters, pooled.rows, pooled.columns],
            values: self.by_map(&self.stage.forward(input).values).collect(),
            gradient: self.by_map(&self.pooled_gradient(of)).collect(),
            rest: Some(self.dense_bias(of) as f32),
            forward: 1,
        }))
    }

    fn mean_gradient(
        &self,
        input: &[f32],
        from: &[f32],
        of: &[f32],
    ) -> Result<Option<Vec<f32>>, TrainError> {
        let mut mean = vec![0.0; input.len()];
        self.add_mean_gradient([input, from], of, &mut mean);
        Ok(Some(mean))
    }

    fn layers(&self) -> Vec<String> {
        [CONVOLUTION, LOGITS].map(|layer| layer.name().to_owned()).into()
    }

    fn shuffled(&self, layers: usize, seed: u64) -> Result<Box<dyn Explained + '_>, TrainError> {
        let mut numbers = self.numbers.clone();
        let Numbers { filter_weights, filter_biases, dense_weights, dense_biases } = &mut numbers;
        let last_first =
            [[(3, dense_biases), (2, dense_weights)], [(1, filter_biases), (0, filter_weights)]];
        for (place, array) in last_first.into_iter().take(layers).flatten() {
            *array = permuted(array, seed, place);
        }
        Ok(Box::new(Self::of(self.sizes, numbers)))
    }

    fn parameters(&self) -> Result<Option<Parameters>, TrainError> {
        Ok(Some(self.all_parameters()))
    }

    fn with_parameters(&self, numbers: &[f32]) -> Result<Box<dyn Explained + '_>, TrainError> {
        Ok(Box::new(self.with_numbers(numbers)?))
    }

    fn hessian_times(
        &self,
        images: &[f32],
        labels: &[usize],
        direction: &[f32],
    ) -> Result<Option<Vec<f32>>, TrainError> {
        // A direction lies by layer as the parameters do: weights of the filters and their biases first.
        let filters = self.numbers.filter_weights.len() + self.numbers.filter_biases.len();
        let (filters, dense) = direction.split_at(filters.min(direction.len()));
        let by_layer = [filters.to_vec(), dense.to_vec()];
        Ok(Some(Examined::curved(self, images, labels, &by_layer)?.concat()))
    }

    fn unit_layers(&self) -> Result<UnitLayers, TrainError> {
        Ok(self.pooled_layers())
    }

    fn hidden(&self, layer: &str) -> Result<Option<Box<dyn HiddenLayer + '_>>, TrainError> {
        Ok(self.pooled_maps(layer))
    }
}

/// Σ a b, in single precision within short pieces, which are added in double.
fn product(a: &[f32], b: &[f32]) -> f64 {
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<LANES>(), b.as_chunks::<LANES>());
    let pieces = a.chunks(SUMMED / LANES).zip(b.chunks(SUMMED / LANES));
    let rest = a_rest.iter().zip(b_rest).map(|(a, b)| f64::from(*a) * f64::from(*b));
    pieces
        .map(|(a, b)| {
            let mut sums = [0.0_f32; LANES];
            for (a, b) in a.iter().zip(b) {
                for lane in 0..LANES {
                    sums[lane] += a[lane] * b[lane];
                }
            }
            sums.iter().map(|sum| f64::from(*sum)).sum::<f64>()
        })
        .chain(rest)
        .sum()
}
