//! What is wrong with a training: the kind of fault, the layer, the step, the cause and a remedy.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::words::{Phrase, enumerated};

/// A fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum AlarmKind {
    /// The loss stays where it began.
    NotLearning,
    /// The loss rises, or is no number.
    Diverging,
    /// Steps are too large.
    RateTooHigh,
    /// Steps are too small.
    RateTooLow,
    /// Next to none of a layer's units is ever active.
    DeadLayer,
    /// What comes back to a layer is next to nothing.
    VanishingGradient,
    /// What comes back to a layer is larger than what it holds.
    ExplodingGradient,
    /// Outputs stand at their ends, where slopes are next to nothing.
    Saturated,
    /// Training images are known by heart, test images are not read.
    LearnedByHeart,
    /// A batch's gradient is mostly noise, and nothing comes of it.
    BatchNoise,
    /// Some classes are much rarer than others.
    Imbalance,
}

impl AlarmKind {
    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::NotLearning => say!("inside-not-learning"),
            Self::Diverging => say!("inside-diverging"),
            Self::RateTooHigh => say!("inside-learning-rate-too-high"),
            Self::RateTooLow => say!("inside-learning-rate-too-low"),
            Self::DeadLayer => say!("inside-dead-layer"),
            Self::VanishingGradient => say!("inside-vanishing-gradient"),
            Self::ExplodingGradient => say!("inside-exploding-gradient"),
            Self::Saturated => say!("inside-saturated-2"),
            Self::LearnedByHeart => say!("inside-learned-by-heart"),
            Self::BatchNoise => say!("inside-noisy-batches"),
            Self::Imbalance => say!("inside-unbalanced-classes"),
        }
    }
}

/// Something to try.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Trial {
    /// Another learning rate.
    LearningRate(#[serde(with = "crate::stream::number")] f64),
    /// So many images of a batch.
    Batch(usize),
    /// So many passes over the images altogether.
    Epochs(u32),
    /// So many threads.
    Threads(usize),
    /// The run from the beginning with other first weights.
    Seed(u64),
    /// Rare classes weighted more.
    BalancedClasses,
    /// Changed copies of the images learned as well.
    Augmentation,
    /// The run without these training images.
    LeaveOut(Vec<usize>),
    /// So many times as many units.
    Wider(usize),
}

/// Something wrong.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Alarm {
    /// What.
    pub kind: AlarmKind,
    /// The layer, if it is one.
    pub layer: Option<String>,
    /// The step that it was found at.
    pub step: u64,
    /// The number that says so.
    #[serde(with = "crate::stream::number")]
    pub measured: f64,
    /// The number beyond which it is said.
    #[serde(with = "crate::stream::number")]
    pub bound: f64,
    /// What was found, in words that follow "At step 3 ".
    pub cause: Phrase,
    /// What to do, in words that make a sentence of their own.
    pub remedy: Phrase,
    /// The same, to be tried.
    pub trial: Option<Trial>,
    /// Other faults that were found and that this one makes.
    pub explains: Vec<AlarmKind>,
}

impl fmt::Display for Alarm {
    fn fmt(&self, words: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kind, step, cause, remedy, .. } = self;
        write!(words, "{}", say!("inside-at-step", name = kind.name(), step, cause, remedy))?;
        if !self.explains.is_empty() {
            let names: Vec<&str> = self.explains.iter().map(|kind| kind.name()).collect();
            write!(words, "{}", say!("inside-this-makes-for", names = enumerated(&names)))?;
        }
        Ok(())
    }
}
