//! What happens, told to other programs: one JSON object a line.

use std::{
    collections::BTreeMap,
    io::{self, Write},
    sync::{Arc, Mutex},
};

use erased_serde::Serialize;

use crate::{
    narrator::Narrator,
    stream::{
        EpochReport, ExhibitId, Finished, MetricValues, ModelGraph, Report, RunState, Split,
        Started, Step,
    },
};

/// Who tells of each exhibit's runs.
pub type Narrators = BTreeMap<ExhibitId, Box<dyn Narrator>>;

/// Writes events in the order they are given; clones write to the same place.
///
/// When nobody reads any more, as after `| head -1`, the rest is dropped in silence.
#[derive(Clone)]
pub struct EventWriter {
    destination: Arc<Mutex<Destination>>,
}

struct Destination {
    /// `None` when events were not asked for, or nobody reads them any more.
    lines: Option<Box<dyn Write + Send>>,
    /// The last state that was told, so that only changes are.
    state: Option<&'static str>,
    /// The exhibit whose reports come.
    exhibit: ExhibitId,
    narrators: Narrators,
    /// Whether the reader has gone away.
    broken: bool,
}

impl EventWriter {
    /// Events go to standard output, of this exhibit first.
    pub fn to_stdout(exhibit: ExhibitId, narrators: Narrators) -> Self {
        Self::to(Box::new(io::stdout()), exhibit, narrators)
    }

    /// Nobody asked for events.
    pub fn silent() -> Self {
        Self::of(None, ExhibitId::new(""), Narrators::new())
    }

    /// Events go wherever this leads.
    pub fn to(lines: Box<dyn Write + Send>, exhibit: ExhibitId, narrators: Narrators) -> Self {
        Self::of(Some(lines), exhibit, narrators)
    }

    fn of(lines: Option<Box<dyn Write + Send>>, exhibit: ExhibitId, narrators: Narrators) -> Self {
        let destination = Destination { lines, state: None, exhibit, narrators, broken: false };
        Self { destination: Arc::new(Mutex::new(destination)) }
    }

    /// Whether whoever read the events has gone away.
    pub fn is_broken(&self) -> bool {
        self.destination.lock().is_ok_and(|destination| destination.broken)
    }

    /// Tells what the trainer reported, as far as it concerns other programs.
    pub fn report(&self, report: &Report) {
        if let Ok(mut destination) = self.destination.lock() {
            destination.report(report);
        }
    }

    /// Tells something that happened: an object with its name under `event`.
    pub fn tell(&self, event: &dyn Serialize) {
        if let Ok(mut destination) = self.destination.lock() {
            destination.line(event);
        }
    }

    /// What is reported from here on is reported of another exhibit.
    pub fn turn_to(&self, exhibit: ExhibitId) {
        if let Ok(mut destination) = self.destination.lock() {
            (destination.exhibit, destination.state) = (exhibit, None);
        }
    }
}

impl Destination {
    fn report(&mut self, report: &Report) {
        let Some(mut narrator) = self.narrators.remove(&self.exhibit) else {
            return;
        };
        narrator.hear(report);
        match report {
            Report::Started(started) => {
                self.state = None;
                self.line(&StartedLine::of(started));
            }
            Report::Graph(graph) => {
                if !graph.nodes().is_empty() {
                    self.line(&GraphLine { graph });
                }
            }
            Report::State { state, step } => self.state(state, *step),
            Report::EpochEnded(epoch) => {
                // What is counted in steps alone has no epochs, only an end.
                if narrator.started().is_none_or(|started| started.in_epochs) {
                    self.line(&EpochLine::of(epoch, &*narrator));
                }
            }
            Report::Finished(finished) => {
                self.line(&FinishedLine::of(self.exhibit, finished, &*narrator));
            }
            Report::Found(found) => {
                if let Some(event) = narrator.found_as_json(found) {
                    self.line(&event);
                }
            }
            Report::Material(_) | Report::Stage(_) | Report::Stepped(_) => {}
        }
        self.narrators.insert(self.exhibit, narrator);
    }

    fn state(&mut self, state: &RunState, step: Step) {
        // Preparing is told by nothing: the first state of a run comes with its start.
        if *state == RunState::Preparing || self.state.replace(state.word()) == Some(state.word()) {
            return;
        }
        let (rates, reason) = match state {
            RunState::Diverged { learning_rate, proposed } => {
                (Some((*learning_rate, *proposed)), None)
            }
            RunState::Failed { reason } => (None, Some(reason.as_str())),
            _ => (None, None),
        };
        let (learning_rate, proposed_learning_rate) = rates.unzip();
        let state = state.word();
        self.line(&StateLine { state, step, learning_rate, proposed_learning_rate, reason });
    }

    fn line(&mut self, event: &dyn Serialize) {
        let Some(lines) = &mut self.lines else {
            return;
        };
        let written = serde_json::to_vec(event).map_err(io::Error::from).and_then(|mut text| {
            text.push(b'\n');
            lines.write_all(&text)?;
            lines.flush()
        });
        if written.is_err() {
            self.lines = None;
            self.broken = true;
        }
    }
}

#[derive(serde::Serialize)]
#[serde(tag = "event", rename = "started")]
struct StartedLine {
    exhibit: ExhibitId,
    device: &'static str,
    seed: u64,
    parameters: usize,
    /// How much there is to learn from, and to be tested on, by what it is.
    #[serde(flatten)]
    examples: Fields<usize>,
}

impl StartedLine {
    fn of(started: &Started) -> Self {
        let many = started.example.many;
        let examples = match started.test_examples {
            0 => Fields(vec![(many.to_owned(), started.train_examples)]),
            test => Fields(vec![
                (format!("train_{many}"), started.train_examples),
                (format!("test_{many}"), test),
            ]),
        };
        Self {
            exhibit: started.exhibit,
            device: started.device,
            seed: started.seed,
            parameters: started.parameters,
            examples,
        }
    }
}

/// What is computed from what.
#[derive(serde::Serialize)]
#[serde(tag = "event", rename = "graph")]
struct GraphLine<'a> {
    #[serde(flatten)]
    graph: &'a ModelGraph,
}

#[derive(serde::Serialize)]
#[serde(tag = "event", rename = "state")]
struct StateLine<'a> {
    state: &'static str,
    step: Step,
    #[serde(skip_serializing_if = "Option::is_none")]
    learning_rate: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    proposed_learning_rate: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
}

#[derive(serde::Serialize)]
#[serde(tag = "event", rename = "epoch")]
struct EpochLine {
    epoch: u32,
    /// The metrics of training and test, by their names.
    #[serde(flatten)]
    metrics: Fields<f32>,
    #[serde(flatten)]
    speed: Speed,
}

/// Fields whose names depend on what is learned from, in this order.
struct Fields<T>(Vec<(String, T)>);

impl<T: serde::Serialize> serde::Serialize for Fields<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

/// How many examples a second, by what they are; a run that is counted in steps counts those.
type Speed = Fields<f32>;

fn speed(per_second: f32, narrator: &dyn Narrator) -> Speed {
    let in_epochs = narrator.started().is_none_or(|started| started.in_epochs);
    let what = if in_epochs { narrator.many() } else { "steps" };
    Fields(vec![(format!("{what}_per_second"), per_second)])
}

impl EpochLine {
    fn of(epoch: &EpochReport, narrator: &dyn Narrator) -> Self {
        let of = |split: Split, values: &MetricValues| {
            let specs = narrator.started().into_iter().flat_map(move |run| run.metrics_of(split));
            let named = specs.map(move |spec| format!("{}_{}", split.prefix(), spec.name));
            named.zip(values.as_slice().to_vec()).collect::<Vec<_>>()
        };
        let mut metrics = of(Split::Train, &epoch.train);
        metrics.extend(epoch.test.iter().flat_map(|test| of(Split::Test, &test.values)));
        Self {
            epoch: epoch.epoch,
            metrics: Fields(metrics),
            speed: speed(epoch.examples_per_second, narrator),
        }
    }
}

#[derive(serde::Serialize)]
#[serde(tag = "event", rename = "finished")]
struct FinishedLine<'a> {
    exhibit: ExhibitId,
    steps: Step,
    #[serde(flatten)]
    verdict: Box<dyn Serialize + 'a>,
    #[serde(flatten)]
    speed: Speed,
    seconds: f64,
    snapshots: u64,
    snapshots_dropped: u64,
}

impl<'a> FinishedLine<'a> {
    fn of(exhibit: ExhibitId, finished: &'a Finished, narrator: &'a dyn Narrator) -> Self {
        Self {
            exhibit,
            steps: finished.steps,
            verdict: narrator.verdict_as_json(&finished.verdict),
            speed: speed(finished.examples_per_second, narrator),
            seconds: finished.seconds,
            snapshots: finished.cost.snapshots,
            snapshots_dropped: finished.cost.snapshots_dropped,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        exhibits,
        images::ClassifierVerdict,
        stream::{Payload, TestReport, WatchCost},
        world::hall_events::HallEvent,
    };

    use super::*;
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
                }),
            }),
            state(RunState::Finished, 250),
            Report::Finished(Finished {
                steps: Step(250),
                verdict: Payload::new(ClassifierVerdict { accuracy: 0.875, loss: 0.25 }),
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
        events.report(&state(RunState::Failed { reason: "it \"broke\"".to_owned() }, 4));
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
        let changes =
            [RunState::Training, RunState::Training, RunState::Paused, RunState::Training];
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
}
