//! What a training of another program came to, where it has no test to tell of.

use serde::{Deserialize, Serialize};

use crate::stream::{Content, PayloadKind};

/// What an attached training may send beside what all image classifiers share.
pub const PAYLOADS: &[PayloadKind] = &[PayloadKind::of::<Learned>()];

/// The verdict of a training that tells nothing beyond its metrics.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Learned {}

impl Content for Learned {
    const KIND: &'static str = "attached.learned";

    fn says_the_same(&self, _: &Self) -> bool {
        true
    }
}
