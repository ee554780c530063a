//! One optimiser step on a batch: forward, loss, gradients, update.

use burn::{
    optim::GradientsParams,
    tensor::{Int, Tensor, TensorData},
};

use super::{
    numbers::numbers,
    state::{DigitsTrainable, Gradients},
};
use crate::{
    exhibits::digits::model::network::cross_entropy,
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
        let start = (at.batch as usize).saturating_mul(self.batch).min(self.train.len());
        let end = start.saturating_add(self.batch).min(self.train.len());
        let (images, labels) = self.train.gather(&self.order.1[start..end]);
        let truth: Vec<usize> = labels.iter().map(|&label| label as usize).collect();
        let count = truth.len();

        let device = self.device.clone().autodiff();
        let images = Tensor::<2>::from_data(
            TensorData::new(images, [count, self.sizes.input().len()]),
            &device,
        );
        let labels = Tensor::<1, Int>::from_data(TensorData::new(labels, [count]), &device);
        let network = self.network()?;
        let logits = self.logits(network, images);
        let loss = cross_entropy(logits.clone(), labels);
        let gradients = GradientsParams::from_grads(loss.backward(), network);
        let missing = || TrainError::calculation("a gradient is missing");
        let kept = Gradients {
            filter_weights: gradients.get(network.filter_weights.id).ok_or_else(missing)?,
            filter_biases: gradients.get(network.filter_biases.id).ok_or_else(missing)?,
            dense_weights: gradients.get(network.dense_weights.id).ok_or_else(missing)?,
            dense_biases: gradients.get(network.dense_biases.id).ok_or_else(missing)?,
        };
        self.before = keep.then(|| network.clone());
        self.gradients = Some(kept);
        self.resting = None;

        let loss = numbers(loss)?.first().copied().unwrap_or(f32::NAN);
        let logits = numbers(logits)?;
        let right = right(&logits, self.sizes.classes, truth);
        let number = u64::from(at.epoch) * self.steps_per_epoch() + at.batch + 1;
        self.course.record(number, loss, learning_rate);
        // A loss that is no number would only spoil the weights that are still there to be seen.
        if loss.is_finite()
            && let Some(network) = self.network.take()
        {
            self.network = Some(self.optimiser.step(learning_rate, network, gradients));
        }
        let accuracy = right as f32 / count.max(1) as f32;
        let values = MetricValues::new(&[loss, accuracy]);
        Ok(Stepped { steps: 1, values, examples: count, over: false })
    }
}
