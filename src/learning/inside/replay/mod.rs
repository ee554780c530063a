//! A run that can be taken again, step by step, to the same bits: what every look into its past needs.
//!
//! Nothing of a run is stored but what it was begun with and the learning rates of its steps. Parameters alone would be 218 kB
//! a step for the digits; since the same seed gives the same bits on the same device, some states kept on the way bring back
//! any other by a few steps.

mod by_hand;
mod keyframes;
mod past;
#[cfg(test)]
pub(crate) mod tests;
mod turned;

pub use by_hand::ByHand;
pub use keyframes::Keyframes;
pub use past::{Past, Rates};
pub use turned::Turnable;

use std::ops::Range;

use crate::{inside::Branch, learning::TrainError, stream::TestReport};

/// A run that can be taken again.
///
/// Steps count from 1. A run is plain data, so that any thread can take it again.
pub trait Replayed: Sized {
    /// All that a step changes: parameters, what the optimiser remembers, how often it moved. A clone shares or copies it.
    type State: Clone;

    /// Steps that the run took.
    fn steps(&self) -> u64;

    /// Trainable numbers.
    fn size(&self) -> usize;

    /// Memory of one state, in bytes.
    fn bytes(&self) -> usize;

    /// The run before its first step.
    ///
    /// # Errors
    /// If it cannot be computed.
    fn begin(&self) -> Result<Self::State, TrainError>;

    /// Takes a step as the run took it.
    ///
    /// # Errors
    /// If it cannot be computed.
    fn take(&self, state: &mut Self::State, step: u64) -> Result<(), TrainError>;

    /// Whether weights were changed by hand in the run.
    fn is_edited(&self) -> bool {
        false
    }

    /// Changes weights by hand as the run did after this step, 0 for before the first; whether there was anything to change.
    ///
    /// # Errors
    /// If it cannot be done.
    #[expect(unused_variables, reason = "few runs are edited")]
    fn edit(&self, state: &mut Self::State, step: u64) -> Result<bool, TrainError> {
        Ok(false)
    }

    /// Trainable numbers of a state, in an order of the model's own.
    ///
    /// # Errors
    /// If it cannot be computed.
    fn parameters(&self, state: &Self::State) -> Result<Vec<f32>, TrainError>;

    /// All numbers of a state as [`Explained::with_parameters`](super::Explained::with_parameters) of the run's model takes them.
    ///
    /// # Errors
    /// If it cannot be computed.
    fn explained(&self, state: &Self::State) -> Result<Vec<f32>, TrainError> {
        self.parameters(state)
    }

    /// Trainable numbers of the run where it stood when it was asked about, in the same order.
    fn ended(&self) -> &[f32];

    /// Steps of an epoch.
    fn steps_per_epoch(&self) -> u64;

    /// Training images in the batch of a step.
    fn seen(&self, step: u64) -> &[u32];

    /// The class of each training image, as it is taught.
    fn labels(&self) -> &[u8];

    /// Logits for inputs, inputs × classes, where these are the trainable numbers.
    ///
    /// # Errors
    /// If it cannot be computed.
    fn logits(&self, parameters: &[f32], inputs: &[f32]) -> Result<Vec<f32>, TrainError>;

    /// How the test images are read.
    ///
    /// # Errors
    /// If it cannot be computed.
    fn tested(&self, state: &Self::State) -> Result<TestReport, TrainError>;

    /// The same run with the weight of these training images at zero in the loss of every step: order and size of the batches
    /// stay, and so does the number by which a batch's sum is divided.
    fn without(&self, images: &[u32]) -> Self;

    /// The same run taught these labels, one for each training image in their order.
    fn relabelled(&self, labels: &[u8]) -> Self;

    /// The same run with what a branch changes, from its step on.
    fn branched(&self, branch: &Branch) -> Self;

    /// The layers that learn, in their order, and where the numbers of each stand among the trainable ones.
    fn placed(&self) -> Vec<(String, Vec<Range<usize>>)>;
}

/// Whether a run can be taken again at all.
///
/// # Errors
/// If no step was taken.
pub(super) fn check<R: Replayed>(run: &R) -> Result<(), TrainError> {
    match run.steps() {
        0 => Err(TrainError::calculation(phrase!("studies-no-step-was-taken-yet-so"))),
        _ => Ok(()),
    }
}

/// Takes a whole run again; `None` where `go_on` ends it early. `visit` sees each state, that before the first step included.
///
/// # Errors
/// If it cannot be computed.
pub(super) fn whole<R: Replayed>(
    run: &R,
    go_on: &dyn Fn() -> bool,
    visit: impl FnMut(u64, &R::State),
) -> Result<Option<R::State>, TrainError> {
    first(run, run.steps(), go_on, visit)
}

/// Takes the first steps of a run again, as many as these at most; else as [`whole`].
///
/// # Errors
/// If it cannot be computed.
pub(super) fn first<R: Replayed>(
    run: &R,
    steps: u64,
    go_on: &dyn Fn() -> bool,
    mut visit: impl FnMut(u64, &R::State),
) -> Result<Option<R::State>, TrainError> {
    let mut state = begun(run)?;
    visit(0, &state);
    for step in 1..=steps.min(run.steps()) {
        if !go_on() {
            return Ok(None);
        }
        taken(run, &mut state, step)?;
        visit(step, &state);
    }
    Ok(Some(state))
}

/// The run after so many steps, before what was edited by hand then; `None` where `go_on` ends it early.
///
/// # Errors
/// If it cannot be computed.
pub(super) fn unedited<R: Replayed>(
    run: &R,
    step: u64,
    go_on: &dyn Fn() -> bool,
) -> Result<Option<R::State>, TrainError> {
    if step == 0 {
        return run.begin().map(Some);
    }
    let Some(mut state) = first(run, step - 1, go_on, |_, _| {})? else { return Ok(None) };
    run.take(&mut state, step)?;
    Ok(Some(state))
}

/// The run before its first step, with what was edited by hand then.
///
/// # Errors
/// If it cannot be computed.
fn begun<R: Replayed>(run: &R) -> Result<R::State, TrainError> {
    let mut state = run.begin()?;
    run.edit(&mut state, 0)?;
    Ok(state)
}

/// Takes a step as the run took it, with what was edited by hand after it.
///
/// # Errors
/// If it cannot be computed.
pub(super) fn taken<R: Replayed>(
    run: &R,
    state: &mut R::State,
    step: u64,
) -> Result<(), TrainError> {
    run.take(state, step)?;
    run.edit(state, step)?;
    Ok(())
}

/// Whether a repetition ended where the run did, bit for bit.
///
/// # Errors
/// One sentence if it did not: what would be told then would be of another run.
pub(super) fn same_end<R: Replayed>(run: &R, state: &R::State) -> Result<(), TrainError> {
    let again = run.parameters(state)?;
    let alike = again.len() == run.ended().len()
        && again.iter().zip(run.ended()).all(|(one, other)| one.to_bits() == other.to_bits());
    match alike {
        true => Ok(()),
        false => Err(TrainError::calculation(phrase!("studies-the-run-cannot-be-taken"))),
    }
}
