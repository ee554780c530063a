//! A step of a run as a way of the loss: its mean gradient along the straight line from the parameters before to those after.
//!
//! The change of a loss along a line is the integral of its gradient times the way (Lan and others 2019, "LCA: Loss Change
//! Allocation for Neural Network Training", <https://arxiv.org/abs/1909.01440>, equations 1 to 3). They take Simpson's rule;
//! here its pieces are halved until it agrees with the change itself, since ReLU and max-pooling bend the loss at kinks.

use super::{Booked, Subject};
use crate::learning::TrainError;

/// How far a step may be from the change of the loss, in nats, before its way is looked at more closely.
const TOLERANCE: f64 = 1e-6;
/// The most pieces of a way, beyond which single precision says nothing more.
const MOST_PIECES: u32 = 16;

/// What is known of a step.
pub(super) struct Path {
    /// The mean gradient on the way, a number for each parameter.
    pub(super) mean: Vec<f32>,
    /// The loss before the step and after it.
    pub(super) loss: [f64; 2],
    /// How often the gradient was taken.
    pub(super) looks: u64,
}

impl Path {
    /// The way between two sets of parameters.
    pub(super) fn of<R: Booked>(
        run: &R,
        [from, to]: [&[f32]; 2],
        subject: &Subject,
    ) -> Result<Self, TrainError> {
        let ((first, one), (last, other)) = (run.slope(from, subject)?, run.slope(to, subject)?);
        let mut trapezoid: Vec<f64> =
            one.iter().zip(&other).map(|(a, b)| (f64::from(*a) + f64::from(*b)) / 2.0).collect();
        let (mut pieces, mut looks) = (1, 2);
        loop {
            let mut middles = vec![0.0; trapezoid.len()];
            for piece in 0..pieces {
                let along = (f64::from(piece) + 0.5) / f64::from(pieces);
                let place: Vec<f32> = from.iter().zip(to).map(|ends| between(ends, along)).collect();
                let (_, slope) = run.slope(&place, subject)?;
                middles.iter_mut().zip(&slope).for_each(|(sum, slope)| *sum += f64::from(*slope));
            }
            looks += u64::from(pieces);
            // Trapezoids twice as fine, and of both Simpson's rule: (4 T(2n) − T(n)) / 3.
            let finer: Vec<f64> = (trapezoid.iter().zip(&middles))
                .map(|(ends, middles)| (ends + middles / f64::from(pieces)) / 2.0)
                .collect();
            let mean = finer.iter().zip(&trapezoid).map(|(finer, coarse)| (4.0 * finer - coarse) / 3.0);
            let mean: Vec<f32> = mean.map(|slope| slope as f32).collect();
            let booked: f64 = (mean.iter().zip(from.iter().zip(to)))
                .map(|(slope, (from, to))| f64::from(*slope) * (f64::from(*to) - f64::from(*from)))
                .sum();
            let apart = (last - first - booked).abs();
            pieces *= 2;
            // What is no number is no better on closer sight.
            if !(apart > TOLERANCE) || pieces > MOST_PIECES {
                return Ok(Self { mean, loss: [first, last], looks });
            }
            trapezoid = finer;
        }
    }
}

fn between((from, to): (&f32, &f32), along: f64) -> f32 {
    let (from, to) = (f64::from(*from), f64::from(*to));
    (from + along * (to - from)) as f32
}
