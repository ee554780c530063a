//! The doctor's answers to the three questions that everybody asks of a training: why is it slow, why is it not more
//! accurate, and how does one take it elsewhere. All numbers are this run's own.

use serde::{Deserialize, Serialize};

use super::{Price, Trial};
use crate::stream::Content;
use crate::words::Phrase;

/// Asks the doctor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DoctorAsked {}

impl Content for DoctorAsked {
    const KIND: &'static str = "inside.doctor_asked";

    fn says_the_same(&self, other: &Self) -> bool {
        self == other
    }
}

/// What the doctor says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Diagnosis {
    /// The step that the run stands at.
    pub step: u64,
    /// Why it is slow.
    pub speed: Speed,
    /// Why it is not more accurate, what matters most first; nothing where nothing is found.
    pub accuracy: Vec<Reason>,
    /// Training images whose labels may be wrong, the most suspicious first.
    pub suspects: Vec<Suspect>,
    /// Training images that were looked at for them.
    pub looked_at: usize,
    /// How to take it elsewhere.
    pub elsewhere: Elsewhere,
    /// What all of it cost.
    pub price: Price,
}

impl Content for Diagnosis {
    const KIND: &'static str = "inside.diagnosis";

    fn bytes(&self) -> usize {
        let tried = self.speed.tried.iter().map(size_of_val).sum::<usize>();
        tried + self.suspects.iter().map(size_of_val).sum::<usize>()
    }
}

/// Where the time of a step goes, measured on copies in the run's own work.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Speed {
    /// Batches whose time was taken.
    pub batches: usize,
    /// Images of a batch.
    pub batch: usize,
    /// Seconds that one batch takes, part by part.
    pub parts: Parts,
    /// Images a second, without watching.
    pub images_per_second: f64,
    /// Threads that it uses.
    pub threads: usize,
    /// Those that the machine has.
    pub cores: usize,
    /// Other ways to work, measured.
    pub tried: Vec<Tried>,
    /// What there is too little of.
    pub short_of: Shortage,
    /// What that means, and what would help by how much, in sentences.
    pub advice: Phrase,
    /// The same, to be tried; nothing where nothing measured helps.
    pub trial: Option<Trial>,
}

/// Seconds of a batch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Parts {
    /// Images found and put in order.
    pub data: f64,
    /// What the network says of them, and the loss.
    pub forward: f64,
    /// Gradients.
    pub backward: f64,
    /// New weights.
    pub optimiser: f64,
    /// One picture of every layer, with weights and gradients; it is made as often as somebody watches.
    pub watching: f64,
}

impl Parts {
    /// Seconds of one batch without watching.
    pub fn step(&self) -> f64 {
        self.data + self.forward + self.backward + self.optimiser
    }
}

/// Another way to work, measured.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tried {
    /// Images of a batch.
    pub batch: usize,
    /// Threads.
    pub threads: usize,
    /// Batches whose time was taken.
    pub batches: usize,
    /// Images a second.
    pub images_per_second: f64,
}

/// What there is too little of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Shortage {
    /// Threads: there are cores that it does not use.
    Threads,
    /// Images in a batch: larger ones go quicker.
    Batch,
    /// Images: finding them takes most of the time.
    Data,
    /// Cores: all that there are calculate.
    Cores,
}

/// Why it is not more accurate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ReasonKind {
    /// Too few images to learn from.
    TooLittleData,
    /// They are known by heart.
    LearnedByHeart,
    /// The network cannot even tell those that it learns.
    TooSimple,
    /// It is still learning.
    TooEarly,
    /// The learning rate, or what it has done.
    Rate,
    /// Rare classes.
    Imbalance,
    /// Labels that are likely wrong.
    Labels,
    /// Whatever else an alarm has found.
    Alarm,
}

/// A reason, with its evidence and something to try.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reason {
    /// What.
    pub kind: ReasonKind,
    /// What was measured, in a sentence.
    pub evidence: Phrase,
    /// The share of test images that it may explain, as far as that can be told.
    #[serde(with = "crate::stream::number")]
    pub worth: Option<f64>,
    /// What to try, in a sentence.
    pub remedy: Phrase,
    /// The same, to be tried.
    pub trial: Option<Trial>,
}

/// A training image whose label may be wrong: the network has learned it, and is sure of another class.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Suspect {
    /// Its index among the training images.
    pub index: usize,
    /// What it is called.
    pub label: usize,
    /// What the network says.
    pub said: usize,
    /// How sure it is.
    #[serde(with = "crate::stream::number")]
    pub confidence: f64,
    /// Its cross-entropy in nats.
    #[serde(with = "crate::stream::number")]
    pub loss: f64,
}

/// How to take the network elsewhere.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Elsewhere {
    /// How it is written, in a sentence with the words to type.
    pub how: Phrase,
    /// What runs the file.
    pub runtime: Phrase,
    /// Numbers of the network.
    pub parameters: usize,
    /// Bytes of the file, where it can be written.
    pub bytes: Option<u64>,
    /// Seconds that one image takes here, alone.
    pub seconds_per_image: f64,
    /// Images of which that is the median.
    pub images: usize,
}
