//! Weights that others have saved: files of `PyTorch` and safetensors, and whether they fit a network.
//!
//! What a file is follows from its first bytes, whatever its name. Sizes are looked at before any number is read.

mod archive;
mod arrays;
mod fit;
mod matching;
mod misfit;
mod order;
mod pytorch;
mod refusal;
mod safe;
mod taken;
#[cfg(test)]
mod tests;

use std::{fs::File, io::Read as _, path::Path};

use crate::words::Word;

pub use arrays::{NamedArray, NamedArrays};
pub use fit::Given;
pub use refusal::Refusal;
pub use safe::SafeFile;
#[cfg(test)]
pub(crate) use tests::NET;

/// The first bytes of what else people name.
const OTHERS: [(&[u8], Word, Word); 4] = [
    (
        b"\x89HDF\r\n",
        key!("network-files-it-is-hdf5-as-keras"),
        key!("network-files-give-weights-of-pytorch-or"),
    ),
    (
        b"version https://git-lfs",
        key!("network-files-it-only-points-to-the"),
        key!("network-files-fetch-the-file-with-git"),
    ),
    (b"<", key!("network-files-it-is-a-web-page"), key!("network-files-fetch-the-file-itself")),
    (
        b"\x1f\x8b",
        key!("network-files-it-is-packed-by-gzip"),
        key!("network-files-unpack-it-with-gunzip"),
    ),
];

/// Reads a file.
///
/// # Errors
/// One sentence if it is of no kind that is known, damaged, cut short or too large.
pub fn read(path: &Path) -> Result<NamedArrays, Refusal> {
    let unreadable = |error| Refusal::unreadable(&error);
    // What is no plain file may never end.
    if !path.metadata().map_err(unreadable)?.is_file() {
        return Err(Refusal::new(
            phrase!("network-files-it-is-no-plain-file"),
            phrase!("network-files-name-a-file-of-weights"),
        ));
    }
    let mut file = File::open(path).map_err(unreadable)?;
    let mut start = Vec::new();
    (&mut file).take(32).read_to_end(&mut start).map_err(unreadable)?;
    if start.is_empty() {
        return Err(Refusal::new(
            phrase!("network-files-it-is-empty"),
            phrase!("network-files-fetch-or-save-it-again"),
        ));
    }
    if safe::begins(&start) {
        return safe::read(file);
    }
    if let Some((_, fact, remedy)) = OTHERS.iter().find(|(magic, ..)| start.starts_with(magic)) {
        return Err(Refusal::new(*fact, *remedy));
    }
    pytorch::read(path, file, &start)
}
