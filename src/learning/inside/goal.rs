//! The number that is explained: a logit, a probability or the difference of two logits, and its slope by the logits.

use crate::{inside::Target, learning::TrainError};

/// A target whose classes are there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Goal {
    target: Target,
}

impl Goal {
    /// Of a model that answers with these logits.
    ///
    /// # Errors
    /// If a class is not there, or is compared with itself.
    pub(super) fn of(target: Target, logits: &[f32]) -> Result<Self, TrainError> {
        let is_there = |class: usize| match logits.get(class) {
            Some(_) => Ok(()),
            None => Err(TrainError::Calculation(phrase!(
                "studies-there-is-no-class-only-counted",
                class,
                logits_count = logits.len()
            ))),
        };
        let target = match target {
            Target::Said => {
                let none =
                    || TrainError::calculation(phrase!("studies-the-network-tells-no-classes"));
                Target::Logit(said(logits).ok_or_else(none)?)
            }
            other => other,
        };
        match target {
            Target::Said => {}
            Target::Logit(class) | Target::Probability(class) => is_there(class)?,
            Target::Difference(one, other) => {
                is_there(one)?;
                is_there(other)?;
                if one == other {
                    return Err(TrainError::Calculation(phrase!(
                        "studies-class-does-not-differ-from",
                        one
                    )));
                }
            }
        }
        Ok(Self { target })
    }

    /// Never [`Target::Said`].
    pub(super) const fn target(self) -> Target {
        self.target
    }

    /// Whether it is a weighted sum of the logits.
    pub(super) const fn is_linear(self) -> bool {
        !matches!(self.target, Target::Probability(_))
    }

    /// What it is where these are the logits.
    pub(super) fn value(self, logits: &[f32]) -> f32 {
        let logit = |class: usize| logits.get(class).copied().unwrap_or(f32::NAN);
        match self.target {
            Target::Said => f32::NAN,
            Target::Logit(class) => logit(class),
            Target::Difference(one, other) => logit(one) - logit(other),
            Target::Probability(class) => {
                probabilities(logits).get(class).map_or(f32::NAN, |share| *share as f32)
            }
        }
    }

    /// Its slope by each logit, where these are they. Of a probability `p_c` it is `p_c (δ − p)`, as the softmax has it.
    pub(super) fn slope(self, logits: &[f32]) -> Vec<f32> {
        let one = |is: bool| if is { 1.0 } else { 0.0 };
        match self.target {
            Target::Said => vec![f32::NAN; logits.len()],
            Target::Logit(class) => (0..logits.len()).map(|at| one(at == class)).collect(),
            Target::Difference(first, second) => {
                (0..logits.len()).map(|at| one(at == first) - one(at == second)).collect()
            }
            Target::Probability(class) => {
                let shares = probabilities(logits);
                let own = shares.get(class).copied().unwrap_or(f64::NAN);
                let slope = |(at, share): (usize, &f64)| match at == class {
                    // 1 − p would lose what is left of an answer that is almost sure.
                    true => {
                        own * shares
                            .iter()
                            .enumerate()
                            .filter(|(at, _)| *at != class)
                            .map(|(_, p)| p)
                            .sum::<f64>()
                    }
                    false => -own * share,
                };
                shares.iter().enumerate().map(|one| slope(one) as f32).collect()
            }
        }
    }
}

/// The class with the highest logit, the first of equals; none if there are no logits. What is not a number is never the
/// highest, but where all are none.
pub(super) fn said(logits: &[f32]) -> Option<usize> {
    let higher = |best: usize, at: usize| {
        let of = |at: usize| logits.get(at).copied().unwrap_or(f32::NAN);
        if of(at) > of(best) || (of(best).is_nan() && !of(at).is_nan()) { at } else { best }
    };
    (0..logits.len()).reduce(higher)
}

/// Cross-entropy of a class, in nats: `log Σ exp z − z_class`.
pub(in crate::learning) fn loss(logits: &[f32], class: usize) -> f64 {
    let highest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let sum: f64 = logits.iter().map(|logit| (f64::from(*logit) - f64::from(highest)).exp()).sum();
    let own = logits.get(class).copied().unwrap_or(f32::NAN);
    sum.ln() + (f64::from(highest) - f64::from(own))
}

/// The softmax of logits.
pub(super) fn probabilities(logits: &[f32]) -> Vec<f64> {
    let highest = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let powers: Vec<f64> =
        logits.iter().map(|logit| (f64::from(*logit) - f64::from(highest)).exp()).collect();
    let sum: f64 = powers.iter().sum();
    powers.into_iter().map(|power| power / sum).collect()
}
