//! The mean loss of a batch, by hand: its gradient by all parameters, and products of its Hessian.
//!
//! With units held on their side of each kink the pooled units A are linear in the filters and the logits bilinear, so that
//! the product of the Hessian with a direction is exact (Pearlmutter 1994, <https://doi.org/10.1162/neco.1994.6.1.147>):
//!
//! ```text
//! RA = direction of the filters on the winners        d  = (p − y) / images
//! Rz = V A + W RA + v                                  Rd = p ⊙ (Rz − p·Rz) / images
//! by W: RA d + A Rd, by its biases Rd                  by A: V d + W Rd, and from there to the filters
//! ```
//!
//! with W the dense weights and V, v the direction of them and of their biases.

use rayon::prelude::*;

use super::{product, stage::Stage};
use crate::{
    exhibits::digits::{model::kernels::Pooled, payload::Architecture},
    operators::softmax,
};

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

/// A batch on its way back.
struct Back {
    pooled: Pooled,
    /// Shares of classes, images × classes.
    shares: Vec<f32>,
    /// The gradient by the logits, likewise.
    by_logits: Vec<f32>,
}

impl OnBatch<'_> {
    /// The gradient of the mean loss of images of these classes.
    pub(super) fn slope(&self, images: &[f32], labels: &[usize]) -> ByArray {
        let Back { pooled, by_logits, .. } = self.back(images, labels);
        let mut dense = vec![0.0; self.dense.len()];
        self.add_dense(&pooled.values, &by_logits, &mut dense);
        let mut by_pooled = vec![0.0; pooled.values.len()];
        self.add_back(&by_logits, self.dense, &mut by_pooled);
        ByArray {
            filters: self.stage.to_filters(images, &pooled.winners, &by_pooled),
            dense,
            biases: self.summed(&by_logits),
        }
    }

    /// The Hessian of the same, with units held on their side of each kink, times a direction: weights of the filters, their
    /// biases, dense weights one class after the other, and their biases.
    pub(super) fn hessian_times(
        &self,
        images: &[f32],
        labels: &[usize],
        [weights, filter_biases, dense, dense_biases]: [&[f32]; 4],
    ) -> ByArray {
        let classes = self.sizes.classes.max(1);
        let Back { pooled, shares, by_logits } = self.back(images, labels);
        let count = labels.len() as f32;
        let moved = Stage::of(self.sizes, weights, filter_biases);
        let moved = moved.on_winners(images, &pooled.winners);

        let mut logits = self.through(&pooled.values, dense, dense_biases);
        let through = self.through(&moved, self.dense, &vec![0.0; self.sizes.classes]);
        logits.iter_mut().zip(through).for_each(|(sum, other)| *sum += other);
        for (moved, shares) in logits.chunks_mut(classes).zip(shares.chunks(classes)) {
            let mean: f32 = moved.iter().zip(shares).map(|(a, b)| a * b).sum();
            moved
                .iter_mut()
                .zip(shares)
                .for_each(|(moved, share)| *moved = share * (*moved - mean) / count);
        }

        let mut by_dense = vec![0.0; self.dense.len()];
        self.add_dense(&moved, &by_logits, &mut by_dense);
        self.add_dense(&pooled.values, &logits, &mut by_dense);
        let mut by_pooled = vec![0.0; pooled.values.len()];
        self.add_back(&by_logits, dense, &mut by_pooled);
        self.add_back(&logits, self.dense, &mut by_pooled);
        ByArray {
            filters: self.stage.to_filters(images, &pooled.winners, &by_pooled),
            dense: by_dense,
            biases: self.summed(&logits),
        }
    }

    /// Logits of pooled units, images × classes, by these dense weights and biases.
    pub(super) fn through(&self, pooled: &[f32], dense: &[f32], biases: &[f32]) -> Vec<f32> {
        let rows = pooled.par_chunks(self.units()).flat_map_iter(|pooled| {
            let classes = dense.chunks(self.units()).zip(biases);
            classes.map(|(weights, bias)| (product(pooled, weights) + f64::from(*bias)) as f32)
        });
        rows.collect()
    }

    fn units(&self) -> usize {
        self.sizes.pooled().len().max(1)
    }

    /// Adds, for each image, to the gradient by the pooled units what comes from that by the logits through dense weights.
    fn add_back(&self, by_logits: &[f32], dense: &[f32], by_pooled: &mut [f32]) {
        let (units, classes) = (self.units(), self.sizes.classes.max(1));
        by_pooled.par_chunks_mut(units).zip(by_logits.par_chunks(classes)).for_each(
            |(by_pooled, by_logits)| {
                for (weights, by) in dense.chunks(units).zip(by_logits) {
                    add_times(by_pooled, weights, *by);
                }
            },
        );
    }

    /// Adds Σ unit · gradient by the logits over images to the gradient by dense weights, one class after the other.
    fn add_dense(&self, pooled: &[f32], by_logits: &[f32], by_class: &mut [f32]) {
        let (units, classes) = (self.units(), self.sizes.classes.max(1));
        by_class.par_chunks_mut(units).enumerate().for_each(|(class, own)| {
            let by = by_logits.iter().skip(class).step_by(classes);
            pooled.chunks(units).zip(by).for_each(|(pooled, by)| add_times(own, pooled, *by));
        });
    }

    /// The sum over images of the gradient by the logits: that by the dense biases.
    fn summed(&self, by_logits: &[f32]) -> Vec<f32> {
        let mut sums = vec![0.0; self.sizes.classes];
        for row in by_logits.chunks(self.sizes.classes.max(1)) {
            add_times(&mut sums, row, 1.0);
        }
        sums
    }

    fn back(&self, images: &[f32], labels: &[usize]) -> Back {
        let classes = self.sizes.classes.max(1);
        let pooled = self.stage.forward(images);
        let logits = self.through(&pooled.values, self.dense, self.biases);
        let shares: Vec<f32> = logits.chunks(classes).flat_map(softmax).collect();
        let count = labels.len() as f32;
        let mut by_logits: Vec<f32> = shares.iter().map(|share| share / count).collect();
        for (row, label) in by_logits.chunks_mut(classes).zip(labels) {
            if let Some(own) = row.get_mut(*label) {
                *own -= 1.0 / count;
            }
        }
        Back { pooled, shares, by_logits }
    }
}

/// Adds so many times the second to the first.
fn add_times(to: &mut [f32], of: &[f32], times: f32) {
    to.iter_mut().zip(of).for_each(|(to, of)| *to += times * of);
}
