//! A set of pictures as people have them: files of any size and colour, in a folder for each class or with a table that
//! tells their classes.
//!
//! It lies as torchvision's `ImageFolder` wants it, perhaps within folders `train` and `test` or `val`. Pictures are set
//! upright by their EXIF data, scaled by their shorter side and cropped in the middle; what can be seen through stands
//! before white. They have three channels if any of them has a colour, else one.

mod columns;
mod folders;
mod labelled;
mod part;
mod picture;
mod places;
mod single;
mod split;
#[cfg(test)]
mod tests;

use std::{path::Path, sync::Arc};

use super::{
    defect::broken,
    images::{Dataset, folder_name},
};
use crate::{
    learning::TrainError,
    sentence::{counted, grouped, listed, shown, shown_path},
    words::{Phrase, Word},
};
use folders::{Class, Found, find, hold_pictures, holds_classes};
pub(super) use labelled::is_table;
use part::{Part, left_out};
pub use single::as_learned;

/// The most classes, as labels are bytes.
const MOST_CLASSES: usize = 256;
/// The most bytes of a set as the network sees it; brightness takes four times as much.
const MOST_BYTES: u64 = 1 << 30;
const ARRANGE: Word = key!("data-put-the-pictures-of-each");

/// Whether there are pictures in a folder or in folders within it.
pub(super) fn lie_in(folder: &Path) -> bool {
    hold_pictures(folder, 0)
}

/// Reads a folder of pictures, or those that a table names, as images of so many rows and columns.
///
/// Classes with folders of their own go before a table beside them. Without a part for the test a fifth of each class is tested on, drawn by the seed. Pictures that cannot be read are
/// left out and told in the set's remarks.
///
/// # Errors
/// One sentence if there is one class or none, if a class has no picture that can be read, if the test knows a class that
/// the training does not, or if it would take more than 1 GiB.
pub(super) fn read(place: &Path, size: [usize; 2], seed: u64) -> Result<Dataset, TrainError> {
    let table = if place.is_file() { Some(place.to_owned()) } else { labelled::beside(place)? };
    let found = table.as_deref().map_or_else(|| find(place), labelled::find)?;
    let folder = table.as_deref().map_or(place, labelled::folder);
    check(&found, size)?;
    let names: Vec<String> = found.train.iter().map(|class| class.name.clone()).collect();
    // There are 256 at most.
    let labels = names.iter().map(String::as_str).zip(0..=u8::MAX).collect();
    let mut train = Part::read(&found.train, &labels, size);
    for (class, label) in found.train.iter().zip(0..=u8::MAX) {
        if !train.labels.contains(&label) {
            return Err(unreadable(class, &train));
        }
    }
    let test = found.test.as_ref().map(|(_, classes)| Part::read(classes, &labels, size));
    let pixels = size[0] * size[1];
    let has_colour = [Some(&train), test.as_ref()].into_iter().flatten();
    let channels = if has_colour.into_iter().any(|part| part.has_colour(pixels)) { 3 } else { 1 };
    let values = channels * pixels;
    let mut remarks = found.remarks;
    let (train_images, test_images) = match &test {
        Some(test) => (train.images(|_| true, values), test.images(|_| true, values)),
        None => {
            remarks.push(phrase!("data-tested-on-a-fifth-of", seed));
            let tested = split::held_out(&train.labels, seed);
            (train.images(|at| !tested[at], values), train.images(|at| tested[at], values))
        }
    };
    if let Some(test) = test {
        train.left_out.extend(test.left_out);
    }
    if test_images.is_empty() {
        let place = found.test.as_ref().map_or(folder, |(place, _)| place);
        let fact = phrase!("data-none-of-its-pictures-is");
        return Err(broken(place, fact, phrase!("data-give-each-class-two-pictures")));
    }
    let mut all_left_out = found.left_out;
    all_left_out.append(&mut train.left_out);
    remarks.splice(0..0, left_out(folder, &all_left_out));
    let [rows, columns] = size;
    Ok(Dataset {
        name: folder_name(folder),
        channels,
        rows,
        columns,
        classes: Arc::from(names),
        train: train_images,
        test: test_images,
        remarks,
    })
}

/// Looks at the classes and at how much they will take, before a picture is read.
fn check(found: &Found, [rows, columns]: [usize; 2]) -> Result<(), TrainError> {
    let Found { folder, train, .. } = found;
    let refuse = |fact: Phrase, remedy: Phrase| Err(broken(folder, fact, remedy));
    match train.as_slice() {
        [] => return refuse(phrase!("data-it-holds-pictures-but-no"), ARRANGE.into()),
        [one] if holds_classes(&one.folder) => {
            let remedy = phrase!("data-name-2", folder = shown_path(&one.folder));
            return refuse(phrase!("data-the-classes-lie-in-a"), remedy);
        }
        [one] => {
            let fact = phrase!("data-is-its-only-class-2", name = shown(&one.name));
            return refuse(fact, phrase!("data-give-it-a-folder-for"));
        }
        more if more.len() > MOST_CLASSES => {
            let fact = phrase!("data-it-has-folders-of-classes", more_count = grouped(more.len()));
            return refuse(fact, phrase!("data-give-at-most-256-classes"));
        }
        _ => {}
    }
    if let Some((place, test)) = &found.test {
        let is_known = |class: &&Class| train.iter().any(|known| known.name == class.name);
        let unknown = test.iter().filter(|class| !is_known(class) && !class.files.is_empty());
        let unknown: Vec<&str> = unknown.map(|class| class.name.as_str()).collect();
        if !unknown.is_empty() {
            let fact = phrase!("data-it-has-which-the-training", unknown = listed(&unknown));
            return Err(broken(place, fact, phrase!("data-give-both-the-same-classes")));
        }
    }
    let classes = train.iter().chain(found.test.iter().flat_map(|(_, test)| test));
    let count = classes.map(|class| class.files.len()).sum::<usize>();
    let sizes = [count, rows, columns, 3].map(|size| size as u64);
    let bytes = sizes.into_iter().try_fold(1, u64::checked_mul);
    if bytes.is_none_or(|bytes| bytes > MOST_BYTES) {
        let pictures = counted(count, "picture");
        let fact = phrase!("data-its-of-pixels-would-take", pictures, rows, columns);
        return refuse(fact, phrase!("data-give-fewer-or-say-smaller"));
    }
    Ok(())
}

/// A class of which nothing could be read.
fn unreadable(class: &Class, train: &Part) -> TrainError {
    let own = train.left_out.iter().find(|(path, _)| class.files.contains(path));
    let fact = match own {
        Some((path, why)) => {
            let is_folder = path.starts_with(&class.folder);
            let folder = if is_folder { &class.folder } else { labelled::folder(&class.folder) };
            let name = shown_path(path.strip_prefix(folder).unwrap_or(path));
            let count = counted(class.files.len(), "picture");
            let of = if is_folder {
                Phrase::default()
            } else {
                phrase!("data-of", name = shown(&class.name))
            };
            phrase!("data-none-of-its-can-be", count, of, name, why)
        }
        None => phrase!("data-it-holds-no-pictures"),
    };
    broken(&class.folder, fact, phrase!("data-put-pictures-of-that-class"))
}
