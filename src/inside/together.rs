//! Several models of the same images fused: what each adds, and where they disagree.

use serde::{Deserialize, Serialize};

use super::Price;
use crate::stream::Content;
use crate::words::Phrase;

/// Asks what the model is worth together with the ends of runs that went before in the same session, and with a logistic
/// regression on the pixels.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TogetherAsked {
    /// Test images; fewer are taken where that would be dear. Weights are found on the first half of them, and everything is
    /// told of the other.
    pub images: usize,
    /// How many images are named on which the members disagree most.
    pub contested: usize,
    /// What images are drawn from, and the order in which the logistic regression learns.
    pub seed: u64,
}

impl Content for TogetherAsked {
    const KIND: &'static str = "inside.together_asked";

    fn says_the_same(&self, other: &Self) -> bool {
        self == other
    }
}

/// What several models are worth together; accuracies and losses are of the second half of the images.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Together {
    /// What was asked.
    pub asked: TogetherAsked,
    /// Images that weights were found on, and images of which all is told.
    pub images: [usize; 2],
    /// The models: this one, those before it from the last to the first, and the logistic regression.
    pub members: Vec<Member>,
    /// Their mean probabilities.
    pub averaged: Scored,
    /// The class that most of them say; among equals the one with the highest mean probability.
    #[serde(with = "crate::stream::number")]
    pub voted: f32,
    /// Their log-probabilities in a weighted sum.
    pub stacked: Scored,
    /// Members × members: the share of images to which two of them say different classes.
    #[serde(with = "crate::stream::array")]
    pub differ: Vec<f32>,
    /// The images on which they disagree most, the most contested first.
    pub contested: Vec<Contested>,
    /// What there is to be known besides, in sentences.
    pub remarks: Vec<Phrase>,
    /// What all of it cost.
    pub price: Price,
}

impl Content for Together {
    const KIND: &'static str = "inside.together";

    fn bytes(&self) -> usize {
        self.contested.iter().map(|one| size_of_val(&*one.said)).sum()
    }
}

/// A model among others.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Member {
    /// Which it is.
    pub of: MemberOf,
    /// What it is worth alone.
    pub alone: Scored,
    /// By how much the accuracy of the mean is higher with it than with all others alone.
    #[serde(with = "crate::stream::number")]
    pub adds: f32,
    /// Its weight in the weighted sum.
    #[serde(with = "crate::stream::number")]
    pub weight: f32,
}

/// Which model a member is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MemberOf {
    /// The run that is asked.
    Now,
    /// The end of a run before.
    Run {
        /// What its chances were drawn from.
        seed: u64,
        /// How far it went.
        steps: u64,
    },
    /// A logistic regression on the pixels.
    Logistic,
}

/// How well a model, or several together, read images.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scored {
    /// The share that is read right.
    #[serde(with = "crate::stream::number")]
    pub accuracy: f32,
    /// Mean cross-entropy, in nats.
    #[serde(with = "crate::stream::number")]
    pub loss: f32,
}

/// An image on which members disagree.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contested {
    /// The test image's index.
    pub index: usize,
    /// Its class.
    pub label: usize,
    /// What each member says.
    #[serde(with = "crate::stream::array")]
    pub said: Vec<u32>,
    /// What the mean of their probabilities says.
    pub together: usize,
    /// How much they disagree, in nats: the entropy of the mean less the mean of the entropies (Lin 1991, the
    /// Jensen–Shannon divergence, <https://doi.org/10.1109/18.61115>).
    #[serde(with = "crate::stream::number")]
    pub apart: f32,
}
