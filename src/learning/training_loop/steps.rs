//! Optimiser steps: as many as may be taken at once, their reports, and the ends of epochs.

use std::time::{Duration, Instant};

use super::{TrainingLoop, tally::Tally};
use crate::{
    learning::{StepOrder, StepPlace, TrainError},
    stream::{EpochReport, Report, RunState, Step, StepReport},
};

/// Steps that a speed limit allows within this are taken at once.
const SLICE: Duration = Duration::from_millis(16);

impl TrainingLoop {
    pub(super) fn take_step(&mut self) -> Result<(), TrainError> {
        let start = Instant::now();
        let due = self.recorder.due(start);
        let keep = due && self.outline.pictures_gradients;
        let steps = self.steps_now();
        if let Some(period) = self.limit {
            self.next_step = (self.next_step + period * steps as u32).max(start);
        }
        if due && !keep {
            self.take_snapshot(true);
        }
        let order = StepOrder { at: self.at, steps, learning_rate: self.learning_rate, keep };
        let stepped = self.trainable.step(order)?;
        if keep {
            self.take_snapshot(true);
        }
        if !stepped.values.loss().is_finite() {
            if self.step == 0 && steps == 1 {
                // No rate could have done that.
                let which = self.trainable.without_number()?;
                let reason = match which {
                    Some(which) => phrase!("learning-the-loss-is-no-number-as", which),
                    None => phrase!("learning-the-loss-is-no-number"),
                };
                self.enter(RunState::Failed { reason });
                self.show();
                return Ok(());
            }
            // The step before it did the damage; this one has changed nothing.
            let (learning_rate, proposed) = (self.last_rate, self.config.gentler(self.last_rate));
            self.enter(RunState::Diverged { learning_rate, proposed });
            self.show();
            return Ok(());
        }
        let findings = self.trainable.findings();
        self.tell(findings);
        let now = Instant::now();
        for tally in [&mut self.epoch, &mut self.whole] {
            tally.add(&stepped, now - start);
        }
        self.last_rate = self.learning_rate;
        self.step += stepped.steps;
        self.at.batch += stepped.steps;
        let (steps_per_second, examples_per_second) =
            self.pace.measure(now, self.step, self.whole.examples);
        self.post(Report::Stepped(StepReport {
            step: Step(self.step),
            epoch: self.at.epoch + 1,
            values: stepped.values,
            learning_rate: self.learning_rate,
            steps_per_second,
            examples_per_second,
            cost: self.recorder.cost(self.whole.busy()),
            merged: 1,
        }));
        self.say_how_long();
        if stepped.over || self.at.batch >= self.outline.steps_per_epoch {
            self.end_epoch(stepped.over)?;
        }
        self.make_planned_edits()?;
        self.count_down(stepped.steps);
        Ok(())
    }

    /// As many steps as may be taken before the next look at requests.
    fn steps_now(&self) -> u64 {
        let left = self.outline.steps_per_epoch.saturating_sub(self.at.batch);
        let limited = self.limit.map_or(u64::MAX, |period| {
            (SLICE.as_nanos() / period.as_nanos().max(1)).try_into().unwrap_or(u64::MAX)
        });
        let wanted = self.remaining.map_or(u64::MAX, u64::from);
        // At most what a duration can be multiplied by.
        let most = self.outline.steps_at_once.min(u64::from(u32::MAX));
        most.min(left).min(limited).min(wanted).min(self.steps_to_planned_edit()).max(1)
    }

    /// Pauses after the steps that were asked for.
    pub(super) fn count_down(&mut self, taken: u64) {
        if let Some(remaining) = &mut self.remaining {
            *remaining = remaining.saturating_sub(taken.try_into().unwrap_or(u32::MAX));
            if *remaining == 0 {
                self.pause();
            }
        }
    }

    /// `over` says that no step is left, whatever the epochs.
    fn end_epoch(&mut self, over: bool) -> Result<(), TrainError> {
        let last = over || self.at.epoch + 1 >= self.config.epochs;
        let report = EpochReport {
            epoch: self.at.epoch + 1,
            step: Step(self.step),
            train: self.epoch.means(self.outline.metrics_of_steps()),
            examples_per_second: self.epoch.examples_per_second(),
            test: None,
        };
        if self.outline.test_examples == 0 {
            self.post(Report::EpochEnded(report));
        } else if last {
            // Its test is the last one, which belongs to the judgement.
            self.last_epoch = Some(report);
        } else if let Some(test) = self.test()? {
            self.post(Report::EpochEnded(EpochReport { test: Some(test), ..report }));
        }
        self.at = StepPlace { epoch: self.at.epoch + 1, batch: 0 };
        self.epoch = Tally::default();
        // The test does not count as slow training.
        self.pace.start(Instant::now(), self.step, self.whole.examples);
        if last {
            // What was learned is written when it has been judged.
            self.begin_judging();
        } else {
            self.save_on_the_way(false);
        }
        Ok(())
    }
}
