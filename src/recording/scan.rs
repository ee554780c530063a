//! One pass over the file of a recording: what is in it, where each snapshot lies, and how far it can be read.
//!
//! A file that was cut off, by a killed program or a full disk, is read as far as it goes; one whose middle is not what was
//! written is refused. Nothing is allocated by what the file claims: a chunk takes what there is of it, at most
//! [`MOST_CHUNK`], and each place that is kept stands for more bytes of the file than it takes.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, Read, Seek, SeekFrom},
};

use super::{
    fault::RecordingFault,
    format::{ENCODING, MAGIC, PROFILE, SCHEMA, kind, schema},
    messages::Lane,
    places::{ChunkPlace, RunOfFile, SnapshotPlace},
    records::{Fields, PREFIX, chunk, message, prefix, record},
};
use crate::{
    sentence::shown,
    stream::{
        PayloadKinds, Report, Step,
        wire::{self, Endpoint},
    },
    words::{InPhrase as _, Phrase},
};

/// The longest chunk that is read, in bytes: a frame is at most 320 MiB, and a chunk is closed when it is longer than four.
const MOST_CHUNK: u64 = 512 << 20;
/// The longest first record, in bytes: it holds two short names.
const MOST_HEADER: u64 = 1 << 16;
/// The most channels of a file.
const MOST_CHANNELS: usize = 4096;
/// How a report begins that begins a run.
const STARTED: &[u8] = b"{\"Started\":";

/// What a pass over a file finds.
pub(super) struct Found {
    pub(super) lanes: BTreeMap<u16, Lane>,
    pub(super) chunks: Vec<ChunkPlace>,
    pub(super) runs: Vec<RunOfFile>,
    pub(super) snapshots: Vec<SnapshotPlace>,
    /// Whether its end was written.
    pub(super) whole: bool,
}

/// Looks at a file of so many bytes; `read` hears how far it has come.
///
/// # Errors
/// If it is no recording of this version, or damaged in its middle.
pub(super) fn scan(
    name: &str,
    file: &mut File,
    length: u64,
    kinds: &PayloadKinds,
    read: &mut dyn FnMut(u64, u64),
) -> Result<Found, RecordingFault> {
    let mut scan = Scan {
        name,
        file,
        length,
        kinds,
        bytes: Vec::new(),
        schemas: BTreeMap::new(),
        lanes: BTreeMap::new(),
        chunks: Vec::new(),
        runs: Vec::new(),
        snapshots: Vec::new(),
    };
    let whole = scan.pass(read)?;
    let Scan { lanes, chunks, runs, snapshots, .. } = scan;
    Ok(Found { lanes, chunks, runs, snapshots, whole })
}

/// One pass over a file.
struct Scan<'a> {
    name: &'a str,
    file: &'a mut File,
    length: u64,
    kinds: &'a PayloadKinds,
    /// The record that is looked at.
    bytes: Vec<u8>,
    schemas: BTreeMap<u16, String>,
    lanes: BTreeMap<u16, Lane>,
    chunks: Vec<ChunkPlace>,
    runs: Vec<RunOfFile>,
    snapshots: Vec<SnapshotPlace>,
}

impl Scan<'_> {
    /// Looks at all records; says whether the end was written.
    fn pass(&mut self, read: &mut dyn FnMut(u64, u64)) -> Result<bool, RecordingFault> {
        let mut magic = [0; MAGIC.len()];
        self.read_at(0, &mut magic).map_err(|_| self.no_recording())?;
        if magic != MAGIC {
            return Err(self.no_recording());
        }
        let mut at = MAGIC.len() as u64;
        let mut is_first = true;
        loop {
            let mut first = [0; PREFIX];
            if at + PREFIX as u64 > self.length || self.read_at(at, &mut first).is_err() {
                return if is_first { Err(self.no_recording()) } else { Ok(false) };
            }
            let (kind, length) = prefix(&first);
            let content = at + PREFIX as u64;
            let there = length.min(self.length - content);
            if std::mem::take(&mut is_first) {
                self.check_header(kind, content, there)?;
            }
            match kind {
                // What a system has set aside and nobody has written.
                0 => return Ok(false),
                kind::CHUNK => self.chunk(content, length, there)?,
                kind::DATA_END if there == length => return Ok(true),
                _ => {}
            }
            if there < length {
                return Ok(false);
            }
            at = content + length;
            read(at, self.length);
        }
    }

    /// The first record says of what kind the file is.
    fn check_header(&mut self, of: u8, at: u64, there: u64) -> Result<(), RecordingFault> {
        if of != kind::HEADER || there > MOST_HEADER {
            return Err(self.no_recording());
        }
        self.fill(at, there)?;
        if Fields(&self.bytes).text() == Some(PROFILE) { Ok(()) } else { Err(self.no_recording()) }
    }

    fn chunk(&mut self, at: u64, length: u64, there: u64) -> Result<(), RecordingFault> {
        if there > MOST_CHUNK {
            return Err(self.damaged(at, phrase!("recording-chunk-is-too-long")));
        }
        self.fill(at, there)?;
        let is_cut = there < length;
        let Some(header) = chunk(&self.bytes) else {
            return if is_cut {
                Ok(())
            } else {
                Err(self.damaged(at, phrase!("recording-a-record-is-too-short")))
            };
        };
        if !header.compression.is_empty() {
            let how = shown(&header.compression);
            return Err(RecordingFault::Compressed(self.name.to_owned(), how));
        }
        let bytes = std::mem::take(&mut self.bytes);
        let all = bytes.get(header.at..).unwrap_or_default();
        let all_of_it = usize::try_from(header.length).unwrap_or(usize::MAX).min(all.len());
        let all = if is_cut { all.get(..all_of_it).unwrap_or_default() } else { all };
        let is_last = at + there >= self.length;
        let fits = header.uncompressed == header.length && header.length == all.len() as u64;
        let is_sound =
            !is_cut && fits && header.checksum != 0 && crc32fast::hash(all) == header.checksum;
        let walked = if is_sound || is_cut || is_last {
            self.walk(all, at + header.at as u64, !is_sound)
        } else if header.checksum == 0 && fits {
            self.walk_all(all, at + header.at as u64)
        } else {
            Err(self.damaged(at, phrase!("recording-checksum-differs")))
        };
        self.bytes = bytes;
        walked.map(drop)
    }

    /// The same for a chunk that has no checksum: each frame has its own.
    fn walk_all(&mut self, all: &[u8], base: u64) -> Result<usize, RecordingFault> {
        let walked = self.walk(all, base, true)?;
        if walked == all.len() {
            Ok(walked)
        } else {
            Err(self.damaged(base + walked as u64, phrase!("recording-checksum-differs")))
        }
    }

    /// Looks at the records of a chunk, and says how far they can be read; with `check` frames must prove it by their own
    /// checksums.
    fn walk(&mut self, all: &[u8], base: u64, check: bool) -> Result<usize, RecordingFault> {
        let mut at = 0;
        while let Some(found) = record(all, at) {
            let place = base + found.at as u64;
            match found.kind {
                kind::SCHEMA => self.schema(found.content),
                kind::CHANNEL => self.channel(found.content)?,
                kind::MESSAGE if !self.message(found.content, place, check)? => break,
                _ => {}
            }
            at = found.at + found.content.len();
        }
        if at > 0 {
            self.chunks.push(ChunkPlace { at: base, length: at });
        }
        Ok(at)
    }

    fn schema(&mut self, content: &[u8]) {
        let mut fields = Fields(content);
        if let (Some(id), Some(name)) = (fields.u16(), fields.text())
            && self.schemas.len() < MOST_CHANNELS
        {
            self.schemas.insert(id, name.to_owned());
        }
    }

    fn channel(&mut self, content: &[u8]) -> Result<(), RecordingFault> {
        let mut fields = Fields(content);
        let (Some(id), Some(of), Some(topic), Some(encoding)) =
            (fields.u16(), fields.u16(), fields.text(), fields.text())
        else {
            return Ok(());
        };
        if encoding != ENCODING || self.lanes.len() >= MOST_CHANNELS {
            return Ok(());
        }
        let named = self.schemas.get(&of).map_or("", String::as_str);
        if named != schema() {
            let found = shown(named.trim_start_matches(SCHEMA));
            return Err(RecordingFault::Version(self.name.to_owned(), found));
        }
        if let Some(lane) = Lane::called(topic) {
            self.lanes.insert(id, lane);
        }
        Ok(())
    }

    /// Looks at a message; `false` where it is not what was written and `check` asks.
    fn message(&mut self, content: &[u8], at: u64, check: bool) -> Result<bool, RecordingFault> {
        let Some(said) = message(content) else {
            return Ok(false);
        };
        let Some(lane) = self.lanes.get(&said.channel).copied() else {
            return Ok(true);
        };
        if check && wire::frame(said.data) != Ok(Some(said.data.len())) {
            return Ok(false);
        }
        let place = at + said.at as u64;
        let step = Step(u64::from(said.step));
        match lane {
            Lane::Reports => self.report(said.data, place, step, said.time)?,
            Lane::Snapshots => {
                // One of a run that has not begun belongs to none.
                let run = u32::try_from(self.runs.len()).unwrap_or(u32::MAX).checked_sub(1);
                let length = u32::try_from(said.data.len()).ok();
                if let (Some(run), Some(length)) = (run, length) {
                    self.keep(SnapshotPlace { run, step, at: place, length });
                }
            }
            Lane::Replies => {}
        }
        Ok(true)
    }

    /// Snapshots of a run come in the order of their steps; one that does not could not be found again.
    fn keep(&mut self, place: SnapshotPlace) {
        let last = self.snapshots.last();
        if last.is_none_or(|last| (last.run, last.step) <= (place.run, place.step)) {
            self.snapshots.push(place);
        }
    }

    fn report(
        &mut self,
        frame: &[u8],
        at: u64,
        step: Step,
        time: u64,
    ) -> Result<(), RecordingFault> {
        let begins = frame.get(wire::PREFIX..).is_some_and(|header| header.starts_with(STARTED));
        if begins {
            match wire::read(frame, Endpoint::Recording, self.kinds) {
                Ok(Some((wire::Message::Report(Report::Started(started)), _))) => {
                    self.runs.push(RunOfFile { started, last: Step(0), time: [time; 2] });
                }
                Ok(_) => return Err(self.damaged(at, phrase!("recording-a-record-is-too-short"))),
                Err(why) => return Err(self.damaged(at, why.to_string().into())),
            }
        } else if let Some(run) = self.runs.last_mut() {
            run.last = run.last.max(step);
            run.time = [run.time[0], time];
        }
        Ok(())
    }

    /// Reads so many bytes, which are known to be there.
    fn fill(&mut self, at: u64, length: u64) -> Result<(), RecordingFault> {
        let mut bytes = std::mem::take(&mut self.bytes);
        bytes.clear();
        bytes.resize(usize::try_from(length).unwrap_or(0), 0);
        let read = self.read_at(at, &mut bytes);
        self.bytes = bytes;
        read.map_err(|error| RecordingFault::Unreadable(self.name.to_owned(), error.in_phrase()))
    }

    fn read_at(&mut self, at: u64, bytes: &mut [u8]) -> io::Result<()> {
        self.file.seek(SeekFrom::Start(at))?;
        self.file.read_exact(bytes)
    }

    fn no_recording(&self) -> RecordingFault {
        RecordingFault::NoRecording(self.name.to_owned())
    }

    fn damaged(&self, at: u64, why: Phrase) -> RecordingFault {
        RecordingFault::Damaged(self.name.to_owned(), at, why)
    }
}
