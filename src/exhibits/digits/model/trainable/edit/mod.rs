//! Weights of the digits changed by hand between two steps, and taken back.

#[cfg(test)]
mod tests;

use super::state::{BeforeEdit, DigitsTrainable};
use crate::{
    exhibits::digits::model::learner::{edited, parameters, replaced},
    inside::{Edit, PlannedEdit},
    learning::{
        TrainError,
        inside::{Books, Changed, Editable, Edits},
    },
    stream::TestReport,
};

impl Editable for DigitsTrainable {
    type State = BeforeEdit;

    fn edited(&self, edit: &Edit) -> Result<Changed, TrainError> {
        edited(self.sizes, self.network()?, edit)
    }

    fn state(&self) -> Result<BeforeEdit, TrainError> {
        let (network, optimiser) = (self.network()?.clone(), self.optimiser.clone());
        Ok(BeforeEdit { network, optimiser, past: self.past.clone() })
    }

    fn replace(&mut self, numbers: &[f32], edit: &PlannedEdit) -> Result<(), TrainError> {
        let network = replaced(self.sizes, self.network()?, numbers, &self.device)?;
        self.way.jumped(parameters(&network)?.flat());
        self.network = Some(network);
        (self.before, self.resting) = (None, None);
        self.past.edited(edit.clone());
        // What was made of the run is of other weights.
        self.books = Books::default();
        Ok(())
    }

    fn restore(&mut self, state: BeforeEdit) -> Result<(), TrainError> {
        let BeforeEdit { network, optimiser, past } = state;
        self.way.jumped(parameters(&network)?.flat());
        (self.network, self.optimiser, self.past) = (Some(network), optimiser, past);
        (self.before, self.resting, self.books) = (None, None, Books::default());
        Ok(())
    }

    fn read(&mut self) -> Result<Option<TestReport>, TrainError> {
        self.run_test_set(&mut || std::ops::ControlFlow::Continue(()))
    }

    fn edits(&mut self) -> &mut Edits<BeforeEdit> {
        &mut self.edits
    }
}
