//! The network on the test set: loss, accuracy, confusion, mistakes, and the verdict.

use std::ops::ControlFlow;

use burn::{
    module::Module as _,
    tensor::{Tensor, TensorData},
};

use super::{
    numbers::{largest, numbers},
    stages::fact,
    state::DigitsTrainable,
};
use crate::{
    exhibits::digits::payload::DigitsVerdict,
    learning::{Evaluation, Judgement, TrainError},
    operators,
    stream::{MetricValues, Mistake, Payload, TestReport},
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
        let mut loss = 0.0_f64;
        let (classes, pixels) = (self.sizes.classes, self.sizes.input().len());
        let mut confusion = vec![0_u32; classes * classes];
        let mut mistakes = Vec::new();
        let batches = self
            .test
            .brightness
            .chunks(pixels * TEST_BATCH)
            .zip(self.test.labels.chunks(TEST_BATCH));
        for (batch, (images, labels)) in batches.enumerate() {
            if go_on().is_break() {
                return Ok(None);
            }
            let images = TensorData::new(images.to_vec(), [labels.len(), pixels]);
            let logits = numbers(self.logits(&network, Tensor::from_data(images, &self.device)))?;
            for (at, (row, &truth)) in logits.chunks_exact(classes).zip(labels).enumerate() {
                let said = largest(row);
                let probabilities = operators::softmax(row);
                // As Keras does, so that a surely wrong answer does not cost infinitely much.
                loss -= f64::from(probabilities[usize::from(truth)].max(1e-7)).ln();
                confusion[usize::from(truth) * classes + said] += 1;
                if said != usize::from(truth) {
                    mistakes.push(Mistake {
                        index: batch * TEST_BATCH + at,
                        truth,
                        said: said as u8,
                        confidence: probabilities[said],
                    });
                }
            }
        }
        mistakes.sort_by(|a, b| b.confidence.total_cmp(&a.confidence).then(a.index.cmp(&b.index)));
        let count = self.test.len().max(1);
        Ok(Some(TestReport {
            values: MetricValues::new(&[
                (loss / count as f64) as f32,
                (count - mistakes.len()) as f32 / count as f32,
            ]),
            confusion: confusion.into(),
            mistakes: mistakes.into(),
        }))
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
        let verdict = Payload::new(DigitsVerdict { accuracy, loss });
        Ok(Evaluation::Done(Judgement { findings: Vec::new(), test: Some(test), verdict, facts }))
    }
}
