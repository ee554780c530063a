//! `--robust`: what is told in the terminal of what a classifier withstands and how sure it is, once it has learned.

use std::sync::Arc;

use super::{
    Afterwards,
    open::answer,
    test_image::{Found, TestImage},
};
use crate::{
    inside::{Robust, RobustAsked, Sure, SureAsked, robust_told, sure_told},
    learning::data::Dataset,
    program_error::ProgramError,
    stream::{InputChoice, Payload, ViewerEnd},
    words::Word,
};

/// Why it cannot be answered in the hall.
pub(super) const ONLY_IN_WORDS: Word = key!("answers-robust-is-answered-in-words");

/// What is found.
#[derive(serde::Serialize)]
struct Both {
    #[serde(flatten)]
    robust: Arc<Robust>,
    calibration: Arc<Sure>,
}

/// Tells what changes the answer to a test image, how many answers withstand how much, and whether the network is as often
/// right as it is sure, to be run when the training is over.
///
/// # Errors
/// If there is no such image.
pub(super) fn robustness(index: usize, dataset: &Dataset) -> Result<Afterwards, ProgramError> {
    Ok(TestImage::of("--robust", index, dataset)?.afterwards("robust", ask))
}

fn ask(image: &TestImage, room: &ViewerEnd) -> Result<Found<Both>, ProgramError> {
    let asked = RobustAsked::usual(InputChoice::Test(image.index));
    let robust: Arc<Robust> = answer(room, Payload::new(asked))?;
    let calibration: Arc<Sure> = answer(room, Payload::new(SureAsked { seed: 0 }))?;
    let lines = robust_told(&robust, &image.classes) + &sure_told(&calibration);
    let read_as = Some(robust.unchanged.class);
    Ok(Found { read_as, found: Both { robust, calibration }, lines })
}
