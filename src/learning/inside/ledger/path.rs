//! A step of a run as a way of the loss: its mean gradient along the straight line from the parameters before to those after.
//!
//! The change of a loss along a line is the integral of its gradient times the way (Lan and others 2019, "LCA: Loss Change
//! Allocation for Neural Network Training", <https://arxiv.org/abs/1909.01440>, equations 1 to 3). They take Simpson's rule;
//! here its pieces are halved until it agrees with the change itself, since ReLU and max-pooling bend the loss at kinks.

use pulp::Arch;

use super::{Booked, Subject};
use crate::learning::TrainError;

/// How far a step may be from the change of the loss, in nats, before its way is looked at more closely.
const TOLERANCE: f64 = 1e-6;
/// The most pieces of a way, beyond which single precision says nothing more.
const MOST_PIECES: usize = 16;
/// Sums side by side.
const LANES: usize = 8;

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
        let way: Vec<f32> = from.iter().zip(to).map(|(from, to)| to - from).collect();
        let mut trapezoid = f64::midpoint(product(&one, &way), product(&other, &way));
        // Level by level the gradients in the middles of 1, 2, 4, … pieces.
        let mut levels: Vec<Vec<Vec<f32>>> = Vec::new();
        let mut pieces = 1;
        loop {
            let middles = (0..pieces).map(|piece| {
                let along = (piece as f32 + 0.5) / pieces as f32;
                Ok(run.slope(&between(from, &way, along), subject)?.1)
            });
            let middles = middles.collect::<Result<Vec<_>, TrainError>>()?;
            let mean =
                middles.iter().map(|slope| product(slope, &way)).sum::<f64>() / pieces as f64;
            levels.push(middles);
            // Trapezoids twice as fine, and of both Simpson's rule: (4 T(2n) − T(n)) / 3.
            let finer = f64::midpoint(trapezoid, mean);
            let apart = (last - first - (4.0 * finer - trapezoid) / 3.0).abs();
            pieces *= 2;
            // What is no number is no better on closer sight.
            if apart <= TOLERANCE || apart.is_nan() || pieces > MOST_PIECES {
                let looks = 2 + levels.iter().map(Vec::len).sum::<usize>() as u64;
                let mean = simpson([&one, &other], &levels);
                return Ok(Self { mean, loss: [first, last], looks });
            }
            trapezoid = finer;
        }
    }
}

/// Simpson's rule over gradients: at the ends one, in the middles of the finest pieces four and at all other places two times
/// the sixth of a piece.
fn simpson(ends: [&[f32]; 2], levels: &[Vec<Vec<f32>>]) -> Vec<f32> {
    let finest = levels.last().map_or(1, Vec::len);
    let sixth = 1.0 / (6.0 * finest as f32);
    let mut mean = vec![0.0; ends[0].len()];
    ends.into_iter().for_each(|slope| add(&mut mean, slope, sixth));
    for (level, slopes) in levels.iter().enumerate() {
        let times = if level + 1 == levels.len() { 4.0 } else { 2.0 };
        slopes.iter().for_each(|slope| add(&mut mean, slope, times * sixth));
    }
    mean
}

fn add(sum: &mut [f32], slope: &[f32], by: f32) {
    Arch::new().dispatch(|| {
        sum.iter_mut().zip(slope).for_each(|(sum, slope)| *sum += by * slope);
    });
}

fn between(from: &[f32], way: &[f32], along: f32) -> Vec<f32> {
    let mut place = from.to_vec();
    add(&mut place, way, along);
    place
}

/// Σ a b in double precision, in sums side by side, so that no addition waits for the one before it.
fn product(a: &[f32], b: &[f32]) -> f64 {
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<LANES>(), b.as_chunks::<LANES>());
    let mut sums = [0.0_f64; LANES];
    Arch::new().dispatch(|| {
        for (a, b) in a.iter().zip(b) {
            for lane in 0..LANES {
                sums[lane] += f64::from(a[lane]) * f64::from(b[lane]);
            }
        }
    });
    let rest = a_rest.iter().zip(b_rest).map(|(a, b)| f64::from(*a) * f64::from(*b));
    sums.into_iter().chain(rest).sum()
}
