//! The rules that turn gradients into steps, in double precision.

use crate::exhibits::descent::payload::{MOMENTUM, Runner};

/// Share of the mean square that stays: burn's `RmsPropConfig` and `torch.optim.RMSprop`.
pub(super) const RMS_DECAY: f64 = 0.99;
/// Shares of the first and the second moment that stay: Kingma and Ba, 2015, <https://arxiv.org/abs/1412.6980>.
pub(super) const ADAM_DECAYS: [f64; 2] = [0.9, 0.999];
/// Keeps a division from zero: Kingma and Ba, 2015.
pub(super) const EPSILON: f64 = 1e-8;

/// A rule with what it remembers.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Rule {
    /// Δθ = −α g.
    Plain,
    /// v ← β v + g, Δθ = −α v; burn's `Sgd` with a dampening of 0.
    Momentum { velocity: [f64; 2] },
    /// s ← ρ s + (1 − ρ) g², Δθ = −α g / (√s + ε)
    /// (Hinton, Neural Networks for Machine Learning, lecture 6e, 2012).
    RmsProp { squares: [f64; 2] },
    /// m ← β₁ m + (1 − β₁) g, s ← β₂ s + (1 − β₂) g², Δθ = −α m̂ / (√ŝ + ε) with m̂ = m / (1 − β₁ᵗ) and
    /// ŝ = s / (1 − β₂ᵗ).
    Adam {
        means: [f64; 2],
        squares: [f64; 2],
        /// β₁ᵗ and β₂ᵗ.
        left: [f64; 2],
    },
}

impl Rule {
    /// The rule of a runner who has not taken a step.
    pub(super) const fn of(runner: Runner) -> Self {
        match runner {
            Runner::GradientDescent | Runner::Stochastic => Self::Plain,
            Runner::Momentum => Self::Momentum { velocity: [0.0; 2] },
            Runner::RmsProp => Self::RmsProp { squares: [0.0; 2] },
            Runner::Adam => Self::Adam { means: [0.0; 2], squares: [0.0; 2], left: [1.0; 2] },
        }
    }

    /// What is added to θ for this gradient.
    pub(super) fn update(&mut self, gradient: [f64; 2], rate: f64) -> [f64; 2] {
        match self {
            Self::Plain => gradient.map(|slope| -rate * slope),
            Self::Momentum { velocity } => {
                blend(velocity, MOMENTUM, 1.0, gradient);
                velocity.map(|speed| -rate * speed)
            }
            Self::RmsProp { squares } => {
                blend(squares, RMS_DECAY, 1.0 - RMS_DECAY, gradient.map(|slope| slope * slope));
                both(gradient, *squares, |slope, square| -rate * slope / (square.sqrt() + EPSILON))
            }
            Self::Adam { means, squares, left } => {
                let [first, second] = ADAM_DECAYS;
                blend(means, first, 1.0 - first, gradient);
                blend(squares, second, 1.0 - second, gradient.map(|slope| slope * slope));
                *left = both(*left, ADAM_DECAYS, |left, decay| left * decay);
                let [mean_part, square_part] = left.map(|left| 1.0 - left);
                both(*means, *squares, |mean, square| {
                    -rate * (mean / mean_part) / ((square / square_part).sqrt() + EPSILON)
                })
            }
        }
    }
}

/// `memory ← stays × memory + comes × news`.
fn blend(memory: &mut [f64; 2], stays: f64, comes: f64, news: [f64; 2]) {
    *memory = both(*memory, news, |old, new| stays * old + comes * new);
}

fn both([a, b]: [f64; 2], [c, d]: [f64; 2], of: impl Fn(f64, f64) -> f64) -> [f64; 2] {
    [of(a, c), of(b, d)]
}
