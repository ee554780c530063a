//! `--why`: what is told in the terminal of the reasons for an answer once a classifier has learned.

use std::sync::Arc;

use super::{Afterwards, open::answer, test_image::TestImage};
use crate::{
    events::EventWriter,
    inside::{self, Baseline, Method, Target, Why, WhyAsked},
    learning::data::Dataset,
    program_error::ProgramError,
    stream::{InputChoice, Payload, ViewerEnd},
};

/// Why it cannot be answered in the hall, where reasons hang on a wall.
pub const ONLY_IN_WORDS: &str = "--why is answered in words: say --mode terminal too.";

/// The reasons for an answer, with the words for its classes.
#[derive(serde::Serialize)]
#[serde(tag = "event", rename = "why")]
struct Told<'a> {
    test_image: usize,
    /// What it is.
    class: &'a str,
    read_as: &'a str,
    #[serde(flatten)]
    why: &'a Why,
}

/// Tells by every method why a test image is read as it is, to be run when the training is over.
///
/// # Errors
/// If there is no such image.
pub fn reasons(index: usize, dataset: &Dataset) -> Result<Afterwards, ProgramError> {
    let asked = TestImage::of("--why", index, dataset)?;
    Ok(Box::new(move |room, events, as_json| run(&asked, room, events, as_json)))
}

fn run(
    image: &TestImage,
    room: &ViewerEnd,
    events: &EventWriter,
    as_json: bool,
) -> Result<(), ProgramError> {
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
        Target::Logit(class) => image.called(class),
        _ => "",
    };
    if as_json {
        let (test_image, class) = (image.index, image.class());
        events.tell(&Told { test_image, class, read_as, why: &why });
    } else {
        image.say(read_as, &inside::told(&why, &image.classes));
    }
    Ok(())
}
