//! What a classifier would say had it never learned from some images: the same run taken again, with their weight at zero.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Changed, Price};
use crate::stream::{Content, InputChoice};
use crate::words::Phrase;

/// Asks to take the run again, to the same step, without some training images.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WithoutAsked {
    /// What it is shown before and after.
    pub input: InputChoice,
    /// Indexes of the training images whose weight is to be zero; order and size of the batches stay.
    #[serde(with = "crate::stream::array")]
    pub left_out: Vec<u32>,
    /// Whether what becomes of it is foretold as well, with a check that takes twenty runs more.
    #[serde(default)]
    pub foretold: bool,
}

impl Content for WithoutAsked {
    const KIND: &'static str = "inside.without_asked";

    fn says_the_same(&self, other: &Self) -> bool {
        self == other
    }
}

/// What became of the run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Without {
    /// What was asked.
    pub asked: WithoutAsked,
    /// Steps that were taken again.
    pub steps: u64,
    /// The class whose loss is told: that of a test image, else what the model says.
    pub class: usize,
    /// The largest difference between a parameter of the run and the same of its untouched repetition: 0, or nothing would
    /// be told.
    pub floor: f32,
    /// The run as it was.
    pub before: Learned,
    /// The run without the images.
    pub after: Learned,
    /// The test images that are read as something else.
    pub changed: Vec<Changed>,
    /// What the ledger had booked on these images, in nats.
    pub booked: f64,
    /// What had been foretold of the run without them; `None` where nothing is, with a remark that says why.
    pub forecast: Option<Forecast>,
    /// What there is to be known besides, in sentences.
    pub remarks: Vec<Phrase>,
    /// What all of it cost.
    pub price: Price,
}

impl Content for Without {
    const KIND: &'static str = "inside.without";

    fn bytes(&self) -> usize {
        size_of_val(&*self.before.confusion)
            + size_of_val(&*self.after.confusion)
            + size_of_val(&*self.changed)
    }
}

/// What is foretold of a run without some images before it is taken again: to first order in their weights, with the sizes of
/// Adam's steps as they were.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Forecast {
    /// The change of the input's loss, in nats.
    pub change: f64,
    /// The step, counted from 1, from which on what the images do is followed.
    pub first_step: u64,
    /// How well such forecasts hold for this run and this input.
    pub checked: ForecastChecked,
}

/// Forecasts of some removals held against runs really taken again, each without a drawn hundredth of the training images.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ForecastChecked {
    /// Spearman's rank correlation of the changes that were foretold and those that came: 0.8 at least, or nothing would be
    /// told.
    pub rank_correlation: f32,
    /// Runs that were taken again for it.
    pub runs: usize,
}

/// What a network says once it has learned.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Learned {
    /// Cross-entropy of the input's class, in nats.
    #[serde(with = "crate::stream::number")]
    pub loss: f64,
    /// Its logits for the input.
    #[serde(with = "crate::stream::array")]
    pub logits: Arc<[f32]>,
    /// What it reads the input as.
    pub said: usize,
    /// The share of the test images that it reads rightly.
    #[serde(with = "crate::stream::number")]
    pub accuracy: f32,
    /// Their mean loss, in nats.
    #[serde(with = "crate::stream::number")]
    pub test_loss: f32,
    /// Counts, `confusion[truth * classes + said]`.
    #[serde(with = "crate::stream::array")]
    pub confusion: Arc<[u32]>,
}
