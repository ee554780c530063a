//! What the model says to a question beside what is looked at.

use bevy::prelude::*;

use crate::stream::{Payload, RunId, Step};
use crate::words::Phrase;

/// What the model says to a [`Question`](super::Question).
#[derive(Message, Clone, Debug)]
pub struct Answer {
    /// What was asked.
    pub about: Payload,
    /// The run whose model answers, and how many steps it had taken.
    pub run: RunId,
    pub step: Step,
    /// The answer, or in one sentence why there is none.
    pub said: Result<Payload, Phrase>,
}
