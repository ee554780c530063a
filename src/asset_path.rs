//! Where the files that ship with the program are, wherever it is started from.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
};

use crate::{program_error::ProgramError, sentence::shown_path, words::enumerated};

/// The folder of fonts, models and data sets.
pub fn assets() -> Result<PathBuf, ProgramError> {
    Places::of_this_program().find("assets", "datasets")
}

/// The folder of shaders.
pub fn shaders() -> Result<PathBuf, ProgramError> {
    Places::of_this_program().find("shaders", "")
}

/// The folders that may hold what ships with the program.
struct Places {
    /// What `BEVY_ASSET_ROOT` says: whoever sets it means it, so nothing else is looked at.
    chosen: Option<PathBuf>,
    /// The others, in the order they are looked at.
    usual: Vec<PathBuf>,
}

impl Places {
    fn of_this_program() -> Self {
        let mut usual = Vec::new();
        // Under `cargo run` this names the sources even after they were moved.
        usual.extend(env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from));
        let program = env::current_exe().and_then(|program| program.canonicalize()).ok();
        usual.extend(program.as_deref().map(beside).unwrap_or_default());
        usual.push(PathBuf::from(env!("CARGO_MANIFEST_DIR")));
        let chosen = env::var_os("BEVY_ASSET_ROOT").filter(|root| !root.is_empty());
        Self { chosen: chosen.map(PathBuf::from), usual }
    }

    /// Finds a folder by its name and something that must be in it.
    fn find(&self, name: &str, content: &str) -> Result<PathBuf, ProgramError> {
        let roots = self.chosen.as_ref().map_or(self.usual.as_slice(), std::slice::from_ref);
        for root in roots {
            let folder = root.join(name);
            // An empty `content` leaves a slash at the end, which a file does not answer to.
            let found = match folder.join(content).try_exists() {
                Ok(true) => fs::read_dir(&folder).map(|_| true),
                seen => seen,
            };
            match found {
                Ok(true) => return Ok(folder),
                Ok(false) => {}
                Err(error) if is_elsewhere(&error) => {}
                Err(error) => return Err(unreadable(&folder, &error)),
            }
        }
        let looked: Vec<_> = roots.iter().map(|root| shown_path(root)).collect();
        Err(ProgramError::Asked(phrase!(
            "start-there-is-no-folder-of",
            name,
            looked = enumerated(&looked)
        )))
    }
}

/// Whether an error only says that the folder is not here.
fn is_elsewhere(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

fn unreadable(folder: &Path, error: &io::Error) -> ProgramError {
    ProgramError::Asked(phrase!(
        "start-the-folder-cannot-be-read",
        folder = shown_path(folder),
        error
    ))
}

/// The folders that belong to an installed program: its own, those above it, and their `share`.
fn beside(program: &Path) -> Vec<PathBuf> {
    /// From `target/debug/examples` up to the package.
    const LEVELS: usize = 4;
    let folders = program.ancestors().skip(1).take(LEVELS);
    folders
        .flat_map(|folder| [folder.to_path_buf(), folder.join("share").join("perceptarium")])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An installation in a folder of its own.
    fn installed(folders: &[&str]) -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        for folder in folders {
            fs::create_dir_all(root.path().join(folder)).unwrap();
        }
        root
    }

    #[test]
    fn an_installed_program_finds_what_lies_beside_it() {
        for place in [".", "bin", "share/perceptarium"] {
            let root = installed(&["bin", &format!("{place}/assets/datasets")]);
            let usual = beside(&root.path().join("bin/perceptarium"));
            let found = Places { chosen: None, usual }.find("assets", "datasets").unwrap();
            let expected = root.path().join(place).join("assets");
            assert_eq!(found.canonicalize().unwrap(), expected.canonicalize().unwrap());
        }
    }

    #[test]
    fn folders_that_only_share_the_name_are_passed_by() {
        let other = installed(&["assets/textures"]);
        let ours = installed(&["assets/datasets"]);
        let usual = vec![other.path().to_path_buf(), ours.path().to_path_buf()];
        let found = Places { chosen: None, usual }.find("assets", "datasets").unwrap();
        assert_eq!(found, ours.path().join("assets"));
    }

    #[test]
    fn a_chosen_root_is_not_replaced_in_silence() {
        let empty = installed(&[]);
        let ours = installed(&["assets/datasets"]);
        let places = Places {
            chosen: Some(empty.path().to_path_buf()),
            usual: vec![ours.path().to_path_buf()],
        };
        let Err(ProgramError::Asked(sentence)) = places.find("assets", "datasets") else {
            panic!("found assets in an empty folder");
        };
        assert!(sentence.contains(&empty.path().display().to_string()), "{sentence}");
        assert!(sentence.contains("BEVY_ASSET_ROOT"), "{sentence}");
    }

    #[test]
    fn a_file_in_the_place_of_the_folder_is_named() {
        let root = installed(&[]);
        fs::write(root.path().join("shaders"), "not a folder").unwrap();
        let places = Places { chosen: None, usual: vec![root.path().to_path_buf()] };
        let Err(ProgramError::Asked(sentence)) = places.find("shaders", "") else {
            panic!("a file was taken for a folder");
        };
        assert!(sentence.contains("shaders"), "{sentence}");
    }

    #[test]
    fn the_tests_themselves_find_the_data_sets() {
        assert!(assets().unwrap().join("datasets/mnist-10k").is_dir());
    }
}
