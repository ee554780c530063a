//! What the gradient of each image's own term of a batch's loss makes of two directions, part by part, of the network as it
//! trains.
//!
//! Where no image of a batch depends on another, each goes through alone, with batch 1 and with the dropout that was drawn for
//! it in its batch: one pass there and back for each image. Normalisations by the batch make all terms depend on all images;
//! then the whole batch goes through once for each of its images, with only that one's term in the loss. burn keeps no graph for
//! a second pass back, and has no derivatives forwards, by which one pass would tell all terms.

use rayon::prelude::*;

use super::{
    super::{Batch, Counted, NetworkModel, Weights, cross_entropy},
    layout::Layout,
    leaves::Differentiated,
};
use crate::{
    learning::{
        TrainError,
        onnx::{Seat, leaf, numbers},
    },
    network::FROZEN,
};

/// How far logits of an image alone may be from those in its batch, of the largest of them: rounding.
const ALIKE: f32 = 1e-3;

/// How the images of a batch go through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Through {
    /// Each by itself.
    Alone,
    /// All together, once for each.
    Together,
}

impl NetworkModel {
    /// How the images of batches can go through for their own gradients, judged by the operators, and by what is said of the
    /// images of a batch alone and together.
    ///
    /// # Errors
    /// If burn refuses a calculation.
    pub(super) fn through(
        &self,
        row: &[f32],
        batch: &Batch,
        number: u64,
    ) -> Result<Through, TrainError> {
        if self.frozen.is_some() {
            return Ok(Through::Alone);
        }
        if self.looks_at_batches() {
            return Ok(Through::Together);
        }
        let (forward, count) = (&self.forward, batch.labels.len());
        let weights = self.weights_of(row)?;
        let leaves = weights.leaves(&forward.plan, &forward.device, false);
        let mut generator = self.drawing(number);
        let inputs = batch.inputs.clone();
        let (together, _) =
            forward.pass(&leaves, inputs, count, &forward.device, Some(&mut generator))?;
        let together = numbers(together.into_dispatch())?;
        let mut alone = Vec::with_capacity(together.len());
        for (place, input) in self.each(batch).enumerate() {
            let mut generator = self.drawing(number);
            let seat = (&mut generator, Seat { place, of: count });
            let logits = forward.one_of(&leaves, input.to_vec(), &forward.device, seat)?;
            alone.extend(numbers(logits.into_dispatch())?);
        }
        let largest = together.iter().fold(0.0_f32, |largest, logit| largest.max(logit.abs()));
        let mut pairs = alone.iter().zip(&together);
        let alike = alone.len() == together.len()
            && pairs.all(|(alone, together)| (alone - together).abs() <= ALIKE * largest);
        Ok(if alike { Through::Alone } else { Through::Together })
    }

    /// Whether some normalisation looks at the images of a batch together while the network trains.
    pub(super) fn looks_at_batches(&self) -> bool {
        let plan = &self.forward.plan;
        let by_batch = plan.model.nodes.iter().filter(|node| node.operator == "BatchNormalization");
        let mut means = by_batch.map(|node| node.inputs.get(3).map_or("", String::as_str));
        !plan.single && means.any(|mean| !mean.starts_with(FROZEN))
    }

    /// For each example of the batch of a step of this number, and each part, the products of the gradient of its term of the
    /// loss, times the examples, with two directions, where `row` are the trainable numbers.
    ///
    /// # Errors
    /// If burn refuses a calculation.
    pub(super) fn products(
        &self,
        row: &[f32],
        (batch, number): (&Batch, u64),
        through: Through,
        layout: &Layout,
        along: [&[f32]; 2],
    ) -> Result<Vec<[f64; 2]>, TrainError> {
        let (weights, shares) = (self.weights_of(row)?, self.shares(batch));
        let inputs: Vec<&[f32]> = self.each(batch).collect();
        let of_image = |(place, share): (usize, &f64)| {
            let slopes = match through {
                Through::Alone => {
                    let input = inputs.get(place).copied().unwrap_or_default();
                    self.slopes_alone(&weights, (input, batch, number), place)?
                }
                Through::Together => self.slopes_together(&weights, (batch, number), place)?,
            };
            let parts = layout.parts.iter().map(|(_, ranges)| {
                along.map(|along| {
                    let sums = ranges.iter().map(|of| {
                        let both = slopes.get(of.clone()).zip(along.get(of.clone()));
                        both.map_or(f64::NAN, |(slopes, along)| product(slopes, along))
                    });
                    share * sums.sum::<f64>()
                })
            });
            Ok(parts.collect::<Vec<_>>())
        };
        let found = shares.par_iter().enumerate().map(of_image);
        Ok(found.collect::<Result<Vec<_>, TrainError>>()?.concat())
    }

    /// The inputs of a batch, example after example.
    fn each<'a>(&self, batch: &'a Batch) -> impl Iterator<Item = &'a [f32]> {
        let length = batch.inputs.len() / batch.labels.len().max(1);
        batch.inputs.chunks(length.max(1))
    }

    /// By what the cross-entropy of each example is multiplied in the batch's loss, times the examples.
    fn shares(&self, batch: &Batch) -> Vec<f64> {
        let counted = Counted { classes: self.class_weights.as_deref(), examples: None };
        let (weights, sum) = counted.classes(&batch.labels);
        let count = batch.labels.len();
        let weights = weights.unwrap_or_else(|| vec![1.0; count]);
        let counts = batch.counts.clone().unwrap_or_else(|| vec![1.0; count]);
        let shares = weights.iter().zip(&counts).map(|(weight, counts)| {
            f64::from(*weight) * f64::from(*counts) * count as f64 / f64::from(sum)
        });
        shares.collect()
    }

    /// The gradient of an example's cross-entropy, with the example alone.
    fn slopes_alone(
        &self,
        weights: &Weights,
        (input, batch, number): (&[f32], &Batch, u64),
        place: usize,
    ) -> Result<Vec<f32>, TrainError> {
        let device = self.forward.device.clone().autodiff();
        let (logits, leaves) = match &self.frozen {
            Some(frozen) => {
                let (logits, own) = self.told(weights, input.to_vec(), (1, &device), leaf)?;
                (logits, Differentiated::of_head(frozen.parameters(), own))
            }
            None => {
                let leaves = Differentiated::new(weights, &self.forward.plan, &device);
                let mut generator = self.drawing(number);
                let seat = (&mut generator, Seat { place, of: batch.labels.len() });
                let logits = self.forward.one_of(leaves.all(), input.to_vec(), &device, seat)?;
                (logits, leaves)
            }
        };
        let labels = batch.labels.get(place).copied().into_iter().collect();
        let loss = cross_entropy(logits, labels, Counted::default(), &device);
        leaves.gradient(loss, weights, &self.learning())
    }

    /// The same with all of its batch.
    fn slopes_together(
        &self,
        weights: &Weights,
        (batch, number): (&Batch, u64),
        place: usize,
    ) -> Result<Vec<f32>, TrainError> {
        let (device, count) = (self.forward.device.clone().autodiff(), batch.labels.len());
        let leaves = Differentiated::new(weights, &self.forward.plan, &device);
        let mut generator = self.drawing(number);
        let inputs = batch.inputs.clone();
        let (logits, _) =
            self.forward.pass(leaves.all(), inputs, count, &device, Some(&mut generator))?;
        let own = logits.narrow(0, place, 1);
        let labels = batch.labels.get(place).copied().into_iter().collect();
        let loss = cross_entropy(own, labels, Counted::default(), &device);
        leaves.gradient(loss, weights, &self.learning())
    }
}

/// Σ a b in double precision.
fn product(a: &[f32], b: &[f32]) -> f64 {
    a.iter().zip(b).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum()
}
