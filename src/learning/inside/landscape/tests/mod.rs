//! Landscapes of models whose losses are known, and what is refused.

mod bowl;
mod planes;
mod refused;

use self::bowl::{Bowl, ask, gone, kept};
use super::*;

/// Numbers that are not alike.
fn wave(count: usize, speed: f32) -> Vec<f32> {
    (0..count).map(|at| (at as f32 * speed + 0.3).sin()).collect()
}

/// A bowl of six weights after seven steps on a bent way, and that.
fn walked() -> (Bowl, Trail) {
    let bends = [8.0, 2.0, 1.0, 18.0, 0.5, 3.0];
    let states: Vec<Vec<f32>> = (0..8)
        .map(|step| {
            let left = 1.0 - step as f32 / 9.0;
            let wave = wave(6, 0.9 + 0.1 * step as f32);
            wave.iter()
                .enumerate()
                .map(|(at, w)| left * (1.0 + 0.1 * at as f32) + 0.1 * w)
                .collect()
        })
        .collect();
    (Bowl::at(&states[7], &bends), kept(&states))
}

/// Σ a b.
fn dot(a: &[f32], b: &[f32]) -> f64 {
    a.iter().zip(b).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum()
}
