//! Files that a visitor takes along: their profile, a list, and the factors that were learned.

mod profile;
mod tables;

use std::{
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use crate::sentence::{shown, shown_path};

pub use profile::{load_profile, save_profile};
pub use tables::{write_item_factors, write_list, write_people_factors};

/// Why a file could not be read or written, and what to do.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum FileError {
    /// The operating system does not give it.
    #[error("cannot read {}: {reason}; name a profile that was saved here", shown_path(path))]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// The operating system does not take it.
    #[error(
        "cannot write {}: {reason}; name a file in a folder that takes files",
        shown_path(path)
    )]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// It holds something else.
    #[error("{} is not a profile: {reason}; name a profile that was saved here", shown_path(path))]
    NoProfile {
        /// The file.
        path: PathBuf,
        /// Where its text is not that of a profile.
        reason: String,
    },
    /// It was written by another edition of the program.
    #[error(
        "{} is a profile of version {version}, but this program reads version {}; save it anew",
        shown_path(path),
        profile::VERSION
    )]
    Version {
        /// The file.
        path: PathBuf,
        /// Its version.
        version: u64,
    },
    /// Its items are not those that are learned here.
    #[error(
        "{} was made for the data set {}, whose items are not those of {}; \
        open that one with --data or name another profile",
        shown_path(path),
        shown(made_for),
        shown(here)
    )]
    OtherDataSet {
        /// The file.
        path: PathBuf,
        /// The data set it was made for.
        made_for: String,
        /// The data set that is open.
        here: String,
    },
    /// It names an item that is not there.
    #[error(
        "{} rates {} (id {}), which is not in this data set; remove that entry",
        shown_path(path),
        shown(title),
        shown(id)
    )]
    UnknownItem {
        /// The file.
        path: PathBuf,
        /// The item's name in the file of ratings.
        id: String,
        /// Its title in the profile.
        title: String,
    },
    /// It gives stars that cannot be given.
    #[error(
        "{} gives {stars} stars to {}, outside the scale {low}..{high}; correct that entry",
        shown_path(path),
        shown(title)
    )]
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
        FileError::Unwritable { path: path.to_owned(), reason: error.to_string() }
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
