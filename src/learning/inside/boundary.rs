//! The nearest boundary between two answers: `DeepFool` (Moosavi-Dezfooli, Fawzi and Frossard 2016,
//! <https://arxiv.org/abs/1511.04599>, algorithm 2, L2), kept to images that are images.
//!
//! As the slopes have it, the boundary to another class k is the plane where `z_k + ∇(z_k − z_c) · r = z_c`. Its nearest
//! place within 0..=1 is `r_i = clip(x_i + λ w_i) − x_i` for the λ at which it is reached: λ w, as in the paper, as long as no pixel
//! comes to black or white.

use super::{goal, meter::Meter};
use crate::learning::TrainError;
use crate::words::Phrase;

/// How much further than the boundary one goes, as in the paper.
const BEYOND: f64 = 0.02;
/// The shortest step.
const LEAST: f64 = 1e-4;
/// The most often slopes are taken anew.
const ITERATIONS: usize = 50;
/// So many classes with the highest logits are looked at, as in the authors' program.
pub(super) const CLASSES: usize = 10;

/// A place behind a boundary.
pub(super) struct Crossing {
    pub(super) image: Vec<f32>,
    pub(super) class: usize,
    /// To the boundary, as the slopes have it.
    pub(super) distance: f64,
    pub(super) size: f64,
    pub(super) iterations: usize,
}

/// Where a model that so much may be asked answers otherwise, or why no such place was found.
pub(super) fn nearest(
    meter: &Meter<'_>,
    image: &[f32],
    iterations: usize,
) -> Result<Result<Crossing, Phrase>, TrainError> {
    let mut logits = meter.logits(image)?;
    let Some(own) = goal::said(&logits).filter(|_| logits.iter().all(|logit| !logit.is_nan()))
    else {
        return Ok(Err(phrase!("studies-what-the-network-says-is")));
    };
    let rivals = rivals(&logits, own);
    let mut change = vec![0.0_f64; image.len()];
    let mut now = image.to_vec();
    let most = iterations.clamp(1, ITERATIONS);
    for iteration in 1..=most {
        let gradients = slopes(meter, &now, (own, &rivals), logits.len())?;
        let planes = rivals.iter().zip(gradients.chunks(image.len().max(1)));
        let steps = planes.filter_map(|(rival, slope)| {
            let logit = |class: usize| logits.get(class).copied().map_or(f64::NAN, f64::from);
            to_plane(&now, slope, logit(own) - logit(*rival))
        });
        // The first of equals.
        let Some((step, _)) = steps.reduce(|best, one| if one.1 < best.1 { one } else { best })
        else {
            return Ok(Err(phrase!("studies-no-change-within-black-and")));
        };
        change.iter_mut().zip(&step).for_each(|(sum, by)| *sum += by);
        let pixels = now.iter_mut().zip(image).zip(&change);
        pixels.for_each(|((pixel, from), by)| {
            *pixel = (f64::from(*from) + (1.0 + BEYOND) * by).clamp(0.0, 1.0) as f32;
        });
        logits = meter.logits(&now)?;
        match goal::said(&logits) {
            Some(class) if class != own => {
                let moved = now.iter().zip(image).map(|(to, from)| f64::from(to - from));
                return Ok(Ok(Crossing {
                    class,
                    distance: length(change.iter().copied()),
                    size: length(moved),
                    iterations: iteration,
                    image: now,
                }));
            }
            _ => {}
        }
    }
    Ok(Err(phrase!(
        "studies-no-boundary-was-crossed-within",
        steps = Phrase::counted(most, "step")
    )))
}

/// The classes with the highest logits but for one, in order of their index.
fn rivals(logits: &[f32], own: usize) -> Vec<usize> {
    let mut others: Vec<usize> = (0..logits.len()).filter(|class| *class != own).collect();
    let logit = |class: &usize| logits.get(*class).copied().unwrap_or(f32::NAN);
    others.sort_by(|a, b| logit(b).total_cmp(&logit(a)));
    others.truncate(CLASSES - 1);
    others.sort_unstable();
    others
}

/// `∇(z_k − z_own)` for each rival k, one after the other.
fn slopes(
    meter: &Meter<'_>,
    image: &[f32],
    (own, rivals): (usize, &[usize]),
    classes: usize,
) -> Result<Vec<f32>, TrainError> {
    let of: Vec<f32> = rivals
        .iter()
        .flat_map(|rival| {
            (0..classes).map(move |class| match class {
                _ if class == *rival => 1.0,
                _ if class == own => -1.0,
                _ => 0.0,
            })
        })
        .collect();
    meter.gradients_of(&image.repeat(rivals.len()), &of)
}

/// The shortest change within 0..=1 by which Σ slope · change becomes `gap`, and its length; none if there is no such.
pub(super) fn to_plane(image: &[f32], slope: &[f32], gap: f64) -> Option<(Vec<f64>, f64)> {
    let pixels = || image.iter().zip(slope).map(|(x, w)| (f64::from(*x), f64::from(*w)));
    // How far λ goes until each pixel is black or white.
    let way = |x: f64, w: f64| (if w > 0.0 { 1.0 - x } else { x }).max(0.0) / w.abs();
    let sloping = pixels().filter(|(_, w)| *w != 0.0);
    let mut ends: Vec<(f64, f64)> = sloping.map(|(x, w)| (way(x, w), w * w)).collect();
    let steepness = ends.iter().map(|(_, square)| square).sum::<f64>().sqrt();
    if gap.is_nan() || steepness.is_nan() || ends.is_empty() {
        return None;
    }
    // On the boundary itself one would not move.
    let gap = gap.max(LEAST * steepness);
    ends.sort_by(|a, b| a.0.total_cmp(&b.0));
    // The sum grows with λ, more slowly whenever a pixel can go no further.
    let mut free: f64 = ends.iter().map(|(_, square)| square).sum();
    let (mut sum, mut before, mut found) = (0.0, 0.0, None);
    for (end, square) in ends {
        let next = sum + free * (end - before);
        if found.is_none() && next >= gap && free > 0.0 {
            found = Some(before + (gap - sum) / free);
        }
        (sum, before, free) = (next, end, (free - square).max(0.0));
    }
    let far = found?;
    let change: Vec<f64> =
        pixels().map(|(x, w)| (x + far * w).clamp(0.0_f64.min(x), 1.0_f64.max(x)) - x).collect();
    let size = length(change.iter().copied());
    Some((change, size))
}

fn length(numbers: impl Iterator<Item = f64>) -> f64 {
    numbers.map(|number| number * number).sum::<f64>().sqrt()
}
