//! How much a ledger may take: beyond that it is refused before it is begun.

use super::Booked;
use crate::{learning::TrainError, words::Phrase};

/// Multiply-adds of a ledger at most: with two cores about an hour of a small convolutional network.
const MOST: u64 = 10_000_000_000_000;
/// Gradients of the input's loss that a step takes: at its ends and in its middle, and where the loss bends in some more places.
const LOOKS: u64 = 5;
/// What a pass there and back takes, in passes there.
const THERE_AND_BACK: u64 = 3;

/// Whether a run can be booked within bounds.
///
/// # Errors
/// One sentence that says how much it would take, and how many steps could be booked.
pub(super) fn check<R: Booked>(run: &R) -> Result<(), TrainError> {
    let one = run.multiply_adds().saturating_mul(THERE_AND_BACK);
    if one == 0 {
        return Ok(());
    }
    let mut all = 0_u64;
    let mut possible = 0;
    for step in 1..=run.steps() {
        let images = run.seen(step).len();
        // The run is taken again twice.
        let passes = (2 * images as u64 + LOOKS).saturating_add(run.passes(images)?);
        all = all.saturating_add(one.saturating_mul(passes));
        if all <= MOST {
            possible = step;
        }
    }
    if all <= MOST {
        return Ok(());
    }
    let number = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    Err(TrainError::Calculation(phrase!(
        "studies-to-book-of-this-network",
        steps = Phrase::counted(number(run.steps()), "step"),
        all = Phrase::roughly(all),
        most = Phrase::roughly(MOST),
        possible = Phrase::counted(number(possible), "step")
    )))
}
