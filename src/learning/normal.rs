//! Draws from the normal distribution.

use std::f64::consts::TAU;

use rand::RngExt as _;
use rand_chacha::ChaCha8Rng;

/// Two independent draws from N(0, 1), after Box and Muller 1958 (<https://doi.org/10.1214/aoms/1177706645>).
pub fn normal_pair(generator: &mut ChaCha8Rng) -> (f64, f64) {
    // 1 − u lies in (0, 1], whose logarithm is finite.
    let radius = (-2.0 * (1.0 - generator.random::<f64>()).ln()).sqrt();
    let (sine, cosine) = (TAU * generator.random::<f64>()).sin_cos();
    (radius * cosine, radius * sine)
}
