//! An image that somebody asks about, on its way to the trainer and back.

use std::time::Duration;

use crossbeam_channel::Sender;

use crate::{
    stream::{RunId, Step},
    words::Phrase,
};

/// Images that may wait.
pub(super) const MOST_WAITING: usize = 256;
/// How long the trainer may take to answer.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);

/// An image and who waits for what it is.
pub(super) struct Job {
    /// Brightness 0..=1, channel after channel, row by row.
    pub(super) image: Vec<f32>,
    pub(super) answer: Sender<Read>,
}

/// What an image was read as, or why it was not, in one sentence.
pub(super) type Read = Result<Prediction, Phrase>;

/// What an image was read as.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Prediction {
    pub(super) run: RunId,
    /// Steps that the weights had taken.
    pub(super) step: Step,
    /// The probability of each class.
    pub(super) probabilities: Vec<f32>,
}
