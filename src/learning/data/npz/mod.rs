//! Images and labels in one file of NumPy, as Keras keeps MNIST: `x_train`, `y_train`, `x_test` and `y_test`.
//!
//! `MedMNIST`'s names, `train_images` and so on, are known as well.

mod archive;
mod array;
#[cfg(test)]
mod tests;

use std::{
    fs::File,
    io::{Read, Seek},
    path::{Path, PathBuf},
};

use super::{
    defect::{Defect, broken},
    images::{
        Dataset, Images, MNIST_CLASSES, MNIST_SIDE, NAME_MORE, class_names, numbered, within,
    },
};
use crate::{
    learning::TrainError,
    sentence::listed,
    words::{InPhrase, Word},
};
use archive::Archive;
use array::{Array, words};

/// The names of the four arrays: images and labels to learn from, and those to be tested on.
const NAMES: [[&str; 4]; 2] = [
    ["x_train", "y_train", "x_test", "y_test"],
    ["train_images", "train_labels", "test_images", "test_labels"],
];
/// Rows or columns beyond this are no picture's.
const LARGEST_SIDE: usize = 4096;
const SHAPES: Word = key!("data-save-images-as-count-rows");

/// Whether a file's name says that it is of this kind.
pub(super) fn is_named(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("npz"))
}

/// Reads a file.
///
/// # Errors
/// One sentence if it is no whole archive, lacks an array, or if one has another shape or other numbers than images and
/// labels have: values from 0 to 255 (or to 1, if they have fractions), labels from 0 to 255.
pub(super) fn read(path: &Path) -> Result<Dataset, TrainError> {
    let unreadable = |error: std::io::Error| {
        broken(path, error.in_phrase(), phrase!("data-make-it-readable-or-name-another"))
    };
    let file = File::open(path).map_err(unreadable)?;
    let of = |defect: Defect| defect.of(path);
    let ([train, test], size) = parse(file).map_err(of)?;
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let usual = if size == [1, MNIST_SIDE, MNIST_SIDE] { MNIST_CLASSES } else { 1 };
    let place: PathBuf = path.to_owned();
    let parts = [(&train, &place), (&test, &place)];
    let folder = path.parent().unwrap_or(Path::new("."));
    let classes = match class_names(folder, (&name, None))? {
        Some(named) => named,
        None => numbered(&parts, usual)?,
    };
    within(&parts, classes.len(), NAME_MORE)?;
    let [channels, rows, columns] = size;
    Ok(Dataset { name, channels, rows, columns, classes, train, test, remarks: Vec::new() })
}

/// Both parts of an archive, and channels, rows and columns of an image.
fn parse(file: impl Read + Seek) -> Result<([Images; 2], [usize; 3]), Defect> {
    let mut archive = Archive::open(file)?;
    let held = archive.names();
    let is_there = |name: &&&str| held.contains(&format!("{name}.npy").as_str());
    let [x_train, y_train, x_test, y_test] = NAMES
        .into_iter()
        .find(|names| names.iter().filter(is_there).count() == names.len())
        .ok_or_else(|| lacking(&held))?;
    let (train, train_size, scale) = images(&mut archive, x_train, None)?;
    let (test, test_size, _) = images(&mut archive, x_test, Some(scale))?;
    if train_size != test_size {
        let fact = phrase!(
            "data-its-training-images-are-its",
            train_size = words(&train_size),
            test_size = words(&test_size)
        );
        return Err(Defect::new(fact, phrase!("data-give-both-the-same-size")));
    }
    let values = train_size.iter().product::<usize>();
    let mut part = |name: &str, pixels: Vec<u8>| {
        let labels = labels(&mut archive, name)?;
        let images = pixels.len() / values;
        if labels.len() != images {
            let fact = phrase!(
                "data-its-holds-labels-for-images",
                name,
                labels_count = labels.len(),
                images
            );
            return Err(Defect::new(fact, phrase!("data-save-images-and-labels-of")));
        }
        Ok(Images { pixels: pixels.into(), labels: labels.into() })
    };
    Ok(([part(y_train, train)?, part(y_test, test)?], train_size))
}

/// An archive without the four arrays.
fn lacking(held: &[&str]) -> Defect {
    let names: Vec<&str> = held.iter().map(|name| name.trim_end_matches(".npy")).collect();
    let fact = match names.as_slice() {
        [] => phrase!("data-it-holds-no-arrays"),
        names => phrase!("data-it-holds", names = listed(names)),
    };
    Defect::new(fact, phrase!("data-save-it-by-np-savez"))
}

/// The bytes of an array's file.
fn unpacked<R: Read + Seek>(archive: &mut Archive<R>, name: &str) -> Result<Vec<u8>, Defect> {
    archive.read(&format!("{name}.npy"))?.ok_or_else(|| lacking(&archive.names()))
}

/// The array in these bytes.
fn array<'a>(bytes: &'a [u8], name: &str) -> Result<Array<'a>, Defect> {
    Array::new(bytes).map_err(|defect| defect.within(name))
}

/// Values of images, channel after channel; channels, rows and columns; and what 1 stands for, if that is not given.
fn images<R: Read + Seek>(
    archive: &mut Archive<R>,
    name: &str,
    scale: Option<f64>,
) -> Result<(Vec<u8>, [usize; 3], f64), Defect> {
    let bytes = unpacked(archive, name)?;
    let array = array(&bytes, name)?;
    let is_channels = |size: usize| size == 1 || size == 3;
    let (size, channels_last) = match *array.shape.as_slice() {
        [_, rows, columns] => ([1, rows, columns], false),
        [_, rows, columns, channels] if is_channels(channels) => ([channels, rows, columns], true),
        [_, channels, rows, columns] if is_channels(channels) => ([channels, rows, columns], false),
        ref shape => {
            let fact = phrase!("data-its-is", name, shape = words(shape));
            return Err(Defect::new(fact, SHAPES));
        }
    };
    if array.len() == 0 || size.iter().any(|side| *side > LARGEST_SIDE) {
        return Err(Defect::new(phrase!("data-its-is", name, shape = words(&array.shape)), SHAPES));
    }
    let scale = scale.unwrap_or_else(|| {
        let is_share = array.is_float() && array.values().all(|value| value <= 1.0);
        if is_share { 255.0 } else { 1.0 }
    });
    let pixels = array.bytes(scale).map_err(|defect| defect.within(name))?;
    let pixels = if channels_last && size[0] > 1 { planes(&pixels, size) } else { pixels };
    Ok((pixels, size, scale))
}

/// Images whose channels came last, channel after channel.
fn planes(pixels: &[u8], [channels, rows, columns]: [usize; 3]) -> Vec<u8> {
    let images = pixels.chunks_exact(channels * rows * columns);
    let mut planes = Vec::with_capacity(pixels.len());
    for image in images {
        for channel in 0..channels {
            planes.extend(image.iter().skip(channel).step_by(channels));
        }
    }
    planes
}

/// Labels of a part.
fn labels<R: Read + Seek>(archive: &mut Archive<R>, name: &str) -> Result<Vec<u8>, Defect> {
    let bytes = unpacked(archive, name)?;
    let array = array(&bytes, name)?;
    if !matches!(array.shape.as_slice(), [_] | [_, 1]) {
        let fact = phrase!("data-its-is", name, shape = words(&array.shape));
        return Err(Defect::new(fact, phrase!("data-save-the-number-of-each")));
    }
    let is_label = |value: &f64| (0.0..=255.0).contains(value) && value.fract() == 0.0;
    if let Some((at, value)) = array.values().enumerate().find(|(_, value)| !is_label(value)) {
        let fact = phrase!("data-its-has-for-image", name, value, at);
        return Err(Defect::new(fact, phrase!("data-number-the-classes-from-0")));
    }
    array.bytes(1.0)
}
