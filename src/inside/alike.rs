//! How alike layers, steps and runs are: centred kernel alignment of what they make of the same images.

use serde::{Deserialize, Serialize};

use super::Price;
use crate::stream::{Content, Step};
use crate::words::Phrase;

/// Asks how alike layers are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AlikeAsked {
    /// What the layers as they are now are compared with.
    pub with: AlikeWith,
    /// Test images on which they are compared; fewer are taken where that would be dear.
    pub images: usize,
    /// What images, and the weights of the network that has learned nothing, are drawn from.
    pub seed: u64,
}

impl Content for AlikeAsked {
    const KIND: &'static str = "inside.alike_asked";

    fn says_the_same(&self, other: &Self) -> bool {
        self == other
    }
}

/// What layers are compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum AlikeWith {
    /// The layers of the same network now.
    Layers,
    /// The same layers at the kept steps of the run.
    Steps,
    /// The same layers at the ends of runs that went before in the same session.
    Runs,
}

impl AlikeWith {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Layers, Self::Steps, Self::Runs];

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Layers => say!("inside-name-layers"),
            Self::Steps => say!("inside-name-steps"),
            Self::Runs => say!("inside-name-runs"),
        }
    }
}

/// How alike layers are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Alike {
    /// What was asked; images are those that were taken.
    pub asked: AlikeAsked,
    /// The layers as they are now, in the order of computation, the logits last.
    pub layers: Vec<String>,
    /// What they are compared with.
    pub columns: Vec<AlikeColumn>,
    /// Layers × columns: debiased linear centred kernel alignment (Kornblith and others 2019,
    /// <https://arxiv.org/abs/1905.00414>, with the estimator of Song and others 2012 that is free of bias): 1 if the two
    /// differ by turning and scaling only, about 0 if they have nothing in common. Not a number where one of them is the same
    /// for all images.
    #[serde(with = "crate::stream::array")]
    pub alignment: Vec<f32>,
    /// The floor: of each layer with the pixels of the images.
    #[serde(with = "crate::stream::array")]
    pub with_pixels: Vec<f32>,
    /// The floor: of each layer with itself in the same network whose weights have been shuffled, so that it has learned nothing.
    #[serde(with = "crate::stream::array")]
    pub with_shuffled: Vec<f32>,
    /// What there is to be known besides, in sentences.
    pub remarks: Vec<Phrase>,
    /// What all of it cost.
    pub price: Price,
}

impl Content for Alike {
    const KIND: &'static str = "inside.alike";

    fn bytes(&self) -> usize {
        size_of_val(&*self.alignment)
    }
}

/// What layers are compared with in a column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum AlikeColumn {
    /// This layer of the same network.
    Layer(String),
    /// The layer of the row after this step.
    Step(Step),
    /// The layer of the row at the end of a run.
    Run {
        /// What the run's chances were drawn from.
        seed: u64,
        /// How far it went.
        steps: u64,
    },
}
