//! What was foretold of a run: how an input's loss changes with the weight of each training image, or why that is not known.

use std::sync::Arc;

use crate::words::Phrase;

/// What going back through a run has found.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Foretold {
    /// How the loss changes with each image.
    Known(Arc<Derivatives>),
    /// Why that is not known, in a sentence.
    Unknown(Phrase),
}

/// How the loss of an input changes with the weights of training images.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Derivatives {
    /// The step from which on weights are told.
    pub(crate) first_step: u64,
    /// For each training image the derivative of the loss by its weight in all steps from there, in nats.
    pub(crate) of_images: Vec<f64>,
}

impl Derivatives {
    /// By how much the loss would change had these images, none of them twice, not counted: to first order.
    pub(crate) fn without(&self, images: &[u32]) -> f64 {
        -images.iter().filter_map(|index| self.of_images.get(*index as usize)).sum::<f64>()
    }
}
