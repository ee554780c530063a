//! One optimiser step on a batch: forward, loss, gradients, update.

use super::state::DigitsTrainable;
use crate::{
    exhibits::digits::model::learner::{Batch, parameters, rows},
    learning::{StepOrder, Stepped, TrainError, classifier::right, data::order as shuffled},
    stream::MetricValues,
};

impl DigitsTrainable {
    /// Moves the weights by the batch at its place in the epoch's order; a loss that is no number moves nothing.
    pub(super) fn train_on_batch(&mut self, order: StepOrder) -> Result<Stepped, TrainError> {
        let StepOrder { at, learning_rate, keep, .. } = order;
        if self.order.0 != at.epoch || self.order.1.len() != self.train.len() {
            self.order = (at.epoch, shuffled(self.seed, at.epoch, self.train.len()));
        }
        let (images, labels) = self.train.gather(rows(&self.order.1, self.batch, at.batch));
        let truth: Vec<usize> = labels.iter().map(|&label| label as usize).collect();
        let count = truth.len();

        let network = self.network()?;
        let number = u64::from(at.epoch) * self.steps_per_epoch() + at.batch + 1;
        let batch = Batch { images, labels, weights: None };
        let slopes = match self.private {
            None => self.learner().slopes(network, batch)?,
            Some(private) => {
                self.learner().private_slopes(network, batch, (private, (self.seed, number)))?
            }
        };
        let gradients = slopes.gradients(network)?;
        self.before = keep.then(|| network.clone());
        self.gradients = Some(gradients);
        self.resting = None;

        let loss = slopes.loss;
        let right = right(&slopes.logits, self.sizes.classes, truth);
        self.course.record(number, loss, learning_rate);
        // A loss that is no number would only spoil the weights that are still there to be seen.
        if slopes.moves()
            && let Some(network) = self.network.take()
        {
            self.network = Some(slopes.step(&mut self.optimiser, network, learning_rate));
            self.past.took(at, learning_rate, self.steps_per_epoch());
        }
        if let Some(network) = &self.network {
            self.way.took(number, || Ok(parameters(network)?.flat()))?;
        }
        let accuracy = right as f32 / count.max(1) as f32;
        let values = MetricValues::new(&[loss, accuracy]);
        Ok(Stepped { steps: 1, values, examples: count, over: false })
    }
}
