//! Studies: questions that take longer than a step may wait, worked on beside the training from what the model was when it
//! was asked.

use super::TrainError;
use crate::stream::Payload;

/// What is left to do for an answer: it owns all that it needs, and asks now and then whether anybody still waits for it,
/// where it may end with whatever error.
pub type Study = Box<dyn FnOnce(&(dyn Fn() -> bool + Sync)) -> Result<Payload, TrainError> + Send>;
