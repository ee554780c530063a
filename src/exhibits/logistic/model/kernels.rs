//! The sums over rows that everything else is made of: loss and gradient of the model, in double precision.
//!
//! Rows are summed in pieces that depend on their number alone, and pieces are added in one order, so that any number of
//! threads gives the same bits.

use std::ops::Range;

use pulp::Arch;
use rayon::prelude::*;

use crate::exhibits::logistic::model::design::{Design, LANES};

/// A piece is at least so long, in rows, or shorter where it is so many numbers.
const LEAST_PIECE: usize = 512;
const WORTH_A_PIECE: usize = 1 << 17;
/// There are at most about so many pieces, so that their gradients stay small in memory.
const MOST_PIECES: usize = 64;
/// Below this many numbers one thread is done before another wakes up.
const WORTH_THREADS: usize = 1 << 17;

/// A model: for each row of scores the coefficients of all terms, padded as the design's rows, and an intercept.
///
/// There is one row of scores for two classes and one for each of several.
#[derive(Clone, Debug)]
pub(super) struct Weights {
    /// Scores × padded terms.
    pub(super) coefficients: Vec<f64>,
    /// One for each row of scores.
    pub(super) intercepts: Vec<f64>,
}

/// What a pass over rows brings; sums, not means.
#[derive(Clone, Debug)]
pub(super) struct Sums {
    /// Cross-entropy, in nats.
    pub(super) loss: f64,
    /// Rows that are told rightly.
    pub(super) right: usize,
    /// Whether each row's true class has a greater score than any other.
    pub(super) parted: bool,
    /// The gradient, laid out as the weights; empty if it was not wanted.
    pub(super) gradient: Weights,
}

impl Weights {
    pub(super) fn zeros(scores: usize, stride: usize) -> Self {
        Self { coefficients: vec![0.0; scores * stride], intercepts: vec![0.0; scores] }
    }

    fn add(&mut self, other: &Self) {
        let both = self.coefficients.iter_mut().zip(&other.coefficients);
        both.for_each(|(sum, more)| *sum += more);
        let both = self.intercepts.iter_mut().zip(&other.intercepts);
        both.for_each(|(sum, more)| *sum += more);
    }
}

/// Which rows a pass goes over.
#[derive(Clone, Copy, Debug)]
pub(super) enum Which<'a> {
    /// Those of these ranges.
    Ranges(&'a [Range<usize>]),
    /// These.
    Places(&'a [u32]),
}

impl Which<'_> {
    /// How many rows.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Ranges(ranges) => ranges.iter().map(ExactSizeIterator::len).sum(),
            Self::Places(places) => places.len(),
        }
    }
}

/// Loss and, if wanted, gradient over rows.
pub(super) fn pass(
    design: &Design,
    labels: &[u16],
    which: Which<'_>,
    weights: &Weights,
    with_gradient: bool,
) -> Sums {
    let rows = which.len();
    let least = WORTH_A_PIECE.div_ceil(design.stride().max(1)).min(LEAST_PIECE);
    let piece = least.max(rows.div_ceil(MOST_PIECES));
    let sum = |which: Which<'_>| {
        let work = || sum_piece(design, labels, which, weights, with_gradient);
        Arch::new().dispatch(work)
    };
    let pieces: Vec<Sums> = match which {
        Which::Ranges(ranges) => {
            let split = |range: &Range<usize>| {
                let end = range.end;
                let starts = range.clone().step_by(piece);
                starts.map(move |start| start..(start + piece).min(end)).collect::<Vec<_>>()
            };
            let parts: Vec<Range<usize>> = ranges.iter().flat_map(split).collect();
            if rows * design.stride() < WORTH_THREADS {
                parts.into_iter().map(|part| sum(Which::Ranges(&[part]))).collect()
            } else {
                parts.into_par_iter().map(|part| sum(Which::Ranges(&[part]))).collect()
            }
        }
        Which::Places(places) => {
            places.chunks(piece).map(|part| sum(Which::Places(part))).collect()
        }
    };
    let mut pieces = pieces.into_iter();
    let mut total = pieces.next().unwrap_or_else(|| Sums::none(weights, design, with_gradient));
    for piece in pieces {
        total.loss += piece.loss;
        total.right += piece.right;
        total.parted &= piece.parted;
        total.gradient.add(&piece.gradient);
    }
    total
}

impl Sums {
    fn none(weights: &Weights, design: &Design, with_gradient: bool) -> Self {
        let scores = if with_gradient { weights.intercepts.len() } else { 0 };
        let gradient = Weights::zeros(scores, design.stride());
        Self { loss: 0.0, right: 0, parted: true, gradient }
    }
}

#[inline(always)]
fn sum_piece(
    design: &Design,
    labels: &[u16],
    which: Which<'_>,
    weights: &Weights,
    with_gradient: bool,
) -> Sums {
    let mut sums = Sums::none(weights, design, with_gradient);
    let mut scratch = design.scratch();
    let mut scores = vec![0.0; weights.intercepts.len()];
    let mut one = |at: usize| {
        let row = design.row(at, &mut scratch);
        let label = usize::from(labels[at]);
        if let ([score], [coefficients_only]) =
            (scores.as_mut_slice(), weights.intercepts.as_slice())
        {
            *score = coefficients_only + dot(row, &weights.coefficients);
            sums.two(row, label, *score, with_gradient);
        } else {
            let parts = weights.coefficients.chunks_exact(row.len());
            for ((score, part), intercept) in scores.iter_mut().zip(parts).zip(&weights.intercepts)
            {
                *score = intercept + dot(row, part);
            }
            sums.several(row, label, &mut scores, with_gradient);
        }
    };
    match which {
        Which::Ranges(ranges) => ranges.iter().for_each(|range| range.clone().for_each(&mut one)),
        Which::Places(places) => places.iter().for_each(|place| one(*place as usize)),
    }
    sums
}

impl Sums {
    /// Adds a row of one of two classes, whose score is the log of the odds of the second.
    #[inline(always)]
    fn two(&mut self, row: &[f32], label: usize, score: f64, with_gradient: bool) {
        let is_second = label == 1;
        // ln(1 + eᶻ) − yz, without ever taking e to a positive power.
        let small = (-score.abs()).exp();
        let of_truth = if is_second { score } else { -score };
        self.loss += small.ln_1p() + (-of_truth).max(0.0);
        self.right += usize::from((score >= 0.0) == is_second);
        self.parted &= of_truth > 0.0;
        if with_gradient {
            let probability = if score >= 0.0 { 1.0 } else { small } / (1.0 + small);
            let error = probability - f64::from(u8::from(is_second));
            add(&mut self.gradient.coefficients, error, row);
            self.gradient.intercepts[0] += error;
        }
    }

    /// Adds a row of one of several classes, each of which has a score.
    #[inline(always)]
    fn several(&mut self, row: &[f32], label: usize, scores: &mut [f64], with_gradient: bool) {
        let of_truth = scores[label];
        let others = scores.iter().enumerate().filter(|(class, _)| *class != label);
        let best_other = others.fold(f64::NEG_INFINITY, |best, (_, score)| best.max(*score));
        self.parted &= of_truth > best_other;
        let first =
            scores.iter().enumerate().fold((0, f64::NEG_INFINITY), |best, (class, score)| {
                if *score > best.1 { (class, *score) } else { best }
            });
        self.right += usize::from(first.0 == label);
        let sum = soften(scores);
        self.loss += first.1 - of_truth + sum.ln();
        if with_gradient {
            for (class, probability) in scores.iter().enumerate() {
                let error = probability - f64::from(u8::from(class == label));
                let start = class * row.len();
                add(&mut self.gradient.coefficients[start..start + row.len()], error, row);
                self.gradient.intercepts[class] += error;
            }
        }
    }
}

/// Turns scores into probabilities, and gives the sum of e to the power of each less the greatest.
#[inline(always)]
pub(super) fn soften(scores: &mut [f64]) -> f64 {
    let most = scores.iter().fold(f64::NEG_INFINITY, |most, score| most.max(*score));
    scores.iter_mut().for_each(|score| *score = (*score - most).exp());
    let sum: f64 = scores.iter().sum();
    scores.iter_mut().for_each(|score| *score /= sum);
    sum
}

/// The sum of the products of a row and as many coefficients, padded.
#[inline(always)]
pub(super) fn dot(row: &[f32], coefficients: &[f64]) -> f64 {
    let mut sums = [0.0_f64; LANES];
    let (row, coefficients) = (row.as_chunks::<LANES>().0, coefficients.as_chunks::<LANES>().0);
    for (row, coefficients) in row.iter().zip(coefficients) {
        for ((sum, value), coefficient) in sums.iter_mut().zip(row).zip(coefficients) {
            *sum += f64::from(*value) * coefficient;
        }
    }
    let [a, b, c, d, e, f, g, h] = sums;
    ((a + e) + (c + g)) + ((b + f) + (d + h))
}

/// Adds a multiple of a row.
#[inline(always)]
fn add(sum: &mut [f64], times: f64, row: &[f32]) {
    let (sum, row) = (sum.as_chunks_mut::<LANES>().0, row.as_chunks::<LANES>().0);
    for (sum, row) in sum.iter_mut().zip(row) {
        for (sum, value) in sum.iter_mut().zip(row) {
            *sum += times * f64::from(*value);
        }
    }
}
