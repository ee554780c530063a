//! `--taught`: what is told in the terminal of which images taught a classifier an answer, and what really becomes of it
//! without the strongest of them, once it has learned.

use std::{sync::Arc, time::Duration};

use super::{Afterwards, open::answer_within, test_image::TestImage};
use crate::{
    events::EventWriter,
    inside::{Taught, TaughtAsked, Without, WithoutAsked, taught_told, without_told},
    learning::data::Dataset,
    program_error::ProgramError,
    stream::{InputChoice, Payload, ViewerEnd},
};

/// Why it cannot be answered in the hall.
pub const TAUGHT_ONLY_IN_WORDS: &str = "--taught is answered in words: say --mode terminal too.";

/// How long an answer may take: a training is taken again several times, and may have been long.
const PATIENCE: Duration = Duration::from_secs(3600);
/// Images that are named on either side; so many that helped most are left out of the repetition.
const STRONGEST: usize = 12;

/// What is found, with the words for its classes.
#[derive(serde::Serialize)]
#[serde(tag = "event", rename = "taught")]
struct Told<'a> {
    test_image: usize,
    /// What it is.
    class: &'a str,
    read_as: &'a str,
    ledger: &'a Taught,
    without: &'a Without,
}

/// Tells which images taught what is said to a test image, and what is said without them, to be run when the training is over.
///
/// # Errors
/// If there is no such image.
pub fn teachers(index: usize, dataset: &Dataset) -> Result<Afterwards, ProgramError> {
    let image = TestImage::of("--taught", index, dataset)?;
    Ok(Box::new(move |room, events, as_json| run(&image, room, events, as_json)))
}

fn run(
    image: &TestImage,
    room: &ViewerEnd,
    events: &EventWriter,
    as_json: bool,
) -> Result<(), ProgramError> {
    let input = InputChoice::Test(image.index);
    let asked = TaughtAsked { input: input.clone(), map: None, strongest: STRONGEST };
    let taught: Arc<Taught> = answer_within(room, Payload::new(asked), PATIENCE)?;
    let helped = taught.helped.iter().filter_map(|image| u32::try_from(image.index).ok());
    let asked = WithoutAsked { input, left_out: helped.collect() };
    let without: Arc<Without> = answer_within(room, Payload::new(asked), PATIENCE)?;
    let read_as = image.called(without.before.said);
    if as_json {
        let (test_image, class) = (image.index, image.class());
        events.tell(&Told { test_image, class, read_as, ledger: &taught, without: &without });
    } else {
        let lines = taught_told(&taught, &image.classes) + &without_told(&without, &image.classes);
        image.say(read_as, &lines);
    }
    Ok(())
}
