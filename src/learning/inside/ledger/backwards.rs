//! The ledger made: the run taken again for states to begin from, then stretch by stretch from its end, each step booked with
//! what all later ones make of its gradients.

use std::{sync::Arc, time::Instant};

use rayon::prelude::*;

use super::{Account, Booked, Reach, Subject, apart::Apart, bounds, path::Path};
use crate::{
    inside::Price,
    learning::{
        TrainError,
        inside::replay::{Keyframes, check},
    },
};

/// A step with all that its bookings need.
pub(super) struct Move {
    pub(super) step: u64,
    /// Parameters before it and after it.
    pub(super) before: Arc<[f32]>,
    after: Arc<[f32]>,
    pub(super) reach: Reach,
}

/// Bytes of a step while it waits to be booked: parameters after it, reach, and mean gradient.
pub(super) fn bytes_of_step(size: usize) -> u64 {
    3 * size_of::<f32>() as u64 * size as u64
}

impl Reach {
    /// What a gradient of the step is multiplied by for what `of` makes of numbers, as it is taken.
    fn of_gradient<N: Copy + Into<f64>>(&self, of: impl Fn(f64) -> f64, numbers: &[N]) -> Vec<f32> {
        let mut found: Vec<f32> =
            numbers.iter().map(|number| of((*number).into()) as f32).collect();
        // None are there where a gradient is taken as it is.
        found.iter_mut().zip(&self.taken).for_each(|(found, by)| *found *= by);
        found
    }
}

/// Makes the ledger; `None` where `go_on` ends it early.
///
/// # Errors
/// One sentence if the run cannot be taken again, or something in it is no number.
pub(in crate::learning::inside) fn ledger<R: Booked>(
    run: &R,
    subject: &Subject,
    map: Option<usize>,
    go_on: &dyn Fn() -> bool,
) -> Result<Option<(Account, u64, Price)>, TrainError> {
    check(run)?;
    bounds::check(run)?;
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
            let reached: Vec<f32> =
                one.reach.each.iter().zip(&path.mean).map(|(reach, slope)| reach * slope).collect();
            let own = one.reach.of_gradient(|at| (1.0 + one.reach.ahead) * at, &reached);
            let from_later = one.reach.of_gradient(|sum| kept * sum, &later);
            let images = run.seen(one.step);
            let products = run.products(&one.before, one.step, [&own, &from_later])?;
            let share = -one.reach.added / images.len().max(1) as f64;
            account.book(one.step, images, &products, share, path.loss);
            let way = [&*one.before, &*one.after, &*path.mean];
            let beside = run.beside(one.step);
            account.apart.add(Apart::of(&beside, &one.reach, way, [&own, &from_later]));
            let both = later.iter_mut().zip(&reached);
            both.for_each(|(sum, reached)| *sum = kept * *sum + f64::from(*reached));
            kept = one.reach.kept;
            looks += path.looks + run.passes(images.len())?;
        }
    }
    if run.is_edited() {
        account.end_at(run.slope(run.ended(), subject)?.0);
    }
    account.close()?;
    let seen: u64 = (1..=run.steps()).map(|step| run.seen(step).len() as u64).sum();
    let price = Price {
        forward: 2 * seen + looks,
        backward: 2 * seen + looks,
        seconds: begun.elapsed().as_secs_f64(),
    };
    Ok(Some((account, frames.bytes(), price)))
}

/// The steps of a stretch that moved something.
pub(super) fn moves<R: Booked>(
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
        // What is changed by hand is nobody's lesson: the next step begins behind it.
        if run.edit(&mut state, step)? {
            parameters = run.parameters(&state)?.into();
        }
    }
    Ok(Some(moves))
}
