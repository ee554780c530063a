//! Many images that a classifier is asked about at once, and what it reads them as.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::stream::Content;

/// Images of the size and the channels that the model learns, to be read in one pass.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pictures {
    /// How many they are.
    pub count: usize,
    /// Brightness 0..=1, image after image, channel after channel, row by row.
    #[serde(with = "crate::stream::array")]
    pub brightness: Arc<[f32]>,
}

impl Content for Pictures {
    const KIND: &'static str = "images.pictures";

    fn bytes(&self) -> usize {
        size_of_val(&*self.brightness)
    }

    fn says_the_same(&self, other: &Self) -> bool {
        self == other
    }
}

/// What they are read as.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PicturesRead {
    /// The probability of each class, 0..=1, image after image.
    #[serde(with = "crate::stream::array")]
    pub probabilities: Arc<[f32]>,
}

impl Content for PicturesRead {
    const KIND: &'static str = "images.pictures_read";

    fn bytes(&self) -> usize {
        size_of_val(&*self.probabilities)
    }

    fn says_the_same(&self, other: &Self) -> bool {
        self == other
    }
}
