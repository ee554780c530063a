//! The ledger: the change of one input's loss over a run, booked on every step, training image and parameter, exactly.
//!
//! A step moves the parameters by `−reach ⊙ m`, where m is what the optimiser remembers of all gradients so far:
//! `m_s = β m_{s−1} + (1 − β) g_s`, with g the mean gradient of the batch. For Adam (Kingma and Ba 2014,
//! <https://arxiv.org/abs/1412.6980>, algorithm 1) `reach = η / (1 − β₁ᵗ) ⊘ (√v̂ + ε)` with v̂ taken as it was, so that the
//! step is linear in all gradients. With ḡ_s the mean gradient of the input's loss along step s, backwards in time
//!
//! ```text
//! h_s = reach_s ⊙ ḡ_s            R_s = h_s + β R_{s+1}
//! credit(s, i) = −(1 − β) / |B| · R_s · ∇ℓ(x_i; θ_{s−1})
//! ```
//!
//! and all credits add up to the change of the loss, but for the rule along each way ([`path`](self::path)) and rounding. For
//! plain gradient descent it is TracIn (Pruthi and others 2020, <https://arxiv.org/abs/2002.08484>, equation 1) with the way
//! looked at along its length; In-Run Data Shapley (Wang and others 2024, <https://arxiv.org/abs/2406.11011>) shows that the
//! first order of a step's Shapley value is this product.
//!
//! Credit is an account of what happened, not a forecast: [`without`](super::without) tells what happens without an image.

mod account;
mod books;
mod path;
#[cfg(test)]
mod tests;

use std::{sync::Arc, time::Instant};

use rayon::prelude::*;

use self::path::Path;
use super::replay::{Keyframes, Replayed, check};
use crate::{inside::Price, learning::TrainError};
pub(in crate::learning::inside) use account::Account;

pub use books::Books;

/// A run whose optimiser's steps are linear in the gradients of its training images, so that they can be booked.
pub trait Booked: Replayed + Sync {
    /// Layers with trainable numbers.
    fn layers(&self) -> Vec<String>;

    /// Parts of the trainable numbers, none in two of them and none in none.
    fn parts(&self) -> Vec<Part>;

    /// Classes that it tells apart.
    fn classes(&self) -> usize;

    /// How far a step goes; `None` where it moved nothing.
    ///
    /// # Errors
    /// If it cannot be computed.
    fn reach(
        &self,
        before: &Self::State,
        after: &Self::State,
        step: u64,
    ) -> Result<Option<Reach>, TrainError>;

    /// The loss of an input, in nats, and its gradient by the trainable numbers, where these are they.
    ///
    /// # Errors
    /// If it cannot be computed.
    fn slope(&self, parameters: &[f32], subject: &Subject) -> Result<(f64, Vec<f32>), TrainError>;

    /// For each training image and each part the products of its loss's gradient with two directions, where these are the
    /// trainable numbers.
    ///
    /// # Errors
    /// If it cannot be computed.
    fn products(
        &self,
        parameters: &[f32],
        images: &[u32],
        along: [&[f32]; 2],
    ) -> Result<Vec<[f64; 2]>, TrainError>;

    /// Channels, rows and columns of an image.
    fn image_size(&self) -> [usize; 3];

    /// A training image, as it is learned from.
    fn image(&self, index: usize) -> Option<&[f32]>;

    /// Ledgers that were made of this run.
    fn books(&self) -> &Books;
}

/// Some of the trainable numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// The place of their layer among [`Booked::layers`].
    pub layer: usize,
    /// The map on which they hang alone.
    pub map: Option<usize>,
}

/// How a step follows from gradients.
#[derive(Clone, Debug, PartialEq)]
pub struct Reach {
    /// By what each parameter moves, with the sign turned, for each unit of what the optimiser remembers.
    pub each: Vec<f32>,
    /// What of that is kept from step to step: β.
    pub kept: f64,
    /// What of the batch's mean gradient is added to it: 1 − β for Adam.
    pub added: f64,
}

/// The input whose loss is booked.
#[derive(Clone, Debug, PartialEq)]
pub struct Subject {
    /// Its numbers.
    pub input: Vec<f32>,
    /// The class whose cross-entropy is the loss.
    pub class: usize,
}

/// A step with all that its bookings need.
struct Move {
    step: u64,
    before: Arc<[f32]>,
    after: Arc<[f32]>,
    reach: Reach,
}

/// Bytes of a step while it waits to be booked: parameters after it, reach, and mean gradient.
fn bytes_of_step(size: usize) -> u64 {
    3 * size_of::<f32>() as u64 * size as u64
}

/// Makes the ledger; `None` where `go_on` ends it early.
///
/// # Errors
/// One sentence if the run cannot be taken again, or something in it is no number.
pub(super) fn ledger<R: Booked>(
    run: &R,
    subject: &Subject,
    map: Option<usize>,
    go_on: &dyn Fn() -> bool,
) -> Result<Option<(Account, u64, Price)>, TrainError> {
    check(run)?;
    let begun = Instant::now();
    let size = run.size();
    let Some(frames) = Keyframes::of(run, bytes_of_step(size), go_on)? else { return Ok(None) };
    let mut account = Account::new(run, map)?;
    let mut looks = 0;
    // R of the step after, and what of it the step before keeps.
    let (mut later, mut kept) = (vec![0.0_f64; size], 0.0);
    for (before, last) in frames.backwards(run.steps()) {
        let Some(moves) = moves(run, frames.at(run, before)?, (before, last), go_on)? else {
            return Ok(None);
        };
        let paths: Vec<Path> = moves
            .par_iter()
            .map(|one| Path::of(run, [&one.before, &one.after], subject))
            .collect::<Result<_, _>>()?;
        for (one, path) in moves.iter().zip(&paths).rev() {
            if !go_on() {
                return Ok(None);
            }
            let own: Vec<f32> =
                one.reach.each.iter().zip(&path.mean).map(|(reach, slope)| reach * slope).collect();
            let from_later: Vec<f32> = later.iter().map(|sum| (kept * sum) as f32).collect();
            let images = run.seen(one.step);
            let products = run.products(&one.before, images, [&own, &from_later])?;
            let share = -one.reach.added / images.len().max(1) as f64;
            account.book(one.step, images, &products, share, path.loss);
            later.iter_mut().zip(&own).for_each(|(sum, own)| *sum = kept * *sum + f64::from(*own));
            kept = one.reach.kept;
            looks += path.looks;
        }
    }
    account.close()?;
    let seen: u64 = (1..=run.steps()).map(|step| run.seen(step).len() as u64).sum();
    let price = Price {
        forward: 3 * seen + looks,
        backward: 3 * seen + looks,
        seconds: begun.elapsed().as_secs_f64(),
    };
    Ok(Some((account, frames.bytes(), price)))
}

/// The steps of a stretch that moved something.
fn moves<R: Booked>(
    run: &R,
    mut state: R::State,
    (before, last): (u64, u64),
    go_on: &dyn Fn() -> bool,
) -> Result<Option<Vec<Move>>, TrainError> {
    let mut moves = Vec::new();
    let mut parameters: Arc<[f32]> = run.parameters(&state)?.into();
    for step in before + 1..=last {
        if !go_on() {
            return Ok(None);
        }
        let old = state.clone();
        run.take(&mut state, step)?;
        if let Some(reach) = run.reach(&old, &state, step)? {
            let after: Arc<[f32]> = run.parameters(&state)?.into();
            let before = std::mem::replace(&mut parameters, Arc::clone(&after));
            moves.push(Move { step, before, after, reach });
        }
    }
    Ok(Some(moves))
}
