//! A recording that can be seen again: its runs, its messages in their order, and any of its snapshots.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    fault::RecordingFault,
    file::part_of,
    messages::{Lane, Messages},
    places::{ChunkPlace, RunOfFile, SnapshotPlace},
    scan::{Found, scan},
};
use crate::{
    sentence::shown_path,
    stream::{
        ExhibitId, PayloadKinds, Snapshot, Step,
        wire::{self, Endpoint},
    },
    words::{InPhrase as _, Phrase},
};

/// A recording that can be played.
#[derive(Debug)]
pub struct Recorded {
    path: PathBuf,
    file: File,
    kinds: PayloadKinds,
    chunks: Arc<[ChunkPlace]>,
    lanes: BTreeMap<u16, Lane>,
    runs: Vec<RunOfFile>,
    snapshots: Vec<SnapshotPlace>,
    whole: bool,
}

impl Recorded {
    /// Opens a recording whose payloads are of these kinds; `read` hears how many bytes of how many were looked at.
    ///
    /// # Errors
    /// One sentence if the file is none, of another version, damaged in its middle, or holds no run.
    pub fn open(
        path: &Path,
        kinds: PayloadKinds,
        read: &mut dyn FnMut(u64, u64),
    ) -> Result<Self, RecordingFault> {
        let name = shown_path(path);
        let unreadable =
            |error: io::Error| RecordingFault::Unreadable(name.clone(), error.in_phrase());
        let part = part_of(path);
        let mut file = File::open(path).map_err(|error| match part.exists() {
            true => RecordingFault::OnlyPart(name.clone(), shown_path(&part)),
            false => unreadable(error),
        })?;
        let about = file.metadata().map_err(unreadable)?;
        if !about.is_file() {
            return Err(RecordingFault::NoRecording(name));
        }
        let Found { lanes, chunks, runs, snapshots, whole } =
            scan(&name, &mut file, about.len(), &kinds, read)?;
        if runs.is_empty() {
            return Err(RecordingFault::NoRun(name));
        }
        let (path, chunks) = (path.to_owned(), chunks.into());
        Ok(Self { path, file, kinds, chunks, lanes, runs, snapshots, whole })
    }

    /// Its file, as it is shown to people.
    pub fn name(&self) -> String {
        shown_path(&self.path)
    }

    /// Its file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The exhibit that was recorded.
    pub fn exhibit(&self) -> Option<ExhibitId> {
        self.runs.first().map(|run| run.started.exhibit)
    }

    /// The runs, in the order in which they began; at least one.
    pub fn runs(&self) -> &[RunOfFile] {
        &self.runs
    }

    /// Where each snapshot lies, in the order of the file.
    pub fn snapshots(&self) -> &[SnapshotPlace] {
        &self.snapshots
    }

    /// Whether its end was written, and nothing cut off.
    pub const fn is_whole(&self) -> bool {
        self.whole
    }

    /// Everything that was said, from the beginning.
    ///
    /// # Errors
    /// If the file cannot be opened once more.
    pub fn messages(&self) -> Result<Messages, RecordingFault> {
        let file = File::open(&self.path)
            .map_err(|error| RecordingFault::Unreadable(self.name(), error.in_phrase()))?;
        let (chunks, lanes) = (self.chunks.clone(), self.lanes.clone());
        Ok(Messages::new(self.name(), file, self.kinds.clone(), chunks, lanes))
    }

    /// The place of the last snapshot of a run that was made at this step or before it.
    pub fn snapshot_at(&self, run: u32, step: Step) -> Option<SnapshotPlace> {
        let past = self.snapshots.partition_point(|one| (one.run, one.step) <= (run, step));
        self.snapshots.get(past.checked_sub(1)?).copied().filter(|one| one.run == run)
    }

    /// Reads a snapshot where it lies.
    ///
    /// # Errors
    /// If it is not what was written.
    pub fn snapshot(&mut self, place: SnapshotPlace) -> Result<Arc<Snapshot>, RecordingFault> {
        let name = self.name();
        let unreadable =
            |error: io::Error| RecordingFault::Unreadable(name.clone(), error.in_phrase());
        self.file.seek(SeekFrom::Start(place.at)).map_err(unreadable)?;
        let mut bytes = vec![0; place.length as usize];
        self.file.read_exact(&mut bytes).map_err(unreadable)?;
        match wire::read(&bytes, Endpoint::Recording, &self.kinds) {
            Ok(Some((wire::Message::Snapshot(snapshot), _))) => Ok(snapshot),
            Ok(_) => Err(RecordingFault::Damaged(name, place.at, Phrase::default())),
            Err(why) => Err(RecordingFault::Damaged(name, place.at, why.to_string().into())),
        }
    }
}
