//! Convolution, ReLU and pooling of any size there and back to the image: which pixel won, and the gradient that goes to it.
//!
//! ReLU'(0) = 0 and the first of equals wins, as in the kernels, in burn and in Keras.

use pulp::Arch;
use rayon::prelude::*;

use crate::exhibits::digits::{
    model::kernels::{self, FilterGradients, Filters, PIXELS, Pooled},
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
    /// Where the pixel of each tap lies, from that of the first.
    offsets: Vec<usize>,
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
        let [high, wide] = sizes.kernel();
        let offset = |tap: usize| {
            let (channel, within) = (tap / (high * wide), tap % (high * wide));
            (channel * sizes.rows + within / wide) * sizes.columns + within % wide
        };
        let offsets = (0..of_filter).map(offset).collect();
        let (weights, biases) = (weights.to_vec(), biases.to_vec());
        Self { sizes, taps, offsets, weights, biases, kernels: kernels.flatten() }
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
        let filters = self.sizes.filters.max(1);
        let first = row * self.sizes.columns + column;
        for (weights, offset) in self.taps.chunks(filters).zip(&self.offsets) {
            let brightness = image.get(first + offset).copied().unwrap_or(f32::NAN);
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
        let places = pooled.chunks(filters).zip(winners.chunks(filters));
        for (place, (pooled, winners)) in places.enumerate() {
            let starts: [usize; MOST_IN_WINDOW] = std::array::from_fn(|at| self.first(place, at));
            let units = pooled.iter().zip(winners).zip(self.weights.chunks(self.offsets.len()));
            for ((slope, winner), weights) in units {
                if let Some(start) =
                    starts.get(*winner as usize).filter(|_| self.is_active(*winner))
                {
                    self.add(*start, weights, *slope, gradient);
                }
            }
        }
    }

    /// The gradient of one image's loss by weights and biases, where that by the pooled units goes to the patches that won.
    pub(super) fn by_filters(
        &self,
        image: &[f32],
        winners: &[f32],
        pooled: &[f32],
    ) -> FilterGradients {
        if self.kernels.is_some() && image.len() == PIXELS {
            return kernels::backward(image, winners, pooled);
        }
        let (filters, taps) = (self.sizes.filters.max(1), self.offsets.len());
        let mut found = FilterGradients {
            weights: vec![0.0; self.weights.len()],
            biases: vec![0.0; self.biases.len()],
        };
        let places = pooled.chunks(filters).zip(winners.chunks(filters));
        for (place, (pooled, winners)) in places.enumerate() {
            let units = pooled.iter().zip(winners).zip(&mut found.biases);
            for (((slope, winner), bias), sums) in units.zip(found.weights.chunks_mut(taps)) {
                if self.is_active(*winner) {
                    let start = self.first(place, *winner as usize);
                    *bias += slope;
                    for (sum, offset) in sums.iter_mut().zip(&self.offsets) {
                        *sum += slope * image.get(start + offset).copied().unwrap_or(f32::NAN);
                    }
                }
            }
        }
        found
    }

    /// Where the patch begins that one pixel of a pooling window reads.
    pub(super) fn first(&self, place: usize, pixel: usize) -> usize {
        let [high, wide] = self.sizes.window();
        let columns = self.sizes.pooled().columns.max(1);
        let row = place / columns * high + pixel / wide;
        row * self.sizes.columns + place % columns * wide + pixel % wide
    }

    /// Where the pixel of each tap lies, from that of the first.
    pub(super) fn offsets(&self) -> &[usize] {
        &self.offsets
    }

    /// Whether it is of the sizes that the kernels are made for.
    pub(super) const fn has_kernels(&self) -> bool {
        self.kernels.is_some()
    }

    /// The weights of a filter, tap after tap.
    pub(super) fn weights_of(&self, filter: usize) -> &[f32] {
        let taps = self.offsets.len();
        self.weights.get(filter * taps..(filter + 1) * taps).unwrap_or_default()
    }

    /// Whether a number of those that a place's window reads is not zero.
    pub(super) fn is_any(&self, image: &[f32], place: usize) -> bool {
        let starts = (0..self.in_window()).map(|pixel| self.first(place, pixel));
        let pixels = starts.flat_map(|start| self.offsets.iter().map(move |offset| start + offset));
        pixels.filter_map(|at| image.get(at)).any(|number| *number != 0.0)
    }

    /// Adds a filter's weights, so many times, where its patch begins.
    pub(super) fn add(&self, start: usize, weights: &[f32], by: f32, gradient: &mut [f32]) {
        let Some(gradient) = gradient.get_mut(start..) else { return };
        for (weight, offset) in weights.iter().zip(&self.offsets) {
            if let Some(sum) = gradient.get_mut(*offset) {
                *sum += by * weight;
            }
        }
    }
}
