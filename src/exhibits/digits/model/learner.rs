//! How the network takes a step on a batch and is tested: for the run itself, and for the same run taken again.

use std::ops::ControlFlow;

use burn::{
    optim::{AdamConfig, GradientsParams, ModuleOptimizer},
    tensor::{Device, Int, Tensor, TensorData},
};

use super::{
    forward_pass::Numbers,
    inside::Inside,
    network::{Network, weighted_cross_entropy},
    numbers::numbers,
};
use crate::{
    exhibits::digits::{Route, payload::Architecture},
    inside::Edit,
    learning::{
        TrainError,
        classifier::Tally,
        data::Examples,
        inside::{self, Changed},
    },
    stream::TestReport,
};

/// Adam's constants as Keras sets them by default: <https://keras.io/api/optimizers/adam/>.
pub(super) const BETA_1: f32 = 0.9;
pub(super) const BETA_2: f32 = 0.999;
pub(super) const EPSILON: f32 = 1e-7;

/// Test images that are read at once; small enough that commands are seen in between.
const TEST_BATCH: usize = 250;

/// How layers are calculated, of which sizes, and by what.
#[derive(Clone, Debug)]
pub(super) struct Learner {
    pub(super) route: Route,
    pub(super) sizes: Architecture,
    /// Without differentiation.
    pub(super) device: Device,
}

/// Examples of a step.
pub(super) struct Batch {
    /// Brightness, image after image.
    pub(super) images: Vec<f32>,
    pub(super) labels: Vec<i64>,
    /// By what the loss of each is multiplied, where not all count.
    pub(super) weights: Option<Vec<f32>>,
}

/// What a batch says about the network before it moves.
pub(super) struct Slopes {
    pub(super) loss: f32,
    /// Images × classes.
    pub(super) logits: Vec<f32>,
    pub(super) gradients: GradientsParams,
}

/// The gradients of a step.
pub(super) struct Gradients {
    pub(super) filter_weights: Tensor<4>,
    pub(super) filter_biases: Tensor<1>,
    pub(super) dense_weights: Tensor<2>,
    pub(super) dense_biases: Tensor<1>,
}

impl Learner {
    pub(super) fn logits(&self, network: &Network, images: Tensor<2>) -> Tensor<2> {
        match self.route {
            Route::Fused => network.forward_fused(images),
            Route::Plain => network.forward(self.sizes, images),
        }
    }

    /// Forward, loss, gradients.
    pub(super) fn slopes(&self, network: &Network, batch: Batch) -> Result<Slopes, TrainError> {
        let Batch { images, labels, weights } = batch;
        let count = labels.len();
        let device = self.device.clone().autodiff();
        let images = TensorData::new(images, [count, self.sizes.input().len()]);
        let labels = Tensor::<1, Int>::from_data(TensorData::new(labels, [count]), &device);
        let weights =
            weights.map(|each| Tensor::<1>::from_data(TensorData::new(each, [count]), &device));
        let logits = self.logits(network, Tensor::<2>::from_data(images, &device));
        let loss = weighted_cross_entropy(logits.clone(), labels, weights);
        let gradients = GradientsParams::from_grads(loss.backward(), network);
        Ok(Slopes {
            loss: numbers(loss)?.first().copied().unwrap_or(f32::NAN),
            logits: numbers(logits)?,
            gradients,
        })
    }

    /// The network on the test set; mistakes come surest first; `None` where `go_on` broke it off.
    pub(super) fn tested(
        &self,
        network: &Network,
        test: &Examples,
        go_on: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Result<Option<TestReport>, TrainError> {
        let pixels = self.sizes.input().len();
        let mut tally = Tally::new(self.sizes.classes);
        let batches =
            test.brightness.chunks(pixels * TEST_BATCH).zip(test.labels.chunks(TEST_BATCH));
        for (images, labels) in batches {
            if go_on().is_break() {
                return Ok(None);
            }
            let images = TensorData::new(images.to_vec(), [labels.len(), pixels]);
            let logits = numbers(self.logits(network, Tensor::from_data(images, &self.device)))?;
            tally.add(&logits, labels);
        }
        Ok(Some(tally.report()))
    }
}

impl Slopes {
    /// Whether a step follows: a loss that is no number would only spoil the weights that are still there to be seen.
    pub(super) fn moves(&self) -> bool {
        self.loss.is_finite()
    }

    /// The gradients, array by array.
    pub(super) fn gradients(&self, network: &Network) -> Result<Gradients, TrainError> {
        let missing = || TrainError::calculation(phrase!("digits-model-a-gradient-is-missing"));
        let found = &self.gradients;
        Ok(Gradients {
            filter_weights: found.get(network.filter_weights.id).ok_or_else(missing)?,
            filter_biases: found.get(network.filter_biases.id).ok_or_else(missing)?,
            dense_weights: found.get(network.dense_weights.id).ok_or_else(missing)?,
            dense_biases: found.get(network.dense_biases.id).ok_or_else(missing)?,
        })
    }

    /// The network one step of the optimiser further.
    pub(super) fn step(
        self,
        optimiser: &mut ModuleOptimizer,
        network: Network,
        learning_rate: f64,
    ) -> Network {
        optimiser.step(learning_rate, network, self.gradients)
    }
}

impl Gradients {
    /// The same as the optimiser takes them.
    pub(super) fn registered(&self, network: &Network) -> GradientsParams {
        let mut registered = GradientsParams::new();
        registered.register(network.filter_weights.id, self.filter_weights.clone());
        registered.register(network.filter_biases.id, self.filter_biases.clone());
        registered.register(network.dense_weights.id, self.dense_weights.clone());
        registered.register(network.dense_biases.id, self.dense_biases.clone());
        registered
    }

    /// Their numbers in memory.
    pub(super) fn numbers(&self) -> Result<Numbers, TrainError> {
        Ok(Numbers {
            filter_weights: numbers(self.filter_weights.clone())?,
            filter_biases: numbers(self.filter_biases.clone())?,
            dense_weights: numbers(self.dense_weights.clone())?,
            dense_biases: numbers(self.dense_biases.clone())?,
        })
    }
}

/// The parameters of a network in memory.
pub(super) fn parameters(network: &Network) -> Result<Numbers, TrainError> {
    Ok(Numbers {
        filter_weights: numbers(network.filter_weights.val())?,
        filter_biases: numbers(network.filter_biases.val())?,
        dense_weights: numbers(network.dense_weights.val())?,
        dense_biases: numbers(network.dense_biases.val())?,
    })
}

/// What an edit by hand makes of a network, and how many numbers of which layer are others then.
///
/// # Errors
/// One sentence if it cannot be made.
pub(super) fn edited(
    sizes: Architecture,
    network: &Network,
    edit: &Edit,
) -> Result<Changed, TrainError> {
    inside::edited(&Inside::of(sizes, parameters(network)?), edit)
}

/// The same network with one row of other numbers.
///
/// # Errors
/// If they are more or fewer than it has.
pub(super) fn replaced(
    sizes: Architecture,
    network: &Network,
    numbers: &[f32],
    device: &Device,
) -> Result<Network, TrainError> {
    let numbers = Inside::of(sizes, parameters(network)?).numbers_of(numbers)?;
    Ok(network.clone().with(sizes, numbers, &device.clone().autodiff()))
}

/// Adam with nothing to remember yet.
pub(super) fn adam() -> ModuleOptimizer {
    AdamConfig::new().with_beta_1(BETA_1).with_beta_2(BETA_2).with_epsilon(EPSILON).init()
}

/// The training images of a batch, in the order of its epoch.
pub(super) fn rows(order: &[u32], batch: usize, index: u64) -> &[u32] {
    let start = usize::try_from(index).unwrap_or(usize::MAX).saturating_mul(batch);
    let rest = order.get(start.min(order.len())..).unwrap_or_default();
    rest.get(..batch.min(rest.len())).unwrap_or_default()
}
