//! Which training images taught a classifier what it says to one input: the change of its loss over a run, booked on each
//! step and training image.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Price;
use crate::stream::{Content, InputChoice};
use crate::words::Phrase;

/// Asks which training images taught the model what it says to an input, from the first step to the present one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TaughtAsked {
    /// What it is shown.
    pub input: InputChoice,
    /// The map of the convolution to whose parameters images, classes and steps are restricted; `None` takes all parameters.
    pub map: Option<usize>,
    /// Training images that are named on either side.
    pub strongest: usize,
}

impl Content for TaughtAsked {
    const KIND: &'static str = "inside.taught_asked";

    fn says_the_same(&self, other: &Self) -> bool {
        self == other
    }
}

/// What was booked, both signs apart, in nats: what lowered the loss helped, what raised it hindered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sides {
    /// The sum of all that lowered the loss, at most 0.
    pub helped: f64,
    /// The sum of all that raised it, at least 0.
    pub hindered: f64,
}

impl Sides {
    /// Both together.
    pub fn net(self) -> f64 {
        self.helped + self.hindered
    }

    /// Books one credit on its side; what is not a number spoils the sum, so that it is seen.
    pub fn add(&mut self, credit: f64) {
        if credit < 0.0 {
            self.helped += credit;
        } else {
            self.hindered += credit;
        }
    }
}

/// The account of the input's loss.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Taught {
    /// What was asked.
    pub asked: TaughtAsked,
    /// Steps that the run had taken.
    pub steps: u64,
    /// Channels, rows and columns of an image.
    pub size: [usize; 3],
    /// The class whose loss it is: that of a test image, else what the model says.
    pub class: usize,
    /// Its cross-entropy before the first step and after the last, in nats.
    pub loss: [f64; 2],
    /// The sum of all credits, over all parameters.
    pub credit: f64,
    /// What no training image did: the decay of the weights, what normalisations remember of their batches, and what rounding
    /// alone moved.
    #[serde(default)]
    pub apart: f64,
    /// The change of the loss by edits of weights between steps, which no image taught either.
    #[serde(default)]
    pub by_hand: f64,
    /// What of the change of the loss nothing of that explains.
    pub residual: f64,
    /// The credit of each training image.
    #[serde(with = "crate::stream::array")]
    pub images: Arc<[f32]>,
    /// Those that lowered the loss most, the strongest first.
    pub helped: Vec<Credited>,
    /// Those that raised it most, the strongest first.
    pub hindered: Vec<Credited>,
    /// Training images that were seen in no step, whose credit is 0.
    pub unseen: usize,
    /// By the class of the training image, over all its credits.
    pub classes: Vec<Sides>,
    /// By the step in which the image was seen, neighbouring steps together.
    pub stretches: Vec<Stretch>,
    /// By layer, over all parameters.
    pub layers: Vec<OfLayer>,
    /// By map of the convolution with all that hangs on it alone, over all parameters; empty without a convolution.
    pub maps: Vec<Sides>,
    /// The share of all credit, signs aside, that came in the step in which the image was seen; the rest came later, through
    /// what the optimiser remembers of gradients.
    pub at_once: f64,
    /// Bytes that the run's states took at most while the ledger was made.
    pub memory: u64,
    /// What there is to be known besides, in sentences.
    pub remarks: Vec<Phrase>,
    /// What all of it cost.
    pub price: Price,
}

impl Content for Taught {
    const KIND: &'static str = "inside.taught";

    fn bytes(&self) -> usize {
        let named = self.helped.iter().chain(&self.hindered);
        size_of_val(&*self.images)
            + named.map(|one| size_of_val(&*one.image)).sum::<usize>()
            + size_of_val(&*self.stretches)
            + size_of_val(&*self.classes)
            + size_of_val(&*self.maps)
    }
}

/// A training image with its credit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Credited {
    /// Its index among the training images.
    pub index: usize,
    /// What it is.
    pub class: usize,
    /// Its credit over all steps.
    pub credit: f64,
    /// The step, counted from 1, in which it was seen when it got the largest part of it.
    pub step: u64,
    /// The image itself, brightness 0..=1, channel after channel, row by row.
    #[serde(with = "crate::stream::array")]
    pub image: Arc<[f32]>,
}

/// Neighbouring steps.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stretch {
    /// The first of them, counted from 1.
    pub first: u64,
    /// The last of them.
    pub last: u64,
    /// What the images seen in them were credited with, whenever it came.
    pub sides: Sides,
    /// The input's loss after the last of them.
    pub loss: f64,
}

/// A layer's part.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OfLayer {
    /// What it is called.
    pub layer: String,
    /// What was booked on its parameters.
    pub sides: Sides,
}
