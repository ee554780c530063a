//! What becomes of a classifier's answers when units are taken away.

use serde::{Deserialize, Serialize};

use super::{Price, UnitLayer};
use crate::stream::Content;
use crate::words::Phrase;

/// What stands in the place of a unit that is taken away.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum LesionBy {
    /// Zero, whatever the unit makes.
    Zero,
    /// The mean over the images that are looked at, at each place of its map: the unit no longer tells images apart, and the
    /// layers behind it meet what they are used to.
    Mean,
}

impl LesionBy {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Zero, Self::Mean];

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Zero => say!("inside-name-zero"),
            Self::Mean => say!("inside-its-mean"),
        }
    }
}

/// Asks what the model, as it is now, answers without some units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LesionAsked {
    /// The layer by its name; `None` as in [`UnitsAsked`](super::UnitsAsked).
    pub layer: Option<String>,
    /// The units that are taken away, all at once.
    pub units: Vec<usize>,
    /// What stands in their place.
    pub by: LesionBy,
    /// Test images that are looked at; fewer are taken where that would be dear.
    pub images: usize,
}

impl Content for LesionAsked {
    const KIND: &'static str = "inside.lesion_asked";

    fn says_the_same(&self, other: &Self) -> bool {
        self == other
    }
}

/// What a model answers without some units.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lesion {
    /// What was asked.
    pub asked: LesionAsked,
    /// The layer.
    pub layer: UnitLayer,
    /// Test images that were looked at.
    pub images: usize,
    /// With all units.
    pub before: Answered,
    /// Without these.
    pub after: Answered,
    /// The images that are read as something else, by their index.
    pub changed: Vec<Changed>,
    /// What there is to be known besides, in sentences.
    pub remarks: Vec<Phrase>,
    /// What all of it cost.
    pub price: Price,
}

impl Content for Lesion {
    const KIND: &'static str = "inside.lesion";

    fn bytes(&self) -> usize {
        let confusions = self.before.confusion.len() + self.after.confusion.len();
        confusions * size_of::<u32>() + self.changed.len() * size_of::<Changed>()
    }
}

/// How images are read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answered {
    /// The share that is read right; not a number if what is said is none.
    #[serde(with = "crate::stream::number")]
    pub accuracy: f32,
    /// How many images of each class are read as each: a row for each class, a column for each answer.
    #[serde(with = "crate::stream::array")]
    pub confusion: Vec<u32>,
}

/// A test image that is read as something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    /// Its index.
    pub index: usize,
    /// Its class.
    pub class: usize,
    /// What it was read as, and is now.
    pub read_as: [usize; 2],
}
