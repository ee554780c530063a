//! Someone who goes down: where they are, by which rule, and how it stands with them.

use crate::{
    exhibits::descent::{
        model::{
            gradient::{Gradient, Slope},
            landscape::Landscape,
            update_rules::Rule,
        },
        payload::{Fate, Runner, RunnerStep, RunnerVerdict},
    },
    learning::TrainError,
};

/// Whoever is so many half widths of the drawn surface away from its middle does not come back: a start may lie at a
/// tenth of that.
const LOST: f64 = 1000.0;

/// A runner on a surface.
#[derive(Clone, Debug)]
pub(super) struct OptimiserState {
    runner: Runner,
    rule: Rule,
    theta: [f64; 2],
    /// Loss and gradient there, over all points.
    here: Slope,
    steps: u64,
    fate: Fate,
}

impl OptimiserState {
    /// At the start.
    pub(super) fn new(runner: Runner, theta: [f64; 2], here: Slope) -> Self {
        Self { runner, rule: Rule::of(runner), theta, here, steps: 0, fate: Fate::Going }
    }

    pub(super) const fn runner(&self) -> Runner {
        self.runner
    }

    pub(super) fn is_going(&self) -> bool {
        self.fate == Fate::Going
    }

    /// The loss where they are.
    pub(super) const fn loss(&self) -> f64 {
        self.here.loss
    }

    /// Takes a step; `batch` is what the stochastic runner sums over.
    pub(super) fn step(
        &mut self,
        landscape: &Landscape,
        gradient: &Gradient,
        rate: f64,
        batch: (usize, usize),
    ) -> Result<RunnerStep, TrainError> {
        let (batch, felt) = match self.runner {
            Runner::Stochastic => (batch, gradient.over_batch(self.theta, batch)?.gradient),
            _ => ((0, landscape.terms.points().len()), self.here.gradient),
        };
        let before = (self.theta, self.here.loss);
        let update = self.rule.update(felt, rate);
        let step = RunnerStep {
            theta: before.0,
            loss: before.1,
            gradient: felt,
            rate,
            update,
            batch,
            fate: Fate::Going,
        };
        self.theta = step.next();
        self.here = gradient.over_all(self.theta)?;
        self.steps += 1;
        self.fate = self.judged(landscape);
        Ok(RunnerStep { fate: self.fate, ..step })
    }

    fn judged(&self, landscape: &Landscape) -> Fate {
        let far = |at: f64, middle: f64| {
            let away = (at - middle).abs();
            !away.is_finite() || away > LOST * landscape.half
        };
        let [first, second] = self.theta;
        let [middle_first, middle_second] = landscape.middle;
        let lost = far(first, middle_first) || far(second, middle_second);
        let norm = self.here.norm();
        if lost || !self.here.loss.is_finite() || !norm.is_finite() {
            Fate::Diverged
        } else if norm < landscape.tolerance {
            Fate::Converged
        } else {
            Fate::Going
        }
    }

    /// How they have ended, or how it stands.
    pub(super) fn verdict(&self) -> RunnerVerdict {
        RunnerVerdict {
            runner: self.runner,
            fate: self.fate,
            steps: self.steps,
            theta: self.theta,
            loss: self.here.loss,
            gradient_norm: self.here.norm(),
        }
    }
}
