//! Convolution, ReLU and pooling of any size there and back to the image: which pixel won, and the gradient that goes to it.
//!
//! ReLU'(0) = 0 and the first of equals wins, as in the kernels, in burn and in Keras.

use pulp::Arch;
use rayon::prelude::*;

use crate::exhibits::digits::{
    model::kernels::{self, Filters, PIXELS, Pooled},
    payload::Architecture,
};

/// Pixels of a pooling window at most.
pub(super) const MOST_IN_WINDOW: usize = 4;
/// In the place of a winner where ReLU has silenced the unit, as the kernels have it.
const SILENT: f32 = MOST_IN_WINDOW as f32;

/// The first layers with their weights.
pub(super) struct Stage {
    pub(super) sizes: Architecture,
    /// `taps[tap * filters + filter]`, where a tap is a channel, row and column of a filter.
    taps: Vec<f32>,
    /// `weights[filter * taps + tap]`.
    weights: Vec<f32>,
    pub(super) biases: Vec<f32>,
    /// For the sizes that the kernels are made for.
    kernels: Option<Filters>,
}

impl Stage {
    pub(super) fn of(sizes: Architecture, weights: &[f32], biases: &[f32]) -> Self {
        let of_filter = (sizes.channels * sizes.kernel().iter().product::<usize>()).max(1);
        let mut taps = vec![0.0; weights.len()];
        for (tap, taps) in taps.chunks_mut(sizes.filters.max(1)).enumerate() {
            let weights = weights.iter().skip(tap).step_by(of_filter);
            taps.iter_mut().zip(weights).for_each(|(kept, weight)| *kept = *weight);
        }
        let kernels = kernels::fit(sizes).then(|| {
            let (weights, biases) = (weights.try_into().ok()?, biases.try_into().ok()?);
            Some(Filters::new(weights, biases))
        });
        let (weights, biases) = (weights.to_vec(), biases.to_vec());
        Self { sizes, taps, weights, biases, kernels: kernels.flatten() }
    }

    /// Pooled units and winners of images, the filter fastest: by the kernels where they fit.
    pub(super) fn forward(&self, images: &[f32]) -> Pooled {
        match &self.kernels {
            Some(filters) if images.len().is_multiple_of(PIXELS) => {
                kernels::forward(images, filters)
            }
            _ => self.plainly(images),
        }
    }

    /// The same for every size.
    pub(super) fn plainly(&self, images: &[f32]) -> Pooled {
        let (units, length) = (self.sizes.pooled().len().max(1), self.sizes.input().len().max(1));
        let count = images.len() / length;
        let mut pooled =
            Pooled { values: vec![0.0; count * units], winners: vec![SILENT; count * units] };
        images
            .par_chunks(length)
            .zip(pooled.values.par_chunks_mut(units))
            .zip(pooled.winners.par_chunks_mut(units))
            .for_each(|((image, values), winners)| self.pool(image, values, winners));
        pooled
    }

    fn pool(&self, image: &[f32], values: &mut [f32], winners: &mut [f32]) {
        let filters = self.sizes.filters.max(1);
        let sums = self.sums(image, true);
        let places = sums.chunks(filters * MOST_IN_WINDOW);
        for (place, (values, winners)) in
            places.zip(values.chunks_mut(filters).zip(winners.chunks_mut(filters)))
        {
            let (first, others) = place.split_at(filters);
            let others = others.chunks(filters).take(self.in_window() - 1);
            values.copy_from_slice(first);
            winners.fill(0.0);
            for (pixel, sums) in others.enumerate() {
                for ((best, winner), sum) in values.iter_mut().zip(winners.iter_mut()).zip(sums) {
                    if *best < *sum {
                        (*best, *winner) = (*sum, (pixel + 1) as f32);
                    }
                }
            }
            for (best, winner) in values.iter_mut().zip(winners) {
                // Not a number is not at most zero.
                if *best <= 0.0 {
                    (*best, *winner) = (0.0, SILENT);
                }
            }
        }
    }

    /// Pixels of a pooling window.
    pub(super) fn in_window(&self) -> usize {
        self.sizes.window().iter().product::<usize>().max(1)
    }

    /// What the filters make of an image before ReLU, as far as windows read it: window after window, in each its pixels,
    /// for each pixel a number for each filter. With or without the biases.
    pub(super) fn sums(&self, image: &[f32], with_biases: bool) -> Vec<f32> {
        let filters = self.sizes.filters.max(1);
        let [high, wide] = self.sizes.window();
        let pooled = self.sizes.pooled();
        let of_window = filters * MOST_IN_WINDOW;
        let mut sums = vec![0.0; pooled.rows * pooled.columns * of_window];
        Arch::new().dispatch(|| {
            for (place, window) in sums.chunks_mut(of_window).enumerate() {
                let (row, column) = (place / pooled.columns * high, place % pooled.columns * wide);
                for (pixel, sums) in window.chunks_mut(filters).take(high * wide).enumerate() {
                    if with_biases {
                        sums.copy_from_slice(&self.biases);
                    }
                    self.sum(image, [row + pixel / wide, column + pixel % wide], sums);
                }
            }
        });
        sums
    }

    /// Adds to each filter's sum what it makes of the patch that begins there.
    #[inline(always)]
    fn sum(&self, image: &[f32], [row, column]: [usize; 2], sums: &mut [f32]) {
        let [high, wide] = self.sizes.kernel();
        let filters = self.sizes.filters.max(1);
        for (tap, weights) in self.taps.chunks(filters).enumerate() {
            let (channel, within) = (tap / (high * wide), tap % (high * wide));
            let down = channel * self.sizes.rows + row + within / wide;
            let at = down * self.sizes.columns + column + within % wide;
            let brightness = image.get(at).copied().unwrap_or(f32::NAN);
            sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += weight * brightness);
        }
    }

    /// Whether a winner is one.
    pub(super) fn is_active(&self, winner: f32) -> bool {
        winner < SILENT
    }

    /// The gradient by the image, where that by the pooled units goes to the pixels that won.
    pub(super) fn to_winners(&self, pooled: &[f32], winners: &[f32], gradient: &mut [f32]) {
        let filters = self.sizes.filters.max(1);
        let units = pooled.iter().zip(winners).enumerate();
        for (unit, (slope, winner)) in units.filter(|(_, (_, winner))| self.is_active(**winner)) {
            self.add(unit / filters, unit % filters, *winner as usize, *slope, gradient);
        }
    }

    /// Adds to the gradient by the image what comes through one pixel of one pooled unit.
    pub(super) fn add(
        &self,
        place: usize,
        filter: usize,
        pixel: usize,
        slope: f32,
        gradient: &mut [f32],
    ) {
        let ([high, wide], [down, along]) = (self.sizes.window(), self.sizes.kernel());
        let columns = self.sizes.pooled().columns.max(1);
        let row = place / columns * high + pixel / wide;
        let column = place % columns * wide + pixel % wide;
        let of_filter = self.sizes.channels * down * along;
        let weights = self.weights.get(filter * of_filter..).unwrap_or_default();
        for (at, weights) in weights.chunks(along).take(self.sizes.channels * down).enumerate() {
            let line = at / down * self.sizes.rows + row + at % down;
            let pixels = gradient.get_mut(line * self.sizes.columns + column..).unwrap_or_default();
            pixels.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += slope * weight);
        }
    }
}
