//! The network on the test set: loss, accuracy, confusion, mistakes, and the verdict.

use std::ops::ControlFlow;

use burn::module::Module as _;

use super::state::DigitsTrainable;
use crate::{
    learning::{Evaluation, TrainError, classifier::judgement},
    stream::TestReport,
};

impl DigitsTrainable {
    /// Mistakes come surest first; `None` where `go_on` broke it off.
    pub(super) fn run_test_set(
        &mut self,
        go_on: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Result<Option<TestReport>, TrainError> {
        self.learner().tested(&self.network()?.valid(), &self.test, go_on)
    }

    pub(super) fn judge_test_set(
        &mut self,
        go_on: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Result<Evaluation, TrainError> {
        let Some(test) = self.run_test_set(go_on)? else {
            return Ok(Evaluation::BrokenOff);
        };
        Ok(Evaluation::Done(self.with_privacy(judgement(test))))
    }
}
