//! A recording that goes on: its file, and what is put into the tee of a stream.

use std::{
    collections::BTreeMap,
    ffi::OsString,
    fs::{self, File, OpenOptions},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError, atomic::Ordering},
    thread::{self, JoinHandle},
    time::Instant,
};

use crossbeam_channel::{Sender, bounded};

use super::{
    budget::{Allowance, Budget},
    fault::WriteFault,
    keeper::{Message, Past, Shared, Tap, UNDER_WAY},
    kept::Told,
    writing::{Counted, Listener, Writing},
};
use crate::{
    sentence::shown_path,
    stream::{ExhibitId, Keeper},
    words::InPhrase as _,
};

/// Bytes handed to the system at once.
const BUFFER: usize = 1 << 16;

/// A recording that is going on; dropping it ends it and waits until it is written.
pub struct Recording {
    shared: Arc<Shared>,
    lane: Sender<Message>,
    began: Instant,
    told: Arc<Mutex<Option<Told>>>,
    thread: Option<JoinHandle<()>>,
}

/// Where a recording is written.
struct Destination {
    bytes: Box<dyn Write + Send>,
    /// The same file, to bring it to the disk.
    file: Option<File>,
    /// Its name while it is being written, and afterwards.
    part: PathBuf,
    whole: PathBuf,
}

impl Recording {
    /// Begins to record into a file; until it is whole, `.part` stands behind its name.
    ///
    /// `heard` is told on the recording's own thread how it ended.
    ///
    /// # Errors
    /// If there is such a file already, or none can be made.
    pub fn begin(
        path: &Path,
        exhibit: ExhibitId,
        allowance: Allowance,
        heard: impl Fn(&Told) + Send + 'static,
    ) -> Result<Self, WriteFault> {
        let (part, file) = create(path)?;
        let same = file
            .try_clone()
            .map_err(|error| WriteFault::Unwritable(shown_path(path), error.in_phrase()))?;
        let bytes = Box::new(BufWriter::with_capacity(BUFFER, file));
        let to = Destination { bytes, file: Some(same), part, whole: path.to_owned() };
        Self::write_to(to, exhibit, allowance, Box::new(heard))
    }

    /// Records to wherever bytes go, such as a disk that is full.
    #[cfg(test)]
    pub(super) fn to(
        bytes: impl Write + Send + 'static,
        exhibit: ExhibitId,
    ) -> Result<Self, WriteFault> {
        let nowhere = PathBuf::new();
        let to = Destination {
            bytes: Box::new(bytes),
            file: None,
            part: nowhere.clone(),
            whole: nowhere,
        };
        Self::write_to(to, exhibit, Allowance::ALL, Box::new(|_| {}))
    }

    fn write_to(
        to: Destination,
        exhibit: ExhibitId,
        allowance: Allowance,
        heard: Listener,
    ) -> Result<Self, WriteFault> {
        let shared = Arc::new(Shared::new(Budget::new(allowance)));
        let (lane, messages) = bounded(UNDER_WAY);
        let told = Arc::default();
        let writing = Writing {
            shared: shared.clone(),
            messages,
            file: to.file,
            part: to.part,
            whole: to.whole,
            reports: 0,
            snapshots: 0,
            told: Arc::clone(&told),
            heard,
        };
        let counted = Counted { bytes: to.bytes, written: shared.bytes.clone() };
        let about = about(exhibit);
        let thread = thread::Builder::new()
            .name("recording".to_owned())
            .spawn(move || writing.run(counted, about))
            .map_err(|error| WriteFault::BrokenOff(error.in_phrase()))?;
        Ok(Self { shared, lane, began: Instant::now(), told, thread: Some(thread) })
    }

    /// What is put into the tee of a stream.
    pub fn keeper(&self) -> Box<dyn Keeper> {
        let (shared, lane) = (self.shared.clone(), self.lane.clone());
        Box::new(Tap { shared, lane, began: self.began })
    }

    /// The same where a run goes on already: what came before is written first.
    pub fn keeper_after(&self, past: Past) -> Box<dyn Keeper> {
        self.shared.hold().snapshots_seen += past.snapshots.len() as u64;
        // The channel is empty: nobody has told anything yet.
        self.lane.try_send(Message::Past(Box::new(past))).ok();
        self.keeper()
    }

    /// Bytes written so far.
    pub fn bytes(&self) -> u64 {
        self.shared.bytes.load(Ordering::Relaxed)
    }

    /// How it ended, once it has.
    pub fn told(&self) -> Option<Told> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Ends it without waiting: [`told`](Self::told) says when it is written.
    pub fn stop(&self) {
        self.shared.ending.store(true, Ordering::Relaxed);
    }

    /// Ends it, and takes its file away again: nothing was recorded.
    pub fn abandon(self) {
        if let Some(Told::Whole(kept)) = self.end() {
            fs::remove_file(kept.file).ok();
        }
    }

    /// Finds out, before anything else is done, whether a recording can begin.
    ///
    /// # Errors
    /// If there is such a file already, or none can be made.
    pub fn check(path: &Path) -> Result<(), WriteFault> {
        let (part, file) = create(path)?;
        drop(file);
        // It was only a question.
        fs::remove_file(part).ok();
        Ok(())
    }

    /// Ends it, and waits until it is written.
    pub fn end(mut self) -> Option<Told> {
        self.wait();
        self.told()
    }

    fn wait(&mut self) {
        self.stop();
        if let Some(thread) = self.thread.take() {
            // It says itself what went wrong.
            thread.join().ok();
        }
    }
}

impl Drop for Recording {
    fn drop(&mut self) {
        self.wait();
    }
}

/// The name of a recording while it is written.
pub(super) fn part_of(path: &Path) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(".part");
    PathBuf::from(name)
}

/// Makes the file of a recording, under the name that it has while it is written.
fn create(path: &Path) -> Result<(PathBuf, File), WriteFault> {
    if path.exists() {
        return Err(WriteFault::Exists(shown_path(path)));
    }
    let part = part_of(path);
    match OpenOptions::new().write(true).create_new(true).open(&part) {
        Ok(file) => Ok((part, file)),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            Err(WriteFault::PartExists(shown_path(&part)))
        }
        Err(error) => Err(WriteFault::Unwritable(shown_path(path), error.in_phrase())),
    }
}

/// What is said of a recording at its beginning.
fn about(exhibit: ExhibitId) -> BTreeMap<String, String> {
    [
        ("exhibit", exhibit.name().to_owned()),
        ("program", env!("CARGO_PKG_VERSION").to_owned()),
        ("began", jiff::Timestamp::now().to_string()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into()
}
