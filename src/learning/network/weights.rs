//! The numbers that a network has learned, and what its normalisations remember of their batches.

use burn::tensor::Device;
use rand::RngExt as _;

use super::value::Leaf;
use crate::{
    learning::data::weight_generator,
    network::{First, Network, Operator, weights::Given},
};

/// All that training changes of a network.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// In the order of [`Network::parameters`].
    pub parameters: Vec<Vec<f32>>,
    /// For each layer that normalises over batches, else nothing.
    pub(super) running: Vec<Option<Running>>,
}

/// Means and variances of the batches so far, one of each for a channel.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Running {
    pub(super) mean: Vec<f32>,
    pub(super) variance: Vec<f32>,
}

/// Mean and variance of one batch.
#[derive(Debug)]
pub(super) struct Moments {
    pub(super) layer: usize,
    pub(super) mean: Vec<f32>,
    /// With the number of examples as divisor.
    pub(super) variance: Vec<f32>,
    /// How many numbers each is of.
    pub(super) samples: usize,
}

impl Weights {
    /// The first weights of a seed, parameter after parameter.
    pub(super) fn first(network: &Network, seed: u64) -> Self {
        let mut generator = weight_generator(seed);
        let parameters = network.parameters().map(|parameter| match parameter.first {
            First::Constant(number) => vec![number; parameter.len()],
            First::Within(bound) => (0..parameter.len())
                .map(|_| (2.0 * generator.random::<f32>() - 1.0) * bound)
                .collect(),
        });
        let parameters = parameters.collect();
        let running = network.layers.iter().map(|layer| {
            matches!(layer.operator, Operator::BatchNorm { .. }).then(|| {
                let channels = layer.size.channels();
                Running { mean: vec![0.0; channels], variance: vec![1.0; channels] }
            })
        });
        Self { parameters, running: running.collect() }
    }

    /// The same, where not all is drawn by the seed.
    pub(super) fn with(mut self, given: &Given) -> Self {
        for (own, given) in self.parameters.iter_mut().zip(&given.parameters) {
            if let Some(given) = given.as_ref().filter(|given| given.len() == own.len()) {
                own.clone_from(given);
            }
        }
        for (own, given) in self.running.iter_mut().zip(&given.running) {
            if let (Some(own), Some([mean, variance])) = (own, given) {
                own.mean.clone_from(mean);
                own.variance.clone_from(variance);
            }
        }
        self
    }

    /// Each parameter on a device; see [`Leaf::new`] for `learns`.
    pub(super) fn leaves(&self, network: &Network, device: &Device, learns: bool) -> Vec<Leaf> {
        let all = network.parameters().zip(&self.parameters);
        all.map(|(parameter, numbers)| Leaf::new(numbers, &parameter.dims, device, learns))
            .collect()
    }

    /// Moves what is remembered towards the moments of a batch, as `PyTorch` does: with the variance of its population.
    pub(super) fn remember(&mut self, network: &Network, moments: &[Moments]) {
        for of in moments {
            let layer = network.layers.get(of.layer).map(|layer| &layer.operator);
            let (Some(Operator::BatchNorm { momentum, .. }), Some(Some(running))) =
                (layer, self.running.get_mut(of.layer))
            else {
                continue;
            };
            let (momentum, samples) = (*momentum as f32, of.samples as f32);
            let unbiased = samples / (samples - 1.0).max(1.0);
            let towards = |kept: &mut [f32], new: &[f32], factor: f32| {
                for (kept, new) in kept.iter_mut().zip(new) {
                    *kept += momentum * (new * factor - *kept);
                }
            };
            towards(&mut running.mean, &of.mean, 1.0);
            towards(&mut running.variance, &of.variance, unbiased);
        }
    }
}
