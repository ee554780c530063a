//! The digits' training as it can be examined, by hand: gradients by the weights, and products of the Hessian.
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

#[cfg(test)]
mod tests;

use rayon::prelude::*;

use super::{Inside, Stage, product, stage::MOST_IN_WINDOW};
use crate::{
    exhibits::digits::{
        CONVOLUTION, LOGITS,
        model::{
            forward_pass::Numbers,
            kernels::{self, Pooled},
        },
    },
    inside::Ends,
    learning::{
        TrainError,
        inside::{ByLayer, Examined, Outputs},
    },
    operators::softmax,
};

/// Images whose sums are added before those of others, whatever the number of threads.
const SUMMED_IMAGES: usize = 4;

impl Numbers {
    /// What the convolution learns, then what the dense layer does, weights before biases.
    pub(in crate::exhibits::digits::model) fn by_layer(&self) -> ByLayer {
        vec![
            [&*self.filter_weights, &self.filter_biases].concat(),
            [&*self.dense_weights, &self.dense_biases].concat(),
        ]
    }
}

/// A batch on its way back.
struct Back {
    pooled: Pooled,
    /// Shares of classes, images × classes.
    shares: Vec<f32>,
    /// The gradient by the logits, likewise.
    by_logits: Vec<f32>,
}

impl Inside {
    /// Dense weights, or a direction of them, one class after the other instead of unit after unit.
    fn turned(&self, of: &[f32]) -> Vec<f32> {
        let (units, classes) = (self.sizes.pooled().len().max(1), self.sizes.classes.max(1));
        let mut turned = vec![0.0; units * classes];
        for (class, turned) in turned.chunks_mut(units).enumerate() {
            let own = of.iter().skip(class).step_by(classes);
            turned.iter_mut().zip(own).for_each(|(turned, number)| *turned = *number);
        }
        turned
    }

    /// The gradient of the dense layer as it learns: that of its weights turned back, then that of its biases.
    fn dense_gradient(&self, by_class: &[f32], by_logits: &[f32]) -> Vec<f32> {
        let (units, classes) = (self.sizes.pooled().len().max(1), self.sizes.classes.max(1));
        let mut gradient = vec![0.0; (units + 1) * classes];
        for (class, own) in by_class.chunks(units).enumerate() {
            let places = gradient.iter_mut().skip(class).step_by(classes);
            places.zip(own).for_each(|(place, number)| *place = *number);
        }
        self.add_dense_biases(by_logits, &mut gradient);
        gradient
    }

    /// Logits of pooled units, images × classes, by dense weights one class after the other.
    fn dense(&self, pooled: &[f32], by_class: &[f32], biases: &[f32]) -> Vec<f32> {
        let units = self.sizes.pooled().len().max(1);
        let rows = pooled.par_chunks(units).flat_map_iter(|pooled| {
            let classes = by_class.chunks(units).zip(biases);
            classes.map(|(weights, bias)| (product(pooled, weights) + f64::from(*bias)) as f32)
        });
        rows.collect()
    }

    /// Adds, for each image, to the gradient by the pooled units what comes from that by the logits through dense weights.
    fn add_back(&self, by_logits: &[f32], by_class: &[f32], by_pooled: &mut [f32]) {
        let units = self.sizes.pooled().len().max(1);
        let classes = self.sizes.classes.max(1);
        by_pooled.par_chunks_mut(units).zip(by_logits.par_chunks(classes)).for_each(
            |(by_pooled, by_logits)| {
                for (weights, by) in by_class.chunks(units).zip(by_logits) {
                    add_times(by_pooled, weights, *by);
                }
            },
        );
    }

    /// Adds Σ unit · gradient by the logits over images to the gradient by dense weights, one class after the other.
    fn add_dense(&self, pooled: &[f32], by_logits: &[f32], by_class: &mut [f32]) {
        let units = self.sizes.pooled().len().max(1);
        let classes = self.sizes.classes.max(1);
        by_class.par_chunks_mut(units).enumerate().for_each(|(class, own)| {
            let by = by_logits.iter().skip(class).step_by(classes);
            pooled.chunks(units).zip(by).for_each(|(pooled, by)| add_times(own, pooled, *by));
        });
    }

    /// Adds the sums over images of the gradient by the logits where dense biases stand.
    fn add_dense_biases(&self, by_logits: &[f32], gradient: &mut [f32]) {
        let classes = self.sizes.classes.max(1);
        let biases = gradient.len().saturating_sub(classes);
        for row in by_logits.chunks(classes) {
            gradient.iter_mut().skip(biases).zip(row).for_each(|(sum, by)| *sum += by);
        }
    }

    fn back(&self, images: &[f32], labels: &[usize]) -> Back {
        let classes = self.sizes.classes.max(1);
        let pooled = self.stage.forward(images);
        let logits = self.dense(&pooled.values, &self.by_class, &self.numbers.dense_biases);
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

impl Stage {
    /// What comes to the filters from the gradient by the pooled units: weights, then biases.
    fn to_filters(&self, images: &[f32], winners: &[f32], by_pooled: &[f32]) -> Vec<f32> {
        if self.has_kernels() && images.len().is_multiple_of(kernels::PIXELS) {
            let found = kernels::backward(images, winners, by_pooled);
            return [found.weights, found.biases].concat();
        }
        let (length, units) = (self.sizes.input().len().max(1), self.sizes.pooled().len().max(1));
        let sums: Vec<Vec<f32>> = images
            .par_chunks(length * SUMMED_IMAGES)
            .zip(winners.par_chunks(units * SUMMED_IMAGES))
            .zip(by_pooled.par_chunks(units * SUMMED_IMAGES))
            .map(|((images, winners), by_pooled)| {
                let mut sums = vec![0.0; self.sizes.filter_weights().len() + self.sizes.filters];
                let rows = winners.chunks(units).zip(by_pooled.chunks(units));
                for (image, (winners, by_pooled)) in images.chunks(length).zip(rows) {
                    self.add_to_filters(image, winners, by_pooled, &mut sums);
                }
                sums
            })
            .collect();
        let mut total = vec![0.0; self.sizes.filter_weights().len() + self.sizes.filters];
        for part in sums {
            total.iter_mut().zip(part).for_each(|(total, part)| *total += part);
        }
        total
    }

    fn add_to_filters(&self, image: &[f32], winners: &[f32], by_pooled: &[f32], sums: &mut [f32]) {
        let filters = self.sizes.filters.max(1);
        let (weights, biases) = sums.split_at_mut(self.sizes.filter_weights().len());
        let of_filter = self.offsets().len().max(1);
        let places = winners.chunks(filters).zip(by_pooled.chunks(filters));
        for (place, (winners, by_pooled)) in places.enumerate() {
            let own = weights.chunks_mut(of_filter).zip(biases.iter_mut());
            for ((winner, by), (weights, bias)) in winners.iter().zip(by_pooled).zip(own) {
                if !self.is_active(*winner) {
                    continue;
                }
                *bias += by;
                let first = self.first(place, *winner as usize);
                for (weight, offset) in weights.iter_mut().zip(self.offsets()) {
                    *weight += by * image.get(first + offset).copied().unwrap_or(f32::NAN);
                }
            }
        }
    }

    /// What these filters make of the images where others have won.
    fn on_winners(&self, images: &[f32], winners: &[f32]) -> Vec<f32> {
        let (length, units) = (self.sizes.input().len().max(1), self.sizes.pooled().len().max(1));
        let filters = self.sizes.filters.max(1);
        let mut values = vec![0.0; winners.len()];
        values
            .par_chunks_mut(units)
            .zip(winners.par_chunks(units))
            .zip(images.par_chunks(length))
            .for_each(|((values, winners), image)| {
                let sums = self.sums(image, true);
                let places = sums.chunks(filters * MOST_IN_WINDOW);
                let rows = values.chunks_mut(filters).zip(winners.chunks(filters));
                for ((values, winners), sums) in rows.zip(places) {
                    for (filter, (value, winner)) in values.iter_mut().zip(winners).enumerate() {
                        if self.is_active(*winner) {
                            let at = *winner as usize * filters + filter;
                            *value = sums.get(at).copied().unwrap_or(f32::NAN);
                        }
                    }
                }
            });
        values
    }
}

impl Examined for Inside {
    fn layers(&self) -> Vec<String> {
        [CONVOLUTION, LOGITS].map(|layer| layer.name().to_owned()).into()
    }

    fn classes(&self) -> usize {
        self.sizes.classes
    }

    fn multiply_adds(&self) -> u64 {
        crate::learning::inside::Explained::multiply_adds(self)
    }

    fn weights(&self) -> ByLayer {
        self.numbers.by_layer()
    }

    fn slope(&self, images: &[f32], labels: &[usize]) -> Result<ByLayer, TrainError> {
        let Back { pooled, by_logits, .. } = self.back(images, labels);
        let mut dense = vec![0.0; self.by_class.len()];
        self.add_dense(&pooled.values, &by_logits, &mut dense);
        let dense = self.dense_gradient(&dense, &by_logits);
        let mut by_pooled = vec![0.0; pooled.values.len()];
        self.add_back(&by_logits, &self.by_class, &mut by_pooled);
        Ok(vec![self.stage.to_filters(images, &pooled.winners, &by_pooled), dense])
    }

    fn curved(
        &self,
        images: &[f32],
        labels: &[usize],
        direction: &[Vec<f32>],
    ) -> Result<ByLayer, TrainError> {
        let [filters, dense] = direction else {
            return Err(TrainError::calculation("a direction has other layers than the network"));
        };
        let classes = self.sizes.classes.max(1);
        let (by_filters, filter_biases) =
            filters.split_at(self.numbers.filter_weights.len().min(filters.len()));
        let (dense, dense_biases) =
            dense.split_at(self.numbers.dense_weights.len().min(dense.len()));
        let dense = self.turned(dense);
        let Back { pooled, shares, by_logits } = self.back(images, labels);
        let count = labels.len() as f32;
        let moved = Stage::of(self.sizes, by_filters, filter_biases);
        let moved = moved.on_winners(images, &pooled.winners);

        let mut logits = self.dense(&pooled.values, &dense, dense_biases);
        let through = self.dense(&moved, &self.by_class, &vec![0.0; self.sizes.classes]);
        logits.iter_mut().zip(through).for_each(|(sum, other)| *sum += other);
        for (moved, shares) in logits.chunks_mut(classes).zip(shares.chunks(classes)) {
            let mean: f32 = moved.iter().zip(shares).map(|(a, b)| a * b).sum();
            moved
                .iter_mut()
                .zip(shares)
                .for_each(|(moved, share)| *moved = share * (*moved - mean) / count);
        }

        let mut by_dense = vec![0.0; self.by_class.len()];
        self.add_dense(&moved, &by_logits, &mut by_dense);
        self.add_dense(&pooled.values, &logits, &mut by_dense);
        let by_dense = self.dense_gradient(&by_dense, &logits);
        let mut by_pooled = vec![0.0; pooled.values.len()];
        self.add_back(&by_logits, &dense, &mut by_pooled);
        self.add_back(&logits, &self.by_class, &mut by_pooled);
        Ok(vec![self.stage.to_filters(images, &pooled.winners, &by_pooled), by_dense])
    }

    fn outputs(
        &self,
        images: &[f32],
        hear: &mut dyn FnMut(usize, Outputs<'_>),
    ) -> Result<Vec<f32>, TrainError> {
        let pooled = self.stage.forward(images);
        let (units, values) = (self.sizes.filters, pooled.values.as_slice());
        // The filter lies innermost.
        hear(0, Outputs { activation: "ReLU", ends: Ends::Zero, units, places: 1, values });
        Ok(self.dense(values, &self.by_class, &self.numbers.dense_biases))
    }
}

/// Adds so many times the second to the first.
fn add_times(to: &mut [f32], of: &[f32], times: f32) {
    to.iter_mut().zip(of).for_each(|(to, of)| *to += times * of);
}
