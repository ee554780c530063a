//! `--why`: what is told in the terminal of the reasons for an answer once a classifier has learned.

use std::sync::Arc;

use super::{
    Afterwards,
    open::answer,
    test_image::{Found, TestImage},
};
use crate::{
    inside::{self, Baseline, Method, Target, Why, WhyAsked},
    learning::data::Dataset,
    program_error::ProgramError,
    stream::{InputChoice, Payload, ViewerEnd},
    words::Word,
};

/// Why it cannot be answered in the hall, where reasons hang on a wall.
pub(super) const ONLY_IN_WORDS: Word = key!("answers-why-is-answered-in-words");

/// Tells by every method why a test image is read as it is, to be run when the training is over.
///
/// # Errors
/// If there is no such image.
pub(super) fn reasons(index: usize, dataset: &Dataset) -> Result<Afterwards, ProgramError> {
    Ok(TestImage::of("--why", index, dataset)?.afterwards("why", ask))
}

fn ask(image: &TestImage, room: &ViewerEnd) -> Result<Found<Arc<Why>>, ProgramError> {
    let asked = WhyAsked {
        input: InputChoice::Test(image.index),
        target: Target::Said,
        baseline: Baseline::Black,
        methods: Method::ALL.into(),
        shuffled: None,
        seed: 0,
    };
    let why: Arc<Why> = answer(room, Payload::new(asked))?;
    let read_as = match why.target {
        Target::Logit(class) => Some(class),
        _ => None,
    };
    let lines = inside::told(&why, &image.classes);
    Ok(Found { read_as, found: why, lines })
}
