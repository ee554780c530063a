//! CIFAR-10 and CIFAR-100 in their binary version: <https://www.cs.toronto.edu/~kriz/cifar.html>.
//!
//! A record is an image of 32 × 32: one byte for its class (in CIFAR-100 one for its group before it), then 1024 values
//! each of red, green and blue, row by row.

#[cfg(test)]
mod tests;

use std::{
    fs::File,
    io::{ErrorKind, Read as _},
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    defect::{Defect, broken},
    images::{Dataset, Images, folder_name, within},
};
use crate::learning::TrainError;
use crate::words::InPhrase;

/// Rows and columns of an image.
const SIDE: usize = 32;
/// Values of an image.
const VALUES: usize = 3 * SIDE * SIDE;
/// The most bytes of a file: more than both sets have together.
const MOST_BYTES: u64 = 1 << 30;
/// A file of names is shorter.
const MOST_NAMES_BYTES: u64 = 64 << 10;

/// One of the two sets.
struct Kind {
    train: &'static [&'static str],
    test: &'static str,
    /// What its classes are called, one a line.
    names: &'static str,
    /// Bytes before the values of an image; the last is its class.
    label_bytes: usize,
    classes: usize,
}

const KINDS: [Kind; 2] = [
    Kind {
        train: &[
            "data_batch_1.bin",
            "data_batch_2.bin",
            "data_batch_3.bin",
            "data_batch_4.bin",
            "data_batch_5.bin",
        ],
        test: "test_batch.bin",
        names: "batches.meta.txt",
        label_bytes: 1,
        classes: 10,
    },
    Kind {
        train: &["train.bin"],
        test: "test.bin",
        names: "fine_label_names.txt",
        label_bytes: 2,
        classes: 100,
    },
];

/// The set whose files lie in a folder, if any of them does.
fn kind(folder: &Path) -> Option<&'static Kind> {
    KINDS
        .iter()
        .find(|kind| kind.train.iter().chain([&kind.test]).any(|name| folder.join(name).is_file()))
}

/// Whether a folder holds files of CIFAR's binary version.
pub(super) fn lies_in(folder: &Path) -> bool {
    kind(folder).is_some()
}

/// Refuses the version for Python, if a folder holds it or a file is of it.
pub(super) fn refuse_pickles(path: &Path) -> Result<(), TrainError> {
    let is_pickle = |path: &Path| {
        let mut start = [0; 2];
        let read = File::open(path).and_then(|mut file| file.read_exact(&mut start));
        // docs.python.org/3/library/pickletools.html: PROTO and its number.
        read.is_ok() && matches!(start, [0x80, 2..=5])
    };
    let names = ["data_batch_1", "test_batch", "train", "test"];
    let is_of_it = |path: &Path| path.is_file() && is_pickle(path);
    let named = path.file_name().is_some_and(|name| {
        let name = name.to_string_lossy();
        names.contains(&name.as_ref()) || name.starts_with("data_batch_")
    });
    if (named && is_of_it(path)) || names.iter().any(|name| is_of_it(&path.join(name))) {
        let fact = phrase!("data-it-is-cifars-version-for");
        let remedy = "fetch the binary version from https://www.cs.toronto.edu/~kriz/cifar.html, unpack it and name its folder";
        return Err(broken(path, fact, remedy));
    }
    Ok(())
}

/// Reads the files of a folder.
///
/// # Errors
/// One sentence if a file is missing, is not of whole images, or has a label without a class.
pub(super) fn read(folder: &Path) -> Result<Dataset, TrainError> {
    let Some(kind) = kind(folder) else {
        return Err(broken(
            folder,
            phrase!("data-it-holds-no-files-of"),
            phrase!("data-name-a-folder-that-does"),
        ));
    };
    let train: Vec<PathBuf> = kind.train.iter().map(|name| folder.join(name)).collect();
    let test = folder.join(kind.test);
    let (train_images, test_images) =
        (images(&train, kind)?, images(std::slice::from_ref(&test), kind)?);
    let classes = names(&folder.join(kind.names), kind.classes)?;
    let first = &train[0];
    let parts = [(&train_images, first), (&test_images, &test)];
    within(&parts, classes.len(), phrase!("data-fetch-the-files-again"))?;
    Ok(Dataset {
        name: folder_name(folder),
        channels: 3,
        rows: SIDE,
        columns: SIDE,
        classes,
        train: train_images,
        test: test_images,
        remarks: Vec::new(),
    })
}

/// The images of some files, one file behind the other.
fn images(files: &[PathBuf], kind: &Kind) -> Result<Images, TrainError> {
    let (mut pixels, mut labels) = (Vec::new(), Vec::new());
    for path in files {
        let unreadable = |error: std::io::Error| {
            let fact = match error.kind() {
                ErrorKind::NotFound => phrase!("data-there-is-no-such-file"),
                _ => error.in_phrase(),
            };
            broken(path, fact, phrase!("data-put-it-there-or-name"))
        };
        let mut bytes = Vec::new();
        let file = File::open(path).map_err(unreadable)?;
        file.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(unreadable)?;
        if bytes.len() as u64 > MOST_BYTES {
            return Err(broken(
                path,
                phrase!("data-it-is-longer-than-1"),
                phrase!("data-fetch-the-file-again"),
            ));
        }
        parse(&bytes, kind.label_bytes, &mut pixels, &mut labels)
            .map_err(|defect| defect.of(path))?;
    }
    Ok(Images { pixels: pixels.into(), labels: labels.into() })
}

/// Reads the records of a file: their values and their classes.
fn parse(
    bytes: &[u8],
    label_bytes: usize,
    pixels: &mut Vec<u8>,
    labels: &mut Vec<u8>,
) -> Result<(), Defect> {
    let record = label_bytes + VALUES;
    if bytes.is_empty() || !bytes.len().is_multiple_of(record) {
        let fact = phrase!("data-its-bytes-are-no-whole", bytes_count = bytes.len(), record);
        return Err(Defect::new(fact, phrase!("data-it-is-cut-short-or")));
    }
    for record in bytes.chunks_exact(record) {
        let (label, values) = record.split_at(label_bytes);
        labels.extend(label.last());
        pixels.extend_from_slice(values);
    }
    Ok(())
}

/// What the classes are called: by the file that says so, or by numbers where there is none.
fn names(path: &Path, classes: usize) -> Result<Arc<[String]>, TrainError> {
    let read = File::open(path).and_then(|file| {
        let mut text = String::new();
        file.take(MOST_NAMES_BYTES).read_to_string(&mut text).map(|_| text)
    });
    let text = match read {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return Ok((0..classes).map(|class| class.to_string()).collect());
        }
        Err(error) => {
            let remedy = phrase!("data-make-it-a-readable-text");
            return Err(broken(path, error.in_phrase(), remedy));
        }
    };
    let names = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let names: Vec<String> = names.map(str::to_owned).collect();
    if names.len() != classes {
        let fact = phrase!("data-it-names-classes-instead-of", names_count = names.len(), classes);
        return Err(broken(path, fact, phrase!("data-fetch-it-again-or-remove")));
    }
    Ok(names.into())
}
