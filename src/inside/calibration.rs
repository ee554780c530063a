//! Whether a classifier is as often right as it is sure.

use serde::{Deserialize, Serialize};

use super::Price;
use crate::stream::Content;
use crate::words::Phrase;

/// Asks how sure the model, as it is now, is of the test images, and how often it is right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SureAsked {
    /// What the two halves of the images are drawn from.
    pub seed: u64,
}

impl SureAsked {
    /// How many bins of equal width the reliability diagram has, as in the paper.
    pub const BINS: usize = 15;
}

impl Content for SureAsked {
    const KIND: &'static str = "inside.sure_asked";

    fn says_the_same(&self, other: &Self) -> bool {
        self == other
    }
}

/// How sure a model is, and how often it is right.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sure {
    /// What was asked.
    pub asked: SureAsked,
    /// Test images that were looked at: all of them, unless that would be dear.
    pub images: usize,
    /// The reliability diagram: bins of equal width from 0 to 1.
    pub bins: Vec<Bin>,
    /// The share of the images that is read right.
    #[serde(with = "crate::stream::number")]
    pub accuracy: f32,
    /// The mean probability of what the model says.
    #[serde(with = "crate::stream::number")]
    pub confidence: f32,
    /// The expected calibration error: how far both lie apart in a bin, weighed by its images.
    #[serde(with = "crate::stream::number")]
    pub ece: f32,
    /// By what its logits would have to be divided, if there is a best such number.
    pub temperature: Option<Temperature>,
    /// What there is to be known besides, in sentences.
    pub remarks: Vec<Phrase>,
    /// What all of it cost.
    pub price: Price,
}

impl Content for Sure {
    const KIND: &'static str = "inside.sure";
}

/// Images of which the model is about as sure.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bin {
    /// How many: a bin of few says little.
    pub images: usize,
    /// Their mean confidence; not a number if there are none.
    #[serde(with = "crate::stream::number")]
    pub confidence: f32,
    /// The share of them that is read right, likewise.
    #[serde(with = "crate::stream::number")]
    pub accuracy: f32,
}

/// A temperature found on one half of the images, and what it does on the other.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Temperature {
    /// Above 1 the model is too sure of itself, below 1 not sure enough.
    #[serde(with = "crate::stream::number")]
    pub value: f32,
    /// Newton's steps to it.
    pub iterations: usize,
    /// Images on which it was found.
    pub fitted_on: usize,
    /// Images on which it is tried.
    pub tried_on: usize,
    /// Calibration error there, before and with it.
    #[serde(with = "crate::stream::number")]
    pub ece: [f32; 2],
    /// Mean cross-entropy there, in nats, before and with it.
    #[serde(with = "crate::stream::number")]
    pub loss: [f32; 2],
}
