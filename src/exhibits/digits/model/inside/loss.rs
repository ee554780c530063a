//! The loss of an image and its gradient by all parameters, by hand, where the parameters lie one after the other.
//!
//! With p the softmax of the logits and y the image's class, `δ = p − 1_y` is the gradient by the logits; by the dense weights it
//! is A δ, with A the pooled units, and by the pooled units W δ, which goes on to the patches that won.

use pulp::Arch;
use rayon::prelude::*;

use super::{
    batch::{ByArray, OnBatch},
    curved::CurvedArrays,
    product,
    stage::Stage,
};
use crate::{
    exhibits::digits::{model::forward_pass::Numbers, payload::Architecture},
    learning::inside::Curved,
};

/// Arrays of parameters.
pub(in crate::exhibits::digits::model) const ARRAYS: usize = 4;

/// Parameters of the network, one after the other: weights of the filters, their biases, dense weights, one class after the
/// other, and their biases.
pub(in crate::exhibits::digits::model) struct OfParameters<'a> {
    pub(super) sizes: Architecture,
    pub(super) stage: Stage,
    /// Classes × pooled units, the filter fastest.
    pub(super) dense: &'a [f32],
    biases: &'a [f32],
}

/// The lengths of the arrays.
pub(in crate::exhibits::digits::model) fn lengths(sizes: Architecture) -> [usize; ARRAYS] {
    let dense = sizes.pooled().len() * sizes.classes;
    [sizes.filter_weights().len(), sizes.filters, dense, sizes.classes]
}

/// The arrays of parameters that lie one after the other.
fn split(sizes: Architecture, mut parameters: &[f32]) -> [&[f32]; ARRAYS] {
    lengths(sizes).map(|length| {
        let (array, rest) = parameters.split_at(length.min(parameters.len()));
        parameters = rest;
        array
    })
}

impl<'a> OfParameters<'a> {
    /// What `of` reads, from arrays as the network keeps them.
    pub(in crate::exhibits::digits::model) fn flat(sizes: Architecture, of: &Numbers) -> Vec<f32> {
        let Numbers { filter_weights, filter_biases, dense_weights, dense_biases } = of;
        let mut flat = Vec::with_capacity(sizes.parameters());
        flat.extend_from_slice(filter_weights);
        flat.extend_from_slice(filter_biases);
        for class in 0..sizes.classes {
            flat.extend(dense_weights.iter().skip(class).step_by(sizes.classes));
        }
        flat.extend_from_slice(dense_biases);
        flat
    }

    pub(in crate::exhibits::digits::model) fn of(
        sizes: Architecture,
        parameters: &'a [f32],
    ) -> Self {
        let [weights, filter_biases, dense, biases] = split(sizes, parameters);
        Self { sizes, stage: Stage::of(sizes, weights, filter_biases), dense, biases }
    }

    pub(super) fn units(&self) -> usize {
        self.sizes.pooled().len().max(1)
    }

    pub(super) fn dense_logits(&self, pooled: &[f32]) -> Vec<f64> {
        let classes = self.dense.chunks(self.units()).zip(self.biases);
        classes.map(|(weights, bias)| product(pooled, weights) + f64::from(*bias)).collect()
    }

    /// The logits of images, images × classes.
    pub(in crate::exhibits::digits::model) fn logits(&self, images: &[f32]) -> Vec<f32> {
        let pooled = self.stage.forward(images);
        let pooled = pooled.values.par_chunks(self.units());
        pooled.flat_map_iter(|pooled| self.dense_logits(pooled)).map(|logit| logit as f32).collect()
    }

    /// The loss of an image of a class, in nats, and its gradient by all parameters.
    pub(in crate::exhibits::digits::model) fn loss(
        &self,
        image: &[f32],
        class: usize,
    ) -> (f64, Vec<f32>) {
        let pooled = self.stage.forward(image);
        let (loss, slopes) = cross_entropy(&self.dense_logits(&pooled.values), class);
        let by_pooled = mixed(self.dense, &slopes, self.units());
        let filters = self.stage.by_filters(image, &pooled.winners, &by_pooled);
        let mut gradient = vec![0.0; self.dense.len()];
        Arch::new().dispatch(|| {
            for (row, slope) in gradient.chunks_mut(self.units()).zip(&slopes) {
                row.iter_mut().zip(&pooled.values).for_each(|(by, unit)| *by = slope * unit);
            }
        });
        (loss, [filters.weights, filters.biases, gradient, slopes].concat())
    }

    /// For each image of a class the products of its loss's gradient with each of two directions: those of the weights of each
    /// filter, of its bias, of the dense weights behind it, and of all dense biases.
    pub(in crate::exhibits::digits::model) fn products(
        &self,
        images: &[f32],
        labels: &[i64],
        along: [&[f32]; 2],
    ) -> Vec<[f64; 2]> {
        let pooled = self.stage.forward(images);
        let along = along.map(|along| split(self.sizes, along));
        let each = images
            .par_chunks(self.sizes.input().len().max(1))
            .zip(pooled.values.par_chunks(self.units()))
            .zip(pooled.winners.par_chunks(self.units()))
            .zip(labels);
        each.flat_map_iter(|(((image, pooled), winners), label)| {
            let class = usize::try_from(*label).unwrap_or(usize::MAX);
            let (_, slopes) = cross_entropy(&self.dense_logits(pooled), class);
            let by_pooled = mixed(self.dense, &slopes, self.units());
            let filters = self.stage.by_filters(image, winners, &by_pooled);
            let filters = (filters.weights.as_slice(), filters.biases.as_slice());
            let [one, other] = along.map(|along| self.parts(filters, pooled, &slopes, along));
            one.into_iter().zip(other).map(|(one, other)| [one, other])
        })
        .collect()
    }

    /// How the gradients of images of these classes change along a direction, with units held on their side of each kink.
    pub(in crate::exhibits::digits::model) fn curved(
        &self,
        images: &[f32],
        labels: &[i64],
        along: &[f32],
    ) -> Curved {
        let labels: Vec<usize> =
            labels.iter().map(|label| usize::try_from(*label).unwrap_or(usize::MAX)).collect();
        let Self { sizes, stage, dense, biases } = self;
        let on_batch = OnBatch { sizes: *sizes, stage, dense, biases };
        let CurvedArrays { product: ByArray { filters, dense, biases }, slopes } =
            on_batch.curved(images, &labels, split(*sizes, along));
        Curved { product: [filters, dense, biases].concat(), slopes }
    }

    /// The products of a gradient with one direction, part after part.
    fn parts(
        &self,
        (weights, biases): (&[f32], &[f32]),
        pooled: &[f32],
        slopes: &[f32],
        [of_weights, of_biases, of_dense, of_dense_biases]: [&[f32]; ARRAYS],
    ) -> Vec<f64> {
        let count = self.sizes.filters.max(1);
        let taps = (weights.len() / count).max(1);
        let filters = weights.chunks(taps).zip(of_weights.chunks(taps));
        let mut parts: Vec<f64> = filters.map(|(one, other)| product(one, other)).collect();
        parts.extend(biases.iter().zip(of_biases).map(|(a, b)| f64::from(*a) * f64::from(*b)));
        let directed = mixed(of_dense, slopes, self.units());
        let mut maps = vec![0.0; count];
        for (units, directed) in pooled.chunks(count).zip(directed.chunks(count)) {
            for ((sum, unit), direction) in maps.iter_mut().zip(units).zip(directed) {
                *sum += f64::from(*unit) * f64::from(*direction);
            }
        }
        parts.extend(maps);
        parts.push(
            slopes.iter().zip(of_dense_biases).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum(),
        );
        parts
    }
}

/// Σ `by[class]` · row of the class.
pub(super) fn mixed(rows: &[f32], by: &[f32], length: usize) -> Vec<f32> {
    let mut sum = vec![0.0; length];
    Arch::new().dispatch(|| {
        for (row, by) in rows.chunks(length).zip(by) {
            sum.iter_mut().zip(row).for_each(|(sum, number)| *sum += by * number);
        }
    });
    sum
}

/// Cross-entropy of a class, and its gradient by the logits: the softmax less one for the class.
pub(super) fn cross_entropy(logits: &[f64], class: usize) -> (f64, Vec<f32>) {
    let highest = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let powers: Vec<f64> = logits.iter().map(|logit| (logit - highest).exp()).collect();
    let sum: f64 = powers.iter().sum();
    let own = logits.get(class).copied().unwrap_or(f64::NAN);
    // 1 − p would lose what is left of an answer that is almost sure.
    let others: f64 =
        powers.iter().enumerate().filter(|(at, _)| *at != class).map(|(_, power)| power).sum();
    let slope =
        |(at, power): (usize, &f64)| (if at == class { -others / sum } else { power / sum }) as f32;
    (sum.ln() + (highest - own), powers.iter().enumerate().map(slope).collect())
}
