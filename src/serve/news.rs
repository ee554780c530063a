//! Who comes and goes, for those who read it.

use crate::words::Phrase;

/// Something that whoever serves a training should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// Somebody watches.
    Watched {
        /// The viewer's program, as it calls itself.
        program: String,
    },
    /// The viewer has left; what it held up goes on.
    Left,
    /// The viewer was sent away, and why.
    SentAway {
        /// Why, in words that end a sentence.
        why: Phrase,
    },
    /// Somebody was not let in, and why.
    Refused {
        /// Why, in one sentence.
        why: Phrase,
    },
}

impl News {
    /// It in one or two sentences, in the language of who reads it.
    pub fn told(&self) -> Phrase {
        match self {
            Self::Watched { program } => phrase!("serve-watched", program),
            Self::Left => phrase!("serve-left"),
            Self::SentAway { why } => phrase!("serve-sent-away", why),
            Self::Refused { why } => phrase!("serve-refused", why),
        }
    }
}
