//! What a chart shows, loss or accuracy: its values in a run, and how they are written.

use indicatif::HumanCount;

use crate::{
    history::{Run, StepScalars},
    stream::{Step, TestReport},
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
    if series == SERIES[0] {
        run.scalars().at(step).map(|scalars| (scalars.step, quantity.of_step(scalars)))
    } else {
        let epoch = run.epoch_at(step)?;
        Some((epoch.step, quantity.of_test(epoch.test.as_ref()?)))
    }
}

/// What the legend says of a curve: what it is of, or the step and the value that are pointed at.
pub(super) fn key(series: usize, pointed: Option<(Step, f32)>, quantity: Quantity) -> String {
    match pointed {
        Some((step, value)) => {
            format!("step {}: {}", HumanCount(step.0), quantity.value(value))
        }
        None if series == SERIES[0] => "training, per batch".to_owned(),
        None => "test, per epoch".to_owned(),
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
    fn the_legend_turns_into_what_is_pointed_at() {
        assert_eq!(key(0, None, Quantity::Loss), "training, per batch");
        assert_eq!(key(1, Some((Step(1250), 0.9625)), Quantity::Accuracy), "step 1,250: 96.2 %");
    }
}
