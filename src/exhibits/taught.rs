//! `--taught`: what is told in the terminal of which images taught a classifier an answer, and what really becomes of it
//! without the strongest of them, once it has learned.

use std::{sync::Arc, time::Duration};

use super::{
    Afterwards,
    open::answer_within,
    test_image::{Found, TestImage},
};
use crate::{
    inside::{Taught, TaughtAsked, Without, WithoutAsked, taught_told, without_told},
    learning::data::Dataset,
    program_error::ProgramError,
    stream::{InputChoice, Payload, ViewerEnd},
    words::Word,
};

/// Why it cannot be answered in the hall, where it hangs on a wall.
pub(super) const ONLY_IN_WORDS: Word = key!("answers-taught-is-answered-in-words");

/// How long an answer may take: a training is taken again several times, and may have been long.
const PATIENCE: Duration = Duration::from_secs(3600);
/// Images that are named on either side; so many that helped most are left out of the repetition.
const STRONGEST: usize = 12;

/// What is found.
#[derive(serde::Serialize)]
struct Both {
    ledger: Arc<Taught>,
    without: Arc<Without>,
}

/// Tells which images taught what is said to a test image, and what is said without them, to be run when the training is over.
///
/// # Errors
/// If there is no such image.
pub(super) fn teachers(index: usize, dataset: &Dataset) -> Result<Afterwards, ProgramError> {
    Ok(TestImage::of("--taught", index, dataset)?.afterwards("taught", ask))
}

fn ask(image: &TestImage, room: &ViewerEnd) -> Result<Found<Both>, ProgramError> {
    let input = InputChoice::Test(image.index);
    let asked = TaughtAsked { input: input.clone(), map: None, strongest: STRONGEST };
    let ledger: Arc<Taught> = answer_within(room, Payload::new(asked), PATIENCE)?;
    let helped = ledger.helped.iter().filter_map(|image| u32::try_from(image.index).ok());
    let asked = WithoutAsked { input, left_out: helped.collect(), foretold: true };
    let without: Arc<Without> = answer_within(room, Payload::new(asked), PATIENCE)?;
    let lines = taught_told(&ledger, &image.classes) + &without_told(&without, &image.classes);
    Ok(Found { read_as: Some(without.before.said), found: Both { ledger, without }, lines })
}
