//! The way of a run through the space of its weights: states kept on the way, evenly spaced, and the ends of runs before it.
//!
//! States are kept from the first step on. Where no more fit, every second one is dropped and the spacing doubles, so that
//! they are spaced evenly at any time, and between half as many as fit and all of them are there.

#[cfg(test)]
mod tests;

use std::{collections::VecDeque, sync::Arc};

use super::landscape::Known;
use crate::learning::TrainError;

/// States of a run that are kept at most.
const MOST_STATES: usize = 128;
/// Memory for them, in bytes.
const MOST_BYTES: usize = 256 << 20;
/// Fewer are no way, and none is kept.
const FEWEST_STATES: usize = 3;
/// Ends of runs before that are kept at most.
const MOST_ENDED: usize = 4;
/// Memory for them, in bytes.
const MOST_BYTES_ENDED: usize = 64 << 20;

/// The weights of a run after a step.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// How many steps had been taken.
    pub step: u64,
    /// As [`Parameters::numbers`](super::Parameters::numbers).
    pub numbers: Vec<f32>,
}

/// The end of a run that went before.
#[derive(Clone, Debug, PartialEq)]
pub struct Ended {
    /// What its chances were drawn from.
    pub seed: u64,
    /// Its weights in the end.
    pub end: Kept,
}

/// Keeps the way of a run.
#[derive(Clone, Debug)]
pub struct Way {
    seed: u64,
    /// Where it begins, and where it is now.
    steps: [u64; 2],
    every: u64,
    most: usize,
    most_bytes: [usize; 2],
    states: Vec<Arc<Kept>>,
    ended: VecDeque<Arc<Ended>>,
    known: Arc<Known>,
}

impl Default for Way {
    fn default() -> Self {
        Self::within([MOST_BYTES, MOST_BYTES_ENDED])
    }
}

impl Way {
    /// One that takes at most so many bytes for its states, and for the ends of runs before.
    pub fn within(most_bytes: [usize; 2]) -> Self {
        Self {
            seed: 0,
            steps: [0; 2],
            every: 1,
            most: 0,
            most_bytes,
            states: Vec::new(),
            ended: VecDeque::new(),
            known: Arc::default(),
        }
    }

    /// Begins the way of another run at a step, which is 0 but where a saved run goes on.
    pub fn begin(&mut self, seed: u64, step: u64, numbers: Vec<f32>) {
        (self.seed, self.steps, self.every) = (seed, [step; 2], 1);
        let fit = self.most_bytes[0] / size_of_val(numbers.as_slice()).max(1);
        self.most = if fit < FEWEST_STATES { 0 } else { fit.min(MOST_STATES) };
        self.states.clear();
        self.known = Arc::default();
        if self.most > 0 {
            self.states.push(Arc::new(Kept { step, numbers }));
        }
    }

    /// Keeps the end of the run, if it took a step, as that of one that went before the next.
    pub fn end(&mut self, numbers: impl FnOnce() -> Vec<f32>) {
        let [first, step] = self.steps;
        if step == first || self.most_bytes[1] == 0 {
            return;
        }
        let numbers = numbers();
        let size = size_of_val(numbers.as_slice()).max(1);
        let fit = (self.most_bytes[1] / size).min(MOST_ENDED);
        if fit == 0 {
            return;
        }
        self.ended.push_back(Arc::new(Ended { seed: self.seed, end: Kept { step, numbers } }));
        while self.ended.len() > fit {
            self.ended.pop_front();
        }
    }

    /// Hears that so many steps have been taken, and asks for the weights if they are to be kept.
    ///
    /// # Errors
    /// If they cannot be had.
    pub fn took(
        &mut self,
        step: u64,
        numbers: impl FnOnce() -> Result<Vec<f32>, TrainError>,
    ) -> Result<(), TrainError> {
        self.steps[1] = step;
        let Some(last) = self.states.last() else { return Ok(()) };
        if step <= last.step || !self.is_due(step) {
            return Ok(());
        }
        if self.states.len() >= self.most {
            self.every *= 2;
            let [first, every] = [self.steps[0], self.every];
            self.states.retain(|kept| (kept.step - first).is_multiple_of(every));
        }
        if self.is_due(step) {
            self.states.push(Arc::new(Kept { step, numbers: numbers()? }));
        }
        Ok(())
    }

    /// Hears that the weights after the last step are others now, as they were changed by hand.
    pub fn jumped(&mut self, numbers: Vec<f32>) {
        let step = self.steps[1];
        if let Some(last) = self.states.last_mut().filter(|last| last.step == step) {
            *last = Arc::new(Kept { step, numbers });
            self.known = Arc::default();
        }
    }

    fn is_due(&self, step: u64) -> bool {
        step.checked_sub(self.steps[0]).is_some_and(|taken| taken.is_multiple_of(self.every))
    }

    /// The way as it is now, for a question; the states are shared.
    pub fn trail(&self) -> Trail {
        Trail {
            seed: self.seed,
            step: self.steps[1],
            states: self.states.clone(),
            ended: self.ended.iter().cloned().collect(),
            known: Arc::clone(&self.known),
        }
    }
}

/// The way of a run as it was when somebody asked about it.
#[derive(Clone, Debug, Default)]
pub struct Trail {
    /// What the run's chances are drawn from.
    pub seed: u64,
    /// How many steps had been taken.
    pub step: u64,
    /// The kept states, the first to the last; the weights at [`step`](Self::step) need not be among them. None where the
    /// network is so large that three of it do not fit into the memory for them.
    pub states: Vec<Arc<Kept>>,
    /// The ends of runs that went before, the earliest first.
    pub ended: Vec<Arc<Ended>>,
    /// What is known already of its landscapes.
    pub(super) known: Arc<Known>,
}

impl Trail {
    /// The way as it was at the last kept state that is no later than a step, and that state; `None` where none is.
    pub(super) fn until(&self, step: u64) -> Option<(Self, Arc<Kept>)> {
        let count = self.states.iter().filter(|kept| kept.step <= step).count();
        let states = self.states.get(..count)?.to_vec();
        let last = states.last()?.clone();
        let (seed, ended) = (self.seed, self.ended.clone());
        Some((Self { seed, step: last.step, states, ended, known: Arc::default() }, last))
    }
}
