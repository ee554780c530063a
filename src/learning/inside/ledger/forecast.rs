//! What the loss of an input would be had some training images not counted, foretold by going back through the run once: the
//! metagradient, by the adjoint of all that later steps make of a gradient.
//!
//! A step is `m_t = β m_{t−1} + (1 − β) g_t`, `θ_t = θ_{t−1} − reach_t ⊙ m_t` with g the mean gradient of the batch at θ_{t−1}
//! ([`Reach`](super::Reach)), and `reach` is taken as it was. With λ the gradient of the input's loss by `θ_t` and μ that by
//! `m_t`, from `λ = ∇ℓ(z; θ_T)`, `μ = 0`, backwards in time
//!
//! ```text
//! μ ← μ − reach_t ⊙ λ          u = (1 − β) μ
//! dℓ(z) / d(weight of image i) += u · ∇ℓ_i(θ_{t−1}) / |B|
//! λ ← λ + H_t u                μ ← β μ
//! ```
//!
//! with `H_t` the Hessian of the batch's mean loss at θ_{t−1}, units held on their side of each kink. It is the chain rule through
//! the run (Maclaurin and others 2015, <https://arxiv.org/abs/1502.03492>, algorithm 2), by which a removal is foretold as
//! minus the sum of its images' derivatives (MAGIC: Ilyas and Engstrom 2025, <https://arxiv.org/abs/2504.16430>).
//!
//! The ledger has no H: it says what a gradient did on the way that was gone, and this what all later steps repair of it.

use std::sync::Arc;

use super::{
    Booked, Curved, Subject,
    backwards::{Move, bytes_of_step, moves},
    foretold::{Derivatives, Foretold},
};
use crate::learning::{
    TrainError,
    inside::replay::{Keyframes, check},
};
use crate::words::Phrase;

/// First steps through which the adjoint is not followed: there v̂ has seen so few gradients that Adam's steps are little more
/// than signs, and what is small before them is blown up behind them.
const UNSETTLED: u64 = 20;

/// Foretells what each training image's weight does to the input's loss, with how many images went through the network for
/// it, there and back; `None` where `go_on` ends it early.
///
/// # Errors
/// One sentence if the run cannot be taken again.
pub(crate) fn forecast<R: Booked>(
    run: &R,
    subject: &Subject,
    go_on: &dyn Fn() -> bool,
) -> Result<Option<(Foretold, u64)>, TrainError> {
    check(run)?;
    let unknown = |why: Phrase| Ok(Some((Foretold::Unknown(why), 0)));
    if run.steps() <= UNSETTLED {
        return unknown(phrase!(
            "studies-nothing-is-foretold-of-a",
            steps = run.steps(),
            unsettled = UNSETTLED
        ));
    }
    if run.is_edited() {
        return unknown(phrase!("studies-nothing-is-foretold-of-a-run"));
    }
    let (_, slope) = run.slope(run.ended(), subject)?;
    if run.curved(run.ended(), run.seen(run.steps()), &slope)?.is_none() {
        return unknown(phrase!("studies-nothing-is-foretold-of-this"));
    }
    let Some(frames) = Keyframes::of(run, bytes_of_step(run.size()), go_on)? else {
        return Ok(None);
    };
    let mut adjoint = Adjoint::of(&slope, run.labels().len());
    for (before, last) in frames.backwards(run.steps()) {
        if last <= UNSETTLED {
            break;
        }
        let stretch = moves(run, frames.at(run, before)?, (before, last), go_on)?;
        let Some(stretch) = stretch else { return Ok(None) };
        for one in stretch.iter().rev().take_while(|one| one.step > UNSETTLED) {
            if !go_on() {
                return Ok(None);
            }
            adjoint.back(run, one)?;
        }
    }
    Ok(Some((adjoint.found(), passes(run))))
}

/// Two repetitions, and for each step that is followed a product of the Hessian, which is worth two gradients.
fn passes<R: Booked>(run: &R) -> u64 {
    let seen = |first: u64| (first..=run.steps()).map(|step| run.seen(step).len() as u64);
    2 * seen(1).sum::<u64>() + 2 * seen(UNSETTLED + 1).sum::<u64>()
}

/// The gradient of the input's loss by what a state holds.
struct Adjoint {
    /// By the parameters.
    theta: Vec<f64>,
    /// By what the optimiser remembers.
    momentum: Vec<f64>,
    /// By the weight of each training image in the steps behind.
    weights: Vec<f64>,
}

impl Adjoint {
    fn of(slope: &[f32], images: usize) -> Self {
        Self {
            theta: slope.iter().map(|slope| f64::from(*slope)).collect(),
            momentum: vec![0.0; slope.len()],
            weights: vec![0.0; images],
        }
    }

    /// Goes back over a step.
    fn back<R: Booked>(&mut self, run: &R, one: &Move) -> Result<(), TrainError> {
        let reach = one.reach.each.iter().map(|reach| f64::from(*reach));
        for ((momentum, theta), reach) in self.momentum.iter_mut().zip(&self.theta).zip(reach) {
            *momentum -= reach * theta;
        }
        let along: Vec<f32> =
            self.momentum.iter().map(|by| (one.reach.added * by) as f32).collect();
        let images = run.seen(one.step);
        let none = || TrainError::calculation(phrase!("studies-how-the-gradients-change-is"));
        let Curved { product, slopes } =
            run.curved(&one.before, images, &along)?.ok_or_else(none)?;
        for (image, slope) in images.iter().zip(slopes) {
            if let Some(weight) = self.weights.get_mut(*image as usize) {
                *weight += slope / images.len() as f64;
            }
        }
        for (theta, product) in self.theta.iter_mut().zip(product) {
            *theta += f64::from(product);
        }
        self.momentum.iter_mut().for_each(|momentum| *momentum *= one.reach.kept);
        Ok(())
    }

    fn found(self) -> Foretold {
        let of_state = self.theta.iter().chain(&self.momentum);
        match of_state.chain(&self.weights).all(|number| number.is_finite()) {
            true => Foretold::Known(Arc::new(Derivatives {
                first_step: UNSETTLED + 1,
                of_images: self.weights,
            })),
            false => Foretold::Unknown(phrase!("studies-nothing-is-foretold-as-on")),
        }
    }
}
