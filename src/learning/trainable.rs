//! What a model must offer to be taught and watched.

use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};

use super::{Reader, Study, TrainError, TrainingConfig, taps::Taps};
use crate::stream::{
    Content, Example, ExhibitId, Fact, InputChoice, LayerValues, MOST_METRICS, Material,
    MetricSpec, MetricValues, ModelGraph, ParameterSizes, Payload, PayloadKind, Split, Stage, Step,
    TestReport,
};
use crate::words::Phrase;

/// Builds a trainable on the training thread, where its tensors will live.
pub type TrainableMaker =
    Box<dyn FnOnce(&TrainingConfig) -> Result<Box<dyn Trainable>, TrainError> + Send>;

/// A model with its data, taught one step at a time.
///
/// A simple model writes [`outline`](Trainable::outline), [`material`](Trainable::material), [`begin`](Trainable::begin) and
/// [`step`](Trainable::step); the rest is for those that can show units, are tested, answer or can be changed.
///
/// The session calls [`begin`](Trainable::begin), then [`step`](Trainable::step) again and again with a
/// [`test`](Trainable::test) after each epoch but the last, and [`evaluate`](Trainable::evaluate) after that, until it says
/// its verdict; [`show`](Trainable::show) may come at any time after `begin`. Panics are caught by the session and
/// `begin` must then lead back to a sound state.
pub trait Trainable {
    /// What never changes from run to run.
    fn outline(&self) -> Outline;

    /// What it learns from or is tested on, as far as the viewer can show it.
    fn material(&self) -> Material;

    /// What is computed from what; by default nothing is said of it.
    fn graph(&self) -> Result<ModelGraph, TrainError> {
        Ok(ModelGraph::default())
    }

    /// Learns with another seed from the next [`begin`](Trainable::begin) on; whether outline and material are others then.
    ///
    /// An error leaves everything as it was.
    fn reseed(&mut self, seed: u64) -> Result<bool, TrainError> {
        let _ = seed;
        Ok(false)
    }

    /// Forgets all that was learned and draws the first weights of this seed.
    ///
    /// `tell` is called once for each of the stages preprocess, build and initialise when it is done.
    fn begin(
        &mut self,
        seed: u64,
        tell: &mut dyn FnMut(Stage, Vec<Fact>),
    ) -> Result<(), TrainError>;

    /// Where the run goes on that [`begin`](Trainable::begin) has just prepared, if it was begun by another session; asked
    /// for once after each `begin`.
    fn resumed(&mut self) -> Option<Progress> {
        None
    }

    /// Writes down the run as it is between two steps, whole or not at all, so that another session can go on with it; tells
    /// where, or `None` where nothing is to be written.
    #[expect(unused_variables, reason = "what is not kept has no use for it")]
    fn save(&mut self, progress: &Progress) -> Result<Option<Phrase>, TrainError> {
        Ok(None)
    }

    /// Takes optimiser steps on the next batches of the epoch.
    ///
    /// A loss that is not finite leaves the weights as they are.
    fn step(&mut self, order: StepOrder) -> Result<Stepped, TrainError>;

    /// Offers units, weights and gradients for this input to `taps`, which copies what is looked at, and tells what else
    /// the model says to the input.
    ///
    /// Right after a step taken with `keep`, weights and activations are those before that step.
    /// Otherwise they are the present ones, the gradients those last calculated (zeros before the
    /// first step), and the updates zero.
    #[expect(unused_variables, reason = "what has no units has nothing to offer")]
    fn show(&mut self, input: &InputChoice, taps: &mut Taps) -> Result<Readout, TrainError> {
        Ok(Readout::default())
    }

    /// Everything that can be [shown](Trainable::show), whole.
    fn network_values(&mut self, input: &InputChoice) -> Result<NetworkValues, TrainError> {
        let mut taps = Taps::everything();
        let Readout { parameters, answer } = self.show(input, &mut taps)?;
        Ok(NetworkValues { layers: taps.done().0, parameters, answer })
    }

    /// What the model as it is now says to a question; by default what a snapshot of it would say.
    fn answer(&mut self, about: &Payload) -> Result<Payload, TrainError> {
        let mut nothing = Taps::of(Vec::new());
        let answer = self.show(&InputChoice::Other(about.clone()), &mut nothing)?.answer;
        answer.ok_or_else(|| {
            TrainError::calculation(phrase!("learning-this-model-answers-no-questions"))
        })
    }

    /// The model as it is now for whoever asks what images are, also while it is tested; `None` where it reads no images.
    ///
    /// # Errors
    /// If it has not begun.
    fn reader(&self) -> Result<Option<Reader>, TrainError> {
        Ok(None)
    }

    /// What there is to do for a question that takes longer than a step may wait, asked before [`answer`](Self::answer);
    /// `None` for any other.
    #[expect(unused_variables, reason = "few questions take long")]
    fn study(&mut self, about: &Payload) -> Result<Option<Study>, TrainError> {
        Ok(None)
    }

    /// What there is to do for a question to the model as it was after an earlier step of this run, and the step whose weights
    /// it has: the nearest before it that is kept.
    ///
    /// # Errors
    /// If no weights of earlier steps are kept, or it cannot be asked.
    #[expect(unused_variables, reason = "few models keep what they were")]
    fn recall(&mut self, about: &Payload, step: Step) -> Result<(Step, Study), TrainError> {
        Err(TrainError::calculation(phrase!("learning-this-model-keeps-no-weights")))
    }

    /// Tests the model on all test examples after an epoch; called only where the outline has any.
    ///
    /// `go_on` is asked every few hundredths of a second; `None` when it says to break off.
    #[expect(unused_variables, reason = "what is not tested or judged has no use for it")]
    fn test(
        &mut self,
        go_on: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Result<Option<TestReport>, TrainError> {
        Ok(None)
    }

    /// Judges what was learned in the run, a slice of at most some hundredths of a second at a time; the first call of
    /// a run follows its last step.
    ///
    /// A trainable that cannot do it in slices asks `go_on` every few hundredths of a second.
    #[expect(unused_variables, reason = "what is not tested or judged has no use for it")]
    fn evaluate(
        &mut self,
        learning_rate: f64,
        go_on: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Result<Evaluation, TrainError> {
        Ok(Evaluation::Done(Judgement::nothing()))
    }

    /// Which numbers of the model are none although nothing was learned yet, in words; asked for if the loss of the first
    /// step is none.
    fn without_number(&mut self) -> Result<Option<Phrase>, TrainError> {
        Ok(None)
    }

    /// What the last steps brought beyond their loss.
    fn findings(&mut self) -> Vec<Payload> {
        Vec::new()
    }

    /// Learns something else from the next [`begin`](Trainable::begin) on; outline and material may be others then.
    ///
    /// An error leaves everything as it was.
    fn change(&mut self, change: &Payload) -> Result<(), TrainError> {
        let _ = change;
        Err(TrainError::CannotChange)
    }

    /// Changes weights by hand between two steps, or prepares to take the last such change back.
    ///
    /// An error leaves everything as it was.
    #[expect(unused_variables, reason = "few models have weights that mean something one by one")]
    fn edit(&mut self, asked: &Payload, progress: &Progress) -> Result<AfterEdit, TrainError> {
        Err(TrainError::calculation(phrase!("learning-the-weights-of-this-model")))
    }

    /// Whether weights could be changed so; nothing is.
    #[expect(unused_variables, reason = "few models have weights that mean something one by one")]
    fn can_edit(&self, asked: &Payload) -> Result<(), TrainError> {
        Err(TrainError::calculation(phrase!("learning-the-weights-of-this-model")))
    }

    /// The learning rate to begin with after a [`change`](Trainable::change), where the one in use would make no sense; it
    /// is asked for once after each.
    fn fresh_rate(&mut self) -> Option<f64> {
        None
    }

    /// Whether something goes on beside the steps, so that snapshots are worth taking while none are made.
    fn is_busy(&self) -> bool {
        false
    }

    /// Stops judging, so that the next [`evaluate`](Trainable::evaluate) begins anew.
    fn forget_evaluation(&mut self) {}
}

/// What a run of a trainable consists of.
#[derive(Clone, Debug, PartialEq)]
pub struct Outline {
    /// The exhibit that learns.
    pub exhibit: ExhibitId,
    /// What it learns from.
    pub example: Example,
    /// What is measured, the loss first.
    pub metrics: Vec<MetricSpec>,
    /// Trainable numbers of the model.
    pub parameters: usize,
    /// Examples to learn from.
    pub train_examples: usize,
    /// Examples to test on after each epoch; with 0 there is no test then.
    pub test_examples: usize,
    /// Examples per optimiser step.
    pub batch: usize,
    /// What calculates, in a word.
    pub device: &'static str,
    /// Optimiser steps in an epoch.
    pub steps_per_epoch: u64,
    /// The most steps that are worth taking between two looks at requests, at least 1.
    pub steps_at_once: u64,
    /// What is shown until the viewer asks for something else.
    pub first_input: InputChoice,
    /// Whether a snapshot shows the gradients of the step that follows it, so that it can be made only with the step.
    pub pictures_gradients: bool,
    /// Whether a run is counted in passes over its examples, and not in steps alone.
    pub in_epochs: bool,
    /// The least and the largest learning rate that are worth asking for.
    pub learning_rates: [f64; 2],
    /// The largest learning rate with which plain gradient descent is stable, where that is known.
    pub largest_stable_rate: Option<f64>,
}

impl Outline {
    /// How many metrics come with each step.
    pub(super) fn metrics_of_steps(&self) -> usize {
        self.metrics.iter().filter(|metric| metric.split == Split::Train).count()
    }

    /// Of a model that takes one example at a time, each once an epoch, is not tested, and measures its cross-entropy.
    pub fn plain(exhibit: ExhibitId, example: Example, parameters: usize, examples: usize) -> Self {
        Self {
            exhibit,
            example,
            metrics: vec![MetricSpec::LOSS],
            parameters,
            train_examples: examples,
            test_examples: 0,
            batch: 1,
            device: "cpu",
            steps_per_epoch: examples as u64,
            steps_at_once: 1,
            first_input: InputChoice::Test(0),
            pictures_gradients: false,
            in_epochs: true,
            learning_rates: [1e-5, 1.0],
            largest_stable_rate: None,
        }
    }
}

/// Steps to be taken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StepOrder {
    /// Where the first of them lies.
    pub at: StepPlace,
    /// How many, at least 1 and never past the end of the epoch.
    pub steps: u64,
    /// Their learning rate.
    pub learning_rate: f64,
    /// Whether to keep what the following [`show`](Trainable::show) needs to show the weights from before this
    /// step beside its gradients; only where [`Outline::pictures_gradients`] is set, and only for one step.
    pub keep: bool,
}

/// Where a run stands between two steps: what its loop knows and its next reports depend on.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// Steps taken.
    pub step: u64,
    /// Where the next one lies.
    pub at: StepPlace,
    /// Its learning rate, before any schedule.
    pub learning_rate: f64,
    /// Examples of the epoch so far.
    pub examples: u64,
    /// The metrics of its steps times their examples, summed.
    pub sums: [f64; MOST_METRICS],
}

/// Where in a run a step lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepPlace {
    /// The epoch, from 0.
    pub epoch: u32,
    /// The batch within the epoch, from 0.
    pub batch: u64,
}

/// What steps said about their batches, before the weights changed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stepped {
    /// Steps taken.
    pub steps: u64,
    /// The metrics of their examples in the order in which the outline declares them, the loss first: means over them.
    pub values: MetricValues,
    /// Examples in their batches.
    pub examples: usize,
    /// Whether no step is left to be taken, though the epochs are not over.
    pub over: bool,
}

/// What follows an edit by hand.
#[derive(Clone, Debug)]
pub enum AfterEdit {
    /// The run goes on with it; what was done.
    GoOn(Payload),
    /// The run begins anew, from where [`resumed`](Trainable::resumed) says then; what was done.
    Begin(Payload),
}

/// What is shown of a model beside its tensors.
#[derive(Clone, Debug, Default)]
pub struct Readout {
    /// How large each parameter, its gradient and its last update are.
    pub parameters: Vec<ParameterSizes>,
    /// What the model says to the input.
    pub answer: Option<Payload>,
}

/// The numbers of the whole network for one input.
#[derive(Clone, Debug, Default)]
pub struct NetworkValues {
    /// The layers, from the input to the output, then weights, then gradients.
    pub layers: Vec<LayerValues>,
    /// How large each parameter, its gradient and its last update are.
    pub parameters: Vec<ParameterSizes>,
    /// What the model says to the input beyond its layers.
    pub answer: Option<Payload>,
}

/// How far the judgement of a run has come.
#[derive(Clone, Debug)]
pub enum Evaluation {
    /// Some more is known, and there is more to do.
    Going(Vec<Payload>),
    /// It is done.
    Done(Judgement),
    /// It was told to break off.
    BrokenOff,
}

/// What a run came to.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// What the last slice brought.
    pub findings: Vec<Payload>,
    /// The last test, where there is one after each epoch.
    pub test: Option<TestReport>,
    /// What was learned.
    pub verdict: Payload,
    /// The same as facts of the last stage.
    pub facts: Vec<Fact>,
}

impl Judgement {
    /// Of a run that comes to nothing but what it has learned.
    pub fn nothing() -> Self {
        let verdict = Payload::new(NoVerdict);
        Self { findings: Vec::new(), test: None, verdict, facts: Vec::new() }
    }
}

/// What trainables say that are no exhibit's own.
pub const PAYLOADS: &[PayloadKind] = &[PayloadKind::of::<NoVerdict>()];

/// The verdict on what is not judged.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct NoVerdict;

impl Content for NoVerdict {
    const KIND: &'static str = "learning.nothing";
}
