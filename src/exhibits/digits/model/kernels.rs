//! The first stage of the digits model by hand: convolution, ReLU and max-pooling in one pass, and
//! its gradient.
//!
//! The 32 filters lie innermost, so that one SIMD register holds neighbouring filters of one pixel
//! and each brightness is read once for all of them. Images are dealt out to the threads in chunks of
//! a fixed size whose sums are added in a fixed order: any number of threads gives the same bits.

use pulp::{Arch, Simd, WithSimd};
use rayon::prelude::*;

use crate::exhibits::digits::payload::Architecture;

/// Rows and columns of an image that the kernels read: those of MNIST.
const INPUT_SIDE: usize = 28;
/// Filters that they work with.
pub(super) const FILTERS: usize = 32;
/// Rows and columns of a filter.
pub(super) const FILTER_SIDE: usize = 3;
/// Rows and columns of a pooled map: the largest of 2 × 2 of a map without padding.
const POOLED_SIDE: usize = 13;

/// Pixels of an image.
pub(super) const PIXELS: usize = INPUT_SIDE * INPUT_SIDE;
/// Weights of a filter.
pub(super) const TAPS: usize = FILTER_SIDE * FILTER_SIDE;
/// Places of a pooled map.
pub(super) const PLACES: usize = POOLED_SIDE * POOLED_SIDE;
/// Units of the pooled layer, the filter fastest: `place * FILTERS + filter`.
pub(super) const POOLED_UNITS: usize = PLACES * FILTERS;

/// Whether a network is of the sizes that the kernels are made for; how many classes there are is all the same to them.
pub(super) const fn fit(sizes: Architecture) -> bool {
    let Architecture { channels, rows, columns, filters, .. } = sizes;
    channels == 1 && rows == INPUT_SIDE && columns == INPUT_SIDE && filters == FILTERS
}

/// Images that one task works through; part of the result, since sums are grouped by it.
const IMAGES_PER_CHUNK: usize = 4;
/// Registers of filters that are worked on at once: enough to keep the adders busy, few enough that
/// the sums stay in registers.
const ABREAST: usize = 2;
/// Marks a pooled unit that ReLU has silenced; 0..=3 name the pixel of its 2×2 that won.
const SILENT: f32 = 4.0;

/// The filters as the kernels want them: `taps[tap * FILTERS + filter]`.
#[derive(Clone, Debug)]
pub(super) struct Filters {
    taps: Vec<f32>,
    biases: Vec<f32>,
}

impl Filters {
    /// Takes weights of shape 32 × 1 × 3 × 3 and 32 biases.
    pub(super) fn new(weights: &[f32; FILTERS * TAPS], biases: &[f32; FILTERS]) -> Self {
        let mut taps = vec![0.0; FILTERS * TAPS];
        for (filter, weights) in weights.chunks_exact(TAPS).enumerate() {
            for (tap, &weight) in weights.iter().enumerate() {
                taps[tap * FILTERS + filter] = weight;
            }
        }
        Self { taps, biases: biases.to_vec() }
    }
}

/// What the forward pass leaves for the layers after it and for the way back.
#[derive(Clone, Debug)]
pub(super) struct Pooled {
    /// The largest of each 2×2 after ReLU, `POOLED_UNITS` an image.
    pub(super) values: Vec<f32>,
    /// Which pixel of its 2×2 each value came from, or [`SILENT`].
    pub(super) winners: Vec<f32>,
}

/// Convolution, ReLU and 2×2 max-pooling of images of 28 × 28 pixels.
pub(super) fn forward(images: &[f32], filters: &Filters) -> Pooled {
    let count = images.len() / PIXELS;
    let mut pooled = Pooled {
        values: vec![0.0; count * POOLED_UNITS],
        winners: vec![0.0; count * POOLED_UNITS],
    };
    images
        .par_chunks(PIXELS * IMAGES_PER_CHUNK)
        .zip(pooled.values.par_chunks_mut(POOLED_UNITS * IMAGES_PER_CHUNK))
        .zip(pooled.winners.par_chunks_mut(POOLED_UNITS * IMAGES_PER_CHUNK))
        .for_each(|((images, values), winners)| {
            Arch::new().dispatch(Forward { images, filters, values, winners });
        });
    pooled
}

/// Gradients of the loss by the filters.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct FilterGradients {
    /// Of shape 32 × 1 × 3 × 3.
    pub(super) weights: Vec<f32>,
    /// One for each filter.
    pub(super) biases: Vec<f32>,
}

/// The gradients of the filters from those of the pooled units; the images need none.
pub(super) fn backward(
    images: &[f32],
    winners: &[f32],
    pooled_gradients: &[f32],
) -> FilterGradients {
    let sums: Vec<[f32; FILTERS * (TAPS + 1)]> = images
        .par_chunks(PIXELS * IMAGES_PER_CHUNK)
        .zip(winners.par_chunks(POOLED_UNITS * IMAGES_PER_CHUNK))
        .zip(pooled_gradients.par_chunks(POOLED_UNITS * IMAGES_PER_CHUNK))
        .map(|((images, winners), gradients)| {
            let mut sums = [0.0; FILTERS * (TAPS + 1)];
            Arch::new().dispatch(Backward { images, winners, gradients, sums: &mut sums });
            sums
        })
        .collect();
    let mut total = [0.0; FILTERS * (TAPS + 1)];
    for chunk in &sums {
        for (total, part) in total.iter_mut().zip(chunk) {
            *total += part;
        }
    }
    let (taps, biases) = total.split_at(FILTERS * TAPS);
    let mut weights = vec![0.0; FILTERS * TAPS];
    for (tap, row) in taps.chunks_exact(FILTERS).enumerate() {
        for (filter, &sum) in row.iter().enumerate() {
            weights[filter * TAPS + tap] = sum;
        }
    }
    FilterGradients { weights, biases: biases.to_vec() }
}

/// The pixels under one 2×2 of the convolution: 4 × 4 brightnesses.
#[inline(always)]
fn patch(image: &[f32], row: usize, column: usize) -> [[f32; 4]; 4] {
    let mut patch = [[0.0; 4]; 4];
    for (offset, pixels) in patch.iter_mut().enumerate() {
        let start = (2 * row + offset) * INPUT_SIDE + 2 * column;
        pixels.copy_from_slice(&image[start..start + 4]);
    }
    patch
}

/// `yes` where the mask is set, else `no`; pulp's own is a call at lower optimisation levels.
#[inline(always)]
fn select<S: Simd>(simd: S, mask: S::m32s, yes: S::f32s, no: S::f32s) -> S::f32s {
    let (yes, no) = (simd.transmute_u32s_f32s(yes), simd.transmute_u32s_f32s(no));
    simd.transmute_f32s_u32s(simd.select_u32s(mask, yes, no))
}

/// Registers that lie in memory between their uses. Pulp's have the alignment of a single number; where such an array
/// crosses lines of the cache, which is a matter of luck, a step takes a sixth longer.
#[repr(align(64))]
struct Lined<T>(T);

struct Forward<'a> {
    images: &'a [f32],
    filters: &'a Filters,
    values: &'a mut [f32],
    winners: &'a mut [f32],
}

impl WithSimd for Forward<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let (taps, _) = S::as_simd_f32s(&self.filters.taps);
        let (biases, _) = S::as_simd_f32s(&self.filters.biases);
        let registers = biases.len();
        let silent = simd.splat_f32s(SILENT);
        let zero = simd.splat_f32s(0.0);
        let pictures = self.images.chunks_exact(PIXELS);
        let values = self.values.chunks_exact_mut(POOLED_UNITS);
        let winners = self.winners.chunks_exact_mut(POOLED_UNITS);
        for ((image, values), winners) in pictures.zip(values).zip(winners) {
            for group in (0..registers).step_by(ABREAST) {
                let mut weights = Lined([[zero; ABREAST]; TAPS]);
                for (tap, weights) in weights.0.iter_mut().enumerate() {
                    let start = tap * registers + group;
                    weights.copy_from_slice(&taps[start..start + ABREAST]);
                }
                let mut bias = Lined([zero; ABREAST]);
                bias.0.copy_from_slice(&biases[group..group + ABREAST]);
                for place in 0..PLACES {
                    let patch = patch(image, place / POOLED_SIDE, place % POOLED_SIDE);
                    // Spelled out, so that the sums stay in registers at any optimisation level.
                    let Lined([mut a, mut b, mut c, mut d]) = Lined([bias.0; 4]);
                    for (down, weights) in weights.0.chunks_exact(FILTER_SIDE).enumerate() {
                        let (above, below) = (&patch[down], &patch[down + 1]);
                        for (right, weights) in weights.iter().enumerate() {
                            let brightness = simd.splat_f32s(above[right]);
                            a[0] = simd.mul_add_f32s(weights[0], brightness, a[0]);
                            a[1] = simd.mul_add_f32s(weights[1], brightness, a[1]);
                            let brightness = simd.splat_f32s(above[right + 1]);
                            b[0] = simd.mul_add_f32s(weights[0], brightness, b[0]);
                            b[1] = simd.mul_add_f32s(weights[1], brightness, b[1]);
                            let brightness = simd.splat_f32s(below[right]);
                            c[0] = simd.mul_add_f32s(weights[0], brightness, c[0]);
                            c[1] = simd.mul_add_f32s(weights[1], brightness, c[1]);
                            let brightness = simd.splat_f32s(below[right + 1]);
                            d[0] = simd.mul_add_f32s(weights[0], brightness, d[0]);
                            d[1] = simd.mul_add_f32s(weights[1], brightness, d[1]);
                        }
                    }
                    let start = place * FILTERS;
                    let (values, _) = S::as_mut_simd_f32s(&mut values[start..start + FILTERS]);
                    let (winners, _) = S::as_mut_simd_f32s(&mut winners[start..start + FILTERS]);
                    for lane in 0..ABREAST {
                        // Among equals the first wins, as in burn and Keras.
                        let (mut best, mut winner) = (a[lane], zero);
                        for (sum, pixel) in [(b[lane], 1.0), (c[lane], 2.0), (d[lane], 3.0)] {
                            let higher = simd.less_than_f32s(best, sum);
                            best = select(simd, higher, sum, best);
                            winner = select(simd, higher, simd.splat_f32s(pixel), winner);
                        }
                        // Not a number is not at most zero, so that it reaches the loss and is seen.
                        let off = simd.less_than_or_equal_f32s(best, zero);
                        values[group + lane] = select(simd, off, zero, best);
                        winners[group + lane] = select(simd, off, silent, winner);
                    }
                }
            }
        }
    }
}

struct Backward<'a> {
    images: &'a [f32],
    winners: &'a [f32],
    gradients: &'a [f32],
    /// Weights tap by tap, then biases, the filter fastest.
    sums: &'a mut [f32; FILTERS * (TAPS + 1)],
}

impl WithSimd for Backward<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let (sums, _) = S::as_mut_simd_f32s(self.sums.as_mut_slice());
        let registers = sums.len() / (TAPS + 1);
        let zero = simd.splat_f32s(0.0);
        for lane in 0..registers {
            let mut weights = Lined([[zero; FILTER_SIDE]; FILTER_SIDE]);
            let mut bias = zero;
            let images = self.images.chunks_exact(PIXELS);
            let winners = self.winners.chunks_exact(POOLED_UNITS);
            let gradients = self.gradients.chunks_exact(POOLED_UNITS);
            for ((image, winners), gradients) in images.zip(winners).zip(gradients) {
                let (winners, _) = S::as_simd_f32s(winners);
                let (gradients, _) = S::as_simd_f32s(gradients);
                for place in 0..PLACES {
                    let patch = patch(image, place / POOLED_SIDE, place % POOLED_SIDE);
                    let winner = winners[place * registers + lane];
                    let gradient = gradients[place * registers + lane];
                    for pixel in 0..4 {
                        let won = simd.equal_f32s(winner, simd.splat_f32s(pixel as f32));
                        let share = select(simd, won, gradient, zero);
                        bias = simd.add_f32s(bias, share);
                        let (down, right) = (pixel / 2, pixel % 2);
                        for (row, weights) in weights.0.iter_mut().enumerate() {
                            let pixels = &patch[down + row];
                            let brightness = simd.splat_f32s(pixels[right]);
                            weights[0] = simd.mul_add_f32s(share, brightness, weights[0]);
                            let brightness = simd.splat_f32s(pixels[right + 1]);
                            weights[1] = simd.mul_add_f32s(share, brightness, weights[1]);
                            let brightness = simd.splat_f32s(pixels[right + 2]);
                            weights[2] = simd.mul_add_f32s(share, brightness, weights[2]);
                        }
                    }
                }
            }
            for (tap, weight) in weights.0.into_iter().flatten().enumerate() {
                sums[tap * registers + lane] = weight;
            }
            sums[TAPS * registers + lane] = bias;
        }
    }
}
