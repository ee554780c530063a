//! Weights of a network changed by hand between two steps, and taken back.

use std::ops::ControlFlow;

use super::NetworkTrainable;
use crate::{
    inside::{Edit, PlannedEdit},
    learning::{
        TrainError, Trainable as _,
        inside::{Books, Changed, Editable, Edits, Past, edited},
        network::NetworkModel,
    },
    stream::TestReport,
};

/// Multiply-adds that two tests may take between two steps: about a second.
const MOST_MULTIPLY_ADDS: u64 = 5_000_000_000;

/// What a network was before an edit.
pub(super) struct BeforeEdit {
    pub(super) model: NetworkModel,
    pub(super) past: Past,
}

impl Editable for NetworkTrainable {
    type State = BeforeEdit;

    fn edited(&self, edit: &Edit) -> Result<Changed, TrainError> {
        if self.lessons.images().is_none() {
            return Err(TrainError::calculation(phrase!(
                "network-model-this-network-reads-a-text"
            )));
        }
        edited(&self.model.inside()?, edit)
    }

    fn state(&self) -> Result<BeforeEdit, TrainError> {
        Ok(BeforeEdit { model: self.model.copy(), past: self.past.clone() })
    }

    fn replace(&mut self, numbers: &[f32], edit: &PlannedEdit) -> Result<(), TrainError> {
        let weights = self.model.inside()?.replaced(numbers)?;
        self.model.replace(weights);
        self.way.jumped(self.model.learned_and_remembered());
        self.before = None;
        self.past.edited(edit.clone());
        // What was made of the run is of other weights.
        self.books = Books::default();
        Ok(())
    }

    fn restore(&mut self, state: BeforeEdit) -> Result<(), TrainError> {
        (self.model, self.past) = (state.model, state.past);
        self.way.jumped(self.model.learned_and_remembered());
        (self.before, self.books) = (None, Books::default());
        Ok(())
    }

    fn read(&mut self) -> Result<Option<TestReport>, TrainError> {
        let passes = (self.lessons.test_len() as u64).saturating_mul(2);
        if passes.saturating_mul(self.plan().multiply_adds) > MOST_MULTIPLY_ADDS {
            return Ok(None);
        }
        self.test(&mut || ControlFlow::Continue(()))
    }

    fn edits(&mut self) -> &mut Edits<BeforeEdit> {
        &mut self.edits
    }
}
