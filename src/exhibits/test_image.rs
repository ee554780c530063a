//! A test image that is asked about in the terminal once a classifier has learned.

use std::{
    io::{Write as _, stdout},
    sync::Arc,
};

use super::open::refused;
use crate::{learning::data::Dataset, program_error::ProgramError, sentence::counted};

/// A test image, with the words for its classes.
pub(super) struct TestImage {
    pub(super) index: usize,
    class: usize,
    pub(super) classes: Arc<[String]>,
}

impl TestImage {
    /// The one that an option names by its index.
    ///
    /// # Errors
    /// If there is no such image.
    pub(super) fn of(option: &str, index: usize, dataset: &Dataset) -> Result<Self, ProgramError> {
        let labels = &dataset.test.labels;
        let class = labels.get(index).ok_or_else(|| {
            refused(format!(
                "{option} is {index}, but there {} to be tested on, counted from 0.",
                match labels.len() {
                    1 => "is one image".to_owned(),
                    count => format!("are {}", counted(count, "image")),
                }
            ))
        })?;
        Ok(Self { index, class: usize::from(*class), classes: dataset.classes.clone() })
    }

    /// The word for a class.
    pub(super) fn called(&self, class: usize) -> &str {
        self.classes.get(class).map_or("", String::as_str)
    }

    /// What it is.
    pub(super) fn class(&self) -> &str {
        self.called(self.class)
    }

    /// Says what it is read as, and more of it.
    pub(super) fn say(&self, read_as: &str, lines: &str) {
        // Whoever asked may have left already, as after `| head -1`.
        writeln!(
            stdout(),
            "test image {}, which is {}, is read as {read_as}\n{}",
            self.index,
            self.class(),
            lines.trim_end()
        )
        .ok();
    }
}
