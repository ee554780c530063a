//! Writes what a trainer says as MCAP: each message a frame of the wire, and measurements once more as JSON, at most so many
//! a second.

use std::{collections::BTreeMap, io::Write, sync::Arc, time::Duration};

use mcap::{
    McapError, WriteOptions, Writer,
    records::MessageHeader,
    write::{Metadata, NoSeek},
};

use crate::{
    stream::{
        MetricSpec, Reply, Report, Snapshot, Split, StepReport, StepTable,
        wire::{self, Message},
    },
    words::InPhrase as _,
};

use super::{
    fault::WriteFault,
    format::{ENCODING, METADATA, METRICS, PROFILE, TOTALS, metrics_schema, schema},
    metrics::Rows,
};

/// A chunk is closed when it is longer than this, in bytes; it is held in memory until then.
const CHUNK: u64 = 4 << 20;
/// The most steps that wait to be written together, and the fewest for which that takes less than one by one.
const MOST_STEPS: usize = 512;
const FEWEST_STEPS: usize = 4;
/// How close to each other steps are told once more as JSON: two hundred a second are more than a plot has columns. The table
/// of all steps lies in the reports.
const JSON_EVERY: Duration = Duration::from_millis(5);
/// What MCAP writes beside a message, in bytes: its record's prefix and head, and its place in the index of its chunk.
const BESIDE_DATA: usize = 9 + 22 + 16;

impl From<McapError> for WriteFault {
    fn from(error: McapError) -> Self {
        Self::BrokenOff(match error {
            McapError::Io(error) => error.in_phrase(),
            other => other.to_string().into(),
        })
    }
}

/// A recording that is being written to wherever bytes go, without seeking there.
pub struct RunWriter<W: Write> {
    mcap: Writer<NoSeek<W>>,
    reports: u16,
    snapshots: u16,
    replies: u16,
    /// The channel of each list of metrics that a run of the session had.
    metrics: Vec<(Vec<MetricSpec>, u16)>,
    rows: Rows,
    /// Steps taken when the last report came.
    step: u64,
    /// Steps that were told, and are not written yet.
    steps: StepTable,
    /// Since when a step is told as JSON again.
    next_json: Duration,
    /// Bytes of all that is no snapshot.
    beside_snapshots: u64,
    /// The frame that is being made.
    bytes: Vec<u8>,
}

impl<W: Write> RunWriter<W> {
    /// Begins a recording; `about` says what is recorded, by names in English.
    ///
    /// # Errors
    /// If nothing can be written there.
    pub fn new(destination: W, about: BTreeMap<String, String>) -> Result<Self, WriteFault> {
        let options = WriteOptions::new()
            .profile(PROFILE)
            .library(concat!("perceptarium ", env!("CARGO_PKG_VERSION")))
            .compression(None)
            .chunk_size(Some(CHUNK))
            .disable_seeking(true);
        let mut mcap = options.create(NoSeek::new(destination))?;
        mcap.write_metadata(&Metadata { name: METADATA.to_owned(), metadata: about })?;
        let frames = mcap.add_schema(&schema(), ENCODING, FRAMES)?;
        let mut channel = |topic: &str| mcap.add_channel(frames, topic, ENCODING, &BTreeMap::new());
        let [reports, snapshots, replies] =
            [channel("reports")?, channel("snapshots")?, channel("replies")?];
        Ok(Self {
            mcap,
            reports,
            snapshots,
            replies,
            metrics: Vec::new(),
            rows: Rows::default(),
            step: 0,
            steps: StepTable::default(),
            next_json: Duration::ZERO,
            beside_snapshots: 0,
            bytes: Vec::new(),
        })
    }

    /// Writes a report that came so long after the recording began, and what it measured.
    ///
    /// # Errors
    /// If it cannot be written; nothing can be written after that.
    pub fn report(&mut self, at: Duration, report: Report) -> Result<(), WriteFault> {
        self.step = step_of(&report).unwrap_or(self.step);
        let row = self.rows.hear(&report);
        match report {
            Report::Stepped(stepped) => self.stepped(at, stepped)?,
            other => {
                self.write_steps()?;
                self.frame(self.reports, self.step, at, &Message::Report(other))?;
            }
        }
        let Some(row) = row.filter(|row| row.split == Split::Test || at >= self.next_json) else {
            return Ok(());
        };
        // What was before the recording began has one time, and is told whole.
        if row.split == Split::Train && !at.is_zero() {
            self.next_json = at + JSON_EVERY;
        }
        let channel = self.metrics_channel()?;
        // What is made of numbers alone can be written.
        let json = serde_json::to_vec(&self.rows.json(&row)).unwrap_or_default();
        self.put(channel, row.step, at, &json)
    }

    /// Writes a snapshot.
    ///
    /// # Errors
    /// As [`report`](Self::report).
    pub fn snapshot(&mut self, at: Duration, snapshot: Arc<Snapshot>) -> Result<(), WriteFault> {
        self.write_steps()?;
        let (step, before) = (snapshot.step.0, self.beside_snapshots);
        let written = self.frame(self.snapshots, step, at, &Message::Snapshot(snapshot));
        self.beside_snapshots = before;
        written
    }

    /// Writes an answer.
    ///
    /// # Errors
    /// As [`report`](Self::report).
    pub fn reply(&mut self, at: Duration, reply: Reply) -> Result<(), WriteFault> {
        self.write_steps()?;
        let step = reply.step.0;
        self.frame(self.replies, step, at, &Message::Reply(reply))
    }

    /// Hands over all that was written, as a whole chunk: whatever happens later, it can be read.
    ///
    /// # Errors
    /// As [`report`](Self::report).
    pub fn flush(&mut self) -> Result<(), WriteFault> {
        self.write_steps()?;
        Ok(self.mcap.flush()?)
    }

    /// Ends the recording with what is to be said of it as a whole, and an index by which other programs seek.
    ///
    /// # Errors
    /// As [`report`](Self::report).
    pub fn finish(mut self, totals: BTreeMap<String, String>) -> Result<(), WriteFault> {
        self.write_steps()?;
        self.mcap.write_metadata(&Metadata { name: TOTALS.to_owned(), metadata: totals })?;
        self.mcap.finish()?;
        Ok(self.mcap.into_inner().into_inner().flush().map_err(McapError::from)?)
    }

    /// Bytes that everything took that is no snapshot.
    pub(super) const fn beside_snapshots(&self) -> u64 {
        self.beside_snapshots
    }

    /// A step waits for those that follow it, until something else is said or all is handed over.
    fn stepped(&mut self, at: Duration, report: StepReport) -> Result<(), WriteFault> {
        let refused = self.steps.push(at, report).err();
        if refused.is_some() || self.steps.rows().len() >= MOST_STEPS {
            self.write_steps()?;
        }
        // The first of a table is never refused.
        refused.map_or(Ok(()), |report| self.stepped(at, report))
    }

    /// Writes the steps that wait.
    fn write_steps(&mut self) -> Result<(), WriteFault> {
        let steps = std::mem::take(&mut self.steps);
        let Some((at, last)) = steps.rows().last().copied() else {
            return Ok(());
        };
        if steps.rows().len() >= FEWEST_STEPS {
            return self.frame(self.reports, last.step.0, at, &Message::Steps(steps));
        }
        steps.into_rows().into_iter().try_for_each(|(at, report)| {
            let message = Message::Report(Report::Stepped(report));
            self.frame(self.reports, report.step.0, at, &message)
        })
    }

    fn frame(
        &mut self,
        channel: u16,
        step: u64,
        at: Duration,
        message: &Message,
    ) -> Result<(), WriteFault> {
        let mut bytes = std::mem::take(&mut self.bytes);
        bytes.clear();
        // What is too long for a frame is too long for any viewer, too.
        if let Err(error) = wire::write(message, &mut bytes) {
            tracing::warn!("a message is not recorded: {error}");
            self.bytes = bytes;
            return Ok(());
        }
        let written = self.put(channel, step, at, &bytes);
        self.bytes = bytes;
        written
    }

    fn put(
        &mut self,
        channel: u16,
        step: u64,
        at: Duration,
        data: &[u8],
    ) -> Result<(), WriteFault> {
        let log_time = u64::try_from(at.as_nanos()).unwrap_or(u64::MAX);
        let header = MessageHeader {
            channel_id: channel,
            // By it a step is found without reading what a message says.
            sequence: u32::try_from(step).unwrap_or(u32::MAX),
            log_time,
            publish_time: log_time,
        };
        self.beside_snapshots += (data.len() + BESIDE_DATA) as u64;
        Ok(self.mcap.write_to_known_channel(&header, data)?)
    }

    /// The channel of the metrics that the run has now: other metrics have a schema, and so a channel, of their own.
    fn metrics_channel(&mut self) -> Result<u16, WriteFault> {
        let metrics = self.rows.metrics();
        if let Some((_, channel)) = self.metrics.iter().find(|(known, _)| known == metrics) {
            return Ok(*channel);
        }
        let schema = serde_json::to_vec(&metrics_schema(metrics)).unwrap_or_default();
        let schema = self.mcap.add_schema("perceptarium.Metrics", "jsonschema", &schema)?;
        let topic = match self.metrics.len() {
            0 => METRICS.to_owned(),
            others => format!("{METRICS}-{}", others + 1),
        };
        let channel = self.mcap.add_channel(schema, &topic, "json", &BTreeMap::new())?;
        self.metrics.push((metrics.to_vec(), channel));
        Ok(channel)
    }
}

/// What a reader who does not know the wire finds in its schema.
const FRAMES: &[u8] = b"A frame of Perceptarium's wire: PCPT, version, kind, lengths, checksum, then a header of JSON and \
a body of little-endian arrays; see docs/PROTOCOL.md and docs/RECORDING.md of the program.";

/// Steps taken at a report, where it says so.
fn step_of(report: &Report) -> Option<u64> {
    match report {
        Report::Started(_) => Some(0),
        Report::State { step, .. } => Some(step.0),
        Report::Stepped(stepped) => Some(stepped.step.0),
        Report::EpochEnded(epoch) => Some(epoch.step.0),
        Report::Saved(saved) => Some(saved.step.0),
        Report::Finished(finished) => Some(finished.steps.0),
        Report::Material(_) | Report::Graph(_) | Report::Stage(_) | Report::Found(_) => None,
    }
}
