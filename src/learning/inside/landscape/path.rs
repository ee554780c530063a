//! The plane along which a run has moved most: principal components of its kept states about its last (Lorch 2016; Li and
//! others 2018, <https://arxiv.org/abs/1712.09913>, section 7), and the shadows of the states.
//!
//! States are few and weights are many, so that the small matrix of products of the states' differences is taken apart: with
//! G e = λ e and D the differences, D e / √λ is a direction of length 1.

use std::sync::Arc;

use rayon::prelude::*;

use super::{
    super::{Kept, Parameters, Trail},
    even,
    plane::Directions,
};
use crate::{
    inside::PlaneAxis,
    learning::{TrainError, eigen::eigen},
};

/// Numbers of each state whose products are summed by one thread, so that sums have the same order on any number of them.
const BLOCK: usize = 2048;
/// Blocks between two sums.
const AT_ONCE: usize = 64;
/// Products side by side, so that no addition waits for the one before it.
const LANES: usize = 8;
/// A second component below this part of the first is rounding.
const NO_BEND: f64 = 1e-10;
/// The plane goes this part of the way's width beyond it.
const MARGIN: f64 = 0.25;

/// The plane through the way; how far it reaches, its shadows tell.
///
/// # Errors
/// One sentence if the run has not gone a way yet that has two directions.
pub(super) fn plane(
    own: &Parameters,
    trail: &Trail,
    before: &[Arc<Kept>],
) -> Result<(Directions, [PlaneAxis; 2]), TrainError> {
    if trail.states.is_empty() {
        return Err(TrainError::calculation(phrase!("studies-the-network-is-so-large-that")));
    }
    if before.is_empty() {
        return Err(TrainError::calculation(phrase!("studies-the-run-has-taken-no-step")));
    }
    let gram = gram(own, before);
    let count = before.len();
    let matrix: Vec<Vec<f64>> = gram.chunks(count).map(<[f64]>::to_vec).collect();
    let total: f64 = gram.iter().step_by(count + 1).sum();
    if !total.is_finite() {
        return Err(TrainError::calculation(phrase!("studies-a-state-on-the-way")));
    }
    if total == 0.0 {
        return Err(TrainError::calculation(phrase!("studies-the-weights-have-not-moved")));
    }
    let mut pairs = eigen(matrix).into_iter();
    let (Some((first, one)), Some((second, other))) = (pairs.next(), pairs.next()) else {
        return Err(straight());
    };
    if second <= NO_BEND * first {
        return Err(straight());
    }
    let directions = Directions::of(own, [mixed(own, before, &one), mixed(own, before, &other)])?;
    let axis =
        |value: f64| PlaneAxis { explained: Some((value / total) as f32), ..even(0.0, None) };
    Ok((directions, [first, second].map(axis)))
}

fn straight() -> TrainError {
    TrainError::calculation(phrase!("studies-the-weights-have-moved-in"))
}

/// The products of the differences of all states from the weights as they are now, states × states.
pub(super) fn gram(own: &Parameters, states: &[Arc<Kept>]) -> Vec<f64> {
    let count = states.len();
    let mut sums = vec![0.0; count * count];
    let blocks: Vec<usize> = (0..own.learned).step_by(BLOCK).collect();
    for blocks in blocks.chunks(AT_ONCE) {
        let parts: Vec<Vec<f64>> =
            blocks.par_iter().map(|first| of_block(own, states, *first)).collect();
        for part in parts {
            sums.iter_mut().zip(part).for_each(|(sum, part)| *sum += part);
        }
    }
    sums
}

fn of_block(own: &Parameters, states: &[Arc<Kept>], first: usize) -> Vec<f64> {
    let last = (first + BLOCK).min(own.learned);
    let now = own.numbers.get(first..last).unwrap_or_default();
    let differences: Vec<Vec<f64>> = states
        .iter()
        .map(|kept| {
            let then = kept.numbers.get(first..last).unwrap_or_default().iter();
            then.zip(now).map(|(then, now)| f64::from(*then) - f64::from(*now)).collect()
        })
        .collect();
    let count = states.len();
    let mut products = vec![0.0; count * count];
    for (row, one) in differences.iter().enumerate() {
        for (column, other) in differences.iter().enumerate().skip(row) {
            let product = product(one, other);
            for at in [row * count + column, column * count + row] {
                if let Some(place) = products.get_mut(at) {
                    *place = product;
                }
            }
        }
    }
    products
}

fn product(a: &[f64], b: &[f64]) -> f64 {
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<LANES>(), b.as_chunks::<LANES>());
    let mut sums = [0.0; LANES];
    for (a, b) in a.iter().zip(b) {
        for lane in 0..LANES {
            sums[lane] += a[lane] * b[lane];
        }
    }
    sums.iter().sum::<f64>() + a_rest.iter().zip(b_rest).map(|(a, b)| a * b).sum::<f64>()
}

/// Σ `by` · difference of a state.
fn mixed(own: &Parameters, states: &[Arc<Kept>], by: &[f64]) -> Vec<f64> {
    let mut sum = vec![0.0; own.learned];
    sum.par_chunks_mut(BLOCK).enumerate().for_each(|(block, sum)| {
        let first = block * BLOCK;
        let now = own.numbers.get(first..first + sum.len()).unwrap_or_default();
        for (kept, by) in states.iter().zip(by) {
            let then = kept.numbers.get(first..).unwrap_or_default();
            for ((sum, then), now) in sum.iter_mut().zip(then).zip(now) {
                *sum += by * (f64::from(*then) - f64::from(*now));
            }
        }
    });
    sum
}

/// How far the farthest state is from the weights as they are now, 0 if there is none.
pub(super) fn farthest(own: &Parameters, states: &[Arc<Kept>]) -> f64 {
    let now = own.numbers.iter().take(own.learned);
    let away = |kept: &Arc<Kept>| -> f64 {
        let both = kept.numbers.iter().zip(now.clone());
        both.map(|(then, now)| (f64::from(*then) - f64::from(*now)).powi(2)).sum()
    };
    states.par_iter().map(away).collect::<Vec<_>>().into_iter().fold(0.0, f64::max).sqrt()
}

/// Lets axes reach over all shadows of states and (0, 0), with a margin.
pub(super) fn reach(shadows: &[([f32; 2], f32)], axes: &mut [PlaneAxis; 2]) {
    for (along, axis) in axes.iter_mut().enumerate() {
        let shadows = shadows.iter().filter_map(|(at, _)| at.get(along)).copied();
        let (low, high) = shadows
            .map(f64::from)
            .fold((0.0_f64, 0.0_f64), |(low, high), at| (low.min(at), high.max(at)));
        let margin = MARGIN * (high - low);
        (axis.low, axis.high) = ((low - margin) as f32, (high + margin) as f32);
    }
}

/// So many states less one, which is that of now, evenly from the first on, each with its shadow.
pub(super) fn some<'a>(
    states: &'a [Arc<Kept>],
    shadows: &'a [([f32; 2], f32)],
    count: usize,
) -> impl Iterator<Item = (&'a Kept, ([f32; 2], f32))> {
    let (all, some) = (states.len(), count.saturating_sub(1).min(states.len()));
    (0..some).filter_map(move |at| {
        let at = at * all / some;
        Some((states.get(at)?.as_ref(), *shadows.get(at)?))
    })
}
