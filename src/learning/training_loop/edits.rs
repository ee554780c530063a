//! Edits by hand between two steps: those that a viewer asks for, and those that were planned.

use super::TrainingLoop;
use crate::{
    inside::{Edit, EditAsked, EditReport, Turn},
    learning::{TrainError, panics::caught, trainable::AfterEdit},
    sentence::on_one_line,
    stream::{Payload, RunState},
    words::Phrase,
};

impl TrainingLoop {
    /// Does what a viewer asks for; where it cannot be done that is told, and the run goes on all the same.
    pub(super) fn edit_by_hand(&mut self, asked: &Payload) -> Result<(), TrainError> {
        if let Err(error) = self.edited(asked)?
            && let Some(asked) = asked.get::<EditAsked>()
        {
            let said = Err(on_one_line(error.of_question()));
            let report = EditReport { step: self.step, asked: (**asked).clone(), said };
            self.tell(vec![Payload::new(report)]);
        }
        Ok(())
    }

    /// Makes the edits that are planned after the steps taken so far.
    ///
    /// # Errors
    /// If one of them cannot be made: what comes after it would not be what was planned.
    pub(super) fn make_planned_edits(&mut self) -> Result<(), TrainError> {
        for at in 0..self.config.edits.len() {
            let planned = self.config.edits.get(at).filter(|planned| planned.step == self.step);
            let Some(planned) = planned.cloned() else { continue };
            let asked = Payload::new(EditAsked::Make(planned.edit.clone()));
            self.edited(&asked)?.map_err(|error| {
                TrainError::Calculation(phrase!(
                    "learning-edit-cannot-be-made",
                    planned,
                    of_question = error.of_question()
                ))
            })?;
        }
        Ok(())
    }

    /// Whether every planned edit has a step of the run and can be made, and the units of all branches are there, so that none is
    /// found wrong when much has been learned.
    ///
    /// # Errors
    /// One sentence if one has none, or cannot be made.
    pub(super) fn check_planned_edits(&mut self) -> Result<(), TrainError> {
        let steps = u64::from(self.config.epochs).saturating_mul(self.outline.steps_per_epoch);
        for planned in self.config.edits.clone() {
            if planned.step > steps {
                return Err(TrainError::Asked(phrase!(
                    "learning-edit-comes-too-late-the",
                    planned,
                    steps = Phrase::counted(steps as usize, "step")
                )));
            }
            if planned.step < self.step {
                return Err(TrainError::Asked(phrase!(
                    "learning-edit-comes-too-early-the",
                    planned,
                    step = self.step
                )));
            }
            self.can_edit(&planned.edit).map_err(|error| {
                let why = error.of_question();
                TrainError::Asked(phrase!("learning-edit-cannot-be-made-2", planned, why))
            })?;
        }
        for branch in &self.config.branches {
            let edits: Vec<Edit> = branch.turns.iter().flat_map(Turn::edits).collect();
            edits.iter().try_for_each(|edit| self.can_edit(edit)).map_err(|error| {
                let (branch, why) = (branch.to_string(), error.of_question());
                TrainError::Asked(phrase!("learning-branch-cannot-be", branch, why))
            })?;
        }
        Ok(())
    }

    fn can_edit(&self, edit: &Edit) -> Result<(), TrainError> {
        let asked = Payload::new(EditAsked::Make(edit.clone()));
        caught(|| self.trainable.can_edit(&asked))
    }

    /// The most steps that may be taken before the next planned edit.
    pub(super) fn steps_to_planned_edit(&self) -> u64 {
        let ahead =
            self.config.edits.iter().filter_map(|planned| planned.step.checked_sub(self.step));
        ahead.filter(|steps| *steps > 0).min().unwrap_or(u64::MAX)
    }

    /// The outer error ends the run, the inner one only the edit.
    fn edited(&mut self, asked: &Payload) -> Result<Result<(), TrainError>, TrainError> {
        if !self.sound || matches!(self.state, RunState::Failed { .. }) {
            return Ok(Err(TrainError::calculation(phrase!("learning-the-run-has-not-begun"))));
        }
        let progress = self.progress();
        let done = match caught(|| self.trainable.edit(asked, &progress)) {
            Ok(AfterEdit::GoOn(done)) => done,
            Ok(AfterEdit::Begin(done)) => {
                let paused = self.state == RunState::Paused;
                self.run = self.run.next();
                self.begin()?;
                if paused {
                    self.pause();
                }
                done
            }
            Err(error) => return Ok(Err(error)),
        };
        // What was judged so far is not of these weights.
        self.trainable.forget_evaluation();
        self.tell(vec![done]);
        self.show();
        Ok(Ok(()))
    }
}
