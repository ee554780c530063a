//! Runs that are kept and seen again: whole, cut off, damaged, on a full disk.

mod boards;
mod cut;
mod disk;
mod keeping;
mod others;
mod playing;
mod trained;

use std::{
    collections::BTreeMap,
    fs,
    io::{self, Write},
    path::PathBuf,
    sync::{Arc, Mutex},
    time::Duration,
};

use super::{Recorded, RecordingFault, RunWriter};
use crate::stream::{
    InputChoice, LayerId, LayerValues, MetricValues, PayloadKinds, Report, RunId, RunState, Shape,
    Snapshot, Span, Started, Step, StepReport, WatchCost, wire,
};

/// Steps of a made-up run, and how many of them lie between two snapshots of it.
pub(super) const STEPS: u64 = 300;
const APART: u64 = 10;

/// Bytes that a writer and a test share.
#[derive(Clone, Default)]
struct Bytes(Arc<Mutex<Vec<u8>>>);

impl Write for Bytes {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn stepped(step: u64) -> Report {
    Report::Stepped(StepReport {
        step: Step(step),
        epoch: 1,
        values: MetricValues::new(&[1.0 / step as f32, 0.5]),
        learning_rate: 0.001,
        steps_per_second: 60.0,
        examples_per_second: 1920.0,
        cost: WatchCost::default(),
        merged: 1,
    })
}

fn snapshot(step: u64) -> Arc<Snapshot> {
    let values: Vec<f32> = (0..200).map(|place| (place as u64 + step) as f32).collect();
    let name = LayerId::new("dense");
    Arc::new(Snapshot {
        run: RunId::default(),
        step: Step(step),
        input: InputChoice::default(),
        layers: vec![LayerValues::whole(name, Shape::flat(200), Span::Signed, values.into())],
        parameters: Vec::new(),
        answer: None,
    })
}

fn state(state: RunState, step: u64) -> Report {
    Report::State { state, step: Step(step) }
}

/// What a made-up run says, in order.
fn made_up() -> Vec<wire::Message> {
    let mut said = vec![
        wire::Message::Report(Report::Started(Started::example())),
        wire::Message::Report(state(RunState::Preparing, 0)),
        wire::Message::Snapshot(snapshot(0)),
        wire::Message::Report(state(RunState::Training, 0)),
    ];
    for step in 1..=STEPS {
        said.push(wire::Message::Report(stepped(step)));
        if step % APART == 0 {
            said.push(wire::Message::Snapshot(snapshot(step)));
        }
    }
    said.push(wire::Message::Report(state(RunState::Finished, STEPS)));
    said
}

/// The file of a made-up run, of several chunks.
pub(super) fn file() -> Vec<u8> {
    let bytes = Bytes::default();
    let mut writer = RunWriter::new(bytes.clone(), BTreeMap::new()).unwrap();
    for (place, message) in made_up().into_iter().enumerate() {
        let at = Duration::from_millis(place as u64);
        match message {
            wire::Message::Report(report) => writer.report(at, report).unwrap(),
            wire::Message::Snapshot(snapshot) => writer.snapshot(at, snapshot).unwrap(),
            other => panic!("{other:?}"),
        }
        if place % 40 == 39 {
            writer.flush().unwrap();
        }
    }
    writer.finish(BTreeMap::new()).unwrap();
    let written = bytes.0.lock().unwrap();
    written.clone()
}

/// A file with these bytes, in a folder that goes with the test.
pub(super) struct Written {
    _folder: tempfile::TempDir,
    path: PathBuf,
}

pub(super) fn written(bytes: &[u8]) -> Written {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("run.mcap");
    fs::write(&path, bytes).unwrap();
    Written { _folder: folder, path }
}

pub(super) fn open(file: &Written) -> Result<Recorded, RecordingFault> {
    Recorded::open(&file.path, PayloadKinds::default(), &mut |_, _| {})
}

/// Everything that a recording says, as JSON.
fn said(recorded: &Recorded) -> Result<Vec<String>, RecordingFault> {
    let mut messages = recorded.messages()?;
    let mut all = Vec::new();
    while let Some(message) = messages.next_said()? {
        all.push(told(&message));
    }
    Ok(all)
}

/// What is said, as JSON, but for who says it: a recording that is played has a session of its own.
fn told(message: &wire::Message) -> String {
    let mut json = match message {
        wire::Message::Report(report) => serde_json::to_value(report),
        wire::Message::Snapshot(snapshot) => serde_json::to_value(snapshot),
        wire::Message::Reply(reply) => serde_json::to_value(reply),
        other => panic!("{other:?}"),
    }
    .unwrap();
    for place in ["/Started/run/session", "/run/session"] {
        if let Some(session) = json.pointer_mut(place) {
            *session = 0.into();
        }
    }
    json.to_string()
}

/// Places below `end`, the same in each run of a test.
fn places(count: usize, end: usize) -> impl Iterator<Item = usize> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    std::iter::repeat_with(move || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % end
    })
    .take(count)
}
