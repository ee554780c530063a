//! Whole lines of events, as they were promised, and readers that leave.

use std::{
    io::{self, Write},
    sync::{Arc, Mutex},
};

use crate::{
    exhibits,
    images::ClassifierVerdict,
    stream::{
        EpochReport, ExhibitId, Finished, MetricValues, Payload, Report, RunState, Started, Step,
        TestReport, WatchCost,
    },
    world::hall_events::HallEvent,
};

use super::EventWriter;
use crate::golden::kept;

/// Keeps what is written, and breaks like a closed pipe after so many lines.
#[derive(Clone, Default)]
struct Pipe {
    text: Arc<Mutex<Vec<u8>>>,
    lines_left: Option<usize>,
}

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Some(left) = &mut self.lines_left {
            *left = left.checked_sub(1).ok_or(io::ErrorKind::BrokenPipe)?;
        }
        self.text.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Pipe {
    fn text(&self) -> String {
        String::from_utf8(self.text.lock().unwrap().clone()).unwrap()
    }
}

fn events(pipe: &Pipe) -> EventWriter {
    let exhibit = Started::example().exhibit;
    let narrators = [(exhibit, (exhibits::ALL[0].narrator)())].into();
    EventWriter::to(Box::new(pipe.clone()), exhibit, narrators)
}

fn started() -> Report {
    Report::Started(Started::example())
}

fn state(state: RunState, step: u64) -> Report {
    Report::State { state, step: Step(step) }
}

#[test]
fn lines_have_the_promised_shapes() {
    let pipe = Pipe::default();
    let events = events(&pipe);
    let reports = [
        state(RunState::Preparing, 0),
        started(),
        state(RunState::Training, 0),
        Report::EpochEnded(EpochReport {
            epoch: 1,
            step: Step(250),
            train: MetricValues::new(&[0.5, 0.75]),
            examples_per_second: 4096.0,
            test: Some(TestReport {
                values: MetricValues::new(&[0.25, 0.875]),
                confusion: Arc::from([]),
                mistakes: Arc::from([]),
                said: Arc::from([]),
                losses: Arc::from([]),
            }),
        }),
        state(RunState::Finished, 250),
        Report::Finished(Finished {
            steps: Step(250),
            verdict: Payload::new(ClassifierVerdict { accuracy: 0.875, loss: 0.25, privacy: None }),
            examples_per_second: 4096.0,
            seconds: 2.5,
            cost: WatchCost { snapshots: 7, snapshots_dropped: 1, ..WatchCost::default() },
        }),
    ];
    for report in &reports {
        events.report(report);
    }
    kept("events-of-a-run", &pipe.text());
}

#[test]
fn trouble_carries_what_one_needs_to_go_on() {
    let pipe = Pipe::default();
    let events = events(&pipe);
    events.report(&state(RunState::Diverged { learning_rate: 10.0, proposed: 0.001 }, 3));
    events.report(&state(RunState::Failed { reason: "it \"broke\"".into() }, 4));
    kept("events-of-trouble", &pipe.text());
}

#[test]
fn the_hall_tells_what_a_visitor_does() {
    let pipe = Pipe::default();
    let events = events(&pipe);
    let told = [
        HallEvent::Control { name: "pause", x: 640.5, y: 700.0 },
        HallEvent::Pointed {
            layer: "Pooled",
            unit: [31, 12, 0].into(),
            value: 0.25,
            step: Step(500),
        },
        HallEvent::Scrubbed { step: Some(Step(250)) },
        HallEvent::Scrubbed { step: None },
        HallEvent::Headset { state: "lost", reason: Some("it was unplugged") },
        HallEvent::Headset { state: "ready", reason: None },
        HallEvent::Visited { exhibit: ExhibitId::new("descent") },
    ];
    for event in &told {
        events.tell(event);
    }
    kept("events-of-a-visit", &pipe.text());
}

#[test]
fn a_state_is_told_when_it_changes() {
    let pipe = Pipe::default();
    let events = events(&pipe);
    let changes = [RunState::Training, RunState::Training, RunState::Paused, RunState::Training];
    for (step, change) in (0..).zip(changes) {
        events.report(&state(change, step));
    }
    events.report(&started());
    events.report(&state(RunState::Training, 0));
    assert_eq!(pipe.text().matches(r#""event":"state""#).count(), 4);
}

#[test]
fn a_reader_that_leaves_is_noticed_and_nothing_else_happens() {
    let pipe = Pipe { lines_left: Some(1), ..Pipe::default() };
    let events = events(&pipe);
    events.report(&started());
    assert!(!events.is_broken());
    events.clone().report(&state(RunState::Training, 0));
    assert!(events.is_broken());
    events.report(&state(RunState::Paused, 9));
    assert_eq!(pipe.text().lines().count(), 1);
}

#[test]
fn silence_is_no_broken_pipe() {
    let events = EventWriter::silent();
    events.report(&started());
    assert!(!events.is_broken());
}
