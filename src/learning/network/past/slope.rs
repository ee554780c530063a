//! The loss of an input and its gradient by all that a network learned and remembers, of the network as it is asked.

use super::{
    super::{Counted, NetworkModel, Weights, cross_entropy, inside::replaced},
    leaves::Differentiated,
};
use crate::learning::{
    TrainError,
    inside::loss_of,
    onnx::{leaf, numbers},
};

impl NetworkModel {
    /// The weights of which these are the trainable numbers.
    ///
    /// # Errors
    /// If they are more or fewer than it has.
    pub(super) fn weights_of(&self, row: &[f32]) -> Result<Weights, TrainError> {
        replaced(&self.weights, &self.learning(), row)
    }

    /// The logits of inputs where these are the trainable numbers, inputs × classes.
    ///
    /// # Errors
    /// If burn refuses a calculation.
    pub(super) fn logits_of(&self, row: &[f32], inputs: &[f32]) -> Result<Vec<f32>, TrainError> {
        let (forward, weights) = (&self.forward, self.weights_of(row)?);
        let leaves = weights.leaves(&forward.plan, &forward.device, false);
        let count = inputs.len() / forward.plan.input.len().max(1);
        let (logits, _) = forward.pass(&leaves, inputs.to_vec(), count, &forward.device, None)?;
        Ok(numbers(logits.into_dispatch())?)
    }

    /// The cross-entropy of an input's class, in nats, and its gradient, where these are the trainable numbers. Of a frozen
    /// network the input is what its last layer reads.
    ///
    /// # Errors
    /// If burn refuses a calculation.
    pub(super) fn slope(
        &self,
        row: &[f32],
        input: &[f32],
        class: usize,
    ) -> Result<(f64, Vec<f32>), TrainError> {
        let weights = self.weights_of(row)?;
        let device = self.forward.device.clone().autodiff();
        let (logits, leaves) = match &self.frozen {
            Some(frozen) => {
                let (logits, own) = self.told(&weights, input.to_vec(), (1, &device), leaf)?;
                (logits, Differentiated::of_head(frozen.parameters(), own))
            }
            None => {
                let leaves = Differentiated::with_memories(&weights, &self.forward.plan, &device);
                let (logits, _) =
                    self.forward.pass(leaves.all(), input.to_vec(), 1, &device, None)?;
                (logits, leaves)
            }
        };
        let labels = vec![i64::try_from(class).unwrap_or(i64::MAX)];
        let of = cross_entropy(logits.clone(), labels, Counted::default(), &device);
        let loss = loss_of(&numbers(logits.into_dispatch())?, class);
        Ok((loss, leaves.gradient(of, &weights, &self.learning())?))
    }
}
