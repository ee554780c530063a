//! Images to be told apart: those that a model is tested on, how it read them in the end, and a visitor's own.

mod many;
mod narrator;
mod picture;
mod privacy;

pub use many::{Pictures, PicturesRead};
pub use narrator::{ImageNarrator, headline};
pub use picture::{Picture, PictureFile, PictureRead};
pub use privacy::PrivacySpent;

use serde::{Deserialize, Serialize};
use std::sync::Arc;

use crate::stream::{Content, PayloadKind};

/// What every image classifier and its view share.
pub const PAYLOADS: &[PayloadKind] = &[
    PayloadKind::of::<TestSet>(),
    PayloadKind::of::<ClassifierVerdict>(),
    PayloadKind::of::<PictureFile>(),
    PayloadKind::of::<Picture>(),
    PayloadKind::of::<PictureRead>(),
    PayloadKind::of::<Pictures>(),
    PayloadKind::of::<PicturesRead>(),
];

/// The test examples, so that the room can show and choose them.
///
/// `pixels` holds `len() * channels * height * width` values; each label is below `classes.len()`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TestSet {
    /// Values 0..=255, image after image, channel after channel, row by row.
    #[serde(with = "crate::stream::array")]
    pub pixels: Arc<[u8]>,
    /// Channels of an image: 1 if it is grey, 3 if it is red, green and blue.
    #[serde(default = "grey")]
    pub channels: usize,
    /// Width of an image in pixels.
    pub width: usize,
    /// Height of an image in pixels.
    pub height: usize,
    /// The true class of each image.
    #[serde(with = "crate::stream::array")]
    pub labels: Arc<[u8]>,
    /// What each class is called.
    pub classes: Arc<[String]>,
    /// What the data set is called.
    pub name: String,
    /// Whether each pixel is a character, by its class, and the label the class of the one behind the last.
    #[serde(default)]
    pub of_text: bool,
    /// Whether the model may have learned from them too, as whoever trains gave them to be looked at and said no more.
    #[serde(default)]
    pub perhaps_learned: bool,
}

const fn grey() -> usize {
    1
}

impl TestSet {
    /// How many images there are.
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// Whether there is no image at all.
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// The values of one image, channel after channel, row by row, or `None` past the end.
    pub fn image(&self, index: usize) -> Option<&[u8]> {
        let size = self.channels * self.width * self.height;
        self.pixels.get(index.checked_mul(size)?..)?.get(..size)
    }
}

impl Content for TestSet {
    const KIND: &'static str = "images.test_set";

    fn bytes(&self) -> usize {
        self.pixels.len() + self.labels.len()
    }
}

/// How the test images were read in the end.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ClassifierVerdict {
    /// Share of test images read rightly, 0..=1.
    pub accuracy: f32,
    /// Mean cross-entropy over the test images, in nats.
    #[serde(with = "crate::stream::number")]
    pub loss: f32,
    /// What the training has given away of each of its images, if it was private.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub privacy: Option<PrivacySpent>,
}

impl Content for ClassifierVerdict {
    const KIND: &'static str = "images.verdict";
}
