//! What ends a visit early, in one sentence for whoever started it.

use thiserror::Error;

use crate::words::Phrase;

/// Why a visit could not go as asked.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum ProgramError {
    /// It cannot be done as asked: what, why, and what to do.
    #[error("{0}")]
    Asked(Phrase),
    /// Training ended before it was done: where, why, and what to do.
    #[error("{0}")]
    Training(Phrase),
}

impl From<ProgramError> for Phrase {
    fn from(error: ProgramError) -> Self {
        match error {
            ProgramError::Asked(why) | ProgramError::Training(why) => why,
        }
    }
}

impl ProgramError {
    /// The exit code that tells a script which of the two it was.
    pub const fn exit_code(&self) -> u8 {
        match self {
            Self::Training(_) => 1,
            Self::Asked(_) => 2,
        }
    }
}
