//! The mean loss of a batch and its gradient by all parameters, by hand.

use pulp::Arch;
use rayon::prelude::*;

use super::{product, stage::Stage};
use crate::{exhibits::digits::payload::Architecture, operators::softmax};

/// The network as batches go through it.
pub(super) struct OnBatch<'a> {
    pub(super) sizes: Architecture,
    pub(super) stage: &'a Stage,
    /// The dense weights of one class after the other.
    pub(super) dense: &'a [f32],
    pub(super) biases: &'a [f32],
}

/// A gradient, or what else there is for each parameter.
pub(super) struct ByArray {
    /// Weights of the filters, then their biases.
    pub(super) filters: Vec<f32>,
    /// Of the dense weights, one class after the other.
    pub(super) dense: Vec<f32>,
    pub(super) biases: Vec<f32>,
}

impl OnBatch<'_> {
    /// The gradient of the mean loss of images of these classes.
    pub(super) fn slope(&self, images: &[f32], labels: &[usize]) -> ByArray {
        let (units, classes) = (self.units(), self.sizes.classes.max(1));
        let pooled = self.stage.forward(images);
        let logits = self.logits(&pooled.values);
        let count = labels.len() as f32;
        let rows = logits.chunks(classes).zip(labels);
        let by_logits: Vec<f32> = rows
            .flat_map(|(logits, label)| less_own(softmax(logits), *label))
            .map(|slope| slope / count)
            .collect();

        let mut by_pooled = vec![0.0; pooled.values.len()];
        by_pooled.par_chunks_mut(units).zip(by_logits.par_chunks(classes)).for_each(
            |(by_pooled, by_logits)| {
                for (weights, by) in self.dense.chunks(units).zip(by_logits) {
                    add_times(by_pooled, weights, *by);
                }
            },
        );
        let mut dense = vec![0.0; self.dense.len()];
        dense.par_chunks_mut(units).enumerate().for_each(|(class, own)| {
            let by = by_logits.iter().skip(class).step_by(classes);
            pooled
                .values
                .chunks(units)
                .zip(by)
                .for_each(|(pooled, by)| add_times(own, pooled, *by));
        });
        let mut biases = vec![0.0; self.sizes.classes];
        by_logits.chunks(classes).for_each(|row| add_times(&mut biases, row, 1.0));
        let filters = self.stage.to_filters(images, &pooled.winners, &by_pooled);
        ByArray { filters, dense, biases }
    }

    /// Logits of pooled units, images × classes.
    pub(super) fn logits(&self, pooled: &[f32]) -> Vec<f32> {
        let rows = pooled.par_chunks(self.units());
        rows.flat_map_iter(|pooled| by_class(pooled, self.dense, self.biases)).collect()
    }

    pub(super) fn units(&self) -> usize {
        self.sizes.pooled().len().max(1)
    }
}

/// Logits of the pooled units of one image, by these dense weights and biases.
pub(super) fn by_class<'a>(
    pooled: &'a [f32],
    dense: &'a [f32],
    biases: &'a [f32],
) -> impl Iterator<Item = f32> + use<'a> {
    let classes = dense.chunks(pooled.len().max(1)).zip(biases);
    classes.map(|(weights, bias)| (product(pooled, weights) + f64::from(*bias)) as f32)
}

/// The gradient of an image's loss by its logits: the shares of classes, less one for its own.
pub(super) fn less_own(mut shares: Vec<f32>, label: usize) -> Vec<f32> {
    // 1 − p would lose what is left of an answer that is almost sure.
    let others = shares.iter().enumerate().filter(|(class, _)| *class != label);
    let others: f32 = others.map(|(_, share)| share).sum();
    if let Some(own) = shares.get_mut(label) {
        *own = -others;
    }
    shares
}

/// Adds so many times the second to the first.
pub(super) fn add_times(to: &mut [f32], of: &[f32], times: f32) {
    Arch::new().dispatch(|| {
        to.iter_mut().zip(of).for_each(|(to, of)| *to += times * of);
    });
}
