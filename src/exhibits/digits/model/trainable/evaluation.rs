//! The network on the test set: loss, accuracy, confusion, mistakes, and the verdict.

use std::ops::ControlFlow;

use burn::{
    module::Module as _,
    tensor::{Tensor, TensorData},
};

use super::{numbers::numbers, stages::fact, state::DigitsTrainable};
use crate::{
    images::ClassifierVerdict,
    learning::{Evaluation, Judgement, TrainError, classifier::Tally},
    stream::{Payload, TestReport},
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
        let loss = test.values.loss();
        let accuracy = test.values.get(1).unwrap_or(f32::NAN);
        let facts = vec![
            fact("Test accuracy", format!("{accuracy:.4}")),
            fact("Test loss", format!("{loss:.4}")),
            fact("Mistakes", test.mistakes.len()),
        ];
        let verdict = Payload::new(ClassifierVerdict { accuracy, loss });
        Ok(Evaluation::Done(Judgement { findings: Vec::new(), test: Some(test), verdict, facts }))
    }
}
