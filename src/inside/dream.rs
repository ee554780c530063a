//! Images that a classifier makes up: what a class or a unit likes best, beside the real image that it likes best.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Price;
use crate::stream::Content;
use crate::words::Phrase;

/// Asks what the model, as it is now, likes best.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DreamAsked {
    /// Whose number is made large.
    pub target: DreamTarget,
    /// Steps uphill; fewer are taken where a pass is dear.
    pub steps: usize,
    /// What beginnings and shifts are drawn from.
    pub seed: u64,
    /// How many dreams, each from another beginning.
    pub count: usize,
    /// Whether nothing holds them back: neither shifts nor what smooths and darkens.
    pub plain: bool,
}

impl Content for DreamAsked {
    const KIND: &'static str = "inside.dream_asked";

    fn says_the_same(&self, other: &Self) -> bool {
        self == other
    }
}

/// Whose number is made large.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DreamTarget {
    /// The logit of a class.
    Class(usize),
    /// The largest number of a unit's map.
    Unit {
        /// The layer by its name; `None` as in [`UnitsAsked`](super::UnitsAsked).
        layer: Option<String>,
        /// Which of its units.
        unit: usize,
    },
}

/// What a model likes best.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dream {
    /// What was asked.
    pub asked: DreamAsked,
    /// Channels, rows and columns of each dream.
    pub size: [usize; 3],
    /// Steps that were taken.
    pub steps: usize,
    /// Each from another beginning.
    pub dreams: Vec<Dreamed>,
    /// Test images among which the best real one was looked for.
    pub images: usize,
    /// The real image that the model likes best, if there are any.
    pub best: Option<Real>,
    /// What there is to be known besides, in sentences.
    pub remarks: Vec<Phrase>,
    /// What all of it cost.
    pub price: Price,
}

impl Content for Dream {
    const KIND: &'static str = "inside.dream";

    fn bytes(&self) -> usize {
        self.dreams.iter().map(|dream| size_of_val(&*dream.image)).sum()
    }
}

/// An image that was made up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dreamed {
    /// Brightness 0..=1, channel after channel, row by row.
    #[serde(with = "crate::stream::array")]
    pub image: Arc<[f32]>,
    /// The number that was made large.
    #[serde(with = "crate::stream::number")]
    pub value: f32,
    /// The share of what varies in it that does so within three pixels; not a number where nothing varies.
    #[serde(with = "crate::stream::number")]
    pub high_frequency: f32,
}

/// A real image.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Real {
    /// The test image's index.
    pub index: usize,
    /// The same number of it.
    #[serde(with = "crate::stream::number")]
    pub value: f32,
    /// The same share of it.
    #[serde(with = "crate::stream::number")]
    pub high_frequency: f32,
}
