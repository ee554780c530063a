//! What is known of some training images before the run is taken again without them: what was booked on them, and what is
//! foretold; from the books where the same was asked before.

use std::{collections::BTreeSet, sync::Arc};

use super::checked::{checked, distrusted};
use crate::{
    inside::{Forecast, Price},
    learning::{
        TrainError,
        inside::ledger::{Booked, Derivatives, Foretold, Subject, forecast, ledger},
    },
    sentence::grouped,
    words::Phrase,
};

/// Steps beyond which nothing is foretold: there ever fewer of the digits' forecasts hold (docs/INSIDE.md), while their check,
/// of twenty runs, takes ever longer.
const MOST_STEPS: u64 = 1000;
/// Of so many training images one may be left out before a forecast is told with the remark that it holds for fewer: no more
/// are left out where it is checked.
const ONE_OF: usize = 100;

/// The credit of each training image, and what that cost; `None` where `go_on` ends it early.
///
/// # Errors
/// If it cannot be computed.
pub(super) fn credits<R: Booked>(
    run: &R,
    subject: &Subject,
    go_on: &dyn Fn() -> bool,
) -> Result<Option<(Arc<[f64]>, Price)>, TrainError> {
    if let Some(credits) = run.books().find(run.steps(), subject) {
        return Ok(Some((credits, Price::default())));
    }
    let Some((account, _, price)) = ledger(run, subject, None, go_on)? else { return Ok(None) };
    let credits = account.credits();
    run.books().keep(run.steps(), subject, Arc::clone(&credits));
    Ok(Some((credits, price)))
}

/// What is foretold of a run without some images.
#[derive(Default)]
pub(super) struct Beforehand {
    pub(super) forecast: Option<Forecast>,
    pub(super) remarks: Vec<Phrase>,
    /// Images that went through the network for it, there and back.
    pub(super) passes: u64,
}

/// That of the run without these images, none of them twice; `None` where `go_on` ends it early.
///
/// # Errors
/// If it cannot be computed.
pub(super) fn beforehand<R: Booked>(
    run: &R,
    subject: &Subject,
    left_out: &[u32],
    go_on: &dyn Fn() -> bool,
) -> Result<Option<Beforehand>, TrainError> {
    let untold =
        |why: Phrase, passes| Some(Beforehand { forecast: None, remarks: vec![why], passes });
    if run.steps() > MOST_STEPS {
        return Ok(untold(
            phrase!(
                "studies-nothing-is-foretold-beyond-steps",
                most_steps = grouped(MOST_STEPS as usize)
            ),
            0,
        ));
    }
    let Some((foretold, passes)) = foretold(run, subject, go_on)? else { return Ok(None) };
    let derivatives = match foretold {
        Foretold::Known(derivatives) => derivatives,
        Foretold::Unknown(why) => return Ok(untold(why, passes)),
    };
    let Some((checked, more)) = checked(run, subject, &derivatives, go_on)? else {
        return Ok(None);
    };
    let passes = passes + more;
    if let Some(why) = distrusted(checked) {
        return Ok(untold(why, passes));
    }
    let Derivatives { first_step, .. } = *derivatives;
    if !left_out.is_empty() && unfollowed(run, first_step, left_out) == left_out.len() {
        return Ok(untold(phrase!("studies-nothing-is-foretold-as-all", first_step), passes));
    }
    let forecast = Forecast { change: derivatives.without(left_out), first_step, checked };
    let remarks = remarks(run, first_step, left_out);
    Ok(Some(Beforehand { forecast: Some(forecast), remarks, passes }))
}

/// What is foretold of the input, and how many images went through the network for it.
fn foretold<R: Booked>(
    run: &R,
    subject: &Subject,
    go_on: &dyn Fn() -> bool,
) -> Result<Option<(Foretold, u64)>, TrainError> {
    if let Some(foretold) = run.books().foretold(run.steps(), subject) {
        return Ok(Some((foretold, 0)));
    }
    let found = forecast(run, subject, go_on)?;
    if let Some((foretold, _)) = &found {
        run.books().keep_foretold(run.steps(), subject, foretold.clone());
    }
    Ok(found)
}

/// How many of those that are left out were seen in the first steps alone, through which nothing is followed.
fn unfollowed<R: Booked>(run: &R, first_step: u64, left_out: &[u32]) -> usize {
    let seen = |steps: std::ops::RangeInclusive<u64>| -> BTreeSet<u32> {
        steps.flat_map(|step| run.seen(step)).copied().collect()
    };
    let (early, followed) = (seen(1..=first_step - 1), seen(first_step..=run.steps()));
    left_out.iter().filter(|it| early.contains(it) && !followed.contains(it)).count()
}

/// Where less is foretold than was asked.
fn remarks<R: Booked>(run: &R, first_step: u64, left_out: &[u32]) -> Vec<Phrase> {
    let mut remarks = Vec::new();
    match unfollowed(run, first_step, left_out) {
        0 => {}
        some => remarks.push(phrase!(
            "studies-of-those-left-out-seen",
            some = Phrase::counted(some, "training image"),
            first_step
        )),
    }
    if left_out.len() > run.labels().len() / ONE_OF {
        remarks.push(phrase!("studies-more-than-a-hundredth-of"));
    }
    remarks
}
