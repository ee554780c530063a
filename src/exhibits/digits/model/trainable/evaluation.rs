//! The network on the test set: loss, accuracy, confusion, mistakes, and the verdict; and on images that others ask about.

use std::ops::ControlFlow;

use burn::{
    module::Module as _,
    tensor::{Tensor, TensorData},
};

use super::state::DigitsTrainable;
use crate::{
    exhibits::digits::model::numbers::numbers,
    learning::{Evaluation, Reader, TrainError, classifier::judgement},
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

    /// The network as it is now, for whoever asks what images are.
    pub(super) fn reading(&self) -> Result<Reader, TrainError> {
        let (learner, network) = (self.learner(), self.network()?.valid());
        let (pixels, classes) = (self.sizes.input().len(), self.sizes.classes);
        Ok(Reader::new(pixels, classes, move |images, count| {
            let images = TensorData::new(images, [count, pixels]);
            numbers(learner.logits(&network, Tensor::from_data(images, &learner.device)))
        }))
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
