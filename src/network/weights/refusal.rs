//! Why a file gives no weights, in one sentence.

use std::{
    fmt,
    io::{self, ErrorKind},
};

use crate::words::{InPhrase, Phrase, Word};

/// What is wrong with a file of weights, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What is wrong.
    pub fact: Phrase,
    /// What to do.
    pub remedy: Phrase,
}

/// What a user of `PyTorch` does about most files.
pub(super) const SAVE: Word = key!("network-files-save-it-with-torch-save");

impl InPhrase for Refusal {
    fn in_phrase(&self) -> Phrase {
        phrase!("list-apart", first = self.fact, second = self.remedy)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.in_phrase().fmt(out)
    }
}

impl std::error::Error for Refusal {}

impl Refusal {
    pub(super) fn new(fact: impl Into<Phrase>, remedy: impl Into<Phrase>) -> Self {
        Self { fact: fact.into(), remedy: remedy.into() }
    }

    /// What does not hang together.
    pub(super) fn damaged() -> Self {
        Self::new(
            phrase!("network-files-it-is-damaged-or-cut"),
            phrase!("network-files-fetch-or-save-it-again"),
        )
    }

    /// What nobody here has heard of.
    pub(super) fn unknown() -> Self {
        Self::new(phrase!("network-files-it-is-neither-weights-of"), SAVE)
    }

    /// What the operating system says, or that the file disagrees with itself.
    pub(super) fn unreadable(error: &io::Error) -> Self {
        match error.kind() {
            ErrorKind::UnexpectedEof | ErrorKind::InvalidData => Self::damaged(),
            _ => Self::new(error.in_phrase(), phrase!("network-files-make-it-readable-or-name")),
        }
    }
}
