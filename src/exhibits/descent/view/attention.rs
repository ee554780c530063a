//! What the visitor attends to in the descent, and how a runner stands at the step that is shown.

use bevy::prelude::*;

use crate::{
    exhibits::descent::{
        payload::{Fate, Runner, RunnerStep, Surface},
        view::steps::Steps,
    },
    history::Run,
    stream::Step,
};

/// What the visitor attends to; every part of the view follows it.
#[derive(Resource, Clone, Copy, Debug, PartialEq)]
pub(super) struct DescentAttention {
    /// The runner whose step is written out.
    pub(super) runner: Runner,
    /// Whether that step is read in numbers.
    pub(super) numbers: bool,
    /// Whether heights are the logarithm of the loss.
    pub(super) log: bool,
    /// The θ that is pointed at.
    pub(super) pointed: Option<[f64; 2]>,
}

impl Default for DescentAttention {
    fn default() -> Self {
        Self { runner: Runner::GradientDescent, numbers: false, log: false, pointed: None }
    }
}

impl DescentAttention {
    /// Has the step of a runner written out; the same once more puts the numbers away.
    pub(super) fn choose(&mut self, runner: Runner) {
        self.numbers = self.runner != runner || !self.numbers;
        self.runner = runner;
    }
}

/// How a runner stands at a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stand {
    /// The step that it takes there, or the last one that it took.
    pub(super) step: RunnerStep,
    /// Steps it had taken before that one.
    pub(super) taken: u64,
    /// Whether it has ended with that step.
    pub(super) ended: bool,
}

impl Stand {
    /// Where it is: before its step, or, where no other follows, after it.
    pub(super) fn theta(&self) -> [f64; 2] {
        if self.ended { self.step.next() } else { self.step.theta }
    }
}

/// How a runner stood after so many steps; `None` if it does not run or has not begun.
pub(super) fn stand(run: &Run, runner: Runner, shown: Step) -> Option<Stand> {
    let steps = Steps::of(run);
    let last = steps.len().checked_sub(1)?;
    let at = usize::try_from(shown.0).unwrap_or(usize::MAX);
    let of = |place: usize| steps.get(place)?.runners.get(runner.index()).copied().flatten();
    // After the last step that has come nobody has taken another yet.
    if let Some(step) = of(at.min(last)) {
        let ended = at > last || (step.fate != Fate::Going && at > at.min(last));
        return Some(Stand { step, taken: at.min(last) as u64, ended });
    }
    // It has arrived or flown off before.
    let place = steps
        .partition_point(|one| one.runners.get(runner.index()).is_some_and(Option::is_some))
        .min(at.min(last) + 1);
    let place = place.checked_sub(1)?;
    of(place).map(|step| Stand { step, taken: place as u64, ended: true })
}

/// Whether a runner is asked to run.
pub(super) fn runs(surface: &Surface, runner: Runner) -> bool {
    surface.settings.runners.get(runner.index()).copied().unwrap_or(false)
        && !(surface.data.is_none() && runner == Runner::Stochastic)
}
