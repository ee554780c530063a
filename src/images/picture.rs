//! A picture of the visitor's own on its way to the network: as its file, as the network takes it, and as it was read.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::stream::Content;
use crate::words::Phrase;

/// A picture's file, to be brought to what the network takes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PictureFile {
    /// Where it lies, for those who read what is wrong with it.
    pub path: String,
    /// What the file holds.
    #[serde(with = "crate::stream::array")]
    pub bytes: Arc<[u8]>,
}

impl Content for PictureFile {
    const KIND: &'static str = "images.picture_file";

    fn bytes(&self) -> usize {
        self.path.len() + self.bytes.len()
    }
}

/// A picture of the size and the channels of the images that the network learns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// The name of its file.
    pub name: String,
    /// Values 0..=255, channel after channel, row by row.
    #[serde(with = "crate::stream::array")]
    pub values: Arc<[u8]>,
    /// What is to be known of how it was brought there, in sentences.
    pub remarks: Vec<Phrase>,
}

impl Picture {
    /// Brightness 0..=1 of its values.
    pub fn brightness(&self) -> impl Iterator<Item = f32> {
        self.values.iter().map(|&value| f32::from(value) / 255.0)
    }
}

impl Content for Picture {
    const KIND: &'static str = "images.picture";

    fn bytes(&self) -> usize {
        self.name.len() + self.values.len()
    }

    fn says_the_same(&self, other: &Self) -> bool {
        self == other
    }
}

/// What a picture is read as.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PictureRead {
    /// The probability of each class, 0..=1.
    #[serde(with = "crate::stream::array")]
    pub probabilities: Arc<[f32]>,
}

impl Content for PictureRead {
    const KIND: &'static str = "images.picture_read";

    fn bytes(&self) -> usize {
        size_of_val(&*self.probabilities)
    }
}
