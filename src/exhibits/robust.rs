//! `--robust`: what is told in the terminal of what a classifier withstands and how sure it is, once it has learned.

use std::sync::Arc;

use super::{Afterwards, open::answer, test_image::TestImage};
use crate::{
    events::EventWriter,
    inside::{Robust, RobustAsked, Sure, SureAsked, robust_told, sure_told},
    learning::data::Dataset,
    program_error::ProgramError,
    stream::{InputChoice, Payload, ViewerEnd},
};

/// Why it cannot be answered in the hall.
pub const ROBUST_ONLY_IN_WORDS: &str = "--robust is answered in words: say --mode terminal too.";

/// What is found, with the words for its classes.
#[derive(serde::Serialize)]
#[serde(tag = "event", rename = "robust")]
struct Told<'a> {
    test_image: usize,
    /// What it is.
    class: &'a str,
    read_as: &'a str,
    #[serde(flatten)]
    robust: &'a Robust,
    calibration: &'a Sure,
}

/// Tells what changes the answer to a test image, how many answers withstand how much, and whether the network is as often
/// right as it is sure, to be run when the training is over.
///
/// # Errors
/// If there is no such image.
pub fn robustness(index: usize, dataset: &Dataset) -> Result<Afterwards, ProgramError> {
    let image = TestImage::of("--robust", index, dataset)?;
    Ok(Box::new(move |room, events, as_json| run(&image, room, events, as_json)))
}

fn run(
    image: &TestImage,
    room: &ViewerEnd,
    events: &EventWriter,
    as_json: bool,
) -> Result<(), ProgramError> {
    let asked = RobustAsked::usual(InputChoice::Test(image.index));
    let robust: Arc<Robust> = answer(room, Payload::new(asked))?;
    let sure: Arc<Sure> = answer(room, Payload::new(SureAsked { seed: 0 }))?;
    let read_as = image.called(robust.unchanged.class);
    if as_json {
        let (test_image, class) = (image.index, image.class());
        events.tell(&Told { test_image, class, read_as, robust: &robust, calibration: &sure });
    } else {
        image.say(read_as, &(robust_told(&robust, &image.classes) + &sure_told(&sure)));
    }
    Ok(())
}
