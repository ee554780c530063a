//! Many images on the patches that have won: what comes back to the filters from there, and what other filters make of them.

use rayon::prelude::*;

use super::stage::{MOST_IN_WINDOW, Stage};
use crate::exhibits::digits::model::kernels;

/// Images whose sums are added before those of others, whatever the number of threads.
const SUMMED_IMAGES: usize = 4;

impl Stage {
    /// What comes to the filters from the gradient by the pooled units: weights, then biases.
    pub(super) fn to_filters(
        &self,
        images: &[f32],
        winners: &[f32],
        by_pooled: &[f32],
    ) -> Vec<f32> {
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
    pub(super) fn on_winners(&self, images: &[f32], winners: &[f32]) -> Vec<f32> {
        let (length, units) = (self.sizes.input().len().max(1), self.sizes.pooled().len().max(1));
        let filters = self.sizes.filters.max(1);
        let mut values = vec![0.0; winners.len()];
        let own = values.chunks_mut(units).zip(winners.chunks(units));
        for ((values, winners), image) in own.zip(images.chunks(length)) {
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
        }
        values
    }
}
