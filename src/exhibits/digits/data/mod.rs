//! Which sets of images this exhibit can learn.

use std::{ops::RangeInclusive, path::Path};

use crate::learning::{TrainError, data::Dataset};

/// Sides of an image that the hall has room for, in pixels.
const SIDES: RangeInclusive<usize> = 1..=64;
/// Classes that it has room for.
const CLASSES: RangeInclusive<usize> = 2..=100;

/// Checks that the model fits the data.
pub(super) fn check(dataset: &Dataset, folder: &Path) -> Result<(), TrainError> {
    let unfit = |fact: String, remedy: &str| {
        Err(TrainError::Data { path: folder.to_owned(), fact, remedy: remedy.to_owned() })
    };
    if !SIDES.contains(&dataset.rows) || !SIDES.contains(&dataset.columns) {
        let fact = format!("its images are {} × {} pixels", dataset.rows, dataset.columns);
        return unfit(fact, "this exhibit reads images of 1 to 64 pixels a side");
    }
    let classes = dataset.classes.len();
    if !CLASSES.contains(&classes) {
        let fact = if classes == 1 {
            "it has 1 class".to_owned()
        } else {
            format!("it has {classes} classes")
        };
        return unfit(fact, "this exhibit tells 2 to 100 classes apart");
    }
    Ok(())
}
