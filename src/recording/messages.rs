//! What was said, one message after the other, as it lies in the chunks of a recording.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{Read, Seek, SeekFrom},
    sync::Arc,
    time::Duration,
};

use super::{
    fault::RecordingFault,
    format::kind,
    places::ChunkPlace,
    records::{message, record},
};
use crate::{
    stream::{
        PayloadKinds, Report, Step,
        wire::{self, Endpoint},
    },
    words::Phrase,
};

/// The channels of frames.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// What happened.
    Reports,
    /// Numbers of a network.
    Snapshots,
    /// What was answered.
    Replies,
}

impl Lane {
    /// The lane of a channel.
    pub(super) fn called(topic: &str) -> Option<Self> {
        match topic {
            "reports" => Some(Self::Reports),
            "snapshots" => Some(Self::Snapshots),
            "replies" => Some(Self::Replies),
            _ => None,
        }
    }
}

/// Something that was said; what it says is not read yet.
#[derive(Clone, Copy, Debug)]
pub struct Message<'a> {
    /// On which lane.
    pub lane: Lane,
    /// When, since the recording began.
    pub time: Duration,
    /// Steps taken by then.
    pub step: Step,
    /// Where its frame begins in the file.
    pub at: u64,
    /// Its frame.
    pub frame: &'a [u8],
}

/// Reads a recording from its beginning to its end, a chunk at a time.
#[derive(Debug)]
pub struct Messages {
    name: String,
    file: File,
    kinds: PayloadKinds,
    chunks: Arc<[ChunkPlace]>,
    lanes: BTreeMap<u16, Lane>,
    /// Chunks that were read.
    read: usize,
    /// The last of them, and what of it has been told.
    chunk: Vec<u8>,
    at: usize,
}

impl Messages {
    pub(super) const fn new(
        name: String,
        file: File,
        kinds: PayloadKinds,
        chunks: Arc<[ChunkPlace]>,
        lanes: BTreeMap<u16, Lane>,
    ) -> Self {
        Self { name, file, kinds, chunks, lanes, read: 0, chunk: Vec::new(), at: 0 }
    }

    /// Begins anew.
    pub fn rewind(&mut self) {
        (self.read, self.at) = (0, 0);
        self.chunk.clear();
    }

    /// The next message; none at the end.
    ///
    /// # Errors
    /// If the file can no longer be read.
    pub fn next_message(&mut self) -> Result<Option<Message<'_>>, RecordingFault> {
        loop {
            let Some(found) = record(&self.chunk, self.at) else {
                if !self.read_chunk()? {
                    return Ok(None);
                }
                continue;
            };
            let (first, length) = (found.at, found.content.len());
            let said = (found.kind == kind::MESSAGE).then(|| message(found.content)).flatten();
            let lane = said.as_ref().and_then(|said| self.lanes.get(&said.channel).copied());
            let about = said.zip(lane).map(|(said, lane)| (lane, said.time, said.step, said.at));
            self.at = first + length;
            let Some((lane, time, step, skipped)) = about else {
                continue;
            };
            let base = self.read.checked_sub(1).and_then(|last| self.chunks.get(last));
            let place = first + skipped;
            return Ok(Some(Message {
                lane,
                time: Duration::from_nanos(time),
                step: Step(u64::from(step)),
                at: base.map_or(0, |chunk| chunk.at) + place as u64,
                frame: self.chunk.get(place..self.at).unwrap_or_default(),
            }));
        }
    }

    /// What the next message says; none at the end.
    ///
    /// # Errors
    /// If the file can no longer be read, or is not what was written.
    pub fn next_said(&mut self) -> Result<Option<wire::Message>, RecordingFault> {
        let kinds = self.kinds.clone();
        let name = self.name.clone();
        let Some(message) = self.next_message()? else {
            return Ok(None);
        };
        said(&name, &message, &kinds).map(Some)
    }

    /// The next report and when it was made, since the recording began; what lies on other lanes is not looked at.
    ///
    /// # Errors
    /// If the file can no longer be read, or is not what was written.
    pub(super) fn next_report(&mut self) -> Result<Option<(Duration, Report)>, RecordingFault> {
        let (kinds, name) = (self.kinds.clone(), self.name.clone());
        while let Some(message) = self.next_message()? {
            if message.lane != Lane::Reports {
                continue;
            }
            let time = message.time;
            if let wire::Message::Report(report) = said(&name, &message, &kinds)? {
                return Ok(Some((time, report)));
            }
        }
        Ok(None)
    }

    /// What can be read of a recording.
    pub const fn kinds(&self) -> &PayloadKinds {
        &self.kinds
    }

    fn read_chunk(&mut self) -> Result<bool, RecordingFault> {
        let Some(place) = self.chunks.get(self.read).copied() else {
            return Ok(false);
        };
        self.read += 1;
        self.at = 0;
        self.chunk.clear();
        self.chunk.resize(place.length, 0);
        self.file
            .seek(SeekFrom::Start(place.at))
            .and_then(|_| self.file.read_exact(&mut self.chunk))
            .map_err(|error| RecordingFault::Unreadable(self.name.clone(), error.to_string()))?;
        Ok(true)
    }
}

/// What a message says.
///
/// # Errors
/// If it is not what was written.
pub(super) fn said(
    name: &str,
    message: &Message<'_>,
    kinds: &PayloadKinds,
) -> Result<wire::Message, RecordingFault> {
    let damaged = |why: Phrase| RecordingFault::Damaged(name.to_owned(), message.at, why);
    match wire::read(message.frame, Endpoint::Viewer, kinds) {
        Ok(Some((said, _))) => Ok(said),
        Ok(None) => Err(damaged(phrase!("recording-a-record-is-too-short"))),
        Err(why) => Err(damaged(why.to_string().into())),
    }
}
