//! Temperature scaling: one number by which all logits are divided, so that the cross-entropy is least (Guo and others 2017,
//! <https://arxiv.org/abs/1706.04599>, section 4.2). It changes no answer.

use super::answers::Answers;
use crate::words::Phrase;

/// Newton's steps at most; it takes fewer than ten.
const ITERATIONS: usize = 100;
/// The coldest temperature that is one.
const COLDEST: f64 = 1e-4;

/// A temperature, and how many of Newton's steps it took.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) value: f64,
    pub(super) iterations: usize,
}

/// The softmax of logits divided by a temperature.
pub(super) fn probabilities(logits: &[f32], temperature: f64) -> Vec<f64> {
    let highest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let power = |logit: &f32| ((f64::from(*logit) - f64::from(highest)) / temperature).exp();
    let powers: Vec<f64> = logits.iter().map(power).collect();
    let sum: f64 = powers.iter().sum();
    powers.into_iter().map(|power| power / sum).collect()
}

/// Mean cross-entropy with a temperature, in nats.
pub(super) fn mean_loss(answers: &Answers, temperature: f64) -> f64 {
    let loss = |(logits, label): (&[f32], usize)| {
        let highest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let power = |logit: &f32| ((f64::from(*logit) - f64::from(highest)) / temperature).exp();
        let sum: f64 = logits.iter().map(power).sum();
        let own = logits.get(label).copied().map_or(f64::NAN, f64::from);
        sum.ln() + (f64::from(highest) - own) / temperature
    };
    answers.each().map(loss).sum::<f64>() / answers.labels.len() as f64
}

/// The temperature with the least cross-entropy. By s = 1/T it is convex: its slope is the mean of `E_p[z] − z_y`, its
/// curvature that of `Var_p[z]`, with p = softmax(s z); Newton's steps stay between places where the slope is below and above
/// zero.
pub(super) fn best(answers: &Answers) -> Result<Found, Phrase> {
    if slopes(answers, 0.0).0 >= 0.0 {
        return Err(phrase!("studies-its-logits-say-no-more"));
    }
    let (mut low, mut high) = (0.0, 1.0);
    while slopes(answers, high).0 <= 0.0 {
        (low, high) = (high, 2.0 * high);
        if high > 1.0 / COLDEST {
            return Err(phrase!("studies-it-is-right-about-all"));
        }
    }
    let mut s: f64 = if low > 0.0 { low } else { high };
    for iteration in 1..=ITERATIONS {
        let (slope, curvature) = slopes(answers, s);
        if slope > 0.0 {
            high = s;
        } else {
            low = s;
        }
        let step = s - slope / curvature;
        let next = if step > low && step < high { step } else { 0.5 * (low + high) };
        if slope == 0.0 || (next - s).abs() <= 1e-12 * s {
            return Ok(Found { value: 1.0 / s, iterations: iteration });
        }
        s = next;
    }
    Ok(Found { value: 1.0 / s, iterations: ITERATIONS })
}

/// Slope and curvature of the mean cross-entropy by s.
fn slopes(answers: &Answers, s: f64) -> (f64, f64) {
    let (mut slope, mut curvature) = (0.0, 0.0);
    for (logits, label) in answers.each() {
        let highest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let away = |logit: &f32| f64::from(*logit) - f64::from(highest);
        let (mut sum, mut first, mut second) = (0.0, 0.0, 0.0);
        for z in logits.iter().map(away) {
            let power = (s * z).exp();
            (sum, first, second) = (sum + power, first + power * z, second + power * z * z);
        }
        let mean = first / sum;
        slope += mean - logits.get(label).map_or(f64::NAN, away);
        curvature += second / sum - mean * mean;
    }
    let count = answers.labels.len() as f64;
    (slope / count, curvature / count)
}
