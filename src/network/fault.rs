//! What is wrong with a description, in one sentence.

use std::fmt;

use crate::words::{InPhrase, Phrase};

/// Why a description is no network: the place in it, the fact, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault(Phrase);

impl Fault {
    /// In these words.
    pub fn new(words: impl Into<Phrase>) -> Self {
        Self(words.into())
    }

    /// The same, of this place.
    #[must_use]
    pub fn of(self, place: impl Into<Phrase>) -> Self {
        Self(phrase!("list-of", name = place.into(), value = self.0))
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

impl std::error::Error for Fault {}

impl InPhrase for Fault {
    fn in_phrase(&self) -> Phrase {
        self.0.clone()
    }
}

impl From<Fault> for Phrase {
    fn from(fault: Fault) -> Self {
        fault.0
    }
}

/// "did you mean" with the nearest of the words that are known, or else all of them.
pub(super) fn nearest(word: &str, known: &[&str]) -> Phrase {
    match closest(word, known.iter().copied()) {
        Some(best) => phrase!("network-files-did-you-mean", best),
        None => {
            phrase!("network-files-choose-one-of", known = Phrase::listed(known.iter().copied()))
        }
    }
}

/// The nearest of the words that are known, if it is near.
pub(super) fn closest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let rated = known.map(|other| (strsim::jaro_winkler(word, other), other));
    let best = rated.max_by(|(a, _), (b, _)| a.total_cmp(b));
    best.filter(|(likeness, _)| *likeness > 0.75).map(|(_, other)| other)
}

/// The only thing that something reads.
pub(super) fn one<T: Copy>(reads: &[T]) -> Result<T, Fault> {
    match reads {
        [one] => Ok(*one),
        _ => Err(Fault::new(phrase!(
            "network-files-it-reads-one-layer-but",
            reads_count = reads.len()
        ))),
    }
}
