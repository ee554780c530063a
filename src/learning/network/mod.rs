//! A described network on a device: its weights, a step of its training, and what each of its layers makes of an image.
//!
//! Weights and what the optimiser remembers lie in memory as plain numbers, so that a snapshot shares them and a step has
//! the same bits whoever looks; each step hands them to burn, runs the layers with automatic differentiation, and takes the
//! gradients back.

mod forward;
mod optimiser;
#[cfg(test)]
mod tests;
mod value;
mod weights;

use std::sync::Arc;

use burn::tensor::{Device, Int, Tensor, TensorData, activation};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

pub use self::weights::Weights;
use self::{
    forward::{Mode, Pass},
    optimiser::Optimiser,
    value::Value,
};
use super::TrainError;
use crate::network::{Network, Rule, weights::Given};

/// Streams of the generator that dropout draws from, one for each step, beyond those of weights and epochs.
const DROPOUT_STREAM: u64 = 1 << 40;

/// A network that can be trained.
pub struct NetworkModel {
    network: Arc<Network>,
    device: Device,
    seed: u64,
    /// What each run begins with instead of what its seed draws.
    given: Option<Arc<Given>>,
    weights: Arc<Weights>,
    optimiser: Optimiser,
    /// Of the last step, in the order of the parameters.
    gradients: Vec<Vec<f32>>,
}

/// What a step said of its batch, before the weights changed.
#[derive(Debug)]
pub struct StepSaid {
    /// Mean cross-entropy, in nats.
    pub loss: f32,
    /// Examples × classes.
    pub logits: Vec<f32>,
}

/// Images of a batch, image after image, and their classes.
#[derive(Debug)]
pub struct Batch {
    /// Brightness 0..=1, channel after channel, row by row.
    pub images: Vec<f32>,
    /// One for each image.
    pub labels: Vec<i64>,
}

impl NetworkModel {
    /// With the first weights of seed 0; [`begin`](Self::begin) draws those of another.
    pub fn new(network: Arc<Network>, device: Device, rule: Rule, weight_decay: f64) -> Self {
        Self {
            weights: Arc::new(Weights::first(&network, 0)),
            optimiser: Optimiser::new(rule, weight_decay, &network),
            gradients: network.parameters().map(|parameter| vec![0.0; parameter.len()]).collect(),
            network,
            device,
            seed: 0,
            given: None,
        }
    }

    /// Lets each run begin with these weights; only what is missing is drawn from its seed.
    pub fn give(&mut self, given: Arc<Given>) {
        self.given = Some(given);
    }

    /// Takes the weights that are given or draws the first ones of a seed, and forgets all else.
    pub fn begin(&mut self, seed: u64) {
        self.seed = seed;
        let first = Weights::first(&self.network, seed);
        self.weights = Arc::new(match &self.given {
            Some(given) => first.with(given),
            None => first,
        });
        self.optimiser = self.optimiser.fresh(&self.network);
        self.gradients.iter_mut().for_each(|gradient| gradient.fill(0.0));
    }

    /// The network that it is.
    pub fn network(&self) -> &Arc<Network> {
        &self.network
    }

    /// The weights as they are now.
    pub fn weights(&self) -> &Arc<Weights> {
        &self.weights
    }

    /// Gradients of the last step, in the order of [`Network::parameters`]; zeros before the first.
    pub fn gradients(&self) -> &[Vec<f32>] {
        &self.gradients
    }

    /// Takes a step on a batch; `number` counts the steps of the run, and says what dropout draws.
    ///
    /// A loss that is no number leaves the weights as they are.
    ///
    /// # Errors
    /// If burn refuses a calculation.
    pub fn step(&mut self, batch: Batch, number: u64, rate: f64) -> Result<StepSaid, TrainError> {
        let Batch { images, labels } = batch;
        let count = labels.len();
        let device = self.device.clone().autodiff();
        let leaves = self.weights.leaves(&self.network, &device, true);
        let mut generator = ChaCha8Rng::seed_from_u64(self.seed);
        generator.set_stream(DROPOUT_STREAM + number);
        let mut mode = Mode::training(&mut generator);
        let pass = Pass::new(&self.network, &leaves, &self.weights, &device);
        let input = Value::images(images, count, self.network.input, &device)?;
        let logits = pass.run(input, &mut mode, &mut |_, _| Ok(()))?.rows()?;
        let moments = mode.moments();
        let labels = Tensor::<1, Int>::from_data(TensorData::new(labels, [count]), &device);
        let loss = cross_entropy(logits.clone(), labels);
        let gradients = loss.backward();
        for (leaf, kept) in leaves.iter().zip(&mut self.gradients) {
            *kept = leaf.gradient(&gradients)?;
        }
        let loss = value::numbers(loss)?.first().copied().unwrap_or(f32::NAN);
        let logits = value::numbers(logits)?;
        if loss.is_finite() {
            let weights = Arc::make_mut(&mut self.weights);
            self.optimiser.step(&mut weights.parameters, &self.gradients, rate);
            weights.remember(&self.network, &moments);
        }
        Ok(StepSaid { loss, logits })
    }

    /// The logits of so many images as the network reads them when it does not train, images × classes.
    ///
    /// # Errors
    /// If burn refuses a calculation.
    pub fn logits(&self, images: Vec<f32>, count: usize) -> Result<Vec<f32>, TrainError> {
        let leaves = self.weights.leaves(&self.network, &self.device, false);
        let pass = Pass::new(&self.network, &leaves, &self.weights, &self.device);
        let input = Value::images(images, count, self.network.input, &self.device)?;
        value::numbers(pass.run(input, &mut Mode::Evaluation, &mut |_, _| Ok(()))?.rows()?)
    }

    /// Shows what each layer makes of an image with these weights: `see` hears the layer and its numbers.
    ///
    /// # Errors
    /// If burn refuses a calculation.
    pub fn look(
        &self,
        weights: &Weights,
        image: &[f32],
        wants: impl Fn(usize) -> bool,
        mut see: impl FnMut(usize, &[f32]),
    ) -> Result<Vec<f32>, TrainError> {
        let leaves = weights.leaves(&self.network, &self.device, false);
        let pass = Pass::new(&self.network, &leaves, weights, &self.device);
        let input = Value::images(image.to_vec(), 1, self.network.input, &self.device)?;
        let logits = pass.run(input, &mut Mode::Evaluation, &mut |layer, value| {
            if wants(layer) {
                see(layer, &value.numbers()?);
            }
            Ok(())
        })?;
        logits.numbers()
    }
}

/// Mean cross-entropy of logits `[batch, classes]` against labels `[batch]`, in nats.
fn cross_entropy(logits: Tensor<2>, labels: Tensor<1, Int>) -> Tensor<1> {
    activation::log_softmax(logits, 1).gather(1, labels.unsqueeze_dim(1)).mean().neg()
}
