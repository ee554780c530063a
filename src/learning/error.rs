//! Who failed and why, each in one sentence that names the fact and what to do.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use crate::{
    sentence::shown_path,
    words::{InPhrase, Phrase, Word},
};

/// What keeps a run from starting or from going on; worded where it is read ([`InPhrase`]).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TrainError {
    /// A file of a data set cannot be used.
    Data {
        /// The file or folder.
        path: PathBuf,
        /// What is wrong with it.
        fact: Phrase,
        /// What to do about it.
        remedy: Phrase,
    },
    /// An option has a value that no run can have.
    Option {
        /// The option as typed on the command line.
        option: &'static str,
        /// Its value.
        value: String,
        /// What the value must be.
        rule: Word,
    },
    /// An option has a value beyond what can be calculated with.
    Limit {
        /// The option as typed on the command line.
        option: &'static str,
        /// Its value.
        value: String,
        /// Between which values it must lie.
        limit: Phrase,
    },
    /// The operating system gave no thread.
    Thread(String),
    /// The trainable is always the same.
    CannotChange,
    /// It cannot be done as it was asked: what, and why.
    Asked(Phrase),
    /// Something in the calculation went wrong.
    Calculation(Phrase),
}

impl InPhrase for TrainError {
    fn in_phrase(&self) -> Phrase {
        match self {
            Self::Data { path, fact, remedy } => {
                phrase!("learning-cannot-use", path = shown_path(path), fact, remedy)
            }
            Self::Option { option, value, rule } => {
                phrase!("learning-is-but", option, value, rule)
            }
            Self::Limit { option, value, limit } => {
                phrase!("learning-is-but-2", option, value, limit)
            }
            Self::Thread(value) => phrase!("learning-the-training-thread-could-not", value),
            Self::CannotChange => phrase!("learning-this-exhibit-learns-nothing-else"),
            Self::Asked(why) => why.clone(),
            Self::Calculation(value) => phrase!("learning-training-could-not-go-on", value),
        }
    }
}

impl fmt::Display for TrainError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.in_phrase().fmt(out)
    }
}

impl std::error::Error for TrainError {}

impl From<crate::network::Fault> for TrainError {
    fn from(fault: crate::network::Fault) -> Self {
        Self::Calculation(fault.into())
    }
}

impl TrainError {
    /// Why a question has no answer, where the training goes on all the same.
    pub(super) fn of_question(&self) -> Phrase {
        match self {
            Self::Calculation(why) => why.clone(),
            other => other.in_phrase(),
        }
    }

    /// A file or folder that cannot be used: what is wrong with it, and what to do.
    pub fn unusable(path: &Path, fact: impl Into<Phrase>, remedy: impl Into<Phrase>) -> Self {
        Self::Data { path: path.to_owned(), fact: fact.into(), remedy: remedy.into() }
    }

    /// A calculation that failed, with its reason.
    pub fn calculation(reason: impl Into<Phrase>) -> Self {
        Self::Calculation(reason.into())
    }

    /// A calculation that failed, with the reason that a library gives in its own words.
    pub fn of_library(reason: impl fmt::Display) -> Self {
        Self::Calculation(Phrase::plain(&reason))
    }
}
