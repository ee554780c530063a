//! What is wrong with a file of a data set, and how one tells what it is.

use std::{
    io::Read as _,
    path::{Path, PathBuf},
};

use flate2::read::MultiGzDecoder;

use crate::learning::TrainError;
use crate::words::Phrase;

/// Type byte of unsigned 8-bit values.
pub(super) const UNSIGNED_BYTES: u8 = 8;
/// First bytes of every file of the family.
pub(super) const IDX_START: [u8; 3] = [0, 0, UNSIGNED_BYTES];
/// First bytes of a gzip file: <https://www.rfc-editor.org/rfc/rfc1952>, section 2.3.1.
pub(super) const GZIP_MAGIC: [u8; 2] = [0x1f, 0x8b];

/// What is wrong with the bytes of a file, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Defect {
    pub(super) fact: Phrase,
    remedy: Phrase,
}

impl Defect {
    pub(super) fn new(fact: impl Into<Phrase>, remedy: impl Into<Phrase>) -> Self {
        Self { fact: fact.into(), remedy: remedy.into() }
    }

    /// The same of something within the file, by its name.
    pub(super) fn within(self, name: &str) -> Self {
        Self { fact: phrase!("data-of-its", name, fact = self.fact), ..self }
    }

    pub(super) fn of(self, path: &Path) -> TrainError {
        broken(path, self.fact, self.remedy)
    }
}

/// Says what is wrong with a file or folder of a data set.
pub(super) fn broken(
    path: &Path,
    fact: impl Into<Phrase>,
    remedy: impl Into<Phrase>,
) -> TrainError {
    TrainError::Data { path: PathBuf::from(path), fact: fact.into(), remedy: remedy.into() }
}

/// Unpacks the beginning of a file, as far as it can be.
pub(super) fn unpack_head(packed: &[u8], most_bytes: u64) -> Vec<u8> {
    if !packed.starts_with(&GZIP_MAGIC) {
        return packed.to_vec();
    }
    let mut bytes = Vec::new();
    // It may be cut short, and is looked at only to tell what it is.
    MultiGzDecoder::new(packed).take(most_bytes).read_to_end(&mut bytes).ok();
    bytes
}
