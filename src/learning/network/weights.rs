//! What a network has learned and remembers: plain numbers in memory.

use burn::{backend::DispatchTensor, tensor::Device};
use rand::RngExt as _;

use crate::{
    learning::{
        data::weight_generator,
        normal_pair,
        onnx::{Moments, constant, leaf, shared},
    },
    network::{First, Numbers, Plan},
};

/// The numbers of a network at a step.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// In the order of [`Plan::parameters`].
    pub parameters: Vec<Numbers>,
    /// In the order of [`Plan::memories`].
    pub memories: Vec<Vec<f32>>,
}

/// The numbers of a network on a device.
pub(super) struct Leaves {
    pub(super) learned: Vec<DispatchTensor>,
    pub(super) remembered: Vec<DispatchTensor>,
}

impl Weights {
    /// The first weights of a seed, parameter after parameter; those that came with the network are as they came.
    pub fn first(plan: &Plan, seed: u64) -> Self {
        let mut generator = weight_generator(seed);
        let parameters = plan.parameters.iter().map(|parameter| match &parameter.first {
            First::Constant(number) => vec![*number; parameter.len()].into(),
            First::Within(bound) => Numbers::new(
                (0..parameter.len())
                    .map(|_| (2.0 * generator.random::<f32>() - 1.0) * bound)
                    .collect(),
            ),
            First::Normal(deviation) => {
                let pairs = (0..parameter.len().div_ceil(2)).map(|_| normal_pair(&mut generator));
                let draws = pairs.flat_map(|(one, other)| [one, other]).take(parameter.len());
                Numbers::new(draws.map(|draw| draw as f32 * deviation).collect())
            }
            First::Given(numbers) => numbers.clone(),
        });
        let parameters = parameters.collect();
        let memories = plan.memories.iter().map(|memory| memory.first.clone()).collect();
        Self { parameters, memories }
    }

    /// On a device; if they learn, the loss is differentiated by them.
    pub(super) fn leaves(&self, plan: &Plan, device: &Device, learns: bool) -> Leaves {
        let learned = plan.parameters.iter().zip(&self.parameters);
        let remembered = self.memories.iter();
        Leaves {
            learned: learned
                .map(|(of, numbers)| {
                    let place = if learns && of.learns() { leaf } else { shared };
                    place(numbers, &of.dims, device)
                })
                .collect(),
            remembered: remembered
                .map(|numbers| constant(numbers.clone(), &[numbers.len()], device))
                .collect(),
        }
    }

    /// Moves what is remembered towards the moments of a batch, as `PyTorch` does: with the variance of a sample, unless
    /// the network says otherwise.
    pub(super) fn remember(&mut self, plan: &Plan, moments: &[Moments]) {
        for of in moments {
            let samples = of.samples as f32;
            let unbiased = match plan.remembers_population() {
                true => 1.0,
                false => samples / (samples - 1.0).max(1.0),
            };
            let new = [(&of.mean, 1.0), (&of.variance, unbiased)];
            for (name, (new, factor)) in of.names.iter().zip(new) {
                let place = plan.memories.iter().position(|memory| memory.name == *name);
                let Some(kept) = place.and_then(|at| self.memories.get_mut(at)) else { continue };
                for (kept, new) in kept.iter_mut().zip(new) {
                    *kept += (1.0 - of.kept) * (new * factor - *kept);
                }
            }
        }
    }
}
