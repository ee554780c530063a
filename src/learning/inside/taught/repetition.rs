//! What would have become of a run without some training images: the same run, really taken again.

use std::time::Instant;

use super::beforehand::{Beforehand, beforehand, credits};
use crate::{
    inside::{Learned, Price, Without, WithoutAsked},
    learning::{
        TrainError,
        inside::{
            goal,
            ledger::{Booked, Subject},
            replay::{same_end, whole},
            said::Said,
        },
    },
    stream::TestReport,
};

/// Takes the run again without some training images.
///
/// # Errors
/// One sentence if what is asked for is not there or cannot be computed.
pub(super) fn without<R: Booked>(
    run: &R,
    asked: &WithoutAsked,
    subject: &Subject,
    go_on: &dyn Fn() -> bool,
) -> Result<Option<Without>, TrainError> {
    let begun = Instant::now();
    let count = run.labels().len();
    if let Some(missing) = asked.left_out.iter().find(|index| **index as usize >= count) {
        return Err(TrainError::Calculation(phrase!(
            "studies-there-is-no-training-image",
            missing,
            count
        )));
    }
    let mut left_out = asked.left_out.clone();
    left_out.sort_unstable();
    left_out.dedup();

    let Some((credits, booking)) = credits(run, subject, go_on)? else { return Ok(None) };
    let foretold = match asked.foretold {
        true => beforehand(run, subject, &left_out, go_on)?,
        false => Some(Beforehand::default()),
    };
    let Some(foretold) = foretold else { return Ok(None) };
    let Some(untouched) = whole(run, go_on, |_, _| {})? else { return Ok(None) };
    same_end(run, &untouched)?;
    let changed = run.without(&left_out);
    let Some(other) = whole(&changed, go_on, |_, _| {})? else { return Ok(None) };

    let seen: u64 = (1..=run.steps()).map(|step| run.seen(step).len() as u64).sum();
    let (before, said) = learned(run, &untouched, subject)?;
    let (after, otherwise) = learned(&changed, &other, subject)?;
    let tests: u64 = before.confusion.iter().map(|count| u64::from(*count)).sum();
    let [_, of_run] = run.remarks();
    let booked = left_out.iter().filter_map(|index| credits.get(*index as usize)).sum();
    Ok(Some(Without {
        asked: asked.clone(),
        steps: run.steps(),
        class: subject.class,
        floor: 0.0,
        changed: said.changes(&otherwise),
        before,
        after,
        booked,
        forecast: foretold.forecast,
        remarks: of_run.into_iter().chain(foretold.remarks).collect(),
        price: Price {
            forward: booking.forward + foretold.passes + 2 * (seen + tests + 1),
            backward: booking.backward + foretold.passes + 2 * seen,
            seconds: begun.elapsed().as_secs_f64(),
        },
    }))
}

/// What a state has learned, and what it says to each test image.
fn learned<R: Booked>(
    run: &R,
    state: &R::State,
    subject: &Subject,
) -> Result<(Learned, Said), TrainError> {
    let logits = run.logits(&run.parameters(state)?, &subject.input)?;
    let report = run.tested(state)?;
    let said = Said::of(&report);
    let TestReport { values, confusion, .. } = report;
    let learned = Learned {
        loss: goal::loss(&logits, subject.class),
        said: goal::said(&logits).unwrap_or_default(),
        logits: logits.into(),
        accuracy: values.get(1).unwrap_or(f32::NAN),
        test_loss: values.loss(),
        confusion,
    };
    Ok((learned, said))
}
