//! Where the pictures of a set lie: a folder for each class, and perhaps one for each part around them.

use std::{
    ffi::OsStr,
    fs, io,
    path::{Path, PathBuf},
};

use crate::{
    learning::{TrainError, data::defect::broken},
    sentence::{grouped, shown},
    words::{InPhrase, Phrase},
};

/// Endings of pictures, in small letters.
const PICTURES: &[&str] = &["png", "jpg", "jpeg", "jpe", "jfif", "webp", "bmp", "gif"];
/// Endings of pictures that are not read: they are told with those that are broken rather than overlooked.
const OTHER_PICTURES: &[&str] =
    &["tif", "tiff", "heic", "heif", "avif", "jxl", "jp2", "ppm", "pgm", "pbm", "tga"];
/// What is learned from, in small letters.
pub(super) const TRAINING: &[&str] = &["train", "training"];
/// What is tested on: the first that holds classes, since a competition's test often holds none.
pub(super) const TESTS: &[&str] = &["test", "testing", "val", "valid", "validation"];
/// Folders whose names begin so hold pictures of many classes, where a table lies beside them.
const MIXED: &[&str] = &["train", "test", "val", "image", "img", "picture", "photo", "data"];
/// Folders within a class are looked into so deep.
const DEEPEST: usize = 8;
/// The most pictures of a set.
const MOST_PICTURES: usize = 1_000_000;

/// The pictures of a class, readable or not.
pub(super) struct Class {
    pub(super) name: String,
    pub(super) folder: PathBuf,
    pub(super) files: Vec<PathBuf>,
}

/// The classes of a set, by name.
pub(super) struct Found {
    /// Where the classes to learn from lie.
    pub(super) folder: PathBuf,
    pub(super) train: Vec<Class>,
    /// What is tested on and where that lies, if it has a folder of its own.
    pub(super) test: Option<(PathBuf, Vec<Class>)>,
    /// What was named but cannot be used, and why.
    pub(super) left_out: Vec<(PathBuf, Phrase)>,
    pub(super) remarks: Vec<Phrase>,
}

/// What lies in a folder.
struct Entry {
    path: PathBuf,
    name: String,
    is_folder: bool,
    is_link: bool,
}

/// Looks for the parts of a set and their classes.
///
/// # Errors
/// One sentence if a folder cannot be read or there are more than a million pictures.
pub(super) fn find(folder: &Path) -> Result<Found, TrainError> {
    let within = entries(folder)?;
    let part = |name: &str| {
        let named = |entry: &&Entry| entry.is_folder && entry.name.to_lowercase() == name;
        within.iter().find(|entry| named(entry) && holds_classes(&entry.path))
    };
    let Some(train) = TRAINING.iter().find_map(|name| part(name)) else {
        let train = classes(folder)?;
        return Ok(Found {
            folder: folder.to_owned(),
            train,
            test: None,
            left_out: Vec::new(),
            remarks: Vec::new(),
        });
    };
    let mut tests = TESTS.iter().filter_map(|name| part(name));
    let test = tests.next();
    let left_out = tests.map(|other| {
        let used = test.map_or("", |test| &test.name);
        phrase!("data-left-out-the-folder-as", name = shown(&other.name), used = shown(used))
    });
    Ok(Found {
        folder: train.path.clone(),
        train: classes(&train.path)?,
        test: test
            .map(|test| Ok::<_, TrainError>((test.path.clone(), classes(&test.path)?)))
            .transpose()?,
        left_out: Vec::new(),
        remarks: left_out.collect(),
    })
}

/// Whether any picture lies in a folder, however deep.
pub(super) fn hold_pictures(folder: &Path, deep: usize) -> bool {
    let within = entries(folder).unwrap_or_default();
    within.iter().any(|entry| !entry.is_folder && is_picture(&entry.path))
        || (deep < DEEPEST && folders(&within, deep).any(|path| hold_pictures(path, deep + 1)))
}

/// Whether a folder holds no pictures of its own, but folders that do.
pub(super) fn holds_classes(folder: &Path) -> bool {
    let within = entries(folder).unwrap_or_default();
    !within.iter().any(|entry| !entry.is_folder && is_picture(&entry.path))
        && folders(&within, 0).any(|path| hold_pictures(path, 1))
}

/// Whether classes have folders of their own, be it within one to learn from; those that a table may tell of are none.
pub(super) fn hold_classes_of_their_own(folder: &Path) -> bool {
    let within = entries(folder).unwrap_or_default();
    let is_training = |name: &str| TRAINING.contains(&name.to_lowercase().as_str());
    let is_mixed = |name: &str| MIXED.iter().any(|mixed| name.to_lowercase().starts_with(mixed));
    let holds = |entry: &&Entry| entry.is_folder && hold_pictures(&entry.path, 1);
    within.iter().any(|entry| is_training(&entry.name) && holds_classes(&entry.path))
        || within.iter().filter(holds).filter(|entry| !is_mixed(&entry.name)).count() > 1
}

/// What lies in a folder itself: files, and folders.
pub(super) fn lying_in(folder: &Path) -> Result<[Vec<PathBuf>; 2], TrainError> {
    let (folders, files): (Vec<Entry>, Vec<Entry>) =
        entries(folder)?.into_iter().partition(|entry| entry.is_folder);
    let paths = |entries: Vec<Entry>| entries.into_iter().map(|entry| entry.path).collect();
    Ok([paths(files), paths(folders)])
}

/// The classes whose folders lie in a folder, in the order of their names, as torchvision's `ImageFolder` has them:
/// <https://docs.pytorch.org/vision/stable/generated/torchvision.datasets.ImageFolder.html>.
fn classes(folder: &Path) -> Result<Vec<Class>, TrainError> {
    let mut classes = Vec::new();
    let mut count = 0;
    for Entry { path, name, is_folder, .. } in entries(folder)? {
        if is_folder {
            let mut files = Vec::new();
            collect(&path, 0, &mut files)?;
            count += files.len();
            if count > MOST_PICTURES {
                let fact = phrase!(
                    "data-it-holds-more-than-pictures",
                    most_pictures = grouped(MOST_PICTURES)
                );
                return Err(broken(folder, fact, phrase!("data-give-a-smaller-data-set")));
            }
            classes.push(Class { name, folder: path, files });
        }
    }
    Ok(classes)
}

/// The pictures in a folder of a class, those in folders within it behind the others.
pub(super) fn collect(
    folder: &Path,
    deep: usize,
    files: &mut Vec<PathBuf>,
) -> Result<(), TrainError> {
    let within = entries(folder)?;
    let own = within.iter().filter(|entry| !entry.is_folder && is_picture(&entry.path));
    files.extend(own.map(|entry| entry.path.clone()));
    if deep < DEEPEST && files.len() <= MOST_PICTURES {
        folders(&within, deep + 1).try_for_each(|path| collect(path, deep + 1, files))?;
    }
    Ok(())
}

/// The folders among entries; within a class links are not followed, as they may lead back.
fn folders(within: &[Entry], deep: usize) -> impl Iterator<Item = &Path> {
    let followed = move |entry: &&Entry| entry.is_folder && (deep == 0 || !entry.is_link);
    within.iter().filter(followed).map(|entry| entry.path.as_path())
}

pub(super) fn is_picture(path: &Path) -> bool {
    let ending = path.extension().map(OsStr::to_ascii_lowercase);
    let known = || PICTURES.iter().chain(OTHER_PICTURES);
    ending.is_some_and(|ending| known().any(|known| ending == *known))
}

/// What lies in a folder by name, but for what is hidden or left by a Macintosh.
fn entries(folder: &Path) -> Result<Vec<Entry>, TrainError> {
    let unreadable = |error: io::Error| {
        broken(folder, error.in_phrase(), phrase!("data-make-it-readable-or-name"))
    };
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        if name.starts_with('.') || name == "__MACOSX" {
            continue;
        }
        let is_link = entry.file_type().is_ok_and(|kind| kind.is_symlink());
        // A link is what it leads to.
        found.push(Entry { is_folder: path.is_dir(), path, name, is_link });
    }
    found.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(found)
}
