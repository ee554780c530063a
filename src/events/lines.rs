//! The lines of events: what each says under which names.

use erased_serde::Serialize;

use crate::{
    narrator::Narrator,
    stream::{
        EpochReport, ExhibitId, Finished, MetricValues, ModelGraph, SaveReport, Split, Started,
        Step,
    },
};

#[derive(serde::Serialize)]
#[serde(tag = "event", rename = "started")]
pub(super) struct StartedLine {
    exhibit: ExhibitId,
    device: &'static str,
    seed: u64,
    parameters: usize,
    /// How much there is to learn from, and to be tested on, by what it is.
    #[serde(flatten)]
    examples: Fields<usize>,
}

impl StartedLine {
    pub(super) fn of(started: &Started) -> Self {
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
pub(super) struct GraphLine<'a> {
    #[serde(flatten)]
    pub(super) graph: &'a ModelGraph,
}

/// Where a run is written, or why not.
#[derive(serde::Serialize)]
#[serde(tag = "event", rename = "saved")]
pub(super) struct SavedLine {
    step: Step,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

impl SavedLine {
    pub(super) fn of(report: &SaveReport) -> Self {
        let (place, reason) = match &report.said {
            Ok(place) => (Some(place.to_string()), None),
            Err(why) => (None, Some(why.to_string())),
        };
        Self { step: report.step, place, reason }
    }
}

#[derive(serde::Serialize)]
#[serde(tag = "event", rename = "state")]
pub(super) struct StateLine {
    pub(super) state: &'static str,
    pub(super) step: Step,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) learning_rate: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) proposed_learning_rate: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reason: Option<String>,
}

#[derive(serde::Serialize)]
#[serde(tag = "event", rename = "epoch")]
pub(super) struct EpochLine {
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
    let many = narrator.started().map_or("examples", |started| started.example.many);
    let what = if in_epochs { many } else { "steps" };
    Fields(vec![(format!("{what}_per_second"), per_second)])
}

impl EpochLine {
    pub(super) fn of(epoch: &EpochReport, narrator: &dyn Narrator) -> Self {
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
pub(super) struct FinishedLine<'a> {
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
    pub(super) fn of(
        exhibit: ExhibitId,
        finished: &'a Finished,
        narrator: &'a dyn Narrator,
    ) -> Self {
        // Where steps are counted, a step may be many examples.
        let counts_steps = narrator.started().is_some_and(|started| !started.in_epochs);
        let per_second = match counts_steps && finished.seconds > 0.0 {
            true => (finished.steps.0 as f64 / finished.seconds) as f32,
            false => finished.examples_per_second,
        };
        Self {
            exhibit,
            steps: finished.steps,
            verdict: narrator.verdict_as_json(&finished.verdict),
            speed: speed(per_second, narrator),
            seconds: finished.seconds,
            snapshots: finished.cost.snapshots,
            snapshots_dropped: finished.cost.snapshots_dropped,
        }
    }
}
