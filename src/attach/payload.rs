//! What a training of another program came to, where it has no test to tell of.

use serde::{Deserialize, Serialize};

use crate::stream::{Content, PayloadKind};

/// What an attached training may send beside what all image classifiers share.
pub const PAYLOADS: &[PayloadKind] =
    &[PayloadKind::of::<Learned>(), PayloadKind::of::<NoExamples>()];

/// The verdict of a training that tells nothing beyond its metrics.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Learned {}

impl Content for Learned {
    const KIND: &'static str = "attached.learned";

    fn says_the_same(&self, _: &Self) -> bool {
        true
    }
}

/// What is learned from where nothing of it is told: examples of the training before it are not of this one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct NoExamples {}

impl Content for NoExamples {
    const KIND: &'static str = "attached.no_examples";

    fn says_the_same(&self, _: &Self) -> bool {
        true
    }
}
