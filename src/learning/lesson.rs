//! What a model must offer to be taught and watched.

use std::{ops::ControlFlow, sync::Arc};

use super::{Plan, TrainError};
use crate::stream::{
    ExhibitId, Fact, InputChoice, LayerValues, Mistake, ParameterSizes, Stage, TestSet,
};

/// Builds a lesson on the training thread, where its tensors will live.
pub type LessonMaker = Box<dyn FnOnce(&Plan) -> Result<Box<dyn Lesson>, TrainError> + Send>;

/// A model with its data, taught one step at a time.
///
/// The session calls [`begin`](Lesson::begin), then [`step`](Lesson::step) again and again with a
/// [`test`](Lesson::test) after each epoch; [`picture`](Lesson::picture) may come at any time after
/// `begin`. Panics are caught by the session and `begin` must then lead back to a sound state.
pub trait Lesson {
    /// What never changes from run to run.
    fn outline(&self) -> Outline;

    /// The examples it is tested on.
    fn test_set(&self) -> TestSet;

    /// Forgets all that was learned and draws the first weights of this seed.
    ///
    /// `tell` is called once for each of the stages preprocess, build and initialise when it is done.
    fn begin(
        &mut self,
        seed: u64,
        tell: &mut dyn FnMut(Stage, Vec<Fact>),
    ) -> Result<(), TrainError>;

    /// Takes one optimiser step on the next batch of the epoch, which counts from 0.
    ///
    /// A loss that is not finite leaves the weights as they are.
    /// With `keep` it also keeps what the following [`picture`](Lesson::picture) needs to show the
    /// weights from before this step beside the gradients of this step.
    fn step(
        &mut self,
        at: StepPlace,
        learning_rate: f64,
        keep: bool,
    ) -> Result<Stepped, TrainError>;

    /// Every unit, weight and gradient for this input.
    ///
    /// Right after a step taken with `keep`, weights and activations are those before that step.
    /// Otherwise they are the present ones, the gradients those last calculated (zeros before the
    /// first step), and the updates zero.
    fn picture(&mut self, input: &InputChoice) -> Result<Picture, TrainError>;

    /// Tests the network on all test examples.
    ///
    /// `go_on` is asked every few hundredths of a second; `None` when it says to break off.
    fn test(
        &mut self,
        go_on: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Result<Option<Tested>, TrainError>;
}

/// What a run of a lesson consists of.
#[derive(Clone, Debug, PartialEq)]
pub struct Outline {
    /// The exhibit that learns.
    pub exhibit: ExhibitId,
    /// Trainable numbers of the model.
    pub parameters: usize,
    /// Examples to learn from.
    pub train_examples: usize,
    /// Examples to test on.
    pub test_examples: usize,
    /// Optimiser steps in an epoch.
    pub steps_per_epoch: u64,
}

/// Where in a run a step lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepPlace {
    /// The epoch, from 0.
    pub epoch: u32,
    /// The batch within the epoch, from 0.
    pub batch: u64,
}

/// What one step said about its batch, before the weights changed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stepped {
    /// Mean loss over the batch, in nats.
    pub loss: f32,
    /// Examples that were read rightly.
    pub right: usize,
    /// Examples in the batch.
    pub examples: usize,
}

/// The numbers of the whole network for one input.
#[derive(Clone, Debug)]
pub struct Picture {
    /// The layers, from the input to the output, then weights, then gradients.
    pub layers: Vec<LayerValues>,
    /// How large each parameter, its gradient and its last update are.
    pub parameters: Vec<ParameterSizes>,
}

/// What a test found.
#[derive(Clone, Debug)]
pub struct Tested {
    /// Mean loss over the test examples, in nats.
    pub loss: f32,
    /// Share of test examples read rightly, 0..=1.
    pub accuracy: f32,
    /// Counts, `confusion[truth * classes + said]`.
    pub confusion: Arc<[u32]>,
    /// The test examples read wrongly, surest mistake first.
    pub mistakes: Arc<[Mistake]>,
}
