//! Branches of a run: it is taken again to a step of its past, and from there on side by side as it was and as it would be
//! with something changed.
//!
//! The run itself is one of the futures, taken by the very steps by which the others are, and has to end at the weights that
//! it has, bit for bit; so what differs comes from the change alone.

mod futures;
mod seen;

use std::time::Instant;

use super::{
    Explained,
    hidden::awaited,
    replay::{Replayed, check, same_end, unedited},
};
use crate::{
    inside::{BranchAsked, Branched, Price},
    learning::{Study, TrainError},
    sentence::grouped,
    stream::Payload,
    words::Phrase,
};
use futures::{Futures, points};
use seen::{Seen, shown};

/// The study of a run with its branches: as [`branched`], on a thread beside the training.
pub fn branch_study<R: Replayed + Clone + Send + 'static>(
    run: R,
    model: impl Explained + Send + 'static,
    asked: BranchAsked,
    input: Vec<f32>,
) -> Study {
    Box::new(move |go_on| branched(&run, &model, (&asked, &input), go_on).map(Payload::new))
}

/// Takes a run again with its branches. It takes as long as the run took and longer, and looks now and then whether it is to
/// `go_on`. `model` is the run where it stands, and `input` what is looked at.
///
/// # Errors
/// One sentence if what is asked for is not there, cannot be computed, or was ended early.
pub fn branched<R: Replayed + Clone>(
    run: &R,
    model: &dyn Explained,
    (asked, input): (&BranchAsked, &[f32]),
    go_on: &dyn Fn() -> bool,
) -> Result<Branched, TrainError> {
    let begun = Instant::now();
    check(run)?;
    let step = parted(run, asked)?;
    let others: Vec<R> = asked.branches.iter().map(|branch| run.branched(branch)).collect();
    possible(run, step, &others)?;
    let ended = || TrainError::calculation(phrase!("studies-the-answer-was-ended-before"));
    let trunk = unedited(run, step, go_on)?.ok_or_else(ended)?;
    let mut runs = vec![run.clone()];
    runs.extend(others);
    let layers = run.placed();
    let mut futures = Futures::of(runs, trunk, step, &layers)?;
    let points = points(run, step, futures.tests());
    for at in step + 1..=run.steps() {
        futures.take(at, go_on)?;
        if points.contains(&at) {
            awaited(go_on)?;
            futures.tell(at)?;
        }
    }
    let (runs, states) = futures.ended();
    if let Some((run, state)) = runs.first().zip(states.first()) {
        same_end(run, state)?;
    }
    let tested = futures.passes();
    let mut parts = futures.told();
    let (shown, left_out) = shown(model)?;
    for ((run, state), part) in runs.iter().zip(&states).zip(&mut parts) {
        awaited(go_on)?;
        let Seen { logits, units } = Seen::of(model, &run.explained(state)?, &shown, input)?;
        (part.logits, part.units) = (logits, units);
    }
    let mut parts = parts.into_iter();
    let own = parts.next().ok_or_else(ended)?;
    let learned = learned(run, step, asked.branches.len());
    Ok(Branched {
        asked: asked.clone(),
        steps: [step, run.steps()],
        layers: layers.into_iter().map(|(name, _)| name).collect(),
        shown,
        run: own,
        futures: parts.collect(),
        remarks: left_out,
        price: Price {
            forward: learned + tested,
            backward: learned,
            seconds: begun.elapsed().as_secs_f64(),
        },
    })
}

/// The step at which the branches part from the run.
fn parted<R: Replayed>(run: &R, asked: &BranchAsked) -> Result<u64, TrainError> {
    let refused = |why: Phrase| Err(TrainError::Calculation(why));
    let Some(step) = asked.branches.first().map(|branch| branch.step) else {
        return refused(phrase!("branch-nothing-is-asked"));
    };
    if asked.branches.len() > BranchAsked::MOST_BRANCHES {
        return refused(phrase!("branch-too-many", most = BranchAsked::MOST_BRANCHES));
    }
    if asked.branches.iter().any(|branch| branch.step != step) {
        return refused(phrase!("branch-of-several-steps"));
    }
    if step >= run.steps() {
        let stands = grouped(usize::try_from(run.steps()).unwrap_or(usize::MAX));
        return refused(phrase!("branch-no-future", step, stands));
    }
    Ok(step)
}

/// Whether what branches change by hand can be changed, so that none is found wrong after a long way.
fn possible<R: Replayed>(run: &R, step: u64, others: &[R]) -> Result<(), TrainError> {
    let first = run.begin()?;
    others.iter().try_for_each(|other| other.edit(&mut first.clone(), step).map(drop))
}

/// Training images that go through the network, there and back.
fn learned<R: Replayed>(run: &R, step: u64, branches: usize) -> u64 {
    let images = |steps: std::ops::RangeInclusive<u64>| -> u64 {
        steps.map(|step| run.seen(step).len() as u64).sum()
    };
    images(1..=step) + images(step + 1..=run.steps()) * (branches as u64 + 1)
}
