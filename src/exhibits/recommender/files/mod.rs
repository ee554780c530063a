//! Files that a visitor takes along: their profile, a list, and the factors that were learned.

mod profile;
mod tables;

use std::{
    fmt,
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use crate::sentence::{shown, shown_path};
use crate::words::{InPhrase, Phrase};

pub use profile::{load_profile, save_profile};
pub use tables::{write_item_factors, write_list, write_people_factors};

/// Why a file could not be read or written, and what to do.
#[derive(Clone, Debug, PartialEq)]
pub enum FileError {
    /// The operating system does not give it.
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        reason: Phrase,
    },
    /// The operating system does not take it.
    Unwritable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        reason: Phrase,
    },
    /// It holds something else.
    NoProfile {
        /// The file.
        path: PathBuf,
        /// Where its text is not that of a profile.
        reason: Phrase,
    },
    /// It was written by another edition of the program.
    Version {
        /// The file.
        path: PathBuf,
        /// Its version.
        version: u64,
    },
    /// Its items are not those that are learned here.
    OtherDataSet {
        /// The file.
        path: PathBuf,
        /// The data set it was made for.
        made_for: String,
        /// The data set that is open.
        here: String,
    },
    /// It names an item that is not there.
    UnknownItem {
        /// The file.
        path: PathBuf,
        /// The item's name in the file of ratings.
        id: String,
        /// Its title in the profile.
        title: String,
    },
    /// It gives stars that cannot be given.
    OutsideScale {
        /// The file.
        path: PathBuf,
        /// The item's title in the profile.
        title: String,
        /// The stars.
        stars: f32,
        /// The fewest stars there are.
        low: f32,
        /// The most stars there are.
        high: f32,
    },
}

impl InPhrase for FileError {
    fn in_phrase(&self) -> Phrase {
        match self {
            Self::Unreadable { path, reason } => {
                phrase!(
                    "recommender-model-cannot-read-name-a-profile",
                    path = shown_path(path),
                    reason
                )
            }
            Self::Unwritable { path, reason } => {
                phrase!(
                    "recommender-model-cannot-write-name-a-file",
                    path = shown_path(path),
                    reason
                )
            }
            Self::NoProfile { path, reason } => {
                phrase!("recommender-model-is-not-a-profile-name", path = shown_path(path), reason)
            }
            Self::Version { path, version } => {
                phrase!(
                    "recommender-model-is-a-profile-of-version",
                    path = shown_path(path),
                    version,
                    version2 = profile::VERSION
                )
            }
            Self::OtherDataSet { path, made_for, here } => {
                phrase!(
                    "recommender-model-was-made-for-the-data",
                    path = shown_path(path),
                    made_for = shown(made_for),
                    here = shown(here)
                )
            }
            Self::UnknownItem { path, id, title } => {
                phrase!(
                    "recommender-model-rates-id-which-is-not",
                    path = shown_path(path),
                    title = shown(title),
                    id = shown(id)
                )
            }
            Self::OutsideScale { path, title, stars, low, high } => {
                phrase!(
                    "recommender-model-gives-stars-to-outside-the",
                    path = shown_path(path),
                    stars,
                    title = shown(title),
                    low,
                    high
                )
            }
        }
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.in_phrase().fmt(out)
    }
}

impl std::error::Error for FileError {}

/// Writes a file whole or not at all: first beside it, then in its place.
///
/// # Errors
/// [`FileError::Unwritable`]; a file that was there before is then as it was.
pub fn save(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), FileError> {
    let beside = beside(path);
    let written = write_whole(&beside, write).and_then(|()| fs::rename(&beside, path));
    written.map_err(|error| {
        // What is left beside it is of no use; that it cannot be removed would say nothing new.
        fs::remove_file(&beside).ok();
        FileError::Unwritable { path: path.to_owned(), reason: error.in_phrase() }
    })
}

fn write_whole(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let mut file = BufWriter::new(File::create(path)?);
    write(&mut file)?;
    file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
}

/// A name in the same folder that no other process writes to.
fn beside(path: &Path) -> PathBuf {
    path.with_added_extension(format!("{}.part", std::process::id()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_written_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list.csv");
        save(&path, |out| out.write_all(b"first")).unwrap();
        let error = save(&path, |out| {
            out.write_all(b"half")?;
            Err(io::Error::other("the disk is full"))
        });
        assert!(error.unwrap_err().to_string().contains("the disk is full"));
        assert_eq!(fs::read(&path).unwrap(), b"first");
        save(&path, |out| out.write_all(b"second")).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"second");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_folder_that_is_not_there_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let error = save(&folder.path().join("absent/list.csv"), |_| Ok(())).unwrap_err();
        assert!(error.to_string().contains("absent/list.csv"), "{error}");
    }
}
