//! Who failed and why, each in one sentence that names the fact and what to do.

use std::path::{Path, PathBuf};

use crate::sentence::shown_path;

/// What keeps a run from starting or from going on.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TrainError {
    /// A file of a data set cannot be used.
    #[error("cannot use {}: {fact}; {remedy}", shown_path(path))]
    Data {
        /// The file or folder.
        path: PathBuf,
        /// What is wrong with it.
        fact: String,
        /// What to do about it.
        remedy: String,
    },
    /// An option has a value that no run can have.
    #[error("{option} is {value}, but {rule}")]
    Option {
        /// The option as typed on the command line.
        option: &'static str,
        /// Its value.
        value: String,
        /// What the value must be.
        rule: &'static str,
    },
    /// An option has a value beyond what can be calculated with.
    #[error("{option} is {value}, but {limit}")]
    Limit {
        /// The option as typed on the command line.
        option: &'static str,
        /// Its value.
        value: String,
        /// Between which values it must lie.
        limit: String,
    },
    /// The operating system gave no thread.
    #[error(
        "the training thread could not be started: {0}; close other programs or lower --threads"
    )]
    Thread(String),
    /// The trainable is always the same.
    #[error("this exhibit learns nothing else; restart it instead")]
    CannotChange,
    /// Something in the calculation went wrong.
    #[error("training could not go on: {0}")]
    Calculation(String),
}

impl From<crate::network::Fault> for TrainError {
    fn from(fault: crate::network::Fault) -> Self {
        Self::Calculation(fault.to_string())
    }
}

impl TrainError {
    /// Why a question has no answer, where the training goes on all the same.
    pub(super) fn of_question(&self) -> String {
        match self {
            Self::Calculation(why) => why.clone(),
            other => other.to_string(),
        }
    }

    /// A file or folder that cannot be used: what is wrong with it, and what to do.
    pub fn unusable(path: &Path, fact: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self::Data { path: path.to_owned(), fact: fact.into(), remedy: remedy.into() }
    }

    /// A calculation that failed, with the reason its library gives.
    pub fn calculation(reason: impl std::fmt::Display) -> Self {
        Self::Calculation(reason.to_string())
    }
}
