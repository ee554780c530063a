//! A whole set: its two parts of one size, and classes for all of its labels.

use std::{path::Path, sync::Arc};

use super::{
    classes::{MNIST_CLASSES, NAME_MORE, class_names, numbered, within},
    files::{emnist_split, is_idx},
    part::{Images, read_part},
};
use crate::{
    images::TestSet,
    learning::{
        TrainError,
        data::{defect::broken, not_idx},
    },
    words::Phrase,
};

/// Rows and columns of an image of MNIST.
pub(in crate::learning::data) const MNIST_SIDE: usize = 28;

/// Images to learn from and images to be tested on, all of one size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dataset {
    /// What the set is called: the name of its folder.
    pub name: String,
    /// Channels of an image: 1 if it is grey, 3 if it is red, green and blue.
    pub channels: usize,
    /// Rows of an image.
    pub rows: usize,
    /// Columns of an image.
    pub columns: usize,
    /// What each class is called.
    pub classes: Arc<[String]>,
    /// Images to learn from.
    pub train: Images,
    /// Images to be tested on.
    pub test: Images,
    /// What is odd about the data, in sentences.
    pub remarks: Vec<Phrase>,
}

impl Dataset {
    /// The test images as the hall shows them.
    pub fn test_set(&self) -> TestSet {
        TestSet {
            pixels: self.test.pixels.clone(),
            channels: self.channels,
            width: self.columns,
            height: self.rows,
            labels: self.test.labels.clone(),
            classes: self.classes.clone(),
            name: self.name.clone(),
            of_text: false,
            perhaps_learned: false,
        }
    }

    /// How many training images each class has.
    pub fn counts(&self) -> Vec<usize> {
        let mut counts = vec![0; self.classes.len()];
        for label in &*self.train.labels {
            if let Some(count) = counts.get_mut(usize::from(*label)) {
                *count += 1;
            }
        }
        counts
    }

    /// Reads the four IDX files of a folder: `train-images-idx3-ubyte`, `train-labels-idx1-ubyte` and
    /// the same with `t10k-`, each also gzipped (`.gz`) or with a dot before `idx`.
    ///
    /// Files of EMNIST are read under its own names, such as `emnist-letters-test-images-idx3-ubyte.gz`, and set upright.
    ///
    /// The classes are named by `classes.txt`, else by EMNIST's mapping, else by what Fashion-MNIST calls them if the
    /// folder's name says that it is that set, else by their numbers.
    pub fn read(folder: &Path) -> Result<Self, TrainError> {
        if !folder.is_dir() {
            return Err(if folder.exists() {
                not_idx::file(folder)
            } else {
                broken(
                    folder,
                    phrase!("data-there-is-no-such-folder"),
                    phrase!("data-name-a-folder-of-idx"),
                )
            });
        }
        if !is_idx(folder) {
            return Err(not_idx::folder(folder, is_idx));
        }
        let split = emnist_split(folder)?;
        let (train, train_size, train_labels) = read_part(folder, split.as_deref(), "train")?;
        let (test, test_size, test_labels) = read_part(folder, split.as_deref(), "t10k")?;
        if train_size != test_size {
            let words = |[channels, rows, columns]: [usize; 3]| match channels {
                1 => format!("{rows} × {columns}"),
                _ => format!("{rows} × {columns} × {channels}"),
            };
            let fact = phrase!(
                "data-its-training-images-are-pixels",
                train_size = words(train_size),
                test_size = words(test_size)
            );
            return Err(broken(folder, fact, phrase!("data-take-both-from-the-same")));
        }
        let name = folder_name(folder);
        let usual = if train_size == [1, MNIST_SIDE, MNIST_SIDE] { MNIST_CLASSES } else { 1 };
        let classes = match class_names(folder, (&name, split.as_deref()))? {
            Some(named) => named,
            None => numbered(&[(&train, &train_labels), (&test, &test_labels)], usual)?,
        };
        within(&[(&train, &train_labels), (&test, &test_labels)], classes.len(), NAME_MORE)?;
        let [channels, rows, columns] = train_size;
        Ok(Self { name, channels, rows, columns, classes, train, test, remarks: Vec::new() })
    }
}

/// What a folder is called.
pub(in crate::learning::data) fn folder_name(folder: &Path) -> String {
    // A path such as `.` has no name of its own.
    let full = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    full.file_name().map_or_else(|| "data".to_owned(), |name| name.to_string_lossy().into_owned())
}
