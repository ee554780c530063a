//! `--why`: what is told in the terminal of the reasons for an answer once a classifier has learned.

use std::{
    io::{Write as _, stdout},
    sync::Arc,
};

use super::{
    Afterwards,
    open::{answer, refused},
};
use crate::{
    events::EventWriter,
    inside::{self, Baseline, Method, Target, Why, WhyAsked},
    learning::data::Dataset,
    program_error::ProgramError,
    sentence::counted,
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

/// A test image that is asked about.
struct Asked {
    index: usize,
    class: usize,
    classes: Arc<[String]>,
}

/// Tells by every method why a test image is read as it is, to be run when the training is over.
///
/// # Errors
/// If there is no such image.
pub fn reasons(index: usize, dataset: &Dataset) -> Result<Afterwards, ProgramError> {
    let labels = &dataset.test.labels;
    let class = labels.get(index).ok_or_else(|| {
        refused(format!(
            "--why is {index}, but there {} to be tested on, counted from 0.",
            match labels.len() {
                1 => "is one image".to_owned(),
                count => format!("are {}", counted(count, "image")),
            }
        ))
    })?;
    let asked = Asked { index, class: usize::from(*class), classes: dataset.classes.clone() };
    Ok(Box::new(move |room, events, as_json| asked.run(room, events, as_json)))
}

impl Asked {
    fn run(
        &self,
        room: &ViewerEnd,
        events: &EventWriter,
        as_json: bool,
    ) -> Result<(), ProgramError> {
        let asked = WhyAsked {
            input: InputChoice::Test(self.index),
            target: Target::Said,
            baseline: Baseline::Black,
            methods: Method::ALL.into(),
            shuffled: None,
            seed: 0,
        };
        let why: Arc<Why> = answer(room, Payload::new(asked))?;
        let called = |class: usize| self.classes.get(class).map_or("", String::as_str);
        let read_as = match why.target {
            Target::Logit(class) => called(class),
            _ => "",
        };
        let class = called(self.class);
        if as_json {
            events.tell(&Told { test_image: self.index, class, read_as, why: &why });
        } else {
            let lines = inside::told(&why, &self.classes);
            let index = self.index;
            // Whoever asked may have left already, as after `| head -1`.
            writeln!(
                stdout(),
                "test image {index}, which is {class}, is read as {read_as}\n{}",
                lines.trim_end()
            )
            .ok();
        }
        Ok(())
    }
}
