//! How much a classifier withstands: what small changes of an input make of its answer, by attack and by chance.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Price;
use crate::stream::{Content, InputChoice};
use crate::words::Phrase;

/// Asks what changes the model's answer, as the model is now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RobustAsked {
    /// What it is shown.
    pub input: InputChoice,
    /// By how much a pixel may change at most, each 0..=1 of the range of brightness.
    #[serde(with = "crate::stream::array")]
    pub strengths: Vec<f32>,
    /// Test images over which the accuracy is to be counted; fewer are taken where that would be dear, none for 0.
    pub images: usize,
    /// Steps of [`Attack::Pgd`]; fewer are taken where a pass is dear.
    pub steps: usize,
    /// What images, random starts, signs and noise are drawn from.
    pub seed: u64,
}

impl RobustAsked {
    /// By how much a pixel may change in [`Self::usual`].
    pub const STRENGTHS: [f32; 4] = [0.05, 0.1, 0.2, 0.3];

    /// What is asked of an input unless somebody wants it otherwise: 500 test images, 20 steps of PGD.
    pub fn usual(input: InputChoice) -> Self {
        Self { input, strengths: Self::STRENGTHS.into(), images: 500, steps: 20, seed: 0 }
    }
}

impl Content for RobustAsked {
    const KIND: &'static str = "inside.robust_asked";

    fn says_the_same(&self, other: &Self) -> bool {
        self == other
    }
}

/// How an image is changed; formulas and sources stand where each is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Attack {
    /// One step along the sign of the loss's gradient.
    Fgsm,
    /// Several steps, back within reach after each, from a random start.
    Pgd,
    /// As large a change as [`Self::Fgsm`] makes, by signs drawn at random: what the attack must surpass.
    RandomSigns,
    /// Gaussian noise whose deviation is the strength.
    GaussianNoise,
}

impl Attack {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Fgsm, Self::Pgd, Self::RandomSigns, Self::GaussianNoise];

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Fgsm => "FGSM",
            Self::Pgd => "PGD",
            Self::RandomSigns => say!("inside-random-signs"),
            Self::GaussianNoise => say!("inside-gaussian-noise"),
        }
    }
}

/// What a model withstands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Robust {
    /// What was asked.
    pub asked: RobustAsked,
    /// Channels, rows and columns of the input.
    pub size: [usize; 3],
    /// The input, brightness 0..=1, channel after channel, row by row.
    #[serde(with = "crate::stream::array")]
    pub input: Arc<[f32]>,
    /// The class whose loss is raised: that of a test image, else what the model says.
    pub class: usize,
    /// What the input itself is read as.
    pub unchanged: Reading,
    /// The input attacked, strength by strength: by FGSM, PGD and random signs each.
    pub attacked: Vec<Attacked>,
    /// Test images over which accuracies are counted.
    pub images: usize,
    /// Steps that PGD took.
    pub steps: usize,
    /// Their accuracy unchanged, not a number without images.
    #[serde(with = "crate::stream::number")]
    pub accuracy: f32,
    /// Their accuracy against each attack; none without images.
    pub withstood: Vec<Withstood>,
    /// The smallest change that was found to flip the answer.
    pub flip: Option<Flip>,
    /// What there is to be known besides, in sentences.
    pub remarks: Vec<Phrase>,
    /// What all of it cost.
    pub price: Price,
}

impl Content for Robust {
    const KIND: &'static str = "inside.robust";

    fn bytes(&self) -> usize {
        let attacked = self.attacked.iter().map(|one| size_of_val(&*one.image)).sum::<usize>();
        // The nearest image is as large.
        let flip = self.flip.as_ref().map_or(0, |flip| 2 * size_of_val(&*flip.image));
        size_of_val(&*self.input) + attacked + flip
    }
}

/// What an image is read as.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// The class with the highest logit, the first of equals.
    pub class: usize,
    /// Its probability.
    #[serde(with = "crate::stream::number")]
    pub probability: f32,
    /// Cross-entropy, in nats, of the class whose loss is raised.
    #[serde(with = "crate::stream::number")]
    pub loss: f32,
}

/// The input under an attack.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attacked {
    /// How it was changed.
    pub attack: Attack,
    /// By how much at most.
    #[serde(with = "crate::stream::number")]
    pub strength: f32,
    /// The image that it became.
    #[serde(with = "crate::stream::array")]
    pub image: Arc<[f32]>,
    /// What that is read as.
    pub reading: Reading,
    /// The share of its numbers by which the loss has no slope at all where the attack looked last: where it is large, the
    /// gradient is masked, and an attack that follows it says little. Random signs look at none.
    #[serde(with = "crate::stream::number")]
    pub zero_gradient: Option<f32>,
}

/// Accuracy against an attack.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Withstood {
    /// How the images were changed.
    pub attack: Attack,
    /// For each strength that was asked for.
    #[serde(with = "crate::stream::array")]
    pub accuracy: Arc<[f32]>,
}

/// A small change that makes the model answer otherwise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Flip {
    /// The image changed.
    #[serde(with = "crate::stream::array")]
    pub image: Arc<[f32]>,
    /// What it is read as.
    pub class: usize,
    /// How far the boundary is as the model's slopes have it, by the root of the squares of all changes.
    #[serde(with = "crate::stream::number")]
    pub distance: f32,
    /// How far the changed image lies, which is a little beyond the boundary.
    #[serde(with = "crate::stream::number")]
    pub size: f32,
    /// How often the slopes were taken anew.
    pub iterations: usize,
    /// The nearest real image of that class.
    pub nearest: Option<Neighbour>,
}

/// A real image.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Neighbour {
    /// Whether it is one of the test images; else it is learned from.
    pub is_test: bool,
    /// Its index there.
    pub index: usize,
    /// How far it is from the input, by the root of the squares of all differences.
    #[serde(with = "crate::stream::number")]
    pub distance: f32,
    /// The image itself, as the input.
    #[serde(with = "crate::stream::array")]
    pub image: Arc<[f32]>,
}
