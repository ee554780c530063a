//! A network on a device: its weights, a step of its training, and what each of its layers makes of an image.
//!
//! Weights and what the optimiser remembers lie in memory as plain numbers, so that a snapshot shares them and a step has
//! the same bits whoever looks; each step hands them to burn, runs the operators with automatic differentiation, and takes
//! the gradients back.

mod optimiser;
mod probe;
mod state;
#[cfg(test)]
mod tests;
mod weights;

use std::{collections::HashMap, sync::Arc};

use burn::tensor::{Device, Int, Tensor, TensorData, activation};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use self::{optimiser::Optimiser, weights::Leaves};
pub use self::{
    probe::sizes,
    state::{Saved, StateFile, StateWords, files, fingerprint, safetensors},
    weights::Weights,
};
use super::{
    TrainError,
    onnx::{Mode, Moments, Program, Value, gradient, numbers},
};
use crate::network::{Fault, Plan, Rule};

/// Streams of the generator that dropout draws from, one for each step, beyond those of weights and epochs.
const DROPOUT_STREAM: u64 = 1 << 40;

/// A network that can be trained.
pub struct NetworkModel {
    plan: Arc<Plan>,
    program: Program,
    /// What is neither learned nor remembered, by name.
    constants: Vec<(String, Value)>,
    device: Device,
    seed: u64,
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
    ///
    /// # Errors
    /// If an operator of the network is not known.
    pub fn new(
        plan: Arc<Plan>,
        device: Device,
        rule: Rule,
        weight_decay: f64,
    ) -> Result<Self, Fault> {
        let constants = plan.model.initialisers.iter();
        let constants = constants.map(|(name, array)| (name.clone(), Value::host(array.clone())));
        Ok(Self {
            program: Program::of(&plan.model, &plan.arrays())?,
            constants: constants.collect(),
            weights: Arc::new(Weights::first(&plan, 0)),
            optimiser: Optimiser::new(rule, weight_decay, &plan.parameters),
            gradients: plan.parameters.iter().map(|of| vec![0.0; of.len()]).collect(),
            plan,
            device,
            seed: 0,
        })
    }

    /// Draws the first weights of a seed and forgets all else.
    pub fn begin(&mut self, seed: u64) {
        self.seed = seed;
        self.weights = Arc::new(Weights::first(&self.plan, seed));
        self.optimiser = self.optimiser.fresh(&self.plan.parameters);
        self.gradients.iter_mut().for_each(|gradient| gradient.fill(0.0));
    }

    /// The network that it is.
    pub fn plan(&self) -> &Arc<Plan> {
        &self.plan
    }

    /// The weights as they are now.
    pub fn weights(&self) -> &Arc<Weights> {
        &self.weights
    }

    /// Gradients of the last step, in the order of [`Plan::parameters`]; zeros before the first.
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
        let leaves = self.weights.leaves(&self.plan, &device, true);
        let mut generator = ChaCha8Rng::seed_from_u64(self.seed);
        generator.set_stream(DROPOUT_STREAM + number);
        let (logits, moments) = self.pass(&leaves, images, count, &device, Some(&mut generator))?;
        let labels = Tensor::<1, Int>::from_data(TensorData::new(labels, [count]), &device);
        let loss = cross_entropy(logits.clone(), labels);
        let gradients = loss.backward();
        for ((leaf, kept), parameter) in
            leaves.learned.iter().zip(&mut self.gradients).zip(&self.plan.parameters)
        {
            *kept = match gradient(leaf, &gradients)? {
                Some(gradient) => gradient,
                None => vec![0.0; parameter.len()],
            };
        }
        let loss = numbers(loss.into_dispatch())?.first().copied().unwrap_or(f32::NAN);
        let logits = numbers(logits.into_dispatch())?;
        if loss.is_finite() {
            let weights = Arc::make_mut(&mut self.weights);
            self.optimiser.step(&mut weights.parameters, &self.gradients, rate);
            weights.remember(&self.plan, &moments);
        }
        Ok(StepSaid { loss, logits })
    }

    /// The logits of so many images as the network reads them when it does not train, images × classes.
    ///
    /// # Errors
    /// If burn refuses a calculation.
    pub fn logits(&self, images: Vec<f32>, count: usize) -> Result<Vec<f32>, TrainError> {
        let leaves = self.weights.leaves(&self.plan, &self.device, false);
        let (logits, _) = self.pass(&leaves, images, count, &self.device, None)?;
        Ok(numbers(logits.into_dispatch())?)
    }

    /// Shows what each layer makes of an image with these weights: `see` hears the place of what is shown and its numbers.
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
        let leaves = weights.leaves(&self.plan, &self.device, false);
        let places = self.plan.shown_by_value();
        let values = self.values(&leaves, image.to_vec(), 1, &self.device)?;
        let (made, _) =
            self.program.run(values, &self.device, Mode::Evaluation, &mut |_, name, value| {
                if let Some(place) = places.get(name).filter(|place| wants(**place)) {
                    see(*place, &value.array()?.to_singles());
                }
                Ok(())
            })?;
        let logits = made.first().ok_or_else(|| TrainError::calculation("it has no output"))?;
        Ok(logits.array()?.to_singles())
    }

    /// What the operators read of so many images.
    fn values(
        &self,
        leaves: &Leaves,
        images: Vec<f32>,
        count: usize,
        device: &Device,
    ) -> Result<HashMap<String, Value>, TrainError> {
        let size = self.plan.image_dims(count);
        if images.len() != size.iter().product::<usize>() {
            return Err(TrainError::Calculation(format!(
                "a batch has {} numbers instead of {}",
                images.len(),
                size.iter().product::<usize>()
            )));
        }
        let name = self.plan.model.inputs.first().map(|port| port.name.clone()).unwrap_or_default();
        let mut values: HashMap<String, Value> = self.constants.iter().cloned().collect();
        let learned = self.plan.parameters.iter().map(|parameter| &parameter.name);
        let remembered = self.plan.memories.iter().map(|memory| &memory.name);
        let leaves = leaves.learned.iter().chain(&leaves.remembered);
        for (name, leaf) in learned.chain(remembered).zip(leaves) {
            values.insert(name.clone(), Value::Device(leaf.clone()));
        }
        values.insert(name, Value::images(images, &size, device));
        Ok(values)
    }

    /// The logits of so many images, `[count, classes]`; image by image where the network takes no more at once.
    fn pass(
        &self,
        leaves: &Leaves,
        images: Vec<f32>,
        count: usize,
        device: &Device,
        mut generator: Option<&mut ChaCha8Rng>,
    ) -> Result<(Tensor<2>, Vec<Moments>), TrainError> {
        let at_once = if self.plan.single { 1 } else { count.max(1) };
        let length = images.len() / (count / at_once).max(1);
        let mut parts = Vec::with_capacity(count / at_once);
        let mut moments = Vec::new();
        for images in images.chunks(length.max(1)) {
            let values = self.values(leaves, images.to_vec(), at_once, device)?;
            let mode = match generator.as_deref_mut() {
                Some(generator) => Mode::Training(generator),
                None => Mode::Evaluation,
            };
            let (made, found) = self.program.run(values, device, mode, &mut |_, _, _| Ok(()))?;
            let logits = made.first().ok_or_else(|| TrainError::calculation("it has no output"))?;
            parts.push(logits.rows([at_once, self.plan.classes], device)?);
            moments.extend(found);
        }
        Ok((Tensor::cat(parts, 0), moments))
    }
}

/// Mean cross-entropy of logits `[batch, classes]` against labels `[batch]`, in nats.
fn cross_entropy(logits: Tensor<2>, labels: Tensor<1, Int>) -> Tensor<1> {
    activation::log_softmax(logits, 1).gather(1, labels.unsqueeze_dim(1)).mean().neg()
}
