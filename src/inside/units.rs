//! What the units of a layer know: the images on which each is strongest, and what becomes of the answers without it.
//!
//! A unit is a map of a convolution or of what follows it, or a number of a dense layer, which is a map of one place. Its
//! value for an image is the largest number of its map.

use serde::{Deserialize, Serialize};

use super::{LesionBy, Price};
use crate::stream::Content;
use crate::words::Phrase;

/// Asks what the units of a layer know, as the model is now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitsAsked {
    /// The layer by its name; `None` for the last layer of maps before the layers lose where something lies, or else the
    /// last hidden layer.
    pub layer: Option<String>,
    /// Test images that are looked at; fewer are taken where that would be dear.
    pub images: usize,
    /// How many images are named of each kind.
    pub top: usize,
    /// What images and the order of units are drawn from.
    pub seed: u64,
}

impl Content for UnitsAsked {
    const KIND: &'static str = "inside.units_asked";

    fn says_the_same(&self, other: &Self) -> bool {
        self == other
    }
}

/// A layer whose units can be asked about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitLayer {
    /// What it is called.
    pub name: String,
    /// Units, and the rows and columns of each one's map; 1 × 1 in a dense layer.
    pub size: [usize; 3],
}

impl UnitLayer {
    /// How many units it has.
    pub const fn units(&self) -> usize {
        self.size[0]
    }

    /// Places of each one's map.
    pub const fn places(&self) -> usize {
        self.size[1] * self.size[2]
    }

    /// Numbers that it makes of an input.
    pub const fn numbers(&self) -> usize {
        self.units() * self.places()
    }
}

/// What the units of a layer know.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Units {
    /// What was asked.
    pub asked: UnitsAsked,
    /// The layer.
    pub layer: UnitLayer,
    /// All layers that can be asked about, in the order of computation.
    pub layers: Vec<UnitLayer>,
    /// Test images that were looked at.
    pub images: usize,
    /// Of them those on which units were taken away; 0 if that would be dear.
    pub tried_on: usize,
    /// The share of these that is read right with all units; not a number without images.
    #[serde(with = "crate::stream::number")]
    pub accuracy: f32,
    /// Unit after unit.
    pub units: Vec<Unit>,
    /// What the units are worth among all others, if that is not dear.
    pub shapley: Option<Shapley>,
    /// What there is to be known besides, in sentences.
    pub remarks: Vec<Phrase>,
    /// What all of it cost.
    pub price: Price,
}

impl Content for Units {
    const KIND: &'static str = "inside.units";

    fn bytes(&self) -> usize {
        let named = |unit: &Unit| unit.top.len() + unit.median.len() + unit.near_zero.len();
        let images = self.units.iter().map(named).sum::<usize>();
        images * size_of::<UnitImage>() + self.units.len() * size_of::<Unit>()
    }
}

/// What a unit knows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Unit {
    /// The images with its largest values, the largest first, of equal ones the first image.
    pub top: Vec<UnitImage>,
    /// Those in the middle of all on which it is active, likewise.
    pub median: Vec<UnitImage>,
    /// Those whose values are nearest to zero, the nearest first.
    pub near_zero: Vec<UnitImage>,
    /// The share of the images on which it is active: its value is above zero.
    #[serde(with = "crate::stream::number")]
    pub active: f32,
    /// The mean of all its numbers over the images.
    #[serde(with = "crate::stream::number")]
    pub mean: f32,
    /// By how much the accuracy falls when its numbers are zero.
    #[serde(with = "crate::stream::number")]
    pub drop_by_zero: f32,
    /// By how much it falls when each of its numbers is what it is on average at its place.
    #[serde(with = "crate::stream::number")]
    pub drop_by_mean: f32,
}

/// What a unit makes of an image.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct UnitImage {
    /// The test image's index.
    pub index: usize,
    /// The largest number of the unit's map.
    #[serde(with = "crate::stream::number")]
    pub value: f32,
    /// Its row and column there, the first of equals.
    pub place: [usize; 2],
    /// The pixels on which that number depends.
    pub field: PixelField,
}

/// A rectangle of an input's pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PixelField {
    /// Its first row and column.
    pub first: [usize; 2],
    /// Its rows and columns.
    pub size: [usize; 2],
}

/// Shapley values of units: of the accuracy what each one adds, on average over the orders in which units come in (Ghorbani
/// and Zou 2020, Neuron Shapley, <https://arxiv.org/abs/2002.09815>). They add up to `all` less `none`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shapley {
    /// What units that have not come in make instead.
    pub by: LesionBy,
    /// Orders that were drawn; `None` if every set of units was tried, so that the values have no error.
    pub permutations: Option<usize>,
    /// Test images over which accuracies are counted.
    pub images: usize,
    /// The accuracy with all units.
    pub all: f64,
    /// The accuracy without any.
    pub none: f64,
    /// For each unit.
    #[serde(with = "crate::stream::array")]
    pub values: Vec<f64>,
    /// The standard error of each, from how much the drawn orders differ.
    #[serde(with = "crate::stream::array")]
    pub errors: Vec<f64>,
}
