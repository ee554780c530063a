//! All images as points: where a layer puts every image that the run has, laid out in a few dimensions.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Price, UnitLayer};
use crate::stream::Content;
use crate::words::Phrase;

/// Asks where a layer puts all images, as the model is now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PointsAsked {
    /// The layer by its name; `None` for the logits.
    pub layer: Option<String>,
    /// How its numbers are laid out.
    pub layout: PointsLayout,
    /// Whether training images are shown as well as test images.
    pub all: bool,
    /// What is drawn where not all images can be taken, and where a search begins.
    pub seed: u64,
}

impl Content for PointsAsked {
    const KIND: &'static str = "inside.points_asked";

    fn says_the_same(&self, other: &Self) -> bool {
        self == other
    }
}

/// How many numbers become a few.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum PointsLayout {
    /// Principal components, up to [`MOST_AXES`](Points::MOST_AXES), which a hand can turn into the three that are seen.
    Components,
    /// Neighbours beside each other: t-SNE in three dimensions, begun at the first three components or at the layout before,
    /// with all attraction times this (Böhm, Berens and Kobak 2022, <https://www.jmlr.org/papers/v23/21-0055.html>: 1 is
    /// t-SNE, about 4 looks like UMAP).
    Neighbours {
        /// From 1 to 4.
        attraction: f32,
    },
}

/// Where a layer puts all images.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Points {
    /// What was asked.
    pub asked: PointsAsked,
    /// The layer; its units are the classes if it is the logits.
    pub layer: UnitLayer,
    /// All layers that can be asked about besides the logits, in the order of computation.
    pub layers: Vec<UnitLayer>,
    /// Which images they are: first those of the training set, then those of the test set.
    pub of: PointsOf,
    /// Numbers of each image.
    pub axes: usize,
    /// Images × axes; the root of the mean squared distance from the middle is 1.
    #[serde(with = "crate::stream::array")]
    pub places: Arc<[f32]>,
    /// The share of the variance along each component, 0..=1; none for other layouts.
    #[serde(with = "crate::stream::array")]
    pub explained: Vec<f32>,
    /// The class of each image.
    #[serde(with = "crate::stream::array")]
    pub labels: Arc<[u16]>,
    /// What the model says that it is.
    #[serde(with = "crate::stream::array")]
    pub said: Arc<[u16]>,
    /// Its loss, in nats.
    #[serde(with = "crate::stream::array")]
    pub losses: Arc<[f32]>,
    /// What can be trusted of what is seen in three dimensions.
    pub trust: PointsTrust,
    /// What there is to be known besides, in sentences.
    pub remarks: Vec<Phrase>,
    /// What all of it cost.
    pub price: Price,
}

impl Points {
    /// Components at most.
    pub const MOST_AXES: usize = 8;
}

impl Content for Points {
    const KIND: &'static str = "inside.points";

    fn bytes(&self) -> usize {
        let of_each = size_of_val(&*self.labels) + size_of_val(&*self.said);
        of_each + size_of_val(&*self.places) + size_of_val(&*self.losses)
    }
}

/// Which images points are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PointsOf {
    /// Indices of the training set.
    #[serde(with = "crate::stream::array")]
    pub train: Arc<[u32]>,
    /// Indices of the test set.
    #[serde(with = "crate::stream::array")]
    pub tests: Arc<[u32]>,
}

/// What can be trusted of a layout in three dimensions.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PointsTrust {
    /// Images that were asked for their neighbours, and how many neighbours of each.
    pub queries: usize,
    /// See `queries`.
    pub neighbours: usize,
    /// Trustworthiness, 0..=1 (Venna and Kaski 2001): whether neighbours in the layout are neighbours in the layer.
    #[serde(with = "crate::stream::number")]
    pub trustworthiness: f32,
    /// The share of the layer's neighbours that are neighbours in the layout, 0..=1.
    #[serde(with = "crate::stream::number")]
    pub kept: f32,
    /// The share of neighbours in the layout that are of the same class, 0..=1.
    #[serde(with = "crate::stream::number")]
    pub same_class: f32,
    /// How far points of the very same numbers move when they are laid out once more from another beginning, the root of the
    /// mean square over that from the middle, after turning one onto the other: less is noise. None where there is no chance.
    #[serde(with = "crate::stream::number")]
    pub noise: Option<f32>,
    /// How far they have moved since the layout before of the same question, likewise; none if there was none.
    #[serde(with = "crate::stream::number")]
    pub moved: Option<f32>,
}

/// Asks what some images share, as the model is now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SharedAsked {
    /// The layer by its name; `None` for the logits.
    pub layer: Option<String>,
    /// The images, by [`PointsOf`].
    pub of: PointsOf,
}

impl Content for SharedAsked {
    const KIND: &'static str = "inside.shared_asked";

    fn says_the_same(&self, other: &Self) -> bool {
        self == other
    }
}

/// What some images share.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shared {
    /// What was asked.
    pub asked: SharedAsked,
    /// Channels, rows and columns of an image.
    pub size: [usize; 3],
    /// Their mean, brightness 0..=1, channel after channel, row by row.
    #[serde(with = "crate::stream::array")]
    pub mean: Arc<[f32]>,
    /// The images themselves, in the order asked, so many as [`MOST_SHOWN`](Self::MOST_SHOWN).
    #[serde(with = "crate::stream::array")]
    pub images: Arc<[f32]>,
    /// How many are of each class.
    pub labels: Vec<usize>,
    /// How many are said to be of each class.
    pub said: Vec<usize>,
    /// Their mean loss in nats.
    #[serde(with = "crate::stream::number")]
    pub loss: f32,
    /// The units of the layer that tell them best from all other test images, the best first.
    pub units: Vec<SharedUnit>,
    /// What all of it cost.
    pub price: Price,
}

impl Shared {
    /// Images that are shown at most.
    pub const MOST_SHOWN: usize = 12;
}

impl Content for Shared {
    const KIND: &'static str = "inside.shared";

    fn bytes(&self) -> usize {
        size_of_val(&*self.mean) + size_of_val(&*self.images)
    }
}

/// A unit that tells images from others.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct SharedUnit {
    /// Which of the layer's.
    pub unit: usize,
    /// Its mean over the images, each image's value the largest of its map.
    #[serde(with = "crate::stream::number")]
    pub here: f32,
    /// Its mean over all other test images.
    #[serde(with = "crate::stream::number")]
    pub elsewhere: f32,
    /// The difference over the standard deviation of all test images.
    #[serde(with = "crate::stream::number")]
    pub apart: f32,
}
