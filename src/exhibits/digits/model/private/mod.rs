//! A private step of the digits: the gradient of a batch with each image's part clipped, and with noise.
//!
//! The gradient of a loss in which each image has the weight by which its own gradient is clipped is the clipped sum, so that
//! no gradient of a single image is ever made.

#[cfg(test)]
mod tests;

use burn::tensor::{Tensor, TensorData};

use super::{
    forward_pass::Numbers,
    inside::OfParameters,
    learner::{Batch, Gradients, Learner, Slopes, parameters},
    network::Network,
};
use crate::learning::{TrainError, privacy::PrivateSteps};

impl Learner {
    /// Forward, loss, private gradients: the loss is that of the images as they are; `place` is the run's seed and the step.
    pub(super) fn private_slopes(
        &self,
        network: &Network,
        batch: Batch,
        (private, place): (PrivateSteps, (u64, u64)),
    ) -> Result<Slopes, TrainError> {
        let flat = OfParameters::flat(self.sizes, &parameters(network)?);
        let pulls = OfParameters::of(self.sizes, &flat).pulls(&batch.images, &batch.labels);
        let weights = pulls.iter().map(|pull| private.weight(pull.norm) as f32).collect();
        let clipped = self.slopes(network, Batch { weights: Some(weights), ..batch })?;
        if !clipped.moves() {
            return Ok(clipped);
        }
        let gradients = clipped.gradients(network)?;
        let mut numbers = gradients.numbers()?;
        private.disturb(numbers.each_mut(), pulls.len(), place);
        let loss = pulls.iter().map(|pull| pull.loss).sum::<f64>() / pulls.len().max(1) as f64;
        let noisy = self.tensors(numbers, &gradients);
        Ok(Slopes { loss: loss as f32, gradients: noisy.registered(network), ..clipped })
    }

    /// Numbers as tensors of the shapes of others.
    fn tensors(&self, numbers: Numbers, like: &Gradients) -> Gradients {
        let Numbers { filter_weights, filter_biases, dense_weights, dense_biases } = numbers;
        Gradients {
            filter_weights: self.tensor(filter_weights, &like.filter_weights),
            filter_biases: self.tensor(filter_biases, &like.filter_biases),
            dense_weights: self.tensor(dense_weights, &like.dense_weights),
            dense_biases: self.tensor(dense_biases, &like.dense_biases),
        }
    }

    fn tensor<const D: usize>(&self, numbers: Vec<f32>, like: &Tensor<D>) -> Tensor<D> {
        Tensor::from_data(TensorData::new(numbers, like.dims()), &self.device)
    }
}
