//! Why a file gives no weights, in one sentence.

use std::io::{self, ErrorKind};

/// What is wrong with a file of weights, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{fact}; {remedy}")]
pub struct Refusal {
    /// What is wrong.
    pub fact: String,
    /// What to do.
    pub remedy: &'static str,
}

/// What a user of `PyTorch` does about most files.
pub(super) const SAVE: &str = "save it with torch.save(model.state_dict(), \"weights.pt\")";

impl Refusal {
    pub(super) fn new(fact: impl Into<String>, remedy: &'static str) -> Self {
        Self { fact: fact.into(), remedy }
    }

    /// What does not hang together.
    pub(super) fn damaged() -> Self {
        Self::new("it is damaged or cut short", "fetch or save it again")
    }

    /// What nobody here has heard of.
    pub(super) fn unknown() -> Self {
        Self::new("it is neither weights of PyTorch nor safetensors", SAVE)
    }

    /// What the operating system says, or that the file disagrees with itself.
    pub(super) fn unreadable(error: &io::Error) -> Self {
        match error.kind() {
            ErrorKind::UnexpectedEof | ErrorKind::InvalidData => Self::damaged(),
            _ => Self::new(error.to_string(), "make it readable or name another"),
        }
    }
}
