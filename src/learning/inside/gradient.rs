//! Slopes by the pixels: the gradient, the gradient times the input, and the mean gradient around the input.

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use super::scene::{Found, Scene};
use crate::{
    inside::{Completeness, Method},
    learning::{TrainError, normal_pair},
};

/// Noised inputs and their deviation as a part of the range of brightness, within what Smilkov and others 2017
/// (<https://arxiv.org/abs/1706.03825>, section 3.2) found best: about 50, of 10 to 20 %.
pub(super) const NOISED: usize = 50;
pub(super) const DEVIATION: f64 = 0.15;
/// The fewest that are taken where a pass is dear.
const FEWEST: usize = 10;
/// The stream that noise draws from, beyond those of weights, epochs, dropout and shuffles.
const NOISE_STREAM: u64 = 1 << 42;
/// Multiply-adds that one map may take: some seconds on two cores.
pub(super) const MOST_MULTIPLY_ADDS: u64 = 100_000_000_000;

/// ∂z/∂x (Simonyan, Vedaldi and Zisserman 2013, <https://arxiv.org/abs/1312.6034>, section 3), with its sign.
pub(super) fn gradient(scene: &Scene<'_>) -> Result<Found, TrainError> {
    let gradient = scene.meter.gradients(scene.goal, scene.input)?;
    Ok(scene.found(Method::Gradient, gradient.into_iter().map(f64::from)))
}

/// x ⊙ ∂z/∂x (Shrikumar and others 2016, <https://arxiv.org/abs/1605.01713>); with the biases' share it sums to z where the
/// layers are linear piece by piece (Srinivas and Fleuret 2019).
pub(super) fn times_input(scene: &Scene<'_>) -> Result<Found, TrainError> {
    let gradient = scene.meter.gradients(scene.goal, scene.input)?;
    let products = gradient.iter().zip(scene.input);
    let products = products.map(|(slope, pixel)| f64::from(*slope) * f64::from(*pixel));
    let mut found = scene.found(Method::GradientTimesInput, products);
    let biases = match scene.goal.is_linear() {
        true => scene.meter.biases(scene.input, &scene.slope)?,
        false => None,
    };
    match biases {
        Some(biases) => {
            let sum = scene.sum(&found.values) + f64::from(biases);
            found.biases = Some(biases);
            found.completeness =
                Some(Completeness { sum: sum as f32, expected: scene.value, exact: true });
        }
        None if scene.goal.is_linear() => {
            found.remark(phrase!("studies-what-the-biases-say-cannot"));
        }
        None => found.remark(phrase!("studies-a-probability-is-no-sum-of")),
    }
    Ok(found)
}

/// The mean of ∂z/∂x over inputs with Gaussian noise (Smilkov and others 2017).
pub(super) fn smooth(scene: &Scene<'_>) -> Result<Found, TrainError> {
    let count = affordable(NOISED, scene.meter.model().multiply_adds());
    let mean = smoothed(scene, count, DEVIATION)?;
    let mut found = scene.found(Method::SmoothGrad, mean.into_iter());
    found.remark(phrase!("studies-mean-of-gradients-under-noise", count, deviation = DEVIATION));
    Ok(found)
}

/// The mean of so many gradients, summed in double precision in the order of the draws.
pub(super) fn smoothed(
    scene: &Scene<'_>,
    count: usize,
    deviation: f64,
) -> Result<Vec<f64>, TrainError> {
    let mut generator = ChaCha8Rng::seed_from_u64(scene.seed);
    generator.set_stream(NOISE_STREAM);
    let mut sums = vec![0.0_f64; scene.input.len()];
    let mut left = count;
    while left > 0 {
        let now = left.min(scene.meter.at_once());
        left -= now;
        let mut inputs = scene.input.repeat(now);
        for pair in inputs.chunks_mut(2) {
            let draws = <[f64; 2]>::from(normal_pair(&mut generator));
            for (pixel, draw) in pair.iter_mut().zip(draws) {
                *pixel = (f64::from(*pixel) + deviation * draw) as f32;
            }
        }
        let gradients = scene.meter.gradients(scene.goal, &inputs)?;
        for gradient in gradients.chunks(sums.len().max(1)) {
            for (sum, slope) in sums.iter_mut().zip(gradient) {
                *sum += f64::from(*slope);
            }
        }
    }
    Ok(sums.into_iter().map(|sum| sum / count as f64).collect())
}

/// So many passes there and back, or as many as a map may take.
pub(super) fn affordable(usual: usize, multiply_adds: u64) -> usize {
    // The way back is twice the way there.
    let most = MOST_MULTIPLY_ADDS / multiply_adds.saturating_mul(3).max(1);
    usual.min((most as usize).max(FEWEST))
}
