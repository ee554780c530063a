//! What the classes of a set are called: by a file beside it, by its mapping, by its name, or by numbers.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{files::EMNIST, part::Images};
use crate::learning::{TrainError, data::defect::broken};
use crate::words::{InPhrase, Phrase, Word};

/// Class names of Fashion-MNIST: <https://github.com/zalandoresearch/fashion-mnist#labels>.
const FASHION: [&str; 10] = [
    "T-shirt/top",
    "Trouser",
    "Pullover",
    "Dress",
    "Coat",
    "Sandal",
    "Shirt",
    "Sneaker",
    "Bag",
    "Ankle boot",
];
/// A file beside the images that names the classes, one a line.
const CLASSES_FILE: &str = "classes.txt";

/// What to do with a label that stands for no class.
pub(in crate::learning::data) const NAME_MORE: Word = key!("data-correct-the-labels-or-name");

/// Classes that a set of MNIST's size has at least: it stands for ten even if one is missing.
pub(in crate::learning::data) const MNIST_CLASSES: usize = 10;

/// What EMNIST's mapping calls its classes: in each line a label and the code of its character, and in lists of letters that
/// of the small letter beside it.
fn mapped(folder: &Path, split: &str) -> Option<Arc<[String]>> {
    let text = fs::read_to_string(folder.join(format!("{EMNIST}{split}-mapping.txt"))).ok()?;
    let mut names: BTreeMap<usize, String> = BTreeMap::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let mut numbers = line.split_whitespace().map(str::parse::<u32>);
        let (label, code) = (numbers.next()?.ok()?, numbers.next()?.ok()?);
        names.insert(label as usize, char::from_u32(code)?.to_string());
    }
    let most = *names.keys().next_back().filter(|most| **most < 256)?;
    // Labels that stand for nothing, as 0 where letters are counted from 1, keep their place.
    Some((0..=most).map(|label| names.remove(&label).unwrap_or_else(|| "–".to_owned())).collect())
}

/// What the classes are called, if that is said anywhere.
pub(in crate::learning::data) fn class_names(
    folder: &Path,
    (name, split): (&str, Option<&str>),
) -> Result<Option<Arc<[String]>>, TrainError> {
    let path = folder.join(CLASSES_FILE);
    match fs::read_to_string(&path) {
        Ok(text) => {
            let names: Vec<String> = text
                .lines()
                .map(str::trim)
                .filter(|line| !line.is_empty())
                .map(str::to_owned)
                .collect();
            if names.is_empty() || names.len() > 256 {
                let fact = phrase!("data-it-names-classes", names_count = names.len());
                return Err(broken(&path, fact, phrase!("data-write-one-name-a-line")));
            }
            return Ok(Some(names.into()));
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => {
            return Err(broken(&path, error.in_phrase(), phrase!("data-make-it-a-readable-text")));
        }
    }
    if let Some(names) = split.and_then(|split| mapped(folder, split)) {
        return Ok(Some(names));
    }
    if name.to_lowercase().contains("fashion") {
        return Ok(Some(FASHION.map(str::to_owned).into()));
    }
    Ok(None)
}

/// The classes by their numbers; a label far beyond the others is a damaged one, though a small set may lack some.
pub(in crate::learning::data) fn numbered(
    parts: &[(&Images, &PathBuf)],
    usual: usize,
) -> Result<Arc<[String]>, TrainError> {
    let labels = || parts.iter().flat_map(|(images, _)| images.labels.iter().copied());
    let highest = labels().max().unwrap_or(0);
    let classes = usual.max(usize::from(highest) + 1);
    let met = labels().collect::<BTreeSet<u8>>().len();
    if classes > 2 * met + MNIST_CLASSES {
        for (images, path) in parts {
            if let Some(at) = images.labels.iter().position(|label| *label == highest) {
                let fact = phrase!("data-label-of-image-would-make", highest, at, classes, met);
                let remedy = phrase!("data-correct-the-labels-or-name-the");
                return Err(broken(path, fact, remedy));
            }
        }
    }
    Ok((0..classes).map(|class| class.to_string()).collect())
}

/// Looks whether all labels stand for a class; if not, the remedy says what to do.
pub(in crate::learning::data) fn within(
    parts: &[(&Images, &PathBuf)],
    classes: usize,
    remedy: impl Into<Phrase>,
) -> Result<(), TrainError> {
    for (part, path) in parts {
        if let Some(at) = part.labels.iter().position(|label| usize::from(*label) >= classes) {
            let label = part.labels[at];
            let fact = phrase!("data-label-of-image-is-outside", label, at, classes);
            return Err(broken(path, fact, remedy));
        }
    }
    Ok(())
}
