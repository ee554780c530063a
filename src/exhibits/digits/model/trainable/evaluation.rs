//! The network on the test set: loss, accuracy, confusion, mistakes, and the verdict.

use std::ops::ControlFlow;

use burn::{
    module::Module as _,
    tensor::{Tensor, TensorData},
};

use super::{numbers::numbers, state::DigitsTrainable};
use crate::{
    learning::{
        Evaluation, TrainError,
        classifier::{Tally, judgement},
    },
    stream::TestReport,
};

/// Test images that are read at once; small enough that commands are seen in between.
const TEST_BATCH: usize = 250;

impl DigitsTrainable {
    /// Mistakes come surest first; `None` where `go_on` broke it off.
    pub(super) fn run_test_set(
        &mut self,
        go_on: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Result<Option<TestReport>, TrainError> {
        let network = self.network()?.valid();
        let (classes, pixels) = (self.sizes.classes, self.sizes.input().len());
        let mut tally = Tally::new(classes);
        let batches = self
            .test
            .brightness
            .chunks(pixels * TEST_BATCH)
            .zip(self.test.labels.chunks(TEST_BATCH));
        for (images, labels) in batches {
            if go_on().is_break() {
                return Ok(None);
            }
            let images = TensorData::new(images.to_vec(), [labels.len(), pixels]);
            let logits = numbers(self.logits(&network, Tensor::from_data(images, &self.device)))?;
            tally.add(&logits, labels);
        }
        Ok(Some(tally.report()))
    }

    pub(super) fn judge_test_set(
        &mut self,
        go_on: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Result<Evaluation, TrainError> {
        let Some(test) = self.run_test_set(go_on)? else {
            return Ok(Evaluation::BrokenOff);
        };
        Ok(Evaluation::Done(judgement(test)))
    }
}
