//! A logistic regression on the pixels, which learns beside networks as one more opinion: softmax of a weighted sum of pixels,
//! by stochastic gradient descent on the cross-entropy.

use super::super::hidden::awaited;
use crate::learning::{
    TrainError,
    data::{Examples, order},
};

/// Times that it sees each training image, how many at once, and the learning rate of its first and of its last epoch.
const EPOCHS: u32 = 6;
const BATCH: usize = 32;
const RATES: [f32; 2] = [0.1, 0.02];
/// Training images at most.
const MOST_IMAGES: usize = 10_000;

/// What it has learned.
pub(super) struct Regression {
    classes: usize,
    /// Classes × pixels.
    weights: Vec<f32>,
    biases: Vec<f32>,
}

/// Learns the training images; the seed gives the order.
///
/// # Errors
/// If nobody waits any more, or there is nothing to learn.
pub(super) fn fitted(
    train: &Examples,
    classes: usize,
    seed: u64,
    go_on: &dyn Fn() -> bool,
) -> Result<Regression, TrainError> {
    let pixels = train.image(0).map_or(0, <[f32]>::len);
    if pixels == 0 || classes == 0 {
        return Err(TrainError::calculation(phrase!("studies-there-are-no-training-images")));
    }
    let weights = vec![0.0; classes * pixels];
    let mut regression = Regression { classes, weights, biases: vec![0.0; classes] };
    for epoch in 0..EPOCHS {
        let rate = RATES[0] + (RATES[1] - RATES[0]) * epoch as f32 / (EPOCHS - 1) as f32;
        let rows = order(seed, epoch, train.len());
        for batch in rows.get(..rows.len().min(MOST_IMAGES)).unwrap_or_default().chunks(BATCH) {
            awaited(go_on)?;
            regression.learn(train, batch, rate);
        }
    }
    Ok(regression)
}

impl Regression {
    /// A step downhill on some images.
    fn learn(&mut self, train: &Examples, batch: &[u32], rate: f32) {
        let images: Vec<(&[f32], usize)> = batch
            .iter()
            .filter_map(|row| {
                let row = *row as usize;
                Some((train.image(row)?, usize::from(*train.labels.get(row)?)))
            })
            .collect();
        // All slopes before any step, so that the batch is one.
        let slopes: Vec<Vec<f32>> = images
            .iter()
            .map(|(image, label)| {
                let mut shares = super::probabilities(&self.logits_of(image));
                if let Some(own) = shares.get_mut(*label) {
                    *own -= 1.0;
                }
                shares.into_iter().map(|share| share as f32).collect()
            })
            .collect();
        let by = rate / images.len().max(1) as f32;
        let pixels = self.weights.len() / self.classes;
        for ((image, _), slopes) in images.iter().zip(&slopes) {
            let rows = self.weights.chunks_mut(pixels).zip(&mut self.biases);
            for ((weights, bias), slope) in rows.zip(slopes) {
                let step = by * slope;
                *bias -= step;
                weights.iter_mut().zip(*image).for_each(|(weight, pixel)| *weight -= step * pixel);
            }
        }
    }

    fn logits_of(&self, image: &[f32]) -> Vec<f32> {
        let rows = self.weights.chunks(image.len().max(1)).zip(&self.biases);
        let logit = |(weights, bias): (&[f32], &f32)| {
            bias + weights.iter().zip(image).map(|(weight, pixel)| weight * pixel).sum::<f32>()
        };
        rows.map(logit).collect()
    }

    /// The logits of images of so many pixels, images × classes.
    pub(super) fn logits(&self, images: &[f32], pixels: usize) -> Vec<f32> {
        images.chunks(pixels.max(1)).flat_map(|image| self.logits_of(image)).collect()
    }
}
