//! What one private step gives away: the Rényi divergence of the sampled Gaussian mechanism.
//!
//! With q the chance that an example is in the batch and σ the noise in units of the clip, the divergence of order α is at
//! most (Mironov, Talwar and Zhang 2019, section 3.3, <https://arxiv.org/abs/1908.10530>)
//!
//! ```text
//! D(α) = ln A / (α − 1)        A = E (1 − q + q exp((2z − 1) / (2σ²)))^α,  z ~ N(0, σ²)
//! A = Σₖ (α over k) (1 − q)^(α−k) q^k exp((k² − k) / (2σ²))                 for whole α
//! ```
//!
//! and α / (2σ²) for q = 1, where it is the plain Gaussian mechanism (Mironov 2017, proposition 7,
//! <https://arxiv.org/abs/1702.07476>). Sums are taken in logarithms, as their terms go beyond all numbers.

use std::f64::consts::TAU;

/// How far integrals go beyond the two peaks of what is integrated, at 0 and at α, in standard deviations: what lies beyond
/// is below e⁻⁷² of it.
const REACH: f64 = 12.0;
/// Points of an integral in a standard deviation.
const POINTS: f64 = 8.0;
/// The same in σ², as far from the real line as A's integrand has its nearest singularity: equidistant points then are as
/// exact as doubles are (Trefethen and Weideman 2014, <https://doi.org/10.1137/130932132>).
const POINTS_IN_SQUARE: f64 = 4.0;
/// Below this noise fractions of orders are not integrated: points would lie too close, and nothing is hidden anyway.
const LEAST_INTEGRATED: f64 = 0.25;

/// The Rényi divergence, in nats, of an order above 1 that a step gives away at most: `share` is q, `noise` is σ.
///
/// Infinite without noise, and for fractions of orders where the noise is so small that none is integrated; no number where
/// one that is given is none, or is out of its bounds.
pub(super) fn of_step(share: f64, noise: f64, order: f64) -> f64 {
    let is_known = (0.0..=1.0).contains(&share) && noise >= 0.0 && order > 1.0;
    if !is_known {
        return f64::NAN;
    }
    if share == 0.0 {
        return 0.0;
    }
    if noise == 0.0 {
        return f64::INFINITY;
    }
    if share == 1.0 {
        return order / (2.0 * noise * noise);
    }
    let moment = match order.fract() == 0.0 {
        true => binomial(share, noise, order),
        false => integral(share, noise, order),
    };
    // Rounding may make it a little less than nothing.
    (moment / (order - 1.0)).max(0.0)
}

/// ln A of a whole order.
pub(super) fn binomial(share: f64, noise: f64, order: f64) -> f64 {
    let mut over = 0.0;
    let mut terms = Vec::with_capacity(order as usize + 1);
    for chosen in 0..=order as u32 {
        let k = f64::from(chosen);
        let likely = (order - k) * (-share).ln_1p() + k * share.ln();
        terms.push(over + likely + (k * k - k) / (2.0 * noise * noise));
        over += ((order - k) / (k + 1.0)).ln();
    }
    logarithm_of_sum(&terms)
}

/// ln A of any order, by its integral.
pub(super) fn integral(share: f64, noise: f64, order: f64) -> f64 {
    if noise < LEAST_INTEGRATED {
        return f64::INFINITY;
    }
    let variance = noise * noise;
    let step = (noise / POINTS).min(variance / POINTS_IN_SQUARE);
    let points = ((order + 2.0 * REACH * noise) / step).ceil() as u32;
    let (absent, present) = ((-share).ln_1p(), share.ln());
    let term = |point: u32| {
        let z = f64::from(point) * step - REACH * noise;
        let ratio = logarithm_of_sum(&[absent, present + (2.0 * z - 1.0) / (2.0 * variance)]);
        order * ratio - z * z / (2.0 * variance)
    };
    let terms: Vec<f64> = (0..=points).map(term).collect();
    logarithm_of_sum(&terms) + (step / (noise * TAU.sqrt())).ln()
}

/// ln Σ exp of these.
fn logarithm_of_sum(terms: &[f64]) -> f64 {
    let highest = terms.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if highest.is_infinite() {
        return highest;
    }
    highest + terms.iter().map(|term| (term - highest).exp()).sum::<f64>().ln()
}
