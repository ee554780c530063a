//! What happens, told to other programs: one JSON object a line.

mod descent;

use std::{
    collections::BTreeMap,
    io::{self, Write},
    sync::{Arc, Mutex},
};

use serde::Serialize;

use crate::stream::{
    EpochReport, Example, ExhibitId, Finished, FoldReport, Material, Report, RunState, Started,
    Step, TableVerdict, Terms, TuneReport, Verdict,
};

use descent::{Descent, DescentPart};

/// Writes events in the order they are given; clones write to the same place.
///
/// When nobody reads any more, as after `| head -1`, the rest is dropped in silence.
#[derive(Clone)]
pub struct EventWriter {
    /// `None` when events were not asked for, or nobody reads them any more.
    destination: Arc<Mutex<Destination>>,
}

struct Destination {
    lines: Option<Box<dyn Write + Send>>,
    /// The last state that was told, so that only changes are.
    state: Option<&'static str>,
    /// The exhibit of the run that began last, and what it learns from.
    run: Option<(&'static str, Example)>,
    /// What each exhibit that has begun learns from.
    examples: BTreeMap<ExhibitId, Example>,
    /// The descent of the session, if there is one.
    descent: Descent,
    /// Whether the reader has gone away.
    broken: bool,
}

impl EventWriter {
    /// Events go to standard output.
    pub fn to_stdout() -> Self {
        Self::to(Box::new(io::stdout()))
    }

    /// Nobody asked for events.
    pub fn silent() -> Self {
        Self::of(None)
    }

    /// Events go wherever this leads.
    pub fn to(lines: Box<dyn Write + Send>) -> Self {
        Self::of(Some(lines))
    }

    fn of(lines: Option<Box<dyn Write + Send>>) -> Self {
        let destination = Destination {
            lines,
            state: None,
            run: None,
            examples: BTreeMap::new(),
            descent: Descent::default(),
            broken: false,
        };
        Self { destination: Arc::new(Mutex::new(destination)) }
    }

    /// Whether whoever read the events has gone away.
    pub fn is_broken(&self) -> bool {
        self.destination.lock().is_ok_and(|destination| destination.broken)
    }

    /// Tells what the trainer reported, as far as it concerns other programs.
    pub fn report(&self, report: &Report) {
        match report {
            Report::Started(started) => {
                if let Ok(mut destination) = self.destination.lock() {
                    destination.state = None;
                    destination.run = Some((started.exhibit.name(), started.example));
                    destination.examples.insert(started.exhibit, started.example);
                    if started.example == Example::Point {
                        destination.descent.begin();
                    }
                }
                self.line(&Line::Started(started.into()));
            }
            Report::State { state, step } => self.state(state, *step),
            Report::EpochEnded(epoch) => {
                let example = self.run().map_or(Example::Image, |(_, example)| example);
                // A descent has no epochs, only an end.
                if example != Example::Point {
                    self.line(&Line::Epoch(EpochLine::of(example, epoch)));
                }
            }
            Report::Material(Material::Surface(surface)) => {
                self.follow(|descent| descent.surface = Some(surface.clone()));
            }
            Report::Descended(steps) => self.follow(|descent| descent.follow(steps)),
            Report::Finished(finished) => {
                let exhibit = self.run().map(|(exhibit, _)| exhibit);
                let verdict = match &finished.verdict {
                    Verdict::Descent(verdicts) => self
                        .destination
                        .lock()
                        .ok()
                        .map(|destination| destination.descent.told(verdicts)),
                    _ => None,
                };
                self.line(&Line::Finished(FinishedLine::of(exhibit, finished, verdict)));
            }
            Report::Fold(fold) => {
                if let Some(line) = FoldLine::of(fold) {
                    self.line(&Line::Fold(line));
                }
            }
            Report::Tuned(tuned) => self.line(&Line::Tuned(tuned)),
            Report::Material(_) | Report::Stage(_) | Report::Stepped(_) | Report::Tested(_) => {}
        }
    }

    /// Tells where a control is, in physical pixels from the window's top left.
    pub fn control(&self, name: &str, x: f32, y: f32) {
        self.line(&Line::Control { name, x, y });
    }

    /// Tells which unit the visitor points at, by map, row and column, and the value shown for it.
    pub fn pointed(&self, layer: &str, [map, row, column]: [usize; 3], value: f32, step: Step) {
        self.line(&Line::Pointed { layer, map, row, column, value, step });
    }

    /// Tells that the visitor chose the step that is shown; `None` is live again.
    pub fn scrubbed(&self, step: Option<Step>) {
        self.line(&Line::Scrubbed { step });
    }

    /// Tells where something that can be aimed at hangs: its middle and from there its right and upper edge, in metres.
    pub fn place(&self, name: &str, middle: [f32; 3], right: [f32; 3], up: [f32; 3]) {
        self.line(&Line::Place { name, middle, right, up });
    }

    /// Tells how it stands with the headset.
    pub fn headset(&self, state: &str, reason: Option<&str>) {
        self.line(&Line::Headset { state, reason });
    }

    /// Tells that a hand came or went, or holds something else.
    pub fn hand(&self, side: &str, tracked: bool, profile: &str) {
        self.line(&Line::Hand { side, tracked, profile });
    }

    /// Tells where the visitor stands, in metres, and which way they are turned, in degrees to the left.
    pub fn stands(&self, x: f32, z: f32, turn_degrees: f32) {
        self.line(&Line::Stands { x, z, turn_degrees });
    }

    /// Tells that an exhibit was moved: its place in metres, its turn in degrees to the left, its scale.
    pub fn moved(&self, exhibit: &str, place: [f32; 3], turn_degrees: f32, scale: f32) {
        self.line(&Line::Moved { exhibit, place, turn_degrees, scale });
    }

    /// Tells that another exhibit is on the stage; what is told from here on is told of it.
    pub fn visited(&self, exhibit: ExhibitId) {
        self.line(&Line::Visited { exhibit });
        if let Ok(mut destination) = self.destination.lock() {
            destination.state = None;
            let known = destination.examples.get(&exhibit).copied();
            destination.run = known.map(|example| (exhibit.name(), example));
        }
    }

    /// Tells which input is looked at.
    pub fn input(&self, shown: &str) {
        self.line(&Line::Input { shown });
    }

    /// Tells whose list says what: the first titles, and how many items it was chosen from, of how many.
    pub fn list(&self, who: &str, top: &[String], eligible: usize, of: usize) {
        self.line(&Line::List { who, top, eligible, of });
    }

    /// Tells what the visitor rated or took back, and how many ratings they have given now.
    pub fn rated(&self, item: &str, stars: Option<f32>, ratings: usize) {
        self.line(&Line::Rated { item, stars, ratings });
    }

    /// Tells of a film on somebody's list.
    pub fn recommended(&self, film: &Recommended<'_>) {
        self.line(&Line::Recommended(film));
    }

    fn follow(&self, what: impl FnOnce(&mut Descent)) {
        if let Ok(mut destination) = self.destination.lock() {
            what(&mut destination.descent);
        }
    }

    fn run(&self) -> Option<(&'static str, Example)> {
        self.destination.lock().ok()?.run
    }

    fn state(&self, state: &RunState, step: Step) {
        // Preparing is told by nothing: the first state of a run comes with its start.
        if *state == RunState::Preparing {
            return;
        }
        if let Ok(mut destination) = self.destination.lock()
            && destination.state.replace(state.word()) == Some(state.word())
        {
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
        self.line(&Line::State { state, step, learning_rate, proposed_learning_rate, reason });
    }

    fn line(&self, line: &Line) {
        let Ok(mut destination) = self.destination.lock() else {
            return;
        };
        let Some(lines) = &mut destination.lines else {
            return;
        };
        let written = serde_json::to_vec(line).map_err(io::Error::from).and_then(|mut text| {
            text.push(b'\n');
            lines.write_all(&text)?;
            lines.flush()
        });
        if written.is_err() {
            destination.lines = None;
            destination.broken = true;
        }
    }
}

/// A film on somebody's list, and why it is there.
#[derive(Serialize)]
pub struct Recommended<'a> {
    /// Whose list.
    pub user: &'a str,
    /// Its place on the list, from 1.
    pub rank: usize,
    /// Its name in the file.
    pub item: &'a str,
    /// Its title.
    pub title: &'a str,
    /// When it appeared, if known.
    pub year: Option<u16>,
    /// The prediction, in stars, clipped to the scale.
    pub stars: f64,
    /// The sum behind it, before it is clipped.
    pub terms: Terms,
    /// The ratings that moved it most, by how much.
    pub moved_by: Vec<Mover<'a>>,
}

/// A rating that moved a prediction.
#[derive(Serialize)]
pub struct Mover<'a> {
    /// What was rated.
    pub title: &'a str,
    /// The stars it was given.
    pub stars: f32,
    /// How much it moved the prediction, in stars.
    pub moved: f64,
}

#[derive(Serialize)]
#[serde(tag = "event", rename_all = "lowercase")]
enum Line<'a> {
    Started(StartedLine),
    State {
        state: &'static str,
        step: Step,
        #[serde(skip_serializing_if = "Option::is_none")]
        learning_rate: Option<f64>,
        #[serde(skip_serializing_if = "Option::is_none")]
        proposed_learning_rate: Option<f64>,
        #[serde(skip_serializing_if = "Option::is_none")]
        reason: Option<&'a str>,
    },
    Epoch(EpochLine),
    Fold(FoldLine),
    Tuned(&'a TuneReport),
    Recommended(&'a Recommended<'a>),
    Finished(FinishedLine),
    Control {
        name: &'a str,
        x: f32,
        y: f32,
    },
    Pointed {
        layer: &'a str,
        map: usize,
        row: usize,
        column: usize,
        value: f32,
        step: Step,
    },
    Scrubbed {
        step: Option<Step>,
    },
    Place {
        name: &'a str,
        middle: [f32; 3],
        right: [f32; 3],
        up: [f32; 3],
    },
    Headset {
        state: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        reason: Option<&'a str>,
    },
    Hand {
        side: &'a str,
        tracked: bool,
        profile: &'a str,
    },
    Stands {
        x: f32,
        z: f32,
        turn_degrees: f32,
    },
    Moved {
        exhibit: &'a str,
        place: [f32; 3],
        turn_degrees: f32,
        scale: f32,
    },
    Visited {
        exhibit: ExhibitId,
    },
    Input {
        shown: &'a str,
    },
    List {
        who: &'a str,
        top: &'a [String],
        eligible: usize,
        of: usize,
    },
    Rated {
        item: &'a str,
        stars: Option<f32>,
        ratings: usize,
    },
}

#[derive(Serialize)]
struct StartedLine {
    exhibit: &'static str,
    device: &'static str,
    seed: u64,
    parameters: usize,
    #[serde(flatten)]
    examples: Examples,
}

/// How much there is to learn from.
#[derive(Serialize)]
#[serde(untagged)]
enum Examples {
    Images { train_images: usize, test_images: usize },
    Ratings { ratings: usize },
    Points { points: usize },
    Rows { train_rows: usize, test_rows: usize },
}

impl From<&Started> for StartedLine {
    fn from(started: &Started) -> Self {
        Self {
            exhibit: started.exhibit.name(),
            device: started.device,
            seed: started.seed,
            parameters: started.parameters,
            examples: match started.example {
                Example::Image => Examples::Images {
                    train_images: started.train_examples,
                    test_images: started.test_examples,
                },
                Example::Rating => Examples::Ratings { ratings: started.train_examples },
                Example::Point => Examples::Points { points: started.train_examples },
                Example::Row => Examples::Rows {
                    train_rows: started.train_examples,
                    test_rows: started.test_examples,
                },
            },
        }
    }
}

#[derive(Serialize)]
struct EpochLine {
    epoch: u32,
    train_loss: f32,
    train_accuracy: f32,
    #[serde(flatten)]
    test: Option<TestPart>,
    #[serde(flatten)]
    speed: Speed,
}

#[derive(Serialize)]
struct TestPart {
    test_loss: f32,
    test_accuracy: f32,
}

/// How many examples a second, by what they are.
#[derive(Serialize)]
#[serde(untagged)]
enum Speed {
    Images { images_per_second: f32 },
    Ratings { ratings_per_second: f32 },
    Steps { steps_per_second: f32 },
    Rows { rows_per_second: f32 },
}

impl Speed {
    fn of(example: Example, per_second: f32) -> Self {
        match example {
            Example::Image => Self::Images { images_per_second: per_second },
            Example::Rating => Self::Ratings { ratings_per_second: per_second },
            // A descent counts its steps, as it sums over all points in each.
            Example::Point => Self::Steps { steps_per_second: per_second },
            Example::Row => Self::Rows { rows_per_second: per_second },
        }
    }
}

impl EpochLine {
    fn of(example: Example, epoch: &EpochReport) -> Self {
        Self {
            epoch: epoch.epoch,
            train_loss: epoch.train_loss,
            train_accuracy: epoch.train_accuracy,
            test: epoch
                .test
                .as_ref()
                .map(|test| TestPart { test_loss: test.loss, test_accuracy: test.accuracy }),
            speed: Speed::of(example, epoch.examples_per_second),
        }
    }
}

#[derive(Serialize)]
struct FoldLine {
    fold: usize,
    folds: usize,
    ratings: usize,
    rmse: f64,
    mae: f64,
    bias_rmse: f64,
    precision_at_10: f64,
    recall_at_10: f64,
    ndcg_at_10: f64,
    fit_seconds: f64,
    seconds: f64,
}

impl FoldLine {
    /// Only a fold that is judged is told.
    fn of(fold: &FoldReport) -> Option<Self> {
        let outcome = fold.outcome.as_ref()?;
        Some(Self {
            fold: fold.fold,
            folds: fold.folds,
            ratings: outcome.ratings,
            rmse: outcome.rmse,
            mae: outcome.mae,
            bias_rmse: outcome.bias_rmse,
            precision_at_10: outcome.lists.precision,
            recall_at_10: outcome.lists.recall,
            ndcg_at_10: outcome.lists.ndcg,
            fit_seconds: outcome.seconds.0,
            seconds: outcome.seconds.1,
        })
    }
}

#[derive(Serialize)]
struct FinishedLine {
    #[serde(skip_serializing_if = "Option::is_none")]
    exhibit: Option<&'static str>,
    steps: Step,
    #[serde(flatten)]
    verdict: VerdictPart,
    #[serde(flatten)]
    speed: Speed,
    seconds: f64,
    snapshots: u64,
    snapshots_dropped: u64,
}

#[derive(Serialize)]
#[serde(untagged)]
enum VerdictPart {
    Classes {
        test_accuracy: f32,
        test_loss: f32,
    },
    Ratings {
        rmse: f64,
        rmse_std: f64,
        mae: f64,
        mae_std: f64,
        bias_rmse: f64,
        precision_at_10: f64,
        recall_at_10: f64,
        ndcg_at_10: f64,
        popular_precision_at_10: f64,
        popular_ndcg_at_10: f64,
        bias_precision_at_10: f64,
        bias_ndcg_at_10: f64,
        evaluation_seconds: f64,
    },
    Descent(Option<DescentPart>),
    Table(TableVerdict),
}

impl FinishedLine {
    fn of(
        exhibit: Option<&'static str>,
        finished: &Finished,
        descent: Option<DescentPart>,
    ) -> Self {
        let (example, verdict) = match &finished.verdict {
            Verdict::Classes { accuracy, loss } => (
                Example::Image,
                VerdictPart::Classes { test_accuracy: *accuracy, test_loss: *loss },
            ),
            Verdict::Descent(_) => (Example::Point, VerdictPart::Descent(descent)),
            Verdict::Table(table) => (Example::Row, VerdictPart::Table(*table)),
            Verdict::Ratings(ratings) => (
                Example::Rating,
                VerdictPart::Ratings {
                    rmse: ratings.rmse,
                    rmse_std: ratings.rmse_std,
                    mae: ratings.mae,
                    mae_std: ratings.mae_std,
                    bias_rmse: ratings.bias_rmse,
                    precision_at_10: ratings.lists.precision,
                    recall_at_10: ratings.lists.recall,
                    ndcg_at_10: ratings.lists.ndcg,
                    popular_precision_at_10: ratings.popular_lists.precision,
                    popular_ndcg_at_10: ratings.popular_lists.ndcg,
                    bias_precision_at_10: ratings.bias_lists.precision,
                    bias_ndcg_at_10: ratings.bias_lists.ndcg,
                    evaluation_seconds: ratings.seconds,
                },
            ),
        };
        Self {
            exhibit,
            steps: finished.steps,
            verdict,
            speed: Speed::of(example, finished.examples_per_second),
            seconds: finished.seconds,
            snapshots: finished.cost.snapshots,
            snapshots_dropped: finished.cost.snapshots_dropped,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::stream::{TestReport, WatchCost};

    use super::*;

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

    fn started() -> Report {
        Report::Started(Started::example())
    }

    fn state(state: RunState, step: u64) -> Report {
        Report::State { state, step: Step(step) }
    }

    #[test]
    fn lines_have_the_promised_shapes() {
        let pipe = Pipe::default();
        let events = EventWriter::to(Box::new(pipe.clone()));
        let reports = [
            state(RunState::Preparing, 0),
            started(),
            state(RunState::Training, 0),
            Report::EpochEnded(EpochReport {
                epoch: 1,
                step: Step(250),
                train_loss: 0.5,
                train_accuracy: 0.75,
                examples_per_second: 4096.0,
                test: Some(TestReport {
                    loss: 0.25,
                    accuracy: 0.875,
                    confusion: Arc::from([]),
                    mistakes: Arc::from([]),
                }),
            }),
            state(RunState::Finished, 250),
            Report::Finished(Finished {
                steps: Step(250),
                verdict: Verdict::Classes { accuracy: 0.875, loss: 0.25 },
                examples_per_second: 4096.0,
                seconds: 2.5,
                cost: WatchCost { snapshots: 7, snapshots_dropped: 1, ..WatchCost::default() },
            }),
        ];
        for report in &reports {
            events.report(report);
        }
        let lines = [
            r#"{"event":"started","exhibit":"digits","device":"flex","seed":42,"parameters":54410,"train_images":8000,"test_images":2000}"#,
            r#"{"event":"state","state":"training","step":0}"#,
            r#"{"event":"epoch","epoch":1,"train_loss":0.5,"train_accuracy":0.75,"test_loss":0.25,"test_accuracy":0.875,"images_per_second":4096.0}"#,
            r#"{"event":"state","state":"finished","step":250}"#,
            r#"{"event":"finished","exhibit":"digits","steps":250,"test_accuracy":0.875,"test_loss":0.25,"images_per_second":4096.0,"seconds":2.5,"snapshots":7,"snapshots_dropped":1}"#,
        ];
        assert_eq!(pipe.text().lines().collect::<Vec<_>>(), lines);
    }

    #[test]
    fn trouble_carries_what_one_needs_to_go_on() {
        let pipe = Pipe::default();
        let events = EventWriter::to(Box::new(pipe.clone()));
        events.report(&state(RunState::Diverged { learning_rate: 10.0, proposed: 0.001 }, 3));
        events.report(&state(RunState::Failed { reason: "it \"broke\"".to_owned() }, 4));
        let lines = [
            r#"{"event":"state","state":"diverged","step":3,"learning_rate":10.0,"proposed_learning_rate":0.001}"#,
            r#"{"event":"state","state":"failed","step":4,"reason":"it \"broke\""}"#,
        ];
        assert_eq!(pipe.text().lines().collect::<Vec<_>>(), lines);
    }

    #[test]
    fn the_hall_tells_what_a_visitor_does() {
        let pipe = Pipe::default();
        let events = EventWriter::to(Box::new(pipe.clone()));
        events.control("pause", 640.5, 700.0);
        events.pointed("Pooled", [31, 12, 0], 0.25, Step(500));
        events.scrubbed(Some(Step(250)));
        events.scrubbed(None);
        events.list("you", &["Alien (1979)".to_owned()], 212, 9066);
        events.rated("Alien (1979)", Some(4.5), 3);
        events.rated("Alien (1979)", None, 2);
        let lines = [
            r#"{"event":"control","name":"pause","x":640.5,"y":700.0}"#,
            r#"{"event":"pointed","layer":"Pooled","map":31,"row":12,"column":0,"value":0.25,"step":500}"#,
            r#"{"event":"scrubbed","step":250}"#,
            r#"{"event":"scrubbed","step":null}"#,
            r#"{"event":"list","who":"you","top":["Alien (1979)"],"eligible":212,"of":9066}"#,
            r#"{"event":"rated","item":"Alien (1979)","stars":4.5,"ratings":3}"#,
            r#"{"event":"rated","item":"Alien (1979)","stars":null,"ratings":2}"#,
        ];
        assert_eq!(pipe.text().lines().collect::<Vec<_>>(), lines);
    }

    #[test]
    fn a_state_is_told_when_it_changes() {
        let pipe = Pipe::default();
        let events = EventWriter::to(Box::new(pipe.clone()));
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
        let events = EventWriter::to(Box::new(pipe.clone()));
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
