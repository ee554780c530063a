//! Which training images taught an answer, what would have become of it without some of them, and what a network says that
//! learned from shuffled labels, over the ledger and the replay of a run.

mod account;
mod beforehand;
mod checked;
mod labels;
mod repetition;

pub use labels::by_labels;

use self::{account::taught, repetition::without};
use super::{
    goal,
    ledger::{Booked, Subject},
    replay::check,
};
use crate::{
    inside::{TaughtAsked, WithoutAsked},
    learning::TrainError,
    stream::{InputChoice, Payload},
    words::Phrase,
};

/// A question to the past of a run.
#[derive(Clone, Copy, Debug)]
pub enum PastQuestion<'a> {
    /// Which images taught it.
    Taught(&'a TaughtAsked),
    /// What would be without some.
    Without(&'a WithoutAsked),
}

impl<'a> PastQuestion<'a> {
    /// The question that a payload is, if it is one of these.
    pub fn of(about: &'a Payload) -> Option<Self> {
        let taught = about.get::<TaughtAsked>().map(|asked| Self::Taught(asked));
        taught.or_else(|| about.get::<WithoutAsked>().map(|asked| Self::Without(asked)))
    }

    /// What the model is to be shown.
    pub const fn input(self) -> &'a InputChoice {
        match self {
            Self::Taught(asked) => &asked.input,
            Self::Without(asked) => &asked.input,
        }
    }

    /// Why a network that reads a text is not asked, in words that follow "which has no …".
    pub fn needs(self) -> Phrase {
        match self {
            Self::Taught(_) => phrase!("studies-training-images-that-could-have"),
            Self::Without(_) => phrase!("studies-training-images-that-could-be"),
        }
    }

    /// What is found, for the input that it names; `class` is what the input is, where that is known. It takes seconds, and
    /// looks now and then whether it is to `go_on`.
    ///
    /// # Errors
    /// One sentence if what is asked for is not there, cannot be computed, or was ended early.
    pub fn answer<R: Booked>(
        self,
        run: &R,
        input: &[f32],
        class: Option<usize>,
        go_on: &dyn Fn() -> bool,
    ) -> Result<Payload, TrainError> {
        let subject = subject(run, input, class)?;
        let ended = || TrainError::calculation(phrase!("studies-the-answer-was-ended-before"));
        Ok(match self {
            Self::Taught(asked) => {
                Payload::new(taught(run, asked, &subject, go_on)?.ok_or_else(ended)?)
            }
            Self::Without(asked) => {
                Payload::new(without(run, asked, &subject, go_on)?.ok_or_else(ended)?)
            }
        })
    }
}

/// The input with the class whose loss is told: its own, else what the run as it ended says.
fn subject<R: Booked>(run: &R, input: &[f32], class: Option<usize>) -> Result<Subject, TrainError> {
    check(run)?;
    if run.ended().iter().any(|number| !number.is_finite()) {
        return Err(TrainError::calculation(phrase!("studies-a-weight-of-the-network")));
    }
    let none = || TrainError::calculation(phrase!("studies-the-network-tells-no-classes"));
    if run.classes() < 2 {
        return Err(none());
    }
    let logits = run.logits(run.ended(), input)?;
    let class = class.or_else(|| goal::said(&logits)).ok_or_else(none)?;
    Ok(Subject { input: input.to_vec(), class })
}
