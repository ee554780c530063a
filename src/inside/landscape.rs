//! The loss landscape of a run: the loss over a plane through the weights that it has now, and the way that it came.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Price;
use crate::stream::{Content, Step};
use crate::words::Phrase;

/// Asks for the loss over a plane through the weights as they are now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LandscapeAsked {
    /// Which plane.
    pub plane: Plane,
    /// Places along each side of the plane, from 3; an odd number has the weights themselves in the middle of a plane that lies
    /// evenly around them, as all but that of a path do.
    pub side: usize,
    /// Test images over which the loss is a mean; fewer are taken where that would be dear.
    pub images: usize,
    /// What images, random directions and the beginning of a search for curvature are drawn from.
    pub seed: u64,
}

impl Content for LandscapeAsked {
    const KIND: &'static str = "inside.landscape_asked";

    fn says_the_same(&self, other: &Self) -> bool {
        self == other
    }
}

/// A plane through the weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Plane {
    /// The two directions along which the weights have moved most on their way: principal components of the kept states about
    /// the last (Lorch 2016; Li and others 2018, section 7, <https://arxiv.org/abs/1712.09913>).
    Path,
    /// Two random directions, each filter's as long as the filter (the same, section 4).
    Random,
    /// The directions of the largest curvature and of the second largest (Böttcher and Wheeler 2022,
    /// <https://arxiv.org/abs/2208.13219>).
    Curvature,
}

impl Plane {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Path, Self::Random, Self::Curvature];

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Path => say!("inside-name-path"),
            Self::Random => say!("inside-name-random"),
            Self::Curvature => say!("inside-name-curvature"),
        }
    }
}

/// The loss over a plane through the weights, and the way to them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Landscape {
    /// What was asked; places, images and plane are those that were taken.
    pub asked: LandscapeAsked,
    /// The two directions of the plane: across and away.
    pub axes: [PlaneAxis; 2],
    /// The mean loss in nats over rows × columns of places, the first row nearest: at `low` of the axis away. Not a number or
    /// infinite where the network overflows.
    #[serde(with = "crate::stream::array")]
    pub losses: Arc<[f32]>,
    /// The loss at the weights as they are, evaluated by itself: what stands at (0, 0).
    #[serde(with = "crate::stream::number")]
    pub loss: f32,
    /// The way of the run, its kept states from the first to the last.
    pub path: Vec<OnPath>,
    /// What there is to be known besides, in sentences.
    pub remarks: Vec<Phrase>,
    /// What all of it cost.
    pub price: Price,
}

impl Content for Landscape {
    const KIND: &'static str = "inside.landscape";

    fn bytes(&self) -> usize {
        size_of_val(&*self.losses) + size_of_val(&*self.path)
    }
}

/// A direction of a plane, of length 1 over all weights.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlaneAxis {
    /// Where the plane begins and ends along it, in units of the weights; the weights as they are lie at 0.
    #[serde(with = "crate::stream::number")]
    pub low: f32,
    /// See `low`.
    #[serde(with = "crate::stream::number")]
    pub high: f32,
    /// The share of the kept states' squared distances from the last that lies along it, 0..=1, for a [`Plane::Path`].
    #[serde(with = "crate::stream::number")]
    pub explained: Option<f32>,
    /// The second derivative of the loss along it, for a [`Plane::Curvature`].
    #[serde(with = "crate::stream::number")]
    pub curvature: Option<f32>,
}

impl PlaneAxis {
    /// How far along it one of so many places lies, counted from 0 at `low`: 0 exactly in the middle, where it lies evenly
    /// around 0, and the same for the same part of the way whatever their number.
    pub fn at(&self, place: usize, places: usize) -> f32 {
        let [low, high] = [self.low, self.high].map(f64::from);
        let steps = places.saturating_sub(1).max(1) as f64;
        (low + (high - low) * place as f64 / steps) as f32
    }
}

/// A state on the way of a run.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct OnPath {
    /// After which step.
    pub step: Step,
    /// Where its shadow lies on the plane, along both axes.
    #[serde(with = "crate::stream::number")]
    pub at: [f32; 2],
    /// Its loss over the same images.
    #[serde(with = "crate::stream::number")]
    pub loss: f32,
    /// The loss of its shadow: what the plane says in its place.
    #[serde(with = "crate::stream::number")]
    pub shadow: f32,
    /// How far it is from the plane, in units of the weights.
    #[serde(with = "crate::stream::number")]
    pub off: f32,
}
