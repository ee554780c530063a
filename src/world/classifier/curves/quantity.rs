//! What a chart shows, loss or accuracy: its values in a run, and how they are written.

use indicatif::HumanCount;

use crate::{
    history::{Run, StepScalars},
    stream::{MetricSpec, Split, Started, Step, TestReport},
    world::classifier::sheet,
};

/// The curve of the training batches, and that of the tests.
pub(super) const SERIES: [usize; 2] = [0, 1];

/// What a chart shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Quantity {
    Loss,
    Accuracy,
}

impl Quantity {
    /// Its place among the metrics of a step, and of a test.
    const fn place(self) -> usize {
        match self {
            Self::Loss => 0,
            Self::Accuracy => 1,
        }
    }

    /// Whether a run measures it: what is told in percent must be a share.
    pub(super) fn is_told(self, started: &Started, split: Split) -> bool {
        let metric = started.metrics_of(split).nth(self.place());
        metric.is_some_and(|metric| self == Self::Loss || MetricSpec::is_share(metric))
    }

    pub(super) fn of_step(self, step: StepScalars) -> f32 {
        step.values.get(self.place()).unwrap_or(f32::NAN)
    }

    pub(super) fn of_test(self, test: &TestReport) -> f32 {
        test.values.get(self.place()).unwrap_or(f32::NAN)
    }

    pub(super) fn value(self, value: f32) -> String {
        match self {
            Self::Loss => sheet::figure(value),
            Self::Accuracy => sheet::percent_of(value),
        }
    }

    pub(super) fn tick(self, value: f64) -> String {
        match self {
            Self::Loss if value == 0.0 || value >= 0.01 => {
                let text = format!("{value:.2}");
                text.trim_end_matches('0').trim_end_matches('.').to_owned()
            }
            Self::Loss => format!("{value:.0e}").replace('-', "−"),
            Self::Accuracy => format!("{:.0} %", value * 100.0),
        }
    }
}

/// The step and the value of a curve that hold at a step.
pub(super) fn read_at(
    run: &Run,
    quantity: Quantity,
    series: usize,
    step: Step,
) -> Option<(Step, f32)> {
    let split = if series == SERIES[0] { Split::Train } else { Split::Test };
    if !run.started().is_some_and(|started| quantity.is_told(started, split)) {
        return None;
    }
    if series == SERIES[0] {
        run.scalars().at(step).map(|scalars| (scalars.step, quantity.of_step(scalars)))
    } else {
        let epoch = run.epoch_at(step)?;
        Some((epoch.step, quantity.of_test(epoch.test.as_ref()?)))
    }
}

/// What the legend says of a curve: what it is of, or the step whose value is told while one points.
pub(super) fn key(series: usize, pointed: Option<Step>) -> String {
    match pointed {
        Some(step) => say!("classifier-step-3", step = HumanCount(step.0)),
        None if series == SERIES[0] => say!("classifier-training").to_owned(),
        None => say!("classifier-test").to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_labelled_shortly_and_exactly() {
        let loss = [0.0, 0.5, 1.0, 2.5, 0.25, 0.01, 0.001].map(|value| Quantity::Loss.tick(value));
        assert_eq!(loss, ["0", "0.5", "1", "2.5", "0.25", "0.01", "1e−3"]);
        assert_eq!(Quantity::Accuracy.tick(0.6000000000000001), "60 %");
    }

    #[test]
    fn only_shares_are_told_in_percent() {
        let told = |started: &Started, split| {
            [Quantity::Loss, Quantity::Accuracy].map(|of| of.is_told(started, split))
        };
        let mut started = Started::example();
        assert_eq!(told(&started, Split::Train), [true, true]);
        assert_eq!(told(&started, Split::Test), [true, true]);
        let error = MetricSpec { name: "error", unit: "cm", ..MetricSpec::LOSS };
        started.metrics = vec![MetricSpec::LOSS, error];
        assert_eq!(told(&started, Split::Train), [true, false]);
        assert_eq!(told(&started, Split::Test), [false, false]);
    }

    #[test]
    fn the_legend_turns_into_what_is_pointed_at() {
        assert_eq!([0, 1].map(|series| key(series, None)), ["training", "test"]);
        assert_eq!(key(1, Some(Step(1250))), "step 1,250");
    }
}
