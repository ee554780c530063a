//! Where things lie in the file of a recording.

use crate::stream::{Started, Step};

/// Where the records of a chunk lie in a file, as far as they can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ChunkPlace {
    pub(super) at: u64,
    pub(super) length: usize,
}

/// Where a snapshot lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SnapshotPlace {
    /// Which of the file's runs it belongs to.
    pub run: u32,
    /// Steps taken when it was made.
    pub step: Step,
    pub(super) at: u64,
    pub(super) length: u32,
}

/// A run of a recording.
#[derive(Clone, Debug)]
pub struct RunOfFile {
    /// What it consists of.
    pub started: Started,
    /// The last step that is told of it.
    pub last: Step,
    /// When it began, in nanoseconds since the recording did, and when its last report came.
    pub time: [u64; 2],
}
