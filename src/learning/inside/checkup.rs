//! Every question about the training itself, answered by whoever can be examined.

use super::health::{Patient, health};
use crate::{inside::HealthAsked, learning::TrainError, stream::Payload};

/// A question about the training.
#[derive(Clone, Copy, Debug)]
pub enum Checkup<'a> {
    /// How it is.
    Health(&'a HealthAsked),
}

impl<'a> Checkup<'a> {
    /// The question that a payload is, if it is one of these.
    pub fn of(about: &'a Payload) -> Option<Self> {
        about.get::<HealthAsked>().map(|asked| Self::Health(asked))
    }

    /// Why a network that reads a text is not asked, in words that follow "which has no …".
    pub const fn needs(self) -> &'static str {
        match self {
            Self::Health(_) => "images that health could be measured on",
        }
    }

    /// What is found.
    ///
    /// # Errors
    /// One sentence if there is nothing to look at, it cannot be computed, or `go_on` broke it off.
    pub fn answer(
        self,
        patient: Patient<'_>,
        go_on: &dyn Fn() -> bool,
    ) -> Result<Payload, TrainError> {
        let found = match self {
            Self::Health(asked) => health(patient, asked, go_on)?.map(Payload::new),
        };
        found.ok_or_else(|| TrainError::calculation("nobody waits for the answer any more"))
    }
}
