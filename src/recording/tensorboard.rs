//! Metrics of a recording as event files, which TensorBoard opens: a folder for each run, a scalar for each metric.
//!
//! An event file is a sequence of records (TensorFlow's `TFRecord`): the length of the data (u64, little-endian), the masked
//! CRC-32C of those eight bytes, the data, and its masked CRC-32C. The data is a message of protocol buffers, `Event`:
//! `wall_time` (field 1, double), `step` (2, int64), `file_version` (3, string) or `summary` (5) with one `value` (1) of a
//! `tag` (1, string) and a `simple_value` (2, float).

use std::{
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use super::{export::each_row, fault::RecordingFault, metrics::Row, recorded::Recorded};
use crate::stream::{MetricSpec, Split};

/// What every event file says of itself first.
const FILE_VERSION: &[u8] = b"brain.Event:2";

/// Writes an event file for each run of a recording, in `folder/NAME` or `folder/NAME-run-2` and so on, NAME being that of
/// the recording; folders are made where they are missing.
///
/// # Errors
/// If the recording cannot be read on, or a file not be written: the sentence says which.
pub fn event_files(recorded: &Recorded, folder: &Path) -> Result<(), RecordingFault> {
    let unwritable = |error: io::Error| RecordingFault::Table(error.to_string());
    let began = began(recorded);
    let mut files: Vec<(u32, BufWriter<File>)> = Vec::new();
    each_row(recorded, |time, row, of_run| {
        let known = files.iter().position(|(run, _)| *run == row.run);
        let place = if let Some(place) = known {
            place
        } else {
            let folder = folder.join(name(recorded, files.len()));
            files.push((row.run, open(&folder, began).map_err(unwritable)?));
            files.len() - 1
        };
        let Some((_, file)) = files.get_mut(place) else {
            return Ok(());
        };
        for (tag, value) in scalars(row, of_run) {
            let event = scalar(began + time, row.step, &tag, value);
            file.write_all(&record(&event)).map_err(unwritable)?;
        }
        Ok(())
    })?;
    files.into_iter().try_for_each(|(_, mut file)| file.flush().map_err(unwritable))
}

/// When the recording began, since 1970: it was written last when its last report came.
fn began(recorded: &Recorded) -> Duration {
    let written = fs::metadata(recorded.path()).and_then(|about| about.modified());
    let written = written.unwrap_or_else(|_| SystemTime::now());
    let ended = recorded.runs().last().map_or(0, |run| run.time[1]);
    let written = written.duration_since(UNIX_EPOCH).unwrap_or_default();
    written.saturating_sub(Duration::from_nanos(ended))
}

/// The folder of a run.
fn name(recorded: &Recorded, place: usize) -> PathBuf {
    let name = recorded.path().file_stem().unwrap_or_default().to_os_string();
    if place == 0 {
        return PathBuf::from(name);
    }
    let mut name = name;
    name.push(format!("-run-{}", place + 1));
    PathBuf::from(name)
}

fn open(folder: &Path, began: Duration) -> io::Result<BufWriter<File>> {
    fs::create_dir_all(folder)?;
    let name = format!("events.out.tfevents.{}.perceptarium", began.as_secs());
    let mut file = BufWriter::new(File::create(folder.join(name))?);
    let mut event = seconds(began);
    bytes(3, FILE_VERSION, &mut event);
    file.write_all(&record(&event))?;
    Ok(file)
}

/// What a row measures, by tags that TensorBoard groups: `train/loss`, `test/accuracy`, `train/learning_rate`.
fn scalars(row: &Row, of_run: &[MetricSpec]) -> Vec<(String, f32)> {
    let split = match row.split {
        Split::Train => "train",
        Split::Test => "test",
    };
    let measured =
        row.measured(of_run).map(|(metric, value)| (format!("{split}/{}", metric.name), value));
    let rate = row.learning_rate.map(|rate| ("train/learning_rate".to_owned(), rate as f32));
    measured.chain(rate).collect()
}

/// An event with one scalar.
fn scalar(time: Duration, step: u64, tag: &str, value: f32) -> Vec<u8> {
    let mut scalar = Vec::new();
    bytes(1, tag.as_bytes(), &mut scalar);
    scalar.push(key(2, FOUR_BYTES));
    scalar.extend(value.to_le_bytes());
    let mut summary = Vec::new();
    bytes(1, &scalar, &mut summary);
    let mut event = seconds(time);
    event.push(key(2, VARINT));
    varint(step, &mut event);
    bytes(5, &summary, &mut event);
    event
}

/// How a field of protocol buffers is written.
const VARINT: u8 = 0;
const EIGHT_BYTES: u8 = 1;
const COUNTED: u8 = 2;
const FOUR_BYTES: u8 = 5;

/// What comes before a field; all numbers of fields here fit into a byte.
const fn key(field: u8, how: u8) -> u8 {
    field << 3 | how
}

/// The beginning of an event: its time, in seconds since 1970.
fn seconds(time: Duration) -> Vec<u8> {
    let mut event = vec![key(1, EIGHT_BYTES)];
    event.extend(time.as_secs_f64().to_le_bytes());
    event
}

fn bytes(field: u8, content: &[u8], to: &mut Vec<u8>) {
    to.push(key(field, COUNTED));
    varint(content.len() as u64, to);
    to.extend(content);
}

/// Seven bits a byte, the lowest first.
fn varint(mut number: u64, to: &mut Vec<u8>) {
    while number > 0x7f {
        to.push(number as u8 | 0x80);
        number >>= 7;
    }
    to.push(number as u8);
}

fn record(event: &[u8]) -> Vec<u8> {
    let length = (event.len() as u64).to_le_bytes();
    let mut record = Vec::with_capacity(event.len() + 16);
    record.extend(length);
    record.extend(masked(&length).to_le_bytes());
    record.extend(event);
    record.extend(masked(event).to_le_bytes());
    record
}

/// A CRC-32C that may itself lie among data with checksums: turned by 15 bits, with a constant added (as in TensorFlow's
/// `crc32c.h`).
fn masked(bytes: &[u8]) -> u32 {
    crc32c::crc32c(bytes).rotate_right(15).wrapping_add(0xa282_ead8)
}
