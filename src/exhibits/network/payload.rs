//! Asks for the image that the last step learned from first, as augmentation made it, instead of one to be tested on.

use serde::{Deserialize, Serialize};

use crate::stream::Content;

/// The first image of the last step's batch, exactly as the network saw it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct LearnedImage;

impl Content for LearnedImage {
    const KIND: &'static str = "network.learned_image";

    fn says_the_same(&self, other: &Self) -> bool {
        self == other
    }
}
