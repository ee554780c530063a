//! What the trainer tells the viewer.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{
    sentence::grouped,
    words::{self, InPhrase, Phrase, Word},
};

use super::names::Name;
use super::{
    Content, ExhibitId, MetricSpec, MetricValues, ModelGraph, Payload, RunId, Split, Step,
};

/// Something that happened in training; every report arrives, in order.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Report {
    /// What the run is about, sent before the first [`Report::Started`], and again when it changes.
    Material(Material),
    /// A run begins: the first of a session, or after a restart.
    Started(Started),
    /// What is computed from what, sent after a [`Report::Started`] whose run has another graph than the one before.
    Graph(Arc<ModelGraph>),
    /// A stage of the run began or ended.
    Stage(StageReport),
    /// The run is in another state now.
    State {
        /// The new state.
        state: RunState,
        /// Steps taken so far.
        step: Step,
    },
    /// One optimiser step was taken.
    Stepped(StepReport),
    /// All training examples were seen once more, and the network was tested.
    EpochEnded(EpochReport),
    /// The trainable found something out, of a kind that its exhibit knows.
    Found(Payload),
    /// The run was written down, or could not be.
    Saved(SaveReport),
    /// The run is over; nothing of it follows but a restart.
    Finished(Finished),
}

/// What a run is about, so that the viewer can show it and choose from it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Material {
    /// It itself.
    pub content: Payload,
    /// What is odd about the data, one sentence each.
    pub remarks: Vec<Phrase>,
}

impl Material {
    /// Data of which nothing is odd.
    pub fn plain<C: Content>(content: C) -> Self {
        Self { content: Payload::new(content), remarks: Vec::new() }
    }
}

/// What a run learns from, in words: one of it, and many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Example {
    /// One of them, such as `image`.
    #[serde(deserialize_with = "crate::stream::names::read")]
    pub one: Name,
    /// Several of them, such as `images`.
    #[serde(deserialize_with = "crate::stream::names::read")]
    pub many: Name,
}

impl Example {
    /// So many of them, in words.
    pub fn counted(&self, count: usize) -> String {
        let known = words::known_count(count, self.one);
        known.unwrap_or_else(|| format!("{} {}", grouped(count), self.many))
    }

    /// The key of the message that is one of them.
    fn message(&self) -> String {
        format!("one-{}", self.one)
    }

    /// One of them, in a word.
    pub fn word(&self) -> &'static str {
        words::known(&self.message()).unwrap_or(self.one)
    }

    /// Several of them, in a word.
    pub fn several(&self) -> String {
        words::known(&format!("many-{}", self.one)).unwrap_or(self.many).to_owned()
    }
}

impl InPhrase for Example {
    /// One of them; a word that nobody has written is the same in every language.
    fn in_phrase(&self) -> Phrase {
        let key = self.message();
        if words::known(&key).is_some() { Phrase::said(&key, Vec::new()) } else { self.one.into() }
    }
}

/// What a run consists of.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Started {
    /// Which run of the session this is.
    pub run: RunId,
    /// The exhibit that learns.
    pub exhibit: ExhibitId,
    /// The device it learns on, as given by `--device`.
    #[serde(deserialize_with = "crate::stream::names::read")]
    pub device: Name,
    /// Seed of the weights and of the shuffling.
    pub seed: u64,
    /// Trainable numbers of the model.
    pub parameters: usize,
    /// What it learns from.
    pub example: Example,
    /// What is measured, the loss first.
    pub metrics: Vec<MetricSpec>,
    /// Examples to learn from.
    pub train_examples: usize,
    /// Examples to test on after each epoch.
    pub test_examples: usize,
    /// Examples per optimiser step.
    pub batch: usize,
    /// Passes over the training examples.
    pub epochs: u32,
    /// Whether the run is counted in such passes, and not in steps alone.
    pub in_epochs: bool,
    /// The least and the largest learning rate that are worth asking for.
    pub learning_rates: [f64; 2],
    /// The largest learning rate with which plain gradient descent is stable, where that is known.
    pub largest_stable_rate: Option<f64>,
    /// Optimiser steps in an epoch.
    pub steps_per_epoch: u64,
    /// Learning rate at the first step.
    pub learning_rate: f64,
    /// Threads that the training may use.
    pub threads: usize,
}

impl Started {
    /// The metrics of these examples, in the order of their values.
    pub fn metrics_of(&self, split: Split) -> impl Iterator<Item = &MetricSpec> {
        self.metrics.iter().filter(move |metric| metric.split == split)
    }
}

#[cfg(test)]
impl Started {
    /// A first run over images, for tests of those who read it.
    pub(crate) fn example() -> Self {
        Self {
            run: RunId::default(),
            exhibit: ExhibitId::new("example"),
            device: "flex",
            seed: 42,
            parameters: 54_410,
            example: Example { one: "image", many: "images" },
            metrics: MetricSpec::OF_CLASSIFIER.to_vec(),
            train_examples: 8000,
            test_examples: 2000,
            batch: 32,
            epochs: 10,
            in_epochs: true,
            learning_rates: [1e-5, 1.0],
            largest_stable_rate: None,
            steps_per_epoch: 250,
            learning_rate: 0.001,
            threads: 2,
        }
    }
}

/// The five stages of a run, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// Read, scale and shuffle the data.
    Preprocess,
    /// Lay out the model.
    Build,
    /// Draw the first weights.
    Initialise,
    /// Take optimiser steps.
    Train,
    /// Test what was learned.
    Evaluate,
}

impl Stage {
    /// All stages, in order.
    pub const ALL: [Self; 5] =
        [Self::Preprocess, Self::Build, Self::Initialise, Self::Train, Self::Evaluate];
}

/// A stage that is going on or done, with what it did.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct StageReport {
    /// Which stage.
    pub stage: Stage,
    /// Whether it is over.
    pub done: bool,
    /// What it did, ready to be shown.
    pub facts: Vec<Fact>,
}

/// One fact about a stage, such as "training images: 8,000".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// What is stated, in sentence case.
    pub name: Phrase,
    /// The value, with its unit.
    pub value: Phrase,
}

impl Fact {
    /// What is stated, and its value.
    pub fn new(name: impl Into<Phrase>, value: impl Into<Phrase>) -> Self {
        Self { name: name.into(), value: value.into() }
    }
}

/// The fact of [`Stage::Train`] that tells how long the steps that are left take where nothing holds them up.
pub const AT_FULL_SPEED: Word = key!("stream-at-full-speed");

/// What became of writing a run down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaveReport {
    /// Steps taken by then.
    pub step: Step,
    /// Where it is written, or why not, in one sentence.
    pub said: Result<Phrase, Phrase>,
    /// Whether the viewer asked for it.
    pub asked: bool,
}

/// What a run is doing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum RunState {
    /// Reading data, building and initialising.
    Preparing,
    /// Taking steps.
    Training,
    /// Waiting for the viewer.
    Paused,
    /// All epochs are done, or the viewer asked to stop.
    Finished,
    /// The loss is no longer a finite number.
    Diverged {
        /// The learning rate of the step that broke it.
        learning_rate: f64,
        /// One to begin anew with: at most a tenth of it, and no larger than what works for this model.
        proposed: f64,
    },
    /// Training could not go on.
    Failed {
        /// Why, in one sentence.
        reason: Phrase,
    },
}

impl RunState {
    /// The state in one word, as in the JSON events.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Preparing => "preparing",
            Self::Training => "training",
            Self::Paused => "paused",
            Self::Finished => "finished",
            Self::Diverged { .. } => "diverged",
            Self::Failed { .. } => "failed",
        }
    }

    /// Whether it has come to a bad end.
    pub const fn is_trouble(&self) -> bool {
        matches!(self, Self::Diverged { .. } | Self::Failed { .. })
    }

    /// Whether only a restart leads on from here.
    pub const fn is_over(&self) -> bool {
        matches!(self, Self::Finished | Self::Diverged { .. } | Self::Failed { .. })
    }
}

/// What watching has cost so far, measured on the training thread.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct WatchCost {
    /// Snapshots taken.
    pub snapshots: u64,
    /// Snapshots that nobody had fetched when the next one came.
    pub snapshots_dropped: u64,
    /// Seconds that steps waited for snapshots to be taken; those at a pause or at an end hold up nothing.
    pub watching_seconds: f64,
    /// Seconds of training, pauses left out, watching and waiting for the speed limit included.
    pub working_seconds: f64,
}

impl WatchCost {
    /// The share of the training thread's time that went into showing, 0..=1.
    pub fn share(&self) -> f64 {
        if self.working_seconds > 0.0 { self.watching_seconds / self.working_seconds } else { 0.0 }
    }
}

/// One optimiser step.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct StepReport {
    /// Steps taken, this one included.
    pub step: Step,
    /// The epoch it belongs to, from 1.
    pub epoch: u32,
    /// The metrics of the batch before the step, the loss first: means over its examples.
    pub values: MetricValues,
    /// Learning rate of this step.
    pub learning_rate: f64,
    /// Steps per second, averaged over about the last second.
    pub steps_per_second: f32,
    /// Training examples per second, averaged over about the last second.
    pub examples_per_second: f32,
    /// What watching has cost since the run began.
    pub cost: WatchCost,
    /// How many reports of steps this one stands for: 1 unless the viewer was slow, and then the values are their
    /// means.
    #[serde(default = "one")]
    pub merged: u64,
}

const fn one() -> u64 {
    1
}

impl StepReport {
    /// Both steps told together.
    pub(super) fn after(&self, earlier: &Self) -> Self {
        let values = self.values.mean(self.merged, &earlier.values, earlier.merged);
        Self { values, merged: self.merged + earlier.merged, ..*self }
    }
}

/// One pass over the training examples, and the test after it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct EpochReport {
    /// From 1.
    pub epoch: u32,
    /// Steps taken by its end.
    pub step: Step,
    /// The means of the steps' metrics over its examples, while they were learned.
    pub train: MetricValues,
    /// Training examples per second of this epoch, pauses left out.
    pub examples_per_second: f32,
    /// What the test after it found, where there is one after each epoch.
    pub test: Option<TestReport>,
}

/// What a test of a classifier found.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TestReport {
    /// The metrics of the test, the loss first.
    pub values: MetricValues,
    /// Counts, `confusion[truth * classes + said]`.
    #[serde(with = "crate::stream::array")]
    pub confusion: Arc<[u32]>,
    /// The test images read wrongly, surest mistake first.
    pub mistakes: Arc<[Mistake]>,
    /// The class that each test image was taken for, in their order; empty where only counts are told.
    #[serde(default, skip_serializing_if = "is_untold", with = "crate::stream::array")]
    pub said: Arc<[u8]>,
    /// The cross-entropy of each test image, in nats, in the same order.
    #[serde(default, skip_serializing_if = "is_untold", with = "crate::stream::array")]
    pub losses: Arc<[f32]>,
}

fn is_untold<T>(numbers: &Arc<[T]>) -> bool {
    numbers.is_empty()
}

/// A test image that the network reads wrongly.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mistake {
    /// Index in the test set.
    pub index: usize,
    /// The true class.
    pub truth: u8,
    /// The class the network said.
    pub said: u8,
    /// The probability it gave to what it said, 0..=1.
    pub confidence: f32,
}

/// How a run ended.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Finished {
    /// Steps taken.
    pub steps: Step,
    /// What was learned.
    pub verdict: Payload,
    /// Training examples per second of the whole run, pauses and tests left out.
    pub examples_per_second: f32,
    /// Wall time since the run began, in seconds.
    pub seconds: f64,
    /// What watching has cost.
    pub cost: WatchCost,
}
