//! What was said, one message after the other, as it lies in the chunks of a recording.

use std::{
    collections::{BTreeMap, VecDeque},
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
        PayloadKinds, Report, Step, StepReport,
        wire::{self, Endpoint},
    },
    words::{InPhrase as _, Phrase},
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

/// What is heard of a recording; numbers of a network stay where they lie.
#[derive(Debug)]
pub(super) enum Heard {
    /// Something happened so long after the recording began.
    Report(Duration, Report),
    /// A snapshot of this step was made: where its frame lies in the file, and how many bytes it has.
    Snapshot(Step, u64, usize),
    /// A question was answered.
    Reply,
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
    /// Steps of the last message that are not told yet.
    waiting: VecDeque<(Duration, StepReport)>,
}

impl Messages {
    pub(super) const fn new(
        name: String,
        file: File,
        kinds: PayloadKinds,
        chunks: Arc<[ChunkPlace]>,
        lanes: BTreeMap<u16, Lane>,
    ) -> Self {
        let waiting = VecDeque::new();
        Self { name, file, kinds, chunks, lanes, read: 0, chunk: Vec::new(), at: 0, waiting }
    }

    /// Begins anew.
    pub fn rewind(&mut self) {
        (self.read, self.at) = (0, 0);
        self.chunk.clear();
        self.waiting.clear();
    }

    /// The next message, in which several steps may be told; none at the end.
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

    /// What is said next, steps one after the other; none at the end.
    ///
    /// # Errors
    /// If the file can no longer be read, or is not what was written.
    #[cfg(test)]
    pub(super) fn next_said(&mut self) -> Result<Option<wire::Message>, RecordingFault> {
        loop {
            if let Some((_, report)) = self.waiting.pop_front() {
                return Ok(Some(wire::Message::Report(Report::Stepped(report))));
            }
            let (kinds, name) = (self.kinds.clone(), self.name.clone());
            let Some(message) = self.next_message()? else {
                return Ok(None);
            };
            match said(&name, &message, &kinds)? {
                wire::Message::Steps(steps) => self.waiting = steps.into_rows().into(),
                other => return Ok(Some(other)),
            }
        }
    }

    /// What is heard next, steps one after the other; none at the end.
    ///
    /// # Errors
    /// If the file can no longer be read, or is not what was written.
    pub(super) fn next_heard(&mut self) -> Result<Option<Heard>, RecordingFault> {
        loop {
            if let Some((time, report)) = self.waiting.pop_front() {
                return Ok(Some(Heard::Report(time, Report::Stepped(report))));
            }
            let (kinds, name) = (self.kinds.clone(), self.name.clone());
            let Some(message) = self.next_message()? else {
                return Ok(None);
            };
            let time = message.time;
            match message.lane {
                Lane::Snapshots => {
                    let length = message.frame.len();
                    return Ok(Some(Heard::Snapshot(message.step, message.at, length)));
                }
                Lane::Replies => return Ok(Some(Heard::Reply)),
                Lane::Reports => match said(&name, &message, &kinds)? {
                    wire::Message::Report(report) => return Ok(Some(Heard::Report(time, report))),
                    wire::Message::Steps(steps) => self.waiting = steps.into_rows().into(),
                    _ => {}
                },
            }
        }
    }

    /// The next report and when it was made, since the recording began; what lies on other lanes is not looked at.
    ///
    /// # Errors
    /// If the file can no longer be read, or is not what was written.
    pub fn next_report(&mut self) -> Result<Option<(Duration, Report)>, RecordingFault> {
        while let Some(heard) = self.next_heard()? {
            if let Heard::Report(time, report) = heard {
                return Ok(Some((time, report)));
            }
        }
        Ok(None)
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
            .map_err(|error| RecordingFault::Unreadable(self.name.clone(), error.in_phrase()))?;
        Ok(true)
    }
}

/// What a message says.
///
/// # Errors
/// If it is not what was written.
fn said(
    name: &str,
    message: &Message<'_>,
    kinds: &PayloadKinds,
) -> Result<wire::Message, RecordingFault> {
    let damaged = |why: Phrase| RecordingFault::Damaged(name.to_owned(), message.at, why);
    match wire::read(message.frame, Endpoint::Recording, kinds) {
        Ok(Some((said, _))) => Ok(said),
        Ok(None) => Err(damaged(phrase!("recording-a-record-is-too-short"))),
        Err(why) => Err(damaged(why.to_string().into())),
    }
}
