//! The numbers of every optimiser step of a run.

use crate::stream::{MetricValues, Step, StepReport};

/// The numbers of one optimiser step that are kept for good.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StepScalars {
    /// Steps taken, this one included.
    pub step: Step,
    /// Its metrics, the loss first.
    pub values: MetricValues,
}

/// The numbers of every step of a run, in order; 8 bytes a step and 4 for each metric.
#[derive(Clone, Debug, Default)]
pub struct Scalars {
    steps: Vec<Step>,
    /// The metrics of each step, one step behind the other.
    values: Vec<f32>,
    /// How many metrics a step has.
    metrics: usize,
    /// The learning rate changes seldom, so only its changes are kept, with the step from which they hold.
    learning_rates: Vec<(Step, f64)>,
    latest: Option<StepReport>,
    /// Reports of steps that the kept ones stand for.
    told: u64,
}

impl Scalars {
    pub(super) fn append(&mut self, report: StepReport) {
        // The stream keeps its order; a step that comes twice would break the search below.
        if self.latest.is_some_and(|latest| latest.step >= report.step) {
            return;
        }
        let StepReport { step, values, learning_rate, .. } = report;
        if self.steps.is_empty() {
            self.metrics = values.as_slice().len();
        }
        self.steps.push(step);
        // A step that lacks a metric has no number there, so that all others stay where they are.
        let of_it = (0..self.metrics).map(|metric| values.get(metric).unwrap_or(f32::NAN));
        self.values.extend(of_it);
        if self.learning_rates.last().is_none_or(|(_, last)| *last != learning_rate) {
            self.learning_rates.push((step, learning_rate));
        }
        self.told += report.merged;
        self.latest = Some(report);
    }

    /// All steps, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = StepScalars> {
        self.from(0)
    }

    /// The steps after this one, in order: what a curve that has shown it does not know yet.
    pub fn after(&self, step: Step) -> impl ExactSizeIterator<Item = StepScalars> {
        self.from(self.steps.partition_point(|taken| *taken <= step))
    }

    fn from(&self, place: usize) -> impl ExactSizeIterator<Item = StepScalars> {
        (place..self.steps.len()).map(|place| StepScalars {
            step: self.steps.get(place).copied().unwrap_or_default(),
            values: self.values_at(place),
        })
    }

    fn values_at(&self, place: usize) -> MetricValues {
        let from = place * self.metrics;
        MetricValues::new(self.values.get(from..from + self.metrics).unwrap_or_default())
    }

    /// The numbers of the last step that had been taken then.
    pub fn at(&self, step: Step) -> Option<StepScalars> {
        let place = self.steps.partition_point(|taken| *taken <= step).checked_sub(1)?;
        Some(StepScalars { step: *self.steps.get(place)?, values: self.values_at(place) })
    }

    /// The learning rate of the last step that had been taken then.
    pub fn learning_rate_at(&self, step: Step) -> Option<f64> {
        let changes = self.learning_rates.partition_point(|(from, _)| *from <= step);
        self.learning_rates.get(changes.checked_sub(1)?).map(|(_, rate)| *rate)
    }

    /// Of how many steps that were told one is kept, at least 1; more where the room was slow.
    pub fn one_in(&self) -> f64 {
        self.told.max(1) as f64 / self.steps.len().max(1) as f64
    }

    /// The latest step with its speed and the cost of watching, which are not kept for every step.
    pub const fn latest(&self) -> Option<&StepReport> {
        self.latest.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use crate::stream::WatchCost;

    use super::*;

    fn taken(step: u64, learning_rate: f64) -> StepReport {
        StepReport {
            step: Step(step),
            epoch: 1,
            values: MetricValues::new(&[1.0 / step as f32, 0.5]),
            learning_rate,
            steps_per_second: 300.0,
            examples_per_second: 9600.0,
            cost: WatchCost::default(),
            merged: 1,
        }
    }

    #[test]
    fn every_step_is_found_again() {
        let mut scalars = Scalars::default();
        for step in 1..=1000 {
            scalars.append(taken(step, 0.001));
        }
        assert_eq!(scalars.iter().len(), 1000);
        assert_eq!(scalars.at(Step(0)), None);
        assert_eq!(scalars.at(Step(4)).map(|scalars| scalars.values.loss()), Some(0.25));
        assert_eq!(scalars.at(Step(5000)).map(|scalars| scalars.step), Some(Step(1000)));
        assert_eq!(scalars.after(Step(990)).len(), 10);
        assert_eq!(scalars.after(Step(1000)).len(), 0);
        assert_eq!(scalars.latest().map(|latest| latest.step), Some(Step(1000)));
    }

    #[test]
    fn the_learning_rate_of_any_step_is_known() {
        let mut scalars = Scalars::default();
        for (step, rate) in [(1, 0.001), (2, 0.001), (3, 0.01), (4, 0.01), (5, 0.001)] {
            scalars.append(taken(step, rate));
        }
        let rates: Vec<_> = (0..=6).map(|step| scalars.learning_rate_at(Step(step))).collect();
        let expected =
            [None, Some(0.001), Some(0.001), Some(0.01), Some(0.01), Some(0.001), Some(0.001)];
        assert_eq!(rates, expected);
        assert_eq!(scalars.learning_rates.len(), 3);
    }

    #[test]
    fn a_step_that_comes_twice_is_kept_once() {
        let mut scalars = Scalars::default();
        scalars.append(taken(1, 0.001));
        scalars.append(taken(1, 0.5));
        assert_eq!(scalars.iter().len(), 1);
        assert_eq!(scalars.learning_rate_at(Step(1)), Some(0.001));
    }
}
