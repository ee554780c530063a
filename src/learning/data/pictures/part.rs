//! Pictures of one part: read on all threads, in the order of their names, and those that cannot be read told.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use rayon::prelude::*;

use super::{folders::Class, picture};
use crate::{
    learning::{data::images::Images, panics::caught},
    sentence::{and_more, shown_path},
    words::Phrase,
};

/// So many are named.
const MOST_NAMED: usize = 3;

/// Pictures that were read, and those that were not.
#[derive(Default)]
pub(super) struct Part {
    /// Values, once if it is grey, else red, green and blue.
    pub(super) pictures: Vec<Vec<u8>>,
    /// The class of each.
    pub(super) labels: Vec<u8>,
    /// Files that were left out, and why.
    pub(super) left_out: Vec<(PathBuf, Phrase)>,
}

impl Part {
    /// Reads the pictures of all classes that have a label.
    pub(super) fn read(classes: &[Class], labels: &BTreeMap<&str, u8>, size: [usize; 2]) -> Self {
        let labelled = classes.iter().filter_map(|class| {
            let label = *labels.get(class.name.as_str())?;
            Some(class.files.iter().map(move |file| (label, file)))
        });
        let files: Vec<(u8, &PathBuf)> = labelled.flatten().collect();
        let read: Vec<Result<Vec<u8>, Phrase>> = files
            .par_iter()
            .map(|(_, file)| {
                // No decoder is known to panic; one that does costs its picture, not the visit.
                caught(|| Ok(picture::read(file, size)))
                    .unwrap_or_else(|_| Err(phrase!("data-its-decoder-gave-up")))
            })
            .collect();
        let mut part = Self::default();
        for ((label, file), read) in files.into_iter().zip(read) {
            match read {
                Ok(values) => {
                    part.pictures.push(values);
                    part.labels.push(label);
                }
                Err(why) => part.left_out.push((file.clone(), why)),
            }
        }
        part
    }

    /// Whether one of them has a colour, where a picture has so many pixels.
    pub(super) fn has_colour(&self, pixels: usize) -> bool {
        self.pictures.iter().any(|values| values.len() > pixels)
    }

    /// Those with this mark, with as many channels each.
    pub(super) fn images(&self, marked: impl Fn(usize) -> bool, values: usize) -> Images {
        let chosen = || (0..self.pictures.len()).filter(|place| marked(*place));
        let mut pixels = Vec::with_capacity(chosen().count() * values);
        for picture in chosen().map(|place| &self.pictures[place]) {
            // Grey is as much red as green and blue.
            let times = values / picture.len().max(1);
            (0..times).for_each(|_| pixels.extend_from_slice(picture));
        }
        let labels: Vec<u8> = chosen().map(|place| self.labels[place]).collect();
        Images { pixels: pixels.into(), labels: labels.into() }
    }
}

/// Says which files were left out: how many, the first of them, and why.
pub(super) fn left_out(folder: &Path, files: &[(PathBuf, Phrase)]) -> Option<Phrase> {
    let (_, why) = files.first()?;
    let name = |path: &PathBuf| shown_path(path.strip_prefix(folder).unwrap_or(path));
    let first = files.iter().take(MOST_NAMED).map(|(path, _)| Phrase::from(name(path)));
    let mut named: Vec<Phrase> = first.collect();
    if let Some(first) = named.first_mut() {
        *first = phrase!("list-within", whole = std::mem::take(first), of = why);
    }
    let more = files.len() - named.len();
    let named = and_more(Phrase::Listed(named), more);
    Some(phrase!("data-left-out-the-first", count = Phrase::counted(files.len(), "file"), named))
}
