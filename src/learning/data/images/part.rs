//! Images with their labels: one part of a set, to learn from or to be tested on.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use super::files::find;
use crate::learning::{
    TrainError,
    data::{
        defect::broken,
        idx::{IdxImages, read_images, read_labels},
    },
};

/// Images with their labels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Images {
    /// Values 0..=255, image after image, channel after channel, row by row.
    pub pixels: Arc<[u8]>,
    /// The class of each image.
    pub labels: Arc<[u8]>,
}

impl Images {
    /// How many images there are.
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// Whether there is no image at all.
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }
}

/// Reads images and labels of one part, with channels, rows and columns of an image and where the labels lie.
pub(super) fn read_part(
    folder: &Path,
    split: Option<&str>,
    part: &str,
) -> Result<(Images, [usize; 3], PathBuf), TrainError> {
    let images_path = find(folder, split, (part, "images", &[3, 4]))?;
    let labels_path = find(folder, split, (part, "labels", &[1]))?;
    let mut images = read_images(&images_path)?;
    if split.is_some() {
        images = upright(images);
    }
    let labels = read_labels(&labels_path)?;
    if labels.len() != images.count {
        let fact = phrase!(
            "data-it-holds-labels-for-images",
            labels_count = labels.len(),
            count = images.count
        );
        return Err(broken(&labels_path, fact, phrase!("data-take-images-and-labels-from")));
    }
    let size = [images.channels, images.rows, images.columns];
    Ok((Images { pixels: images.pixels.into(), labels: labels.into() }, size, labels_path))
}

/// EMNIST's images lie on their side: rows are columns.
fn upright(images: IdxImages) -> IdxImages {
    let IdxImages { count, channels, rows, columns, pixels } = images;
    let mut turned = Vec::with_capacity(pixels.len());
    for plane in pixels.chunks_exact(rows * columns) {
        for column in 0..columns {
            turned.extend(plane.iter().skip(column).step_by(columns));
        }
    }
    IdxImages { count, channels, rows: columns, columns: rows, pixels: turned }
}
