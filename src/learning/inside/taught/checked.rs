//! Whether a forecast holds for this run: some removals of a hundredth of the training images, drawn, against the run really
//! taken again without each.

use std::sync::Arc;

use crate::{
    inside::ForecastChecked,
    learning::{
        TrainError,
        inside::{
            ledger::{Booked, Derivatives, Removal, Subject},
            rank::correlation,
            replay::whole,
            shuffle::permuted,
        },
    },
    words::Phrase,
};

/// Removals that a forecast is held against.
const RUNS: usize = 20;
/// Of so many training images one is left out.
const ONE_OF: usize = 100;
/// The place of these draws among arrays, beyond those of any network and of shuffled labels.
const DRAWS: usize = 1 << 33;
/// The rank correlation from which on a forecast is told.
const LEAST: f32 = 0.8;

/// Holds a forecast against runs really taken again, with how many images went through the network for it; `None` where
/// `go_on` ends it early. The same removals serve every input after the same steps.
///
/// # Errors
/// If it cannot be computed.
pub(super) fn checked<R: Booked>(
    run: &R,
    subject: &Subject,
    foretold: &Derivatives,
    go_on: &dyn Fn() -> bool,
) -> Result<Option<(ForecastChecked, u64)>, TrainError> {
    let (removals, passes) = match run.books().removals(run.steps()) {
        Some(removals) => (removals, 0),
        None => {
            let Some(removals) = removals(run, go_on)? else { return Ok(None) };
            run.books().keep_removals(run.steps(), Arc::clone(&removals));
            let seen: u64 = (1..=run.steps()).map(|step| run.seen(step).len() as u64).sum();
            (removals, seen * RUNS as u64)
        }
    };
    let (before, _) = run.slope(run.ended(), subject)?;
    let (mut expected, mut found) = (Vec::new(), Vec::new());
    for Removal { left_out, ended } in removals.iter() {
        expected.push(foretold.without(left_out) as f32);
        found.push((run.slope(ended, subject)?.0 - before) as f32);
    }
    let rank_correlation = correlation(&expected, &found);
    Ok(Some((ForecastChecked { rank_correlation, runs: removals.len() }, passes)))
}

/// Why a forecast is not told, if it is not.
pub(super) fn distrusted(checked: ForecastChecked) -> Option<Phrase> {
    let ForecastChecked { rank_correlation, runs } = checked;
    // What is no number is not enough either.
    (rank_correlation.is_nan() || rank_correlation < LEAST).then(|| {
        phrase!(
            "studies-nothing-is-foretold-since-it",
            runs,
            rank_correlation = format_args!("{:.2}", rank_correlation),
            least = LEAST
        )
    })
}

/// The run really taken again without a drawn hundredth of the training images, so many times.
fn removals<R: Booked>(
    run: &R,
    go_on: &dyn Fn() -> bool,
) -> Result<Option<Arc<[Removal]>>, TrainError> {
    let all: Vec<u32> = (0..).take(run.labels().len()).collect();
    let mut removals = Vec::with_capacity(RUNS);
    for number in 0..RUNS {
        let mut left_out = permuted(&all, number as u64, DRAWS);
        left_out.truncate((all.len() / ONE_OF).max(1));
        let changed = run.without(&left_out);
        let Some(end) = whole(&changed, go_on, |_, _| {})? else { return Ok(None) };
        removals.push(Removal { left_out, ended: changed.parameters(&end)? });
    }
    Ok(Some(removals.into()))
}
