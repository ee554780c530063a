//! A weighted sum of log-probabilities, with a weight for each model: a logarithmic opinion pool (Genest and Zidek 1986,
//! <https://doi.org/10.1214/ss/1177013825>) whose weights are stacked (Wolpert 1992,
//! <https://doi.org/10.1016/S0893-6080(05)80023-1>): found by the cross-entropy of images that no member has learned.
//!
//! The cross-entropy is convex in the weights. Its gradient by `w_m` is the mean of `E_p[l_m] − l_m(y)`, its Hessian that of
//! `Cov_p[l_m, l_n]`, with `p = softmax(Σ w_m l_m)` and `l_m` the log-probabilities of member m.

use super::{super::answers::Answers, fused::probabilities, scored};
use crate::inside::Scored;
use crate::words::Phrase;

/// Newton's steps at most; it takes fewer than ten.
const STEPS: usize = 50;
/// What is added to the Hessian's diagonal, so that members that say the same share their weight.
const RIDGE: f64 = 1e-6;
/// Probabilities below this are as it: a member that is sure and wrong must not decide alone.
const LEAST: f64 = 1e-12;

/// The weight of each member.
///
/// # Errors
/// Why there are none, in words.
pub(super) fn weights(answers: &[Answers]) -> Result<Vec<f64>, Phrase> {
    let images = answers.first().map_or(0, |all| all.labels.len());
    let mut weights = vec![1.0 / answers.len().max(1) as f64; answers.len()];
    let rows: Vec<(Vec<Vec<f64>>, usize)> =
        (0..images).map(|image| (logarithms(answers, image), label(answers, image))).collect();
    let mut before = loss(&rows, &weights);
    if !before.is_finite() {
        return Err(phrase!("studies-what-a-member-says-is"));
    }
    for _ in 0..STEPS {
        let (slope, mut curvature) = slopes(&rows, &weights);
        for (at, row) in curvature.iter_mut().enumerate() {
            if let Some(own) = row.get_mut(at) {
                *own += RIDGE;
            }
        }
        let step = solved(curvature, slope);
        // Halved until it goes down, which a convex function allows.
        let tried = (0..30).map(|halvings| 0.5_f64.powi(halvings)).find_map(|by| {
            let tried: Vec<f64> =
                weights.iter().zip(&step).map(|(weight, step)| weight - by * step).collect();
            let after = loss(&rows, &tried);
            (after < before).then_some((tried, after))
        });
        let Some((tried, after)) = tried else { break };
        let gained = before - after;
        (weights, before) = (tried, after);
        if gained < 1e-12 {
            break;
        }
    }
    Ok(weights)
}

/// What a weighted sum is worth.
pub(super) fn worth(answers: &[Answers], weights: &[f64]) -> Scored {
    let images = answers.first().map_or(0, |all| all.labels.len());
    scored(
        (0..images)
            .map(|image| (pooled(&logarithms(answers, image), weights), label(answers, image))),
    )
}

fn label(answers: &[Answers], image: usize) -> usize {
    answers.first().and_then(|all| all.labels.get(image)).copied().unwrap_or_default()
}

/// The log-probabilities of an image, member after member.
fn logarithms(answers: &[Answers], image: usize) -> Vec<Vec<f64>> {
    let of = |all: &Answers| {
        let from = image * all.classes;
        let logits = all.logits.get(from..from + all.classes).unwrap_or_default();
        // What is no number stays none.
        let least = |share: f64| if share < LEAST { LEAST } else { share };
        probabilities(logits).into_iter().map(|share| least(share).ln()).collect()
    };
    answers.iter().map(of).collect()
}

/// The softmax of their weighted sum.
fn pooled(logarithms: &[Vec<f64>], weights: &[f64]) -> Vec<f64> {
    let classes = logarithms.first().map_or(0, Vec::len);
    let sum = |class: usize| -> f64 {
        let terms = logarithms.iter().zip(weights);
        terms.map(|(of, weight)| weight * of.get(class).copied().unwrap_or(f64::NAN)).sum()
    };
    let sums: Vec<f64> = (0..classes).map(sum).collect();
    let most = sums.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let powers: Vec<f64> = sums.iter().map(|sum| (sum - most).exp()).collect();
    let all: f64 = powers.iter().sum();
    powers.into_iter().map(|power| power / all).collect()
}

fn loss(rows: &[(Vec<Vec<f64>>, usize)], weights: &[f64]) -> f64 {
    let each = rows.iter().map(|(logarithms, label)| {
        let share = pooled(logarithms, weights).get(*label).copied().unwrap_or(f64::NAN);
        -share.max(f64::MIN_POSITIVE).ln() + if share.is_nan() { f64::NAN } else { 0.0 }
    });
    each.sum::<f64>() / rows.len() as f64
}

/// Gradient and Hessian of the mean cross-entropy by the weights.
fn slopes(rows: &[(Vec<Vec<f64>>, usize)], weights: &[f64]) -> (Vec<f64>, Vec<Vec<f64>>) {
    let count = weights.len();
    let (mut slope, mut curvature) = (vec![0.0; count], vec![vec![0.0; count]; count]);
    for (logarithms, label) in rows {
        let shares = pooled(logarithms, weights);
        let expected = |of: &Vec<f64>| of.iter().zip(&shares).map(|(l, p)| l * p).sum::<f64>();
        let means: Vec<f64> = logarithms.iter().map(expected).collect();
        for (m, one) in logarithms.iter().enumerate() {
            slope[m] += means[m] - one.get(*label).copied().unwrap_or(f64::NAN);
            for (n, other) in logarithms.iter().enumerate() {
                let products = one.iter().zip(other).zip(&shares);
                let both: f64 = products.map(|((a, b), p)| a * b * p).sum();
                curvature[m][n] += both - means[m] * means[n];
            }
        }
    }
    let images = rows.len() as f64;
    slope.iter_mut().for_each(|slope| *slope /= images);
    curvature.iter_mut().flatten().for_each(|curvature| *curvature /= images);
    (slope, curvature)
}

/// The solution of a small system with a matrix that is symmetric and positive: elimination without exchanging rows.
fn solved(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let count = right.len();
    for pivot in 0..count {
        let (above, below) = matrix.split_at_mut(pivot + 1);
        let Some(of) = above.last() else { break };
        for (row, values) in (pivot + 1..count).zip(below) {
            let by = values[pivot] / of[pivot];
            values.iter_mut().zip(of).for_each(|(value, of)| *value -= by * of);
            right[row] -= by * right[pivot];
        }
    }
    for row in (0..count).rev() {
        let known: f64 = (row + 1..count).map(|at| matrix[row][at] * right[at]).sum();
        right[row] = (right[row] - known) / matrix[row][row];
    }
    right
}
