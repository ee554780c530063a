//! How the gradients of a batch change along a direction of all parameters, by hand: products of the Hessian.
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
//! with W the dense weights and V, v the direction of them and of their biases. On the way the product of each image's own
//! gradient with the direction comes for nothing: (p − y)·Rz.

#[cfg(test)]
mod tests;

use pulp::Arch;
use rayon::prelude::*;

use super::{
    batch::{ByArray, OnBatch, add_times, by_class, less_own},
    stage::Stage,
};
use crate::{exhibits::digits::model::kernels::Pooled, operators::softmax};

/// Images that a thread works through alone, and whose sums are added before those of others, whatever the number of threads:
/// on a busy machine threads that wait for each other cost most.
const TOGETHER: usize = 4;

/// How the gradients of a batch change.
pub(super) struct CurvedArrays {
    /// The Hessian of the mean loss times the direction.
    pub(super) product: ByArray,
    /// For each image the product of its loss's gradient with the direction.
    pub(super) slopes: Vec<f64>,
}

/// A direction of all parameters.
struct Way<'a> {
    stage: Stage,
    /// Of the dense weights, one class after the other.
    dense: &'a [f32],
    biases: &'a [f32],
    /// Images of the whole batch.
    count: f32,
}

/// Some images of a batch on their way there and back.
struct Moved {
    /// A and RA, images × units.
    pooled: Vec<f32>,
    moved: Vec<f32>,
    /// d and Rd, images × classes.
    by_logits: Vec<f32>,
    bent: Vec<f32>,
    filters: Vec<f32>,
    slopes: Vec<f64>,
}

impl OnBatch<'_> {
    /// Along a direction, with units held on their side of each kink: weights of the filters, their biases, dense weights one
    /// class after the other, and their biases.
    pub(super) fn curved(
        &self,
        images: &[f32],
        labels: &[usize],
        [weights, filter_biases, dense, biases]: [&[f32]; 4],
    ) -> CurvedArrays {
        let stage = Stage::of(self.sizes, weights, filter_biases);
        let way = Way { stage, dense, biases, count: labels.len() as f32 };
        let moved: Vec<Moved> = images
            .par_chunks(self.sizes.input().len().max(1) * TOGETHER)
            .zip(labels.par_chunks(TOGETHER))
            .map(|(images, labels)| self.moved(images, labels, &way))
            .collect();

        let (units, classes) = (self.units(), self.sizes.classes.max(1));
        let mut by_dense = vec![0.0; self.dense.len()];
        by_dense.par_chunks_mut(units).enumerate().for_each(|(class, own)| {
            for some in &moved {
                let by = some.by_logits.iter().zip(&some.bent).skip(class).step_by(classes);
                let rows = some.moved.chunks(units).zip(some.pooled.chunks(units));
                for ((moved, pooled), (by, bent)) in rows.zip(by) {
                    add_both(own, [moved, pooled], [*by, *bent]);
                }
            }
        });
        let mut filters = vec![0.0; weights.len() + filter_biases.len()];
        let mut by_biases = vec![0.0; self.sizes.classes];
        for some in &moved {
            add_times(&mut filters, &some.filters, 1.0);
            some.bent.chunks(classes).for_each(|row| add_times(&mut by_biases, row, 1.0));
        }
        CurvedArrays {
            product: ByArray { filters, dense: by_dense, biases: by_biases },
            slopes: moved.into_iter().flat_map(|some| some.slopes).collect(),
        }
    }

    fn moved(&self, images: &[f32], labels: &[usize], way: &Way<'_>) -> Moved {
        let units = self.units();
        let Pooled { values: pooled, winners } = self.stage.forward(images);
        let moved = way.stage.on_winners(images, &winners);
        let mut by_pooled = vec![0.0; pooled.len()];
        let (mut by_logits, mut bent, mut slopes) = (Vec::new(), Vec::new(), Vec::new());
        let rows = pooled.chunks(units).zip(moved.chunks(units));
        for (((pooled, moved), by_pooled), label) in
            rows.zip(by_pooled.chunks_mut(units)).zip(labels)
        {
            let (slope, curve, along) = self.at_logits([pooled, moved], *label, way);
            let classes = way.dense.chunks(units).zip(self.dense.chunks(units));
            for ((direction, weights), (by, bent)) in classes.zip(slope.iter().zip(&curve)) {
                add_both(by_pooled, [direction, weights], [*by, *bent]);
            }
            by_logits.extend(slope);
            bent.extend(curve);
            slopes.push(along);
        }
        let filters = self.stage.to_filters(images, &winners, &by_pooled);
        Moved { pooled, moved, by_logits, bent, filters, slopes }
    }

    /// d and Rd of an image, and (p − y)·Rz.
    fn at_logits(
        &self,
        [pooled, moved]: [&[f32]; 2],
        label: usize,
        way: &Way<'_>,
    ) -> (Vec<f32>, Vec<f32>, f64) {
        let logits: Vec<f32> = by_class(pooled, self.dense, self.biases).collect();
        let nothing = vec![0.0; self.sizes.classes];
        let through = by_class(moved, self.dense, &nothing);
        let along: Vec<f32> =
            by_class(pooled, way.dense, way.biases).zip(through).map(|(a, b)| a + b).collect();
        let shares = softmax(&logits);
        let mean: f32 = along.iter().zip(&shares).map(|(a, b)| a * b).sum();
        let bent = along.iter().zip(&shares).map(|(a, share)| share * (a - mean) / way.count);
        let bent: Vec<f32> = bent.collect();
        let mut slope = less_own(shares, label);
        let products = slope.iter().zip(&along).map(|(a, b)| f64::from(*a) * f64::from(*b));
        let product = products.sum();
        slope.iter_mut().for_each(|slope| *slope /= way.count);
        (slope, bent, product)
    }
}

/// Adds so many times two rows to another.
fn add_both(to: &mut [f32], [one, other]: [&[f32]; 2], [of_one, of_other]: [f32; 2]) {
    Arch::new().dispatch(|| {
        let rows = one.iter().zip(other);
        to.iter_mut().zip(rows).for_each(|(to, (one, other))| {
            *to += of_one * one + of_other * other;
        });
    });
}
