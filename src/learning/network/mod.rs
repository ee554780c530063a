//! A network on a device: its weights, a step of its training, and what each of its layers makes of an image.
//!
//! Weights and what the optimiser remembers lie in memory as plain numbers, so that a snapshot shares them and a step has
//! the same bits whoever looks; each step hands them to burn, runs the operators with automatic differentiation, and takes
//! the gradients back.

mod copy;
mod forward;
mod frozen;
mod inside;
mod optimiser;
mod past;
mod pictures;
mod probe;
mod state;
#[cfg(test)]
mod tests;
mod tried;
mod weights;

use std::sync::Arc;

use burn::tensor::{Device, Int, Tensor, TensorData, activation};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

pub use self::{
    copy::Phase,
    inside::{Inside, Trained},
    past::NetworkRun,
    pictures::Pictures,
    probe::sizes,
    state::{Saved, StateFile, StateWords, files, fingerprint, safetensors},
    weights::Weights,
};
use self::{forward::Forward, frozen::Frozen, optimiser::Optimiser, weights::Leaves};
use super::{
    Reader, TrainError,
    onnx::{Mode, Program, Value, gradient, numbers},
};
use crate::network::{Fault, Plan, Rule, Size};

/// Streams of the generator that dropout draws from, one for each step, beyond those of weights and epochs.
const DROPOUT_STREAM: u64 = 1 << 40;

/// A network that can be trained.
pub struct NetworkModel {
    forward: Arc<Forward>,
    seed: u64,
    weights: Arc<Weights>,
    optimiser: Optimiser,
    /// What an example of each class counts, if not all count the same.
    class_weights: Option<Vec<f32>>,
    /// Where it is parted, if only its last layer learns.
    frozen: Option<Arc<Frozen>>,
    /// Of the last step, in the order of the parameters.
    gradients: Vec<Vec<f32>>,
}

/// What a step said of its batch, before the weights changed.
#[derive(Debug)]
pub struct StepSaid {
    /// Mean cross-entropy, in nats.
    pub loss: f32,
    /// Answers × classes.
    pub logits: Vec<f32>,
}

/// Examples of a batch, one after the other, and what they are.
#[derive(Debug)]
pub struct Batch {
    /// Of images brightness 0..=1, channel after channel, row by row; of text the place of each character in the alphabet.
    pub inputs: Vec<f32>,
    /// The class of each image, or of each token's successor.
    pub labels: Vec<i64>,
    /// By what the loss of each of these is multiplied, where not all count; what their sum is divided by stays.
    pub counts: Option<Vec<f32>>,
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
        let constants =
            constants.map(|(name, array)| (name.clone(), Value::host(array.clone()))).collect();
        let program = Program::of(&plan.model, &plan.arrays())?;
        Ok(Self {
            weights: Arc::new(Weights::first(&plan, 0)),
            optimiser: Optimiser::new(rule, weight_decay, &plan.parameters),
            gradients: zeros(&plan),
            class_weights: None,
            frozen: None,
            forward: Arc::new(Forward { plan, program, constants, device }),
            seed: 0,
        })
    }

    /// Draws the first weights of a seed and forgets all else.
    pub fn begin(&mut self, seed: u64) {
        self.seed = seed;
        self.weights = Arc::new(Weights::first(&self.forward.plan, seed));
        // What is frozen could be parted.
        let moved = self.forward.plan.moved(self.frozen.is_some());
        self.optimiser =
            self.optimiser.fresh(moved.as_ref().unwrap_or(&self.forward.plan.parameters));
        self.gradients = zeros(&self.forward.plan);
    }

    /// Lets an example of each class count so much in the loss of a step.
    pub fn weigh(&mut self, class_weights: Option<Vec<f32>>) {
        self.class_weights = class_weights;
    }

    /// What an example of each class counts, if not all count the same.
    pub fn class_weights(&self) -> Option<&[f32]> {
        self.class_weights.as_deref()
    }

    /// The network that it is.
    pub fn plan(&self) -> &Arc<Plan> {
        &self.forward.plan
    }

    /// The weights as they are now.
    pub fn weights(&self) -> &Arc<Weights> {
        &self.weights
    }

    /// Goes on with other weights.
    pub fn replace(&mut self, weights: Weights) {
        self.weights = Arc::new(weights);
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
        self.clocked(batch, number, rate, &mut |_| {})
    }

    /// The same, and says when each part of it is over.
    ///
    /// # Errors
    /// As [`step`](Self::step).
    pub fn clocked(
        &mut self,
        batch: Batch,
        number: u64,
        rate: f64,
        over: &mut dyn FnMut(Phase),
    ) -> Result<StepSaid, TrainError> {
        let Batch { inputs, labels, counts } = batch;
        let examples = labels.len() / self.forward.plan.answers();
        let device = self.forward.device.clone().autodiff();
        let leaves = self.weights.leaves(&self.forward.plan, &device, true);
        let mut generator = self.drawing(number);
        let (logits, moments) =
            self.forward.pass(&leaves, inputs, examples, &device, Some(&mut generator))?;
        let counted =
            Counted { classes: self.class_weights.as_deref(), examples: counts.as_deref() };
        let loss = cross_entropy(logits.clone(), labels, counted, &device);
        over(Phase::Forward);
        let mut gradients = loss.backward();
        for ((leaf, kept), parameter) in
            leaves.learned.iter().zip(&mut self.gradients).zip(&self.forward.plan.parameters)
        {
            *kept = match gradient(leaf, &mut gradients)? {
                Some(gradient) => gradient,
                None => vec![0.0; parameter.len()],
            };
        }
        let loss = numbers(loss.into_dispatch())?.first().copied().unwrap_or(f32::NAN);
        let logits = numbers(logits.into_dispatch())?;
        over(Phase::Backward);
        // Weights that nobody else reads any more are changed where they lie.
        drop(leaves);
        if loss.is_finite() {
            let weights = Arc::make_mut(&mut self.weights);
            self.optimiser.step(&mut weights.parameters, &self.gradients, rate);
            weights.remember(&self.forward.plan, &moments);
        }
        over(Phase::Optimiser);
        Ok(StepSaid { loss, logits })
    }

    /// What dropout draws from in a step of this number.
    fn drawing(&self, number: u64) -> ChaCha8Rng {
        let mut generator = ChaCha8Rng::seed_from_u64(self.seed);
        generator.set_stream(DROPOUT_STREAM + number);
        generator
    }

    /// The logits of so many examples as the network reads them when it does not train, answers × classes.
    ///
    /// # Errors
    /// If burn refuses a calculation.
    pub fn logits(&self, inputs: Vec<f32>, count: usize) -> Result<Vec<f32>, TrainError> {
        let leaves = self.weights.leaves(&self.forward.plan, &self.forward.device, false);
        let (logits, _) = self.forward.pass(&leaves, inputs, count, &self.forward.device, None)?;
        Ok(numbers(logits.into_dispatch())?)
    }

    /// The network as it is now for whoever asks what images are; `None` where it reads a text.
    pub fn reader(&self) -> Option<Reader> {
        let plan = &self.forward.plan;
        if matches!(plan.input, Size::Text(_)) || plan.answers() != 1 {
            return None;
        }
        let (forward, weights) = (self.forward.clone(), self.weights.clone());
        Some(Reader::new(plan.input.len(), plan.classes, move |images, count| {
            let leaves = weights.leaves(&forward.plan, &forward.device, false);
            let (logits, _) = forward.pass(&leaves, images, count, &forward.device, None)?;
            Ok(numbers(logits.into_dispatch())?)
        }))
    }

    /// Shows what each layer makes of an example with these weights: `see` hears the place of what is shown and its numbers.
    ///
    /// # Errors
    /// If burn refuses a calculation.
    pub fn look(
        &self,
        weights: &Weights,
        example: &[f32],
        wants: impl Fn(usize) -> bool,
        mut see: impl FnMut(usize, &[f32]),
    ) -> Result<Vec<f32>, TrainError> {
        let leaves = weights.leaves(&self.forward.plan, &self.forward.device, false);
        let places = self.forward.plan.shown_by_value();
        let values = self.forward.values(&leaves, example.to_vec(), 1, &self.forward.device)?;
        let (made, _) = self.forward.program.run(
            values,
            &self.forward.device,
            Mode::Evaluation,
            &mut |_, name, value| {
                if let Some(place) = places.get(name).filter(|place| wants(**place)) {
                    see(*place, &value.array()?.to_singles());
                }
                Ok(())
            },
        )?;
        let logits = made
            .first()
            .ok_or_else(|| TrainError::calculation(phrase!("network-learning-it-has-no-output")))?;
        Ok(logits.array()?.to_singles())
    }
}

/// A zero for each number that is learned: such as nobody has read or written takes no memory yet.
fn zeros(plan: &Plan) -> Vec<Vec<f32>> {
    plan.parameters.iter().map(|of| vec![0.0; of.len()]).collect()
}

/// How much of the loss is whose.
#[derive(Clone, Copy, Default)]
struct Counted<'a> {
    /// Weights of the classes, if not all count the same.
    classes: Option<&'a [f32]>,
    /// What each example counts besides, where not all do; it changes nothing of what the sum is divided by.
    examples: Option<&'a [f32]>,
}

/// Mean cross-entropy of logits `[batch, classes]` in nats; with weights of classes Σ w l / Σ w over the examples, as
/// <https://docs.pytorch.org/docs/stable/generated/torch.nn.CrossEntropyLoss.html> has it. Where examples count c besides it is
/// Σ c w l / Σ w.
fn cross_entropy(
    logits: Tensor<2>,
    labels: Vec<i64>,
    counted: Counted<'_>,
    device: &Device,
) -> Tensor<1> {
    let count = labels.len();
    let (classes, sum) = counted.classes(&labels);
    let labels = Tensor::<1, Int>::from_data(TensorData::new(labels, [count]), device);
    let likely = activation::log_softmax(logits, 1).gather(1, labels.unsqueeze_dim(1));
    let weights: Vec<f32> = match (classes, counted.examples) {
        (None, None) => return likely.mean().neg(),
        (Some(weights), None) => weights,
        (None, Some(counts)) => counts.to_vec(),
        (Some(weights), Some(counts)) => {
            weights.iter().zip(counts).map(|(weight, count)| weight * count).collect()
        }
    };
    let weights = Tensor::<2>::from_data(TensorData::new(weights, [count, 1]), device);
    (likely * weights).sum().neg() / sum
}

impl Counted<'_> {
    /// The weight of each of these examples by its class, if not all count the same, and what the sum of losses is divided by.
    fn classes(&self, labels: &[i64]) -> (Option<Vec<f32>>, f32) {
        let of_label = |of: &[f32], label: &i64| {
            usize::try_from(*label).ok().and_then(|label| of.get(label)).copied().unwrap_or(0.0)
        };
        let weights: Option<Vec<f32>> =
            self.classes.map(|of| labels.iter().map(|label| of_label(of, label)).collect());
        let sum = weights.as_ref().map_or(labels.len() as f32, |weights| weights.iter().sum());
        (weights, sum)
    }
}
