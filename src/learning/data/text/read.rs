//! Reads what is given as a text.

use std::{
    fs::{self, File},
    io::Read as _,
    path::{Path, PathBuf},
};

use crate::{
    learning::{
        TrainError,
        data::{defect::broken, foreign, images::folder_name},
    },
    sentence::shown_path,
    words::{InPhrase, Phrase, Word},
};

/// Bytes of all files together, at most.
const MOST_BYTES: u64 = 64 << 20;
/// As much as tells what a file is.
const HEAD_BYTES: usize = 64 << 10;
const REMEDY: Word = key!("data-name-a-file-of-text");

/// The name of a text, and the text.
pub(super) fn read(path: &Path) -> Result<(String, String), TrainError> {
    if !path.exists() {
        return Err(broken(path, phrase!("data-there-is-no-such-file-or"), REMEDY));
    }
    let mut room = MOST_BYTES;
    if !path.is_dir() {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        return Ok((name, file(path, &mut room)?));
    }
    let entries = fs::read_dir(path).map_err(|error| broken(path, error.in_phrase(), REMEDY))?;
    let is_text = |path: &PathBuf| {
        path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("txt"))
            // A licence is no part of what it is about.
            && path.file_stem().is_none_or(|name| !name.eq_ignore_ascii_case("license"))
    };
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let mut files: Vec<PathBuf> = paths.filter(is_text).collect();
    files.sort_unstable();
    if files.is_empty() {
        return Err(broken(path, phrase!("data-it-holds-no-file-that"), REMEDY));
    }
    let texts = files.iter().map(|path| file(path, &mut room)).collect::<Result<Vec<_>, _>>()?;
    Ok((folder_name(path), texts.join("\n")))
}

fn file(path: &Path, room: &mut u64) -> Result<String, TrainError> {
    let wrong = |fact: Phrase| broken(path, fact, REMEDY);
    // A pipe or a device would be waited for, for ever.
    if !path.is_file() {
        return Err(wrong(phrase!("data-it-is-no-plain-file")));
    }
    let mut bytes = Vec::new();
    let opened = File::open(path).map_err(|error| wrong(error.in_phrase()))?;
    let read = opened.take(*room + 1).read_to_end(&mut bytes);
    read.map_err(|error| wrong(error.in_phrase()))?;
    *room = room
        .checked_sub(bytes.len() as u64)
        .ok_or_else(|| wrong(phrase!("data-with-it-the-text-is", most_bytes = MOST_BYTES >> 20)))?;
    match String::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => {
            Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
        }
        Ok(_) => Err(wrong(phrase!("data-is-no-text", path = shown_path(path)))),
        Err(error) => {
            let bytes = error.as_bytes();
            let known = foreign(bytes.get(..HEAD_BYTES).unwrap_or(bytes));
            Err(wrong(
                known.map_or(phrase!("data-it-is-no-text-in"), |foreign| foreign.fact.into()),
            ))
        }
    }
}
