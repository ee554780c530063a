//! What happens at the door, for those who read it.

use crate::words::Phrase;

/// Something that the visitor should know of a training elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// It is attached.
    Attached {
        /// Its program and its framework, as it calls them.
        program: String,
        framework: String,
    },
    /// A training that is served elsewhere is watched.
    Connected {
        /// The program that serves it.
        program: String,
    },
    /// It is served no longer.
    Ended {
        /// Why, in one sentence.
        why: Phrase,
    },
    /// It was over, and has gone.
    Left,
    /// It has gone in the midst of a run.
    Gone,
    /// It was sent away, and why: what it said was wrong.
    Wrong {
        /// Why, in words that end a sentence.
        why: Phrase,
    },
    /// It is attached, but nothing of it can be shown, and why; it goes on.
    NotShown {
        /// Why, in words that end a sentence.
        why: Phrase,
    },
    /// A training that is served elsewhere cannot be reached again, and why.
    Unreachable {
        /// Why, in one sentence.
        why: Phrase,
    },
    /// Somebody was not let in, and why.
    Refused {
        /// Why, in one sentence.
        why: Phrase,
    },
    /// It cannot do what the visitor asks.
    NotThere,
}

impl News {
    /// Whether something has gone wrong.
    pub const fn is_trouble(&self) -> bool {
        !matches!(
            self,
            Self::Attached { .. } | Self::Connected { .. } | Self::Left | Self::NotThere
        )
    }

    /// It in one or two sentences, in the language of who reads it.
    pub fn told(&self) -> Phrase {
        match self {
            Self::Attached { program, framework } if framework.is_empty() => {
                phrase!("attach-attached", program)
            }
            Self::Attached { program, framework } => {
                phrase!("attach-attached-with", program, framework)
            }
            Self::Connected { program } => phrase!("attach-connected", program),
            Self::Ended { why } => phrase!("attach-ended", why),
            Self::Left => phrase!("attach-left"),
            Self::Gone => phrase!("attach-gone"),
            Self::Wrong { why } => phrase!("attach-wrong", why),
            Self::NotShown { why } => phrase!("attach-not-shown", why),
            Self::Unreachable { why } => why.clone(),
            Self::Refused { why } => phrase!("attach-refused", why),
            Self::NotThere => phrase!("attach-not-there"),
        }
    }
}
