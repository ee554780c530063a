//! The loss at a place: the mean cross-entropy of the same test images, whatever weights are asked about.

use super::super::{accuracy::drawn, goal, hidden::awaited, meter::Meter, sweep::images};
use crate::learning::{TrainError, data::Examples};

/// The images over which losses are means, and the model that is asked.
pub(super) struct Surface<'a> {
    pub(super) meter: &'a Meter<'a>,
    pub(super) go_on: &'a dyn Fn() -> bool,
    /// How many images, and the seed by which they were drawn.
    pub(super) drawn: (usize, u64),
    images: Vec<f32>,
    labels: Vec<usize>,
}

impl<'a> Surface<'a> {
    /// Over so many of the test images, drawn by a seed.
    pub(super) fn of(
        meter: &'a Meter<'a>,
        tests: &Examples,
        (count, seed): (usize, u64),
        go_on: &'a dyn Fn() -> bool,
    ) -> Self {
        let indices = drawn(tests, count, seed);
        let label = |at: &usize| tests.labels.get(*at).copied().map_or(usize::MAX, usize::from);
        Self {
            meter,
            go_on,
            drawn: (count, seed),
            images: images(tests, &indices),
            labels: indices.iter().map(label).collect(),
        }
    }

    /// How many images there are.
    pub(super) const fn len(&self) -> usize {
        self.labels.len()
    }

    /// So many of the images, and what they are.
    pub(super) fn first(&self, count: usize) -> (&[f32], &[usize]) {
        let numbers = count.saturating_mul(self.meter.input_len()).min(self.images.len());
        let images = self.images.get(..numbers).unwrap_or_default();
        (images, self.labels.get(..count).unwrap_or(&self.labels))
    }

    /// The mean cross-entropy in nats with these weights, summed in double precision image after image.
    pub(super) fn loss(&self, numbers: &[f32]) -> Result<f32, TrainError> {
        awaited(self.go_on)?;
        let model = self.meter.model().with_parameters(numbers)?;
        let (at_once, classes) = (self.meter.at_once(), self.meter.model().classes().max(1));
        let mut sum = 0.0;
        let chunks = self.images.chunks((at_once * self.meter.input_len()).max(1));
        for (images, labels) in chunks.zip(self.labels.chunks(at_once)) {
            awaited(self.go_on)?;
            let logits = self.meter.logits_of(model.as_ref(), images)?;
            for (logits, label) in logits.chunks(classes).zip(labels) {
                sum += goal::loss(logits, *label);
            }
        }
        Ok((sum / self.labels.len() as f64) as f32)
    }
}
