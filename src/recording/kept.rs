//! What a recording came to, in numbers and in a sentence.

use std::path::PathBuf;

use super::fault::WriteFault;
use crate::{
    sentence::{grouped, shown_path},
    words::Phrase,
};

/// What a recording has come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Where it lies.
    pub file: PathBuf,
    /// Its size.
    pub bytes: u64,
    /// Reports in it.
    pub reports: u64,
    /// Reports that were left out because the disk was too slow.
    pub reports_left_out: u64,
    /// Snapshots in it.
    pub snapshots: u64,
    /// Snapshots that the trainer made.
    pub snapshots_seen: u64,
}

impl Kept {
    /// Where it is, how large, and what of what was left out.
    pub fn sentence(&self) -> Phrase {
        let file = shown_path(&self.file);
        let megabytes = format!("{:.1}", self.bytes as f64 / 1e6);
        let reports =
            Phrase::counted(usize::try_from(self.reports).unwrap_or(usize::MAX), "report");
        let count = |count: u64| grouped(usize::try_from(count).unwrap_or(usize::MAX));
        let (kept, seen) = (count(self.snapshots), count(self.snapshots_seen));
        if self.reports_left_out == 0 && self.snapshots < self.snapshots_seen {
            phrase!("recording-is-kept-in-part", file, megabytes, reports, kept, seen)
        } else if self.reports_left_out == 0 {
            phrase!("recording-is-kept", file, megabytes, reports, kept, seen)
        } else {
            let left_out = count(self.reports_left_out);
            phrase!("recording-is-kept-but", file, megabytes, reports, kept, seen, left_out)
        }
    }
}

/// How a recording ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// Whole.
    Whole(Kept),
    /// Before its run: why, and what there is.
    BrokenOff(WriteFault, Kept),
}

impl Told {
    /// It, in a sentence or two.
    pub fn sentence(&self) -> Phrase {
        match self {
            Self::Whole(kept) => kept.sentence(),
            Self::BrokenOff(why, kept) => {
                phrase!("recording-broke-off", why, file = shown_path(&kept.file))
            }
        }
    }
}
