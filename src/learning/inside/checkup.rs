//! Every question about the training itself, which whoever can be examined answers.

use super::{Patient, health};
use crate::{
    inside::{DoctorAsked, HealthAsked},
    learning::TrainError,
    stream::{Content, Payload},
    words::Phrase,
};

/// A question about the training.
#[derive(Clone, Copy, Debug)]
pub enum Checkup<'a> {
    /// How it is.
    Health(&'a HealthAsked),
    /// What the doctor says.
    Doctor,
}

impl<'a> Checkup<'a> {
    /// The question that a payload is, if it is one of these.
    pub fn of(about: &'a Payload) -> Option<Self> {
        let health = about.get::<HealthAsked>().map(|asked| Self::Health(asked));
        health.or_else(|| about.get::<DoctorAsked>().map(|_| Self::Doctor))
    }

    /// Why a network that reads a text is not asked, in words that follow "which has no …".
    pub fn needs(self) -> Phrase {
        match self {
            Self::Health(_) => phrase!("studies-images-that-health-could-be"),
            Self::Doctor => phrase!("studies-images-that-the-doctor-could"),
        }
    }

    /// How a patient is, for the study of a question of health.
    ///
    /// # Errors
    /// If it is another question, cannot be computed, or nobody waits any more.
    pub fn examined(
        about: &Payload,
        patient: Patient<'_>,
        go_on: &dyn Fn() -> bool,
    ) -> Result<Payload, TrainError> {
        match Checkup::of(about) {
            Some(Checkup::Health(asked)) => Self::answered(health(patient, asked, go_on)?),
            _ => Err(TrainError::calculation(phrase!("studies-this-is-no-question-of"))),
        }
    }

    /// What was found, as it is sent.
    ///
    /// # Errors
    /// If it was broken off.
    pub fn answered<C: Content>(found: Option<C>) -> Result<Payload, TrainError> {
        let found = found.map(Payload::new);
        found.ok_or_else(|| TrainError::calculation(phrase!("studies-nobody-waits-for-the-answer")))
    }
}
