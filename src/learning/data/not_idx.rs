//! What is given in place of a folder of IDX files: what it is, and what to do.

use std::{
    ffi::OsStr,
    fs::{self, File},
    io::Read as _,
    path::{Path, PathBuf},
};

use super::{
    defect::{Defect, IDX_START, broken, unpack_head},
    foreign::foreign,
};
use crate::{
    learning::TrainError,
    sentence::{shown, shown_path},
    words::{InPhrase, Word},
};

/// As much as tells what a file is.
pub(super) const HEAD_BYTES: usize = 64 << 10;
/// What is read.
const WANTED: Word = key!("data-name-a-folder-with-train");
const CONVERT: Word = key!("data-convert-it-to-idx-files");
/// Pixels of such an image; with a label it has one column more.
const PIXELS: usize = 28 * 28;
/// Endings in small letters.
const PICTURES: &[&str] = &["png", "jpg", "jpeg", "bmp", "gif"];
const ARCHIVES: &[&str] = &["zip", "tar", "tgz", "7z", "rar", "bz2"];
const TABLES: &[&str] = &["csv", "npy", "npz", "parquet", "mat", "pkl"];
/// Entries of a folder that are looked at; more would say no more.
const MOST_LOOKED_AT: usize = 1000;

/// What bytes are that are no IDX, if that can be told.
pub(super) fn defect(bytes: &[u8]) -> Option<Defect> {
    let foreign = foreign(bytes.get(..HEAD_BYTES).unwrap_or(bytes))?;
    Some(Defect::new(foreign.fact, if foreign.is_detour { foreign.remedy } else { CONVERT }))
}

/// What a file is that was named in place of a folder.
pub(super) fn file(path: &Path) -> TrainError {
    let mut packed = Vec::new();
    let read =
        File::open(path).and_then(|file| file.take(HEAD_BYTES as u64).read_to_end(&mut packed));
    if let Err(error) = read {
        return broken(path, error.in_phrase(), WANTED);
    }
    let head = unpack_head(&packed, HEAD_BYTES as u64);
    if head.starts_with(&IDX_START) {
        return broken(
            path,
            phrase!("data-it-is-one-idx-file"),
            phrase!("data-name-the-folder-that-holds"),
        );
    }
    if let Some(defect) = defect(&head) {
        return defect.of(path);
    }
    let first_row = head.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let columns = 1 + first_row.iter().filter(|&&byte| byte == b',').count();
    if columns >= PIXELS {
        return broken(path, phrase!("data-it-is-a-csv-of", columns), CONVERT);
    }
    broken(path, phrase!("data-it-is-not-a-folder"), WANTED)
}

/// What a folder holds in which none of the four files lies; `is_idx` knows them.
pub(super) fn folder(path: &Path, is_idx: impl Fn(&Path) -> bool) -> TrainError {
    let names = entries(path);
    if let Some(within) = names.iter().find(|within| is_idx(within)) {
        let remedy = phrase!("data-name", within = shown_path(within));
        return broken(path, phrase!("data-the-idx-files-lie-in"), remedy);
    }
    let named = |endings| names.iter().find(|path| ends(path, endings)).map(|path| name(path));
    if let Some(archive) = named(ARCHIVES) {
        let fact = phrase!("data-it-holds-no-idx-files", archive);
        return broken(path, fact, phrase!("data-unpack-it-and-name-the-folder"));
    }
    let pictures = |path: &Path| entries(path).iter().any(|path| ends(path, PICTURES));
    // A class's pictures often lie in a folder of their own.
    if pictures(path) || names.iter().any(|path| pictures(path)) {
        return broken(path, phrase!("data-it-holds-pictures-in-files"), CONVERT);
    }
    if let Some(table) = named(TABLES) {
        return broken(path, phrase!("data-it-holds-no-idx-files-but", table), CONVERT);
    }
    broken(path, phrase!("data-it-holds-no-idx-files-of"), WANTED)
}

/// What lies in a folder, in order; nothing where it is none.
fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().take(MOST_LOOKED_AT);
    let mut paths: Vec<_> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

fn ends(path: &Path, endings: &[&str]) -> bool {
    let ending = path.extension().map(OsStr::to_ascii_lowercase);
    ending.is_some_and(|ending| endings.iter().any(|known| ending == *known))
}

fn name(path: &Path) -> String {
    shown(&path.file_name().unwrap_or_default().to_string_lossy())
}
