//! The passes of a normalisation over numbers in memory: `[batch, channels, places]`.
//!
//! Each sum is taken by one thread, in the order of the batch, so that any number of threads gives the same bits.

use pulp::Arch;
use rayon::prelude::*;

/// Sums that are kept side by side; part of the result.
const STRANDS: usize = 16;

/// Mean and variance of a channel, the latter with the number of numbers as divisor.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moments {
    pub(super) mean: f32,
    pub(super) variance: f32,
}

impl Moments {
    /// By what deviations from the mean are multiplied to have variance 1.
    fn narrowing(self, epsilon: f64) -> f32 {
        (1.0 / (f64::from(self.variance) + epsilon).sqrt()) as f32
    }
}

/// The gradients of one channel's scale and shift.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slopes {
    pub(super) scale: f32,
    pub(super) shift: f32,
}

/// How the numbers lie.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sizes {
    pub(super) channels: usize,
    pub(super) places: usize,
}

impl Sizes {
    fn of_example(self) -> usize {
        self.channels * self.places
    }

    /// The runs of a channel, example after example.
    fn runs(self, numbers: &[f32], channel: usize) -> impl Iterator<Item = &[f32]> {
        let first = channel * self.places;
        numbers.chunks_exact(self.of_example()).map(move |one| &one[first..first + self.places])
    }
}

/// Of each channel of a batch.
pub(super) fn moments(numbers: &[f32], sizes: Sizes) -> Vec<Moments> {
    let count = (numbers.len() / sizes.channels.max(1)) as f64;
    let of = |channel| {
        Arch::new().dispatch(|| {
            let mut sum = 0.0_f64;
            for run in sizes.runs(numbers, channel) {
                sum += f64::from(total(run, |number| number));
            }
            let mean = (sum / count) as f32;
            let mut squares = 0.0_f64;
            for run in sizes.runs(numbers, channel) {
                squares += f64::from(total(run, |number| (number - mean) * (number - mean)));
            }
            Moments { mean, variance: (squares / count) as f32 }
        })
    };
    (0..sizes.channels).into_par_iter().map(of).collect()
}

/// At mean 0 and variance 1, scaled and shifted.
pub(super) fn forward(
    numbers: &[f32],
    sizes: Sizes,
    moments: &[Moments],
    (scale, shift): (&[f32], &[f32]),
    epsilon: f64,
) -> Vec<f32> {
    let ways: Vec<(f32, f32)> = (moments.iter().zip(scale).zip(shift))
        .map(|((moments, scale), shift)| {
            let slope = moments.narrowing(epsilon) * scale;
            (slope, shift - moments.mean * slope)
        })
        .collect();
    let mut made = vec![0.0; numbers.len()];
    let examples = made.par_chunks_mut(sizes.of_example());
    examples.zip(numbers.par_chunks(sizes.of_example())).for_each(|(made, numbers)| {
        Arch::new().dispatch(|| {
            let runs = made.chunks_exact_mut(sizes.places).zip(numbers.chunks_exact(sizes.places));
            for ((made, numbers), &(slope, shift)) in runs.zip(&ways) {
                for (made, number) in made.iter_mut().zip(numbers) {
                    *made = number * slope + shift;
                }
            }
        });
    });
    made
}

/// The gradients by the input and by each channel's scale and shift, of the gradient by the output.
pub(super) fn backward(
    numbers: &[f32],
    gradient: &[f32],
    sizes: Sizes,
    moments: &[Moments],
    scale: &[f32],
    epsilon: f64,
) -> (Vec<f32>, Vec<Slopes>) {
    let slopes_of = |(channel, moments): (usize, &Moments)| {
        Arch::new().dispatch(|| {
            let (mut shift, mut scale) = (0.0_f64, 0.0_f64);
            let runs = sizes.runs(numbers, channel).zip(sizes.runs(gradient, channel));
            for (numbers, gradient) in runs {
                let (sum, product) = totals(numbers, gradient, moments.mean);
                shift += f64::from(sum);
                scale += f64::from(product);
            }
            let scale = (scale * f64::from(moments.narrowing(epsilon))) as f32;
            Slopes { scale, shift: shift as f32 }
        })
    };
    let slopes: Vec<Slopes> = moments.par_iter().enumerate().map(slopes_of).collect();
    let count = (numbers.len() / sizes.channels.max(1)) as f32;
    // By what the gradient and the number are multiplied, and what is added.
    let ways: Vec<[f32; 3]> = (moments.iter().zip(&slopes).zip(scale))
        .map(|((moments, slopes), scale)| {
            let narrowing = moments.narrowing(epsilon);
            let slope = narrowing * scale;
            let by_number = -slope * narrowing * slopes.scale / count;
            [slope, by_number, -slope * slopes.shift / count - by_number * moments.mean]
        })
        .collect();
    let mut found = vec![0.0; numbers.len()];
    let of = sizes.of_example();
    let examples =
        found.par_chunks_mut(of).zip(numbers.par_chunks(of)).zip(gradient.par_chunks(of));
    examples.for_each(|((found, numbers), gradient)| {
        Arch::new().dispatch(|| {
            let (found, numbers) =
                (found.chunks_exact_mut(sizes.places), numbers.chunks_exact(sizes.places));
            let runs = found.zip(numbers).zip(gradient.chunks_exact(sizes.places));
            for (((found, numbers), gradient), &[slope, by_number, more]) in runs.zip(&ways) {
                for ((found, number), gradient) in found.iter_mut().zip(numbers).zip(gradient) {
                    *found = gradient * slope + (number * by_number + more);
                }
            }
        });
    });
    (found, slopes)
}

/// The sum of what a function makes of numbers, in strands.
#[inline(always)]
fn total(numbers: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let mut sums = [0.0_f32; STRANDS];
    let pieces = numbers.chunks_exact(STRANDS);
    let rest: f32 = pieces.remainder().iter().map(|number| of(*number)).sum();
    for piece in pieces {
        for (sum, number) in sums.iter_mut().zip(piece) {
            *sum += of(*number);
        }
    }
    sums.iter().sum::<f32>() + rest
}

/// The sums of gradients, and of gradients times the deviations of numbers from their mean.
#[inline(always)]
fn totals(numbers: &[f32], gradients: &[f32], mean: f32) -> (f32, f32) {
    let (mut sums, mut products) = ([0.0_f32; STRANDS], [0.0_f32; STRANDS]);
    let (pieces, others) = (numbers.chunks_exact(STRANDS), gradients.chunks_exact(STRANDS));
    let (mut sum, mut product) = (0.0, 0.0);
    for (number, gradient) in pieces.remainder().iter().zip(others.remainder()) {
        sum += gradient;
        product += gradient * (number - mean);
    }
    for (numbers, gradients) in pieces.zip(others) {
        let sums = sums.iter_mut().zip(&mut products);
        for ((sum, product), (number, gradient)) in sums.zip(numbers.iter().zip(gradients)) {
            *sum += gradient;
            *product += gradient * (number - mean);
        }
    }
    (sums.iter().sum::<f32>() + sum, products.iter().sum::<f32>() + product)
}
