//! One optimiser step on a batch, with the rate that the schedule makes of the visitor's.

use crate::{
    exhibits::network::model::NetworkTrainable,
    learning::{StepOrder, Stepped, TrainError, classifier::right, network::StepSaid},
    stream::MetricValues,
};

impl NetworkTrainable {
    /// Moves the weights by the batch at its place in the epoch's order; a loss that is no number moves nothing.
    pub(super) fn train_on_batch(&mut self, order: StepOrder) -> Result<Stepped, TrainError> {
        let StepOrder { at, learning_rate, keep, .. } = order;
        let batch = self.lessons.batch(&self.model, (at.epoch, at.batch), self.batch)?;
        let truth: Vec<usize> = batch.labels.iter().map(|&label| label as usize).collect();
        let answers = truth.len();
        self.before = keep.then(|| self.model.weights().clone());
        let per_epoch = self.steps_per_epoch();
        let done = f64::from(at.epoch) + at.batch as f64 / per_epoch.max(1) as f64;
        let rate = learning_rate * self.training.schedule.factor(done, f64::from(self.epochs));
        let number = u64::from(at.epoch) * per_epoch + at.batch;
        let StepSaid { loss, logits } = match self.lessons.is_frozen() {
            false => self.model.step(batch, number, rate)?,
            true => self.model.step_on_features(batch, rate)?,
        };
        self.past.took(at, rate, per_epoch);
        self.course.record(number + 1, loss, rate);
        self.way.took(number + 1, || Ok(self.model.learned_and_remembered()))?;
        let right = right(&logits, self.plan().classes, truth);
        let accuracy = right as f32 / answers.max(1) as f32;
        let values = MetricValues::new(&[loss, accuracy]);
        Ok(Stepped { steps: 1, values, examples: answers / self.plan().answers(), over: false })
    }
}
