//! Opens a set of images of any kind that is known: finds out what lies at a path.

use std::path::Path;

use super::{
    cifar,
    defect::broken,
    images::{Dataset, is_idx},
    npz, pictures, unknown,
};
use crate::learning::TrainError;

/// Rows and columns of a picture where nobody says how large it should be.
const USUAL_SIZE: [usize; 2] = [32, 32];

impl Dataset {
    /// Reads what lies at a path: IDX files as [`read`](Self::read) does, CIFAR-10 or CIFAR-100 in their binary version, an
    /// `.npz` file with `x_train`, `y_train`, `x_test` and `y_test`, or pictures, in a folder for each class or named by a CSV
    /// that tells their classes.
    ///
    /// Pictures become as many rows and columns as are wanted, else 32 × 32; the others stay as large as they are. The
    /// seed draws what is tested on where pictures are in one part alone. Labels are bytes, so at most 256 classes are told
    /// apart.
    ///
    /// # Errors
    /// One sentence with the path, what was found there, and what to do.
    pub fn open(path: &Path, wanted: Option<[usize; 2]>, seed: u64) -> Result<Self, TrainError> {
        if !path.exists() {
            return Err(broken(
                path,
                phrase!("data-there-is-no-such-file-or"),
                unknown::UNDERSTOOD,
            ));
        }
        if is_idx(path) {
            return Self::read(path);
        }
        if cifar::lies_in(path) {
            return cifar::read(path);
        }
        cifar::refuse_pickles(path)?;
        let size = wanted.unwrap_or(USUAL_SIZE);
        if path.is_file() && pictures::is_table(path, true) {
            return pictures::read(path, size, seed);
        }
        if !path.is_dir() {
            let is_npz = path.is_file() && npz::is_named(path);
            return if is_npz { npz::read(path) } else { Err(unknown::file(path)) };
        }
        if pictures::lie_in(path) {
            return pictures::read(path, size, seed);
        }
        // Of the pickles it is said then why they are not read.
        let is_cifar = |path: &Path| cifar::lies_in(path) || cifar::refuse_pickles(path).is_err();
        let is_npz = |path: &Path| path.is_file() && npz::is_named(path);
        let is_known = |path: &Path| is_idx(path) || is_cifar(path) || is_npz(path);
        Err(unknown::folder(path, is_known))
    }
}

#[cfg(test)]
mod tests;
