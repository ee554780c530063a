//! The thread that writes a recording: all is on the disk at least once a second, and a disk that takes no more ends it.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, Write},
    path::PathBuf,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use crossbeam_channel::{Receiver, RecvTimeoutError};

use super::{
    fault::WriteFault,
    keeper::{Message, Past, Shared},
    kept::{Kept, Told},
    writer::RunWriter,
};
use crate::{stream::Report, words::InPhrase as _};

/// After so long everything that was told is on the disk, a little less than the second that may be lost.
const FLUSH_EVERY: Duration = Duration::from_millis(900);
/// How soon the end of a recording is noticed.
const LOOK_EVERY: Duration = Duration::from_millis(50);
/// Hears how a recording ended, on its own thread.
pub(super) type Listener = Box<dyn Fn(&Told) + Send>;

/// Counts what is written.
pub(super) struct Counted<W> {
    pub(super) bytes: W,
    pub(super) written: Arc<AtomicU64>,
}

impl<W: Write> Write for Counted<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.bytes.write(bytes)?;
        self.written.fetch_add(written as u64, Ordering::Relaxed);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.bytes.flush()
    }
}

type FileWriter = RunWriter<Counted<Box<dyn Write + Send>>>;

/// The thread that writes.
pub(super) struct Writing {
    pub(super) shared: Arc<Shared>,
    pub(super) messages: Receiver<Message>,
    pub(super) file: Option<File>,
    pub(super) part: PathBuf,
    pub(super) whole: PathBuf,
    pub(super) reports: u64,
    pub(super) snapshots: u64,
    pub(super) told: Arc<Mutex<Option<Told>>>,
    pub(super) heard: Listener,
}

impl Writing {
    pub(super) fn run(
        mut self,
        destination: Counted<Box<dyn Write + Send>>,
        about: BTreeMap<String, String>,
    ) {
        let written = RunWriter::new(destination, about)
            .and_then(|writer| self.write_until_the_end(writer))
            .and_then(|()| self.name_it());
        // Whoever still tells something tells it to nobody.
        self.shared.ending.store(true, Ordering::Relaxed);
        let told = match written {
            Ok(file) => Told::Whole(self.kept(file)),
            Err(why) => Told::BrokenOff(why, self.kept(self.part.clone())),
        };
        (self.heard)(&told);
        *self.told.lock().unwrap_or_else(PoisonError::into_inner) = Some(told);
    }

    fn write_until_the_end(&mut self, mut writer: FileWriter) -> Result<(), WriteFault> {
        let mut next_flush = Instant::now() + FLUSH_EVERY;
        loop {
            let ending = self.shared.ending.load(Ordering::Relaxed);
            match self.messages.recv_timeout(LOOK_EVERY) {
                Ok(message) => self.write(&mut writer, message)?,
                Err(RecvTimeoutError::Timeout) => self.write_what_waits(&mut writer)?,
                Err(RecvTimeoutError::Disconnected) => break,
            }
            if ending && self.messages.is_empty() {
                break;
            }
            if Instant::now() >= next_flush {
                writer.flush()?;
                self.sync()?;
                next_flush = Instant::now() + FLUSH_EVERY;
            }
        }
        self.write_what_waits(&mut writer)?;
        let last = self.shared.hold().withheld.take();
        if let Some((at, last)) = last {
            self.snapshots += 1;
            writer.snapshot(at, last)?;
        }
        writer.finish(self.totals())?;
        self.sync()
    }

    /// Writes what the channel had no room for: nothing comes before it while the lock is held.
    fn write_what_waits(&mut self, writer: &mut FileWriter) -> Result<(), WriteFault> {
        let waiting = {
            let mut state = self.shared.hold();
            let mut all: Vec<_> = self.messages.try_iter().collect();
            all.extend(state.waiting.drain(..));
            all
        };
        waiting.into_iter().try_for_each(|message| self.write(writer, message))
    }

    fn write(&mut self, writer: &mut FileWriter, message: Message) -> Result<(), WriteFault> {
        let written = match message {
            Message::Past(past) => self.write_past(writer, *past),
            Message::Report(at, report) => {
                self.reports += 1;
                writer.report(at, *report)
            }
            Message::Snapshot(at, snapshot) => {
                self.snapshots += 1;
                let bytes = snapshot.bytes();
                let written = writer.snapshot(at, snapshot);
                self.shared.under_way.fetch_sub(bytes, Ordering::Relaxed);
                written
            }
            Message::Reply(at, reply) => writer.reply(at, reply),
        };
        self.shared.beside_snapshots.store(writer.beside_snapshots(), Ordering::Relaxed);
        written
    }

    /// Writes what was before the recording began, each snapshot before the steps that follow it.
    fn write_past(&mut self, writer: &mut FileWriter, past: Past) -> Result<(), WriteFault> {
        self.reports += past.reports.len() as u64;
        self.snapshots += past.snapshots.len() as u64;
        let mut snapshots = past.snapshots.into_iter().peekable();
        for report in past.reports {
            if let Report::Stepped(stepped) = &report {
                while let Some(before) = snapshots.next_if(|one| one.step < stepped.step) {
                    writer.snapshot(Duration::ZERO, before)?;
                }
            }
            writer.report(Duration::ZERO, report)?;
        }
        snapshots.try_for_each(|left| writer.snapshot(Duration::ZERO, left))
    }

    /// Brings everything to the disk.
    fn sync(&self) -> Result<(), WriteFault> {
        let synced = self.file.as_ref().map_or(Ok(()), File::sync_data);
        synced.map_err(|error| WriteFault::BrokenOff(error.in_phrase()))
    }

    /// Gives the file its name; where that is taken meanwhile, it keeps the one it has.
    fn name_it(&self) -> Result<PathBuf, WriteFault> {
        if self.file.is_none() || self.whole.exists() {
            return Ok(self.part.clone());
        }
        fs::rename(&self.part, &self.whole)
            .map_err(|error| WriteFault::BrokenOff(error.in_phrase()))?;
        Ok(self.whole.clone())
    }

    fn kept(&self, file: PathBuf) -> Kept {
        let state = self.shared.hold();
        Kept {
            file,
            bytes: self.shared.bytes.load(Ordering::Relaxed),
            reports: self.reports,
            reports_left_out: state.reports_left_out,
            snapshots: self.snapshots,
            snapshots_seen: state.snapshots_seen,
        }
    }

    /// What is said of a recording at its end.
    fn totals(&self) -> BTreeMap<String, String> {
        let Kept { reports, reports_left_out, snapshots, snapshots_seen, .. } =
            self.kept(PathBuf::new());
        [
            ("reports", reports),
            ("reports_left_out", reports_left_out),
            ("snapshots", snapshots),
            ("snapshots_made", snapshots_seen),
        ]
        .map(|(name, count)| (name.to_owned(), count.to_string()))
        .into()
    }
}
