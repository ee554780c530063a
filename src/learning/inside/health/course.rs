//! The losses of a run so far, in a few numbers that grow no larger with it.

use std::collections::VecDeque;

use crate::inside::Losses;

/// Losses whose mean is compared.
const WINDOW: usize = 20;

/// The losses of a run, told step by step.
#[derive(Clone, Debug, Default)]
pub struct Course {
    step: u64,
    seen: u64,
    rate: f64,
    first: Option<f64>,
    recent: VecDeque<f64>,
    best: Option<(f64, u64)>,
    worst: Option<(f64, u64)>,
    no_number: Option<u64>,
}

impl Course {
    /// A step, the first of which is 1, with its loss before the weights changed and its learning rate.
    pub fn record(&mut self, step: u64, loss: f32, rate: f64) {
        (self.step, self.rate) = (step, rate);
        self.seen += 1;
        if !loss.is_finite() {
            self.no_number.get_or_insert(step);
            return;
        }
        let loss = f64::from(loss);
        self.first.get_or_insert(loss);
        if self.worst.is_none_or(|(worst, _)| loss > worst) {
            self.worst = Some((loss, step));
        }
        if self.recent.len() == WINDOW {
            self.recent.pop_front();
        }
        self.recent.push_back(loss);
        let mean = self.recent_mean();
        if self.recent.len() == WINDOW && self.best.is_none_or(|(best, _)| mean < best) {
            self.best = Some((mean, step));
        }
    }

    /// Steps that were taken.
    pub const fn steps(&self) -> u64 {
        self.step
    }

    /// The learning rate of the last step; none before the first.
    pub fn rate(&self) -> Option<f64> {
        (self.seen > 0).then_some(self.rate)
    }

    /// Not a number before the first step.
    fn recent_mean(&self) -> f64 {
        self.recent.iter().sum::<f64>() / self.recent.len() as f64
    }

    /// What the losses were, beside what chance would lose.
    pub(super) fn losses(&self, chance: f64) -> Losses {
        let (best, best_step) = self.best.unwrap_or((f64::NAN, 0));
        let (worst, worst_step) = self.worst.unwrap_or((f64::NAN, 0));
        Losses {
            step: self.step,
            seen: self.seen,
            first: self.first.unwrap_or(f64::NAN),
            recent: self.recent_mean(),
            best,
            best_step,
            worst,
            worst_step,
            chance,
            no_number: self.no_number,
        }
    }
}
