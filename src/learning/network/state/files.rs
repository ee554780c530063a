//! Files that belong together, written whole or not at all, and found again whatever became of the program that wrote them.

use std::{
    ffi::OsString,
    fs::{self, File},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use super::StateFile;
use crate::network::Fault;

/// Where the state of a training lies whose network is written here.
pub fn state_of(network: &Path) -> PathBuf {
    network.with_extension("state.safetensors")
}

/// Where a file lies until it is whole.
fn part(path: &Path) -> PathBuf {
    let mut name = path.file_name().map_or_else(OsString::new, OsString::from);
    name.push(".part");
    path.with_file_name(name)
}

/// Writes all of them beside their places, then moves one after the other there.
///
/// Whoever is ended between two moves leaves the last of them beside its place: [`found`] looks there too.
///
/// # Errors
/// What the system says; then no place has changed, unless a move itself failed.
pub fn write(files: &[(PathBuf, Vec<u8>)]) -> io::Result<()> {
    // A link keeps leading where it led.
    let place = |path: &PathBuf| path.canonicalize().unwrap_or_else(|_| path.clone());
    let places: Vec<_> = files.iter().map(|(path, bytes)| (place(path), bytes)).collect();
    let beside = places.iter().try_for_each(|(path, bytes)| {
        let mut file = File::create(part(path))?;
        file.write_all(bytes)?;
        file.sync_all()
    });
    let moved = beside.and_then(|()| {
        places.iter().try_for_each(|(path, _)| {
            fs::rename(part(path), path)?;
            // The move itself outlives a loss of power; not every system lets a folder be opened for that.
            if let Some(Ok(folder)) = path.parent().map(File::open) {
                folder.sync_all().ok();
            }
            Ok(())
        })
    });
    if moved.is_err() {
        for (path, _) in &places {
            fs::remove_file(part(path)).ok();
        }
    }
    moved
}

/// The state that belongs to a network whose file has this fingerprint, and where it lies.
///
/// # Errors
/// What is wrong with the one at its place.
pub fn found(network: &Path, fingerprint: &str) -> Result<StateFile, Fault> {
    let place = state_of(network);
    let belongs = |state: &StateFile| state.words.network == fingerprint;
    let state = match StateFile::open(&place) {
        Ok(state) if belongs(&state) => return Ok(state),
        other => other,
    };
    // The program was ended after the network was moved to its place and before the state was.
    let whole = place.canonicalize().unwrap_or(place);
    match StateFile::open(&part(&whole)) {
        Ok(other) if belongs(&other) => Ok(other),
        _ => state.and_then(|_| {
            Err(Fault::new(phrase!("network-learning-it-belongs-to-another-network")))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_come_whole_or_leave_what_was_there() {
        let folder = tempfile::tempdir().unwrap();
        let [one, two] = ["one", "two"].map(|name| folder.path().join(name));
        write(&[(one.clone(), b"1".to_vec()), (two.clone(), b"2".to_vec())]).unwrap();
        assert_eq!((fs::read(&one).unwrap(), fs::read(&two).unwrap()), (vec![b'1'], vec![b'2']));
        // The second has no folder to lie in.
        let nowhere = folder.path().join("none/three");
        write(&[(one.clone(), b"3".to_vec()), (nowhere, b"4".to_vec())]).unwrap_err();
        assert_eq!(fs::read(&one).unwrap(), b"1");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2, "a part is left");
    }

    #[test]
    fn a_state_has_the_name_of_its_network() {
        let state = state_of(Path::new("nets/learned.onnx"));
        assert_eq!(state, Path::new("nets/learned.state.safetensors"));
        assert_eq!(part(&state), Path::new("nets/learned.state.safetensors.part"));
    }
}
