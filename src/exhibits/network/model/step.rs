//! One optimiser step on a batch, with the rate that the schedule makes of the visitor's.

use crate::{
    exhibits::network::model::NetworkTrainable,
    learning::{
        StepOrder, Stepped, TrainError,
        classifier::right,
        data::order as shuffled,
        network::{Batch, StepSaid},
    },
    stream::MetricValues,
};

impl NetworkTrainable {
    /// Moves the weights by the batch at its place in the epoch's order; a loss that is no number moves nothing.
    pub(super) fn train_on_batch(&mut self, order: StepOrder) -> Result<Stepped, TrainError> {
        let StepOrder { at, learning_rate, keep, .. } = order;
        if self.order.0 != at.epoch || self.order.1.len() != self.train.len() {
            self.order = (at.epoch, shuffled(self.seed, at.epoch, self.train.len()));
        }
        let start = (at.batch as usize).saturating_mul(self.batch).min(self.train.len());
        let end = start.saturating_add(self.batch).min(self.train.len());
        let rows = self.order.1.get(start..end).unwrap_or(&[]);
        self.learned = rows.first().map(|row| (at.epoch, *row));
        let (mut images, labels) = match &mut self.features {
            None => self.train.gather(rows),
            Some(features) => (
                features.train.gather(&self.model, &self.train, rows)?,
                rows.iter()
                    .filter_map(|row| self.train.labels.get(*row as usize))
                    .map(|label| i64::from(*label))
                    .collect(),
            ),
        };
        // A frozen network is refused augmentation.
        self.augmenter.change(&mut images, rows, self.seed, at.epoch);
        let truth: Vec<usize> = labels.iter().map(|&label| label as usize).collect();
        let count = truth.len();
        self.before = keep.then(|| self.model.weights().clone());
        let per_epoch = self.steps_per_epoch();
        let done = f64::from(at.epoch) + at.batch as f64 / per_epoch.max(1) as f64;
        let rate = learning_rate * self.training.schedule.factor(done, f64::from(self.epochs));
        let number = u64::from(at.epoch) * per_epoch + at.batch;
        let batch = Batch { images, labels };
        let StepSaid { loss, logits } = match self.features {
            None => self.model.step(batch, number, rate)?,
            Some(_) => self.model.step_on_features(batch, rate)?,
        };
        let right = right(&logits, self.plan().classes, truth);
        let accuracy = right as f32 / count.max(1) as f32;
        let values = MetricValues::new(&[loss, accuracy]);
        Ok(Stepped { steps: 1, values, examples: count, over: false })
    }
}
