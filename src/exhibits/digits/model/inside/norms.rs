//! How much each image alone pulls at the parameters: the norm of the gradient of its loss, without that gradient being kept.
//!
//! With A the pooled units and δ the gradient by the logits, that by the dense weights is A δᵀ, whose norm is ‖A‖ ‖δ‖
//! (Goodfellow 2015, <https://arxiv.org/abs/1510.01799>); that by the filters is small enough to be made.

use rayon::prelude::*;

use super::{
    OfParameters,
    loss::{cross_entropy, mixed},
    product,
};

/// An image's loss, in nats, and the norm of its gradient by all parameters.
#[derive(Clone, Copy, Debug)]
pub(in crate::exhibits::digits::model) struct Pull {
    pub(in crate::exhibits::digits::model) loss: f64,
    pub(in crate::exhibits::digits::model) norm: f64,
}

impl OfParameters<'_> {
    /// That of each image of a class, in their order.
    pub(in crate::exhibits::digits::model) fn pulls(
        &self,
        images: &[f32],
        labels: &[i64],
    ) -> Vec<Pull> {
        let pooled = self.stage.forward(images);
        let each = images
            .par_chunks(self.sizes.input().len().max(1))
            .zip(pooled.values.par_chunks(self.units()))
            .zip(pooled.winners.par_chunks(self.units()))
            .zip(labels);
        each.map(|(((image, pooled), winners), label)| {
            let class = usize::try_from(*label).unwrap_or(usize::MAX);
            let (loss, slopes) = cross_entropy(&self.dense_logits(pooled), class);
            let by_pooled = mixed(self.dense, &slopes, self.units());
            let filters = self.stage.by_filters(image, winners, &by_pooled);
            let squares = |numbers: &[f32]| product(numbers, numbers);
            // The biases are weights of a unit that is always one.
            let dense = squares(&slopes) * (squares(pooled) + 1.0);
            let filters = squares(&filters.weights) + squares(&filters.biases);
            Pull { loss, norm: (filters + dense).sqrt() }
        })
        .collect()
    }
}
