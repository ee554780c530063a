//! States of a run that are kept on the way, so that any other is a few steps away.

use super::{Replayed, begun, same_end, taken, whole};
use crate::learning::TrainError;

/// Steps between two kept states at least.
const NEAREST: u64 = 25;
/// Memory for kept states and for the steps between two of them, in bytes.
const MOST_BYTES: u64 = 256 << 20;

/// States of a run, the first before its first step.
pub struct Keyframes<S> {
    every: u64,
    states: Vec<S>,
    bytes: u64,
}

impl<S: Clone> Keyframes<S> {
    /// Takes the run again and keeps states on the way: as many as make, with `bytes_a_step` for each step between two of
    /// them, the least memory. `None` where `go_on` ends it early.
    ///
    /// # Errors
    /// One sentence if it took more memory than there may be, or the run is not the same when taken again.
    pub fn of<R: Replayed<State = S>>(
        run: &R,
        bytes_a_step: u64,
        go_on: &dyn Fn() -> bool,
    ) -> Result<Option<Self>, TrainError> {
        let (every, bytes) = spacing(run.steps(), run.bytes() as u64, bytes_a_step);
        if bytes > MOST_BYTES {
            return Err(TrainError::Calculation(phrase!(
                "studies-to-go-through-steps-again",
                steps = run.steps(),
                bytes = bytes >> 20,
                most_bytes = MOST_BYTES >> 20
            )));
        }
        let mut states = Vec::new();
        let end = whole(run, go_on, |step, state| {
            if step.is_multiple_of(every) {
                states.push(state.clone());
            }
        })?;
        let Some(end) = end else { return Ok(None) };
        same_end(run, &end)?;
        Ok(Some(Self { every, states, bytes }))
    }

    /// Bytes that the states and the steps between two of them take.
    pub const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The state after so many steps.
    ///
    /// # Errors
    /// If it cannot be computed.
    pub fn at<R: Replayed<State = S>>(&self, run: &R, step: u64) -> Result<S, TrainError> {
        let kept = (step / self.every).min(self.states.len().saturating_sub(1) as u64);
        let mut state = match self.states.get(kept as usize) {
            Some(state) => state.clone(),
            None => begun(run)?,
        };
        for step in kept * self.every + 1..=step {
            taken(run, &mut state, step)?;
        }
        Ok(state)
    }

    /// The stretches between kept states, the last first: the step before each and its last.
    pub fn backwards(&self, steps: u64) -> impl Iterator<Item = (u64, u64)> {
        let every = self.every;
        let stretches = steps.div_ceil(every);
        (0..stretches).rev().map(move |at| (at * every, ((at + 1) * every).min(steps)))
    }
}

/// Steps between two kept states, and the bytes that all takes: n/k states and k steps are least at k = √(n · state / step).
/// States are nearer than they have to be only where there were not enough memory else.
fn spacing(steps: u64, state: u64, step: u64) -> (u64, u64) {
    let best = (steps as f64 * state as f64 / step.max(1) as f64).sqrt() as u64;
    let bytes = |every: u64| {
        let kept = steps / every + 1;
        kept.saturating_mul(state).saturating_add(every.min(steps).saturating_mul(step))
    };
    let wide = best.max(NEAREST);
    let every = if bytes(wide) <= MOST_BYTES { wide } else { best.max(1) };
    (every, bytes(every))
}
