//! The health of a training: whether layers learn, whether steps are of the right size, what the curvature allows, and what
//! is wrong, with its cause and a remedy.

use serde::{Deserialize, Serialize};

use super::{Alarm, Price};
use crate::stream::Content;
use crate::words::Phrase;

/// Asks how the training is, as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HealthAsked {
    /// Training images to be looked at, and as many test images; fewer are taken where that would be dear.
    pub images: usize,
    /// What images and the first direction of the curvature are drawn from.
    pub seed: u64,
}

impl Content for HealthAsked {
    const KIND: &'static str = "inside.health_asked";

    fn says_the_same(&self, other: &Self) -> bool {
        self == other
    }
}

/// How the training is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Health {
    /// What was asked.
    pub asked: HealthAsked,
    /// What is wrong, causes only: what another alarm explains is told there.
    pub alarms: Vec<Alarm>,
    /// Layers with weights, in the order of computation.
    pub layers: Vec<LayerHealth>,
    /// The losses of the steps so far.
    pub losses: Losses,
    /// What steps are made with.
    pub steps: Steps,
    /// How much of a batch's gradient is noise; none where there are too few images to tell.
    pub noise: Option<Noise>,
    /// How sharply the loss bends.
    pub curvature: Curvature,
    /// On training images.
    pub train: Fit,
    /// On test images.
    pub test: Fit,
    /// How unlike in number the classes are.
    pub balance: Balance,
    /// What there is to be known besides, in sentences.
    pub remarks: Vec<Phrase>,
    /// What all of it cost.
    pub price: Price,
}

impl Content for Health {
    const KIND: &'static str = "inside.health";

    fn bytes(&self) -> usize {
        let layers = self.layers.iter().map(|layer| size_of_val(layer) + layer.name.len());
        layers.sum::<usize>() + self.alarms.iter().map(size_of_val).sum::<usize>()
    }
}

/// A layer with weights.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LayerHealth {
    /// What it is called.
    pub name: String,
    /// Numbers that it learns.
    pub parameters: usize,
    /// The root of the sum of their squares.
    #[serde(with = "crate::stream::number")]
    pub weight_norm: f64,
    /// The same of the gradient, by each of them, of the mean loss of the images.
    #[serde(with = "crate::stream::number")]
    pub gradient_norm: f64,
    /// The same of the step that the rule would take next by the gradient of the last batch, over the weights' own; about 1e-3
    /// is usual (Karpathy, Stanford's `CS231n`, <https://cs231n.github.io/neural-networks-3/>). None before the first
    /// step, or where all weights are zero.
    #[serde(with = "crate::stream::number")]
    pub update_ratio: Option<f64>,
    /// What its units say after the last activation before the next layer; none where there is no activation.
    pub activity: Option<Activity>,
}

/// Where an activation ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ends {
    /// At zero, below: the slope of what is not active is exactly zero.
    Zero,
    /// At 0 and 1, as the sigmoid.
    ZeroAndOne,
    /// At 0 and 1 with the sum 1, as the softmax of classes.
    Shares,
    /// At −1 and 1.
    MinusOneAndOne,
    /// Nowhere.
    Nowhere,
}

/// What the units of a layer say to the images. A unit is a map, as far as there are maps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Activity {
    /// The activation.
    pub activation: String,
    /// Where it ends.
    pub ends: Ends,
    /// How many units.
    pub units: usize,
    /// The share of them that are active for no image at any place; only activations that end at zero have such.
    #[serde(with = "crate::stream::number")]
    pub dead: Option<f64>,
    /// The share of them whose mean absolute output is at most 0.025 of the layer's mean (Sokar, Agarwal, Castro and Evci 2023,
    /// <https://arxiv.org/abs/2302.12902>, definition 3.1).
    #[serde(with = "crate::stream::number")]
    pub dormant: f64,
    /// The share of outputs within a hundredth of an end, of a softmax the share of answers that are surer than 0.99; only what
    /// ends at two sides saturates.
    #[serde(with = "crate::stream::number")]
    pub saturated: Option<f64>,
    /// The mean output.
    #[serde(with = "crate::stream::number")]
    pub mean: f64,
    /// The largest output by its absolute value.
    #[serde(with = "crate::stream::number")]
    pub largest: f64,
}

/// The losses of the run so far, mean cross-entropies of batches in nats.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Losses {
    /// The step that the run stands at.
    pub step: u64,
    /// Steps that were seen.
    pub seen: u64,
    /// The first.
    #[serde(with = "crate::stream::number")]
    pub first: f64,
    /// The mean of the last twenty.
    #[serde(with = "crate::stream::number")]
    pub recent: f64,
    /// The lowest mean of twenty, and its step.
    #[serde(with = "crate::stream::number")]
    pub best: f64,
    /// Its last step.
    pub best_step: u64,
    /// The highest of one batch.
    #[serde(with = "crate::stream::number")]
    pub worst: f64,
    /// Its step.
    pub worst_step: u64,
    /// What a model that knows only how frequent classes are would lose.
    #[serde(with = "crate::stream::number")]
    pub chance: f64,
    /// The first step whose loss was no number.
    pub no_number: Option<u64>,
}

/// What steps are made with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Steps {
    /// The rule.
    pub rule: String,
    /// The learning rate in force.
    #[serde(with = "crate::stream::number")]
    pub rate: f64,
    /// Images of a batch.
    pub batch: usize,
    /// Images to learn from.
    pub examples: usize,
}

/// The simple noise scale: the batch at which noise and signal of the gradient are alike (`McCandlish`, Kaplan, Amodei and others
/// 2018, <https://arxiv.org/abs/1812.06162>, equation 2.9), by the unbiased estimates of their appendix A.1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Noise {
    /// Images of the small and of the large batches that were compared.
    pub batches: [usize; 2],
    /// The trace of the covariance of one image's gradient.
    #[serde(with = "crate::stream::number")]
    pub variance: f64,
    /// The square of the gradient's norm without noise; below zero where the images cannot tell it from none.
    #[serde(with = "crate::stream::number")]
    pub signal: f64,
    /// The first over the second, in images; none where there is no signal.
    #[serde(with = "crate::stream::number")]
    pub scale: Option<f64>,
}

/// The largest eigenvalue of the Hessian of the mean loss of some images.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Curvature {
    /// Images whose loss it is.
    pub images: usize,
    /// The eigenvalue, by power iteration; of the Hessian divided by what the rule divides gradients by, where
    /// `preconditioned`.
    #[serde(with = "crate::stream::number")]
    pub sharpness: f64,
    /// Whether it is that of the divided Hessian.
    pub preconditioned: bool,
    /// Products of the Hessian that it took.
    pub rounds: usize,
    /// Whether the last two agreed to a hundredth.
    pub settled: bool,
    /// Up to what it would be stable with whole batches (Cohen and others 2021, <https://arxiv.org/abs/2103.00065>, and 2022,
    /// <https://arxiv.org/abs/2207.14484>); none where that is not known.
    #[serde(with = "crate::stream::number")]
    pub limit: Option<f64>,
}

/// How well images are told apart, read as the network reads them when it does not train.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fit {
    /// How many.
    pub images: usize,
    /// Mean cross-entropy in nats.
    #[serde(with = "crate::stream::number")]
    pub loss: f64,
    /// Share of them that is told rightly.
    #[serde(with = "crate::stream::number")]
    pub accuracy: f64,
}

/// How unlike in number the classes of the training images are.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Balance {
    /// The most frequent class and how many images it has.
    pub most: [usize; 2],
    /// The rarest class and how many images it has.
    pub least: [usize; 2],
    /// Whether classes are weighted so that rare ones count more.
    pub weighted: bool,
}

impl Balance {
    /// How many times more frequent the most frequent class is; infinitely where a class has no image.
    pub fn ratio(&self) -> f64 {
        self.most[1] as f64 / self.least[1] as f64
    }
}
