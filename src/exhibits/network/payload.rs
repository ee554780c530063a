//! What the network and its view say to each other beyond the stream: which image is asked for, text that is typed and text
//! that is written.

use serde::{Deserialize, Serialize};

use crate::stream::{Content, PayloadKind};

pub(super) const PAYLOADS: &[PayloadKind] =
    &[PayloadKind::of::<LearnedImage>(), PayloadKind::of::<Typed>(), PayloadKind::of::<Written>()];

/// The first image of the last step's batch, exactly as the network saw it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct LearnedImage;

impl Content for LearnedImage {
    const KIND: &'static str = "network.learned_image";

    fn says_the_same(&self, other: &Self) -> bool {
        self == other
    }
}

/// A text of the visitor's, which the network is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Typed {
    pub(super) text: String,
}

impl Content for Typed {
    const KIND: &'static str = "network.typed";

    fn bytes(&self) -> usize {
        self.text.len()
    }

    fn says_the_same(&self, other: &Self) -> bool {
        self == other
    }
}

/// How the network goes on from a text, character by character.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Written {
    /// What it read first.
    pub(super) after: String,
    /// What it wrote.
    pub(super) text: String,
    /// Whether one network wrote all of it; else each character is of the network of its moment.
    pub(super) at_once: bool,
}

impl Content for Written {
    const KIND: &'static str = "network.written";

    fn bytes(&self) -> usize {
        self.after.len() + self.text.len()
    }

    fn says_the_same(&self, other: &Self) -> bool {
        self == other
    }
}
