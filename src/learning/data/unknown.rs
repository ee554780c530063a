//! What is given in place of a set of images: what it is, and what is understood.

use std::{
    ffi::OsStr,
    fs::{self, File},
    io::Read as _,
    path::{Path, PathBuf},
};

use super::{
    defect::{IDX_START, broken, unpack_head},
    foreign::foreign,
};
use crate::{
    learning::TrainError,
    sentence::{shown, shown_path},
    words::{InPhrase, Word},
};

/// What is read.
pub(super) const UNDERSTOOD: Word = key!("data-name-a-folder-of-idx-files");
/// As much as tells what a file is.
const HEAD_BYTES: u64 = 64 << 10;
/// Entries of a folder that are looked at; more would say no more.
const MOST_LOOKED_AT: usize = 1000;
/// Endings of what is to be unpacked first, in small letters.
const ARCHIVES: &[&str] = &["zip", "tar", "tgz", "gz", "7z", "rar", "bz2", "xz", "zst"];

/// What a file is that was named.
pub(super) fn file(path: &Path) -> TrainError {
    if !path.is_file() {
        return broken(path, phrase!("data-it-is-neither-a-file"), UNDERSTOOD);
    }
    let mut packed = Vec::new();
    let read = File::open(path).and_then(|file| file.take(HEAD_BYTES).read_to_end(&mut packed));
    if let Err(error) = read {
        return broken(path, error.in_phrase(), UNDERSTOOD);
    }
    if packed.is_empty() {
        return broken(path, phrase!("data-it-is-empty"), UNDERSTOOD);
    }
    let head = unpack_head(&packed, HEAD_BYTES);
    if head.starts_with(&IDX_START) {
        return broken(
            path,
            phrase!("data-it-is-one-idx-file"),
            phrase!("data-name-the-folder-that-holds"),
        );
    }
    match foreign(&head) {
        Some(foreign) if foreign.is_detour => broken(path, foreign.fact, foreign.remedy),
        Some(foreign) if foreign.fact != key!("data-it-is-no-text") => {
            broken(path, foreign.fact, UNDERSTOOD)
        }
        Some(_) => broken(path, phrase!("data-it-is-of-no-kind"), UNDERSTOOD),
        None => broken(path, phrase!("data-it-is-a-text"), UNDERSTOOD),
    }
}

/// What a folder holds that is none of those; `is_known` tells whether something within it is one.
pub(super) fn folder(path: &Path, is_known: impl Fn(&Path) -> bool) -> TrainError {
    let entries = fs::read_dir(path).into_iter().flatten().flatten().take(MOST_LOOKED_AT);
    let mut within: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    within.sort();
    if let Some(known) = within.iter().find(|within| is_known(within)) {
        let remedy = phrase!("data-name-3", known = shown_path(known));
        return broken(path, phrase!("data-the-data-lie-within-it"), remedy);
    }
    let name = |path: &Path| shown(&path.file_name().unwrap_or_default().to_string_lossy());
    let is_archive = |path: &&PathBuf| {
        let ending = path.extension().map(OsStr::to_ascii_lowercase);
        ending.is_some_and(|ending| ARCHIVES.iter().any(|known| ending == *known))
    };
    if let Some(archive) = within.iter().find(is_archive) {
        let fact = phrase!("data-it-holds-no-images-but", archive = name(archive));
        return broken(path, fact, phrase!("data-unpack-that-and-name-the"));
    }
    match within.first() {
        Some(first) => {
            let fact = phrase!("data-it-holds-no-images-that", first = name(first));
            broken(path, fact, UNDERSTOOD)
        }
        None => broken(path, phrase!("data-it-is-empty"), UNDERSTOOD),
    }
}
