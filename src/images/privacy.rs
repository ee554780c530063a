//! What a private training has given away of each of its examples, as it is told.

use serde::{Deserialize, Serialize};

use crate::words::Phrase;

/// How far a training can have given an example away: whatever is done with what was learned happens at most e^ε times as
/// often as without that example, up to a probability of δ.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PrivacySpent {
    /// ε, at least zero.
    #[serde(with = "crate::stream::number")]
    pub epsilon: f64,
    /// δ, above zero and below one.
    pub delta: f64,
}

impl PrivacySpent {
    /// Both in words; a bound is rounded up to hundredths.
    pub fn told(&self) -> Phrase {
        let Self { epsilon, delta } = *self;
        if epsilon == f64::INFINITY {
            return phrase!(
                "images-is-infinite-at-nothing-is",
                delta = format_args!("{:e}", delta)
            );
        }
        phrase!(
            "images-at",
            ceil = format_args!("{:.2}", (epsilon * 100.0).ceil() / 100.0),
            delta = format_args!("{:e}", delta)
        )
    }
}
