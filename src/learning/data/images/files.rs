//! The names of a set's four files, as MNIST, its followers and EMNIST write them.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use crate::learning::{TrainError, data::defect::broken};
use crate::words::Phrase;

/// Before the names of EMNIST's files, as in `emnist-letters-train-images-idx3-ubyte`.
pub(super) const EMNIST: &str = "emnist-";

/// A file of a set: part, what it holds, and in how many dimensions it may be.
pub(super) type Held<'a> = (&'a str, &'a str, &'a [u8]);

/// The four files.
const FILES: [Held<'static>; 4] = [
    ("train", "images", &[3, 4]),
    ("train", "labels", &[1]),
    ("t10k", "images", &[3, 4]),
    ("t10k", "labels", &[1]),
];

/// Where a file may lie, the usual name first.
fn places(folder: &Path, split: Option<&str>, (part, what, dimensions): Held<'_>) -> Vec<PathBuf> {
    let before = split.map_or_else(String::new, |split| format!("{EMNIST}{split}-"));
    // EMNIST calls its test a test.
    let part = if split.is_some() && part == "t10k" { "test" } else { part };
    let names = dimensions.iter().flat_map(|dimensions| {
        ['-', '.']
            .map(|mark| folder.join(format!("{before}{part}-{what}{mark}idx{dimensions}-ubyte")))
    });
    names.flat_map(|plain| [plain.with_added_extension("gz"), plain].into_iter().rev()).collect()
}

/// Whether at least one of the four files lies in a folder.
pub(in crate::learning::data) fn is_idx(folder: &Path) -> bool {
    let usual =
        || FILES.iter().flat_map(|file| places(folder, None, *file)).any(|path| path.is_file());
    usual() || !emnist_splits(folder).is_empty()
}

/// The splits of EMNIST that lie in a folder, such as `letters`.
fn emnist_splits(folder: &Path) -> BTreeSet<String> {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    let names = files.filter_map(|file| file.file_name().into_string().ok());
    let split = |name: String| {
        let (split, _) = name.strip_prefix(EMNIST)?.split_once("-train-images")?;
        Some(split.to_owned())
    };
    names.filter_map(split).collect()
}

/// The one split of EMNIST that lies in a folder, if any does.
pub(super) fn emnist_split(folder: &Path) -> Result<Option<String>, TrainError> {
    let splits = emnist_splits(folder);
    if splits.len() > 1 {
        let names = Phrase::listed(splits);
        let fact = phrase!("data-it-holds-several-splits-of", names);
        return Err(broken(folder, fact, phrase!("data-put-the-four-files-of")));
    }
    Ok(splits.into_iter().next())
}

/// The first of the usual names that is there; some programs unpack each file into a folder of its name.
pub(super) fn find(
    folder: &Path,
    split: Option<&str>,
    held: Held<'_>,
) -> Result<PathBuf, TrainError> {
    let places = places(folder, split, held);
    places.iter().find(|path| path.is_file()).cloned().ok_or_else(|| {
        let fact = if places[0].is_dir() {
            phrase!("data-it-is-a-folder-not")
        } else {
            phrase!("data-there-is-no-such-file-gzipped")
        };
        broken(&places[0], fact, phrase!("data-put-it-there-or-name"))
    })
}
