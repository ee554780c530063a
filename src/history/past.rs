//! What is remembered of a run, told once more: for whoever begins to listen in mid-run.

use std::sync::Arc;

use super::{Run, StepScalars};
use crate::stream::{Report, RunState, Snapshot, Step, StepReport, WatchCost};

impl Run {
    /// The reports that make a run like this one of an empty one, in the order in which a trainer tells them.
    ///
    /// Of steps their metrics and learning rates are remembered; speed and the cost of watching are known of the last alone
    /// and nothing of the others. What was found out comes before the steps, since no step is remembered with it.
    pub fn so_far(&self) -> Vec<Report> {
        let mut told = Vec::new();
        told.extend(self.material.clone().map(Report::Material));
        let Some(started) = &self.started else {
            told.extend(self.stages.iter().cloned().map(Report::Stage));
            return told;
        };
        told.push(Report::Started(started.clone()));
        told.extend(self.graph.clone().map(Report::Graph));
        told.push(Report::State { state: RunState::Preparing, step: Step(0) });
        told.extend(self.stages.iter().cloned().map(Report::Stage));
        if self.state != RunState::Preparing {
            told.push(Report::State { state: RunState::Training, step: Step(0) });
        }
        told.extend(self.found.values().flatten().cloned().map(Report::Found));
        self.steps_and_epochs(started.steps_per_epoch, &mut told);
        told.extend(self.saved.iter().cloned().map(Report::Saved));
        if !matches!(self.state, RunState::Preparing | RunState::Training) {
            told.push(Report::State { state: self.state.clone(), step: self.step });
        }
        told.extend(self.finished.clone().map(Report::Finished));
        told
    }

    /// Snapshots that are kept, in the order of their steps.
    pub fn snapshots_so_far(&self) -> Vec<Arc<Snapshot>> {
        self.snapshots().cloned().collect()
    }

    /// Each epoch comes behind its last step.
    fn steps_and_epochs(&self, steps_per_epoch: u64, told: &mut Vec<Report>) {
        let mut epochs = self.epochs.iter().peekable();
        for StepScalars { step, values } in self.scalars.iter() {
            while let Some(epoch) = epochs.next_if(|epoch| epoch.step < step) {
                told.push(Report::EpochEnded(epoch.clone()));
            }
            // Of a training without an end each step is of the first.
            let before = step.0.saturating_sub(1).checked_div(steps_per_epoch).unwrap_or(0);
            let epoch = before + 1;
            let latest = self.scalars.latest().filter(|latest| latest.step == step);
            told.push(Report::Stepped(latest.copied().unwrap_or(StepReport {
                step,
                epoch: u32::try_from(epoch).unwrap_or(u32::MAX),
                values,
                learning_rate: self.scalars.learning_rate_at(step).unwrap_or(f64::NAN),
                steps_per_second: 0.0,
                examples_per_second: 0.0,
                cost: WatchCost::default(),
                merged: 1,
            })));
        }
        told.extend(epochs.cloned().map(Report::EpochEnded));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stream::{EpochReport, MetricValues, Started};

    fn step(step: u64) -> Report {
        Report::Stepped(StepReport {
            step: Step(step),
            epoch: u32::try_from(step.saturating_sub(1) / 250 + 1).unwrap(),
            values: MetricValues::new(&[1.0 / step as f32, 0.5]),
            learning_rate: 0.001,
            steps_per_second: 9.0,
            examples_per_second: 288.0,
            cost: WatchCost::default(),
            merged: 1,
        })
    }

    #[test]
    fn a_run_that_is_told_again_is_the_same_run() {
        let mut run = Run::new(1 << 20);
        run.take(Report::Started(Started::example()));
        run.take(Report::State { state: RunState::Training, step: Step(0) });
        for taken in 1..=260 {
            run.take(step(taken));
            if taken == 250 {
                run.take(Report::EpochEnded(EpochReport {
                    epoch: 1,
                    step: Step(250),
                    train: MetricValues::new(&[0.1, 0.9]),
                    examples_per_second: 288.0,
                    test: None,
                }));
            }
        }
        run.take(Report::State { state: RunState::Paused, step: Step(260) });
        let mut again = Run::new(1 << 20);
        let told = run.so_far();
        let places = |wanted: fn(&Report) -> bool| told.iter().position(wanted).unwrap();
        let epoch = places(|report| matches!(report, Report::EpochEnded(_)));
        assert!(matches!(&told[epoch - 1], Report::Stepped(last) if last.step == Step(250)));
        told.iter().cloned().for_each(|report| again.take(report));
        assert!(run.scalars().iter().eq(again.scalars().iter()));
        assert_eq!((again.state(), again.step()), (run.state(), run.step()));
        assert_eq!(again.scalars().latest(), run.scalars().latest());
        assert_eq!(again.scalars().learning_rate_at(Step(7)), Some(0.001));
        assert_eq!(again.epochs().len(), 1);
    }
}
