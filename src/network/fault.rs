//! What is wrong with a description, in one sentence.

use std::fmt;

/// Why a description is no network: the place in it, the fact, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault(String);

impl Fault {
    /// In these words.
    pub fn new(words: impl Into<String>) -> Self {
        Self(words.into())
    }

    /// The same, of this place.
    #[must_use]
    pub fn of(self, place: &str) -> Self {
        Self(format!("{place}: {}", self.0))
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl std::error::Error for Fault {}

/// "did you mean" with the nearest of the words that are known, or else all of them.
pub(super) fn nearest(word: &str, known: &[&str]) -> String {
    match closest(word, known.iter().copied()) {
        Some(best) => format!("did you mean “{best}”?"),
        None => format!("choose one of {}", known.join(", ")),
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
        _ => Err(Fault::new(format!("it reads one layer, but from names {}", reads.len()))),
    }
}
