//! A test image that is asked about in the terminal once a classifier has learned.

use std::{
    io::{Write as _, stdout},
    sync::Arc,
};

use super::{Afterwards, open::refused};
use crate::{
    learning::data::Dataset, program_error::ProgramError, sentence::counted, stream::ViewerEnd,
};

/// A test image, with the words for its classes.
pub(super) struct TestImage {
    pub(super) index: usize,
    class: usize,
    pub(super) classes: Arc<[String]>,
}

/// What is found of it.
pub(super) struct Found<F> {
    /// The class that the model says, if it says one.
    pub(super) read_as: Option<usize>,
    /// All of it, as JSON has it.
    pub(super) found: F,
    /// The same in words, line by line.
    pub(super) lines: String,
}

/// What is found of a test image, with the words for its classes.
#[derive(serde::Serialize)]
struct Told<'a, F> {
    event: &'static str,
    test_image: usize,
    /// What it is.
    class: &'a str,
    read_as: &'a str,
    #[serde(flatten)]
    found: F,
}

impl TestImage {
    /// The one that an option names by its index.
    ///
    /// # Errors
    /// If there is no such image.
    pub(super) fn of(option: &str, index: usize, dataset: &Dataset) -> Result<Self, ProgramError> {
        let labels = &dataset.test.labels;
        let class = labels.get(index).ok_or_else(|| {
            refused(say!(
                "answers-is-but-there-to-be",
                option,
                index,
                value = match labels.len() {
                    1 => say!("answers-is-one-image").to_owned(),
                    count => say!("answers-are", count = counted(count, "image")),
                }
            ))
        })?;
        Ok(Self { index, class: usize::from(*class), classes: dataset.classes.clone() })
    }

    /// Asks about it when the training is over, and tells what is found as this event or in words.
    pub(super) fn afterwards<F: serde::Serialize + 'static>(
        self,
        event: &'static str,
        ask: fn(&Self, &ViewerEnd) -> Result<Found<F>, ProgramError>,
    ) -> Afterwards {
        Box::new(move |room, events, as_json| {
            let Found { read_as, found, lines } = ask(&self, room)?;
            let (class, read_as) =
                (self.called(self.class), read_as.map_or("", |class| self.called(class)));
            if as_json {
                events.tell(&Told { event, test_image: self.index, class, read_as, found });
            } else {
                self.say(read_as, &lines);
            }
            Ok(())
        })
    }

    /// The word for a class.
    fn called(&self, class: usize) -> &str {
        self.classes.get(class).map_or("", String::as_str)
    }

    /// Says what it is read as, and more of it.
    fn say(&self, read_as: &str, lines: &str) {
        // Whoever asked may have left already, as after `| head -1`.
        writeln!(
            stdout(),
            "{}",
            say!(
                "answers-test-image-which-is-is",
                index = self.index,
                called = self.called(self.class),
                read_as,
                trim_end = lines.trim_end()
            )
        )
        .ok();
    }
}
