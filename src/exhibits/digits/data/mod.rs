//! Which sets of images this exhibit can learn.

use std::{ops::RangeInclusive, path::Path};

use crate::learning::{TrainError, data::Dataset};
use crate::words::Phrase;

/// Sides of an image that the hall has room for, in pixels.
const SIDES: RangeInclusive<usize> = 1..=64;
/// Classes that it has room for.
const CLASSES: RangeInclusive<usize> = 2..=100;

/// Checks that the model fits the data.
pub(super) fn check(dataset: &Dataset, folder: &Path) -> Result<(), TrainError> {
    let unfit = |fact: Phrase, remedy: Phrase| {
        Err(TrainError::Data { path: folder.to_owned(), fact, remedy })
    };
    if !SIDES.contains(&dataset.rows) || !SIDES.contains(&dataset.columns) {
        let fact = phrase!(
            "digits-model-its-images-are-pixels",
            rows = dataset.rows,
            columns = dataset.columns
        );
        return unfit(fact, phrase!("digits-model-this-exhibit-reads-images-of"));
    }
    let classes = dataset.classes.len();
    if !CLASSES.contains(&classes) {
        let fact = if classes == 1 {
            phrase!("digits-model-it-has-1-class")
        } else {
            phrase!("digits-model-it-has-classes", classes)
        };
        return unfit(fact, phrase!("digits-model-this-exhibit-tells-2-to"));
    }
    Ok(())
}
