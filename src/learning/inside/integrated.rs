//! Integrated gradients: what each pixel adds on the straight way from the baseline to the input (Sundararajan, Taly and Yan
//! 2017, <https://arxiv.org/abs/1703.01365>).

use std::f64::consts::PI;

use super::{
    gradient::affordable,
    scene::{Found, Scene},
};
use crate::{
    inside::{Completeness, Method},
    learning::TrainError,
};

/// Places on the way where a gradient is taken, as Captum's `IntegratedGradients` does.
pub(super) const STEPS: usize = 50;

/// (x − x′) ⊙ ∫₀¹ ∂z(x′ + α(x − x′))/∂x dα: exactly where the model has a closed form, else by Gauss and Legendre's rule.
pub(super) fn integrated(scene: &Scene<'_>) -> Result<Found, TrainError> {
    let exact = match scene.goal.is_linear() {
        true => scene.meter.mean_gradient(scene.input, scene.baseline, &scene.slope)?,
        false => None,
    };
    let is_exact = exact.is_some();
    let (mean, remark) = match exact {
        Some(mean) => {
            (mean.into_iter().map(f64::from).collect(), phrase!("studies-exact-the-way-is-summed"))
        }
        None => {
            let steps = affordable(STEPS, scene.meter.model().multiply_adds());
            (by_quadrature(scene, steps)?, phrase!("studies-places-on-the-way-by", steps))
        }
    };
    let shares = mean.iter().zip(scene.changes()).map(|(mean, change)| mean * change);
    let mut found = scene.found(Method::IntegratedGradients, shares);
    let (sum, expected) = (scene.sum(&found.values), scene.value - scene.baseline_value);
    found.completeness = Some(Completeness { sum: sum as f32, expected, exact: is_exact });
    found.remark(remark);
    Ok(found)
}

/// The mean gradient along the way, from so many places.
pub(super) fn by_quadrature(scene: &Scene<'_>, steps: usize) -> Result<Vec<f64>, TrainError> {
    let mut means = vec![0.0_f64; scene.input.len()];
    for places in gauss_legendre(steps).chunks(scene.meter.at_once()) {
        let mut inputs = Vec::with_capacity(places.len() * scene.input.len());
        for (along, _) in places {
            let pixels = scene.baseline.iter().zip(scene.changes());
            inputs.extend(pixels.map(|(from, change)| (f64::from(*from) + along * change) as f32));
        }
        let gradients = scene.meter.gradients(scene.goal, &inputs)?;
        let gradients = gradients.chunks(means.len().max(1));
        for (gradient, (_, weight)) in gradients.zip(places) {
            for (mean, slope) in means.iter_mut().zip(gradient) {
                *mean += weight * f64::from(*slope);
            }
        }
    }
    Ok(means)
}

/// Places in 0..1 and their weights, which sum to 1: roots of Legendre's polynomial by Newton's method
/// (<https://dlmf.nist.gov/3.5#v>).
pub(super) fn gauss_legendre(count: usize) -> Vec<(f64, f64)> {
    let n = count as f64;
    let place = |at: usize| {
        let mut x = (PI * (n - at as f64 - 0.25) / (n + 0.5)).cos();
        let mut slope = 1.0;
        // It converges within six; the last digit may go on swinging.
        for _ in 0..20 {
            let (mut before, mut now) = (1.0, x);
            for k in 2..=count {
                let k = k as f64;
                (before, now) = (now, ((2.0 * k - 1.0) * x * now - (k - 1.0) * before) / k);
            }
            slope = n * (x * now - before) / (x * x - 1.0);
            let step = now / slope;
            x -= step;
            if step.abs() < 1e-16 {
                break;
            }
        }
        // Of the interval −1..1 half.
        (0.5 * (x + 1.0), 1.0 / ((1.0 - x * x) * slope * slope))
    };
    (0..count).map(place).collect()
}
