//! Tests after epochs, and the judgement of what was learned when no step is left.

use std::ops::ControlFlow;

use super::{
    TrainingLoop,
    requests::{Meanwhile, listen},
};
use crate::{
    learning::{Evaluation, Judgement, TrainError},
    stream::{EpochReport, Fact, Finished, Report, RunState, Stage, Step, TestReport, Waited},
};

impl TrainingLoop {
    pub(super) fn begin_judging(&mut self) {
        self.judging = true;
        let taken = Fact::new(key!("learning-steps"), self.step.to_string());
        self.stage(Stage::Train, true, vec![taken]);
        self.stage(Stage::Evaluate, false, Vec::new());
        if !self.outline.pictures_gradients {
            // What was learned stays as it is from here on.
            self.show();
        }
    }

    /// Judges a little more of what was learned; the run ends when all of it is.
    pub(super) fn judge(&mut self) -> Result<ControlFlow<()>, TrainError> {
        let meanwhile = Meanwhile::of(self);
        let (trainer, pending) = (&mut self.trainer, &mut self.pending);
        let rate = self.learning_rate;
        let go_on = &mut || listen(trainer, pending, &meanwhile, false);
        match self.trainable.evaluate(rate, go_on)? {
            Evaluation::BrokenOff => Ok(ControlFlow::Break(())),
            Evaluation::Going(findings) => {
                self.tell(findings);
                Ok(ControlFlow::Continue(()))
            }
            Evaluation::Done(judged) => {
                self.save_at_the_end()?;
                self.finish(judged);
                Ok(ControlFlow::Continue(()))
            }
        }
    }

    /// Judges what was learned so far and ends the run, unless the viewer is gone.
    pub(super) fn conclude(&mut self) -> Result<(), TrainError> {
        if !self.judging {
            self.begin_judging();
        }
        while !self.state.is_over() {
            match self.trainer.look() {
                Waited::HungUp => return Ok(()),
                Waited::Asked(command) => self.pending.push_back(command),
                Waited::Queried(query) => self.answer(&query),
                Waited::Nothing => {}
            }
            if self.judge()?.is_break() {
                return Ok(());
            }
        }
        Ok(())
    }

    fn finish(&mut self, judged: Judgement) {
        self.tell(judged.findings);
        self.stage(Stage::Evaluate, true, judged.facts);
        if let Some(epoch) = self.last_epoch.take() {
            self.post(Report::EpochEnded(EpochReport { test: judged.test, ..epoch }));
        }
        self.judging = false;
        self.enter(RunState::Finished);
        self.show();
        self.post(Report::Finished(Finished {
            steps: Step(self.step),
            verdict: judged.verdict,
            examples_per_second: self.whole.examples_per_second(),
            seconds: self.started.elapsed().as_secs_f64(),
            cost: self.recorder.cost(self.whole.busy()),
        }));
    }

    /// Tests the network; requests that come meanwhile are kept for later, but a viewer that is gone or wants to
    /// stop breaks it off.
    pub(super) fn test(&mut self) -> Result<Option<TestReport>, TrainError> {
        let meanwhile = Meanwhile::of(self);
        let (trainer, pending) = (&mut self.trainer, &mut self.pending);
        self.trainable.test(&mut || listen(trainer, pending, &meanwhile, true))
    }
}
