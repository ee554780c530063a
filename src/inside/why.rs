//! Why a classifier answers as it does: which pixels of an input speak for a class, by several methods that need not agree.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Price;
use crate::stream::{Content, InputChoice};
use crate::words::Phrase;

/// Asks why the model, as it is now, answers to an input as it does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WhyAsked {
    /// What it is shown.
    pub input: InputChoice,
    /// What is to be explained.
    pub target: Target,
    /// What an input without any evidence is taken to be; integrated gradients, occlusion and deletion compare with it.
    pub baseline: Baseline,
    /// How it is to be explained, in this order.
    pub methods: Vec<Method>,
    /// Weights or labels to be shuffled before it is explained, so that one sees which maps notice.
    pub shuffled: Option<Shuffled>,
    /// What the noise of [`Method::SmoothGrad`], the random order of [`Deletion`] and the places of what is
    /// [`Shuffled`] are drawn from.
    pub seed: u64,
}

impl Content for WhyAsked {
    const KIND: &'static str = "inside.why_asked";

    fn says_the_same(&self, other: &Self) -> bool {
        self == other
    }
}

impl WhyAsked {
    /// Whether it asks about a network that is trained again with shuffled labels.
    pub fn shuffles_labels(&self) -> bool {
        self.shuffled == Some(Shuffled::Labels)
    }
}

/// The number that is explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Target {
    /// The logit of the class that the model says itself.
    Said,
    /// The logit of a class.
    Logit(usize),
    /// The probability of a class.
    Probability(usize),
    /// The logit of the first class less that of the second.
    Difference(usize, usize),
}

/// An input without evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Baseline {
    /// Zero everywhere.
    Black,
    /// The mean of the training images.
    Mean,
    /// The mean of the training images of a class.
    MeanOf(usize),
    /// The input itself, blurred.
    Blurred,
    /// An image of the test set, by its index.
    Test(usize),
}

/// How the pixels' share is found; INSIDE's formulas and their sources stand where each is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Method {
    /// The slope by each pixel.
    Gradient,
    /// The slope times the pixel.
    GradientTimesInput,
    /// The mean slope around the input.
    SmoothGrad,
    /// The slope along the straight way from the baseline, times what changed.
    IntegratedGradients,
    /// The last maps before the flat layers, each place by its own slope.
    HiResCam,
    /// The same maps, each whole map by its mean slope.
    GradCam,
    /// What is lost when a patch is set to the baseline.
    Occlusion,
}

impl Method {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::IntegratedGradients,
        Self::HiResCam,
        Self::Occlusion,
        Self::Gradient,
        Self::GradientTimesInput,
        Self::SmoothGrad,
        Self::GradCam,
    ];

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Gradient => say!("inside-name-gradient"),
            Self::GradientTimesInput => say!("inside-gradient-input"),
            Self::SmoothGrad => "SmoothGrad",
            Self::IntegratedGradients => say!("inside-integrated-gradients"),
            Self::HiResCam => "HiResCAM",
            Self::GradCam => "Grad-CAM",
            Self::Occlusion => say!("inside-name-occlusion"),
        }
    }
}

/// What is shuffled before it is explained (Adebayo and others 2018, <https://arxiv.org/abs/1810.03292>).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Shuffled {
    /// The weights of so many layers, each array among its own numbers, from the last layer towards the first; those of all
    /// layers if there are fewer (section 3.1, model parameter randomisation).
    Layers(usize),
    /// The labels of the training images, from which the network is trained again from its first weights (section 3.2, data
    /// randomisation).
    Labels,
}

/// Why a model answers to an input as it does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Why {
    /// What was asked.
    pub asked: WhyAsked,
    /// The target with its class told: never [`Target::Said`].
    pub target: Target,
    /// Channels, rows and columns of the input.
    pub size: [usize; 3],
    /// The input, brightness 0..=1, channel after channel, row by row.
    #[serde(with = "crate::stream::array")]
    pub input: Arc<[f32]>,
    /// The baseline, likewise.
    #[serde(with = "crate::stream::array")]
    pub baseline: Arc<[f32]>,
    /// A logit for each class.
    #[serde(with = "crate::stream::array")]
    pub logits: Arc<[f32]>,
    /// The number that is explained.
    #[serde(with = "crate::stream::number")]
    pub value: f32,
    /// The same number for the baseline.
    #[serde(with = "crate::stream::number")]
    pub baseline_value: f32,
    /// A map for each method that the model allows, in the order asked.
    pub maps: Vec<Attribution>,
    /// Of the methods that it does not allow, which and why, in a sentence.
    pub refused: Vec<(Method, Phrase)>,
    /// The layers that are shuffled, the last first; or “labels”.
    pub shuffled: Vec<String>,
    /// What all of it cost.
    pub price: Price,
}

impl Content for Why {
    const KIND: &'static str = "inside.why";

    fn bytes(&self) -> usize {
        let maps = self.maps.iter().map(|map| size_of_val(&*map.values)).sum::<usize>();
        size_of_val(&*self.input) + size_of_val(&*self.baseline) + maps
    }
}

/// How much each place of the input speaks for the target: what is positive speaks for it, what is negative against.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attribution {
    /// How it was found.
    pub method: Method,
    /// Rows and columns of the map: those of the input, or of the layer whose maps are weighed.
    pub size: [usize; 2],
    /// Rows × columns, channels added; signed.
    #[serde(with = "crate::stream::array")]
    pub values: Arc<[f32]>,
    /// The layer whose maps are weighed, where it is not the input.
    pub layer: Option<String>,
    /// What the biases say, which lies on no pixel, where the method tells it.
    #[serde(with = "crate::stream::number")]
    pub biases: Option<f32>,
    /// Whether the map and what it should sum to agree, where the method promises that.
    pub completeness: Option<Completeness>,
    /// Whether the model obeys the map.
    pub deletion: Deletion,
    /// Rank correlation with the same map before something was shuffled, over the pixels that are not at the baseline:
    /// signed, and of absolute values; not a number where a map has one rank only, such as a map of zeros.
    #[serde(with = "crate::stream::number")]
    pub unshuffled: Option<[f32; 2]>,
    /// What there is to be known about it, in a sentence; for instance how many steps a sum has.
    pub remark: Option<Phrase>,
    /// What it cost.
    pub price: Price,
}

/// Whether what a map adds up to is what it explains.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Completeness {
    /// What its values and the biases sum to.
    #[serde(with = "crate::stream::number")]
    pub sum: f32,
    /// What they should.
    #[serde(with = "crate::stream::number")]
    pub expected: f32,
    /// Whether the formula has no error but that of rounding.
    pub exact: bool,
}

impl Completeness {
    /// By how much the sum is too large.
    pub fn error(&self) -> f32 {
        self.sum - self.expected
    }
}

/// What becomes of the number when the tenth of the pixels that a map finds most in favour of it is set to the baseline,
/// among those that are not there already.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Deletion {
    /// How many pixels were deleted.
    pub pixels: usize,
    /// By how much the number falls.
    #[serde(with = "crate::stream::number")]
    pub drop: f32,
    /// By how much it falls for as many random ones: the mean over several draws.
    #[serde(with = "crate::stream::number")]
    pub random: f32,
}
