//! How the training stands, for whoever asks in a word or in numbers: the last of what was told.

use std::sync::Arc;

use crate::{
    images::TestSet,
    stream::{
        MetricSpec, MetricValues, Report, RunId, RunState, SaveReport, Split, Step, StepReport,
    },
};

/// The last of what was told.
#[derive(Clone, Default)]
pub(super) struct Status {
    pub(super) run: RunId,
    pub(super) state: Option<RunState>,
    pub(super) step: Step,
    pub(super) last: Option<StepReport>,
    /// Of the last test, in the order in which those of the test are declared.
    pub(super) test: Option<MetricValues>,
    pub(super) metrics: Arc<[MetricSpec]>,
    /// What images the model reads, where it reads any.
    pub(super) images: Option<Arc<TestSet>>,
    /// Whether it is known what it learns from.
    pub(super) is_known: bool,
    /// What became of writing it down when that was asked last, and how often it was.
    pub(super) saved: Option<SaveReport>,
    pub(super) saves: u64,
}

impl Status {
    pub(super) fn take(&mut self, report: &Report) {
        match report {
            Report::Material(material) => {
                let set = material.content.get::<TestSet>().filter(|set| !set.of_text);
                (self.images, self.is_known) = (set.cloned(), true);
            }
            Report::Started(started) => {
                self.run = started.run;
                self.metrics = started.metrics.clone().into();
                (self.step, self.last, self.test) = (Step(0), None, None);
            }
            Report::State { state, step } => {
                self.state = Some(state.clone());
                self.step = self.step.max(*step);
            }
            Report::Stepped(stepped) => {
                self.step = self.step.max(stepped.step);
                self.last = Some(*stepped);
            }
            Report::EpochEnded(epoch) => {
                self.test = epoch.test.as_ref().map(|test| test.values).or(self.test);
            }
            Report::Saved(saved) if saved.asked => {
                self.saves += 1;
                self.saved = Some(saved.clone());
            }
            Report::Graph(_)
            | Report::Stage(_)
            | Report::Found(_)
            | Report::Saved(_)
            | Report::Finished(_) => {}
        }
    }

    /// The metrics of a split by their names.
    pub(super) fn of_split(&self, split: Split) -> impl Iterator<Item = (&'static str, f32)> {
        let values = match split {
            Split::Train => self.last.map(|step| step.values),
            Split::Test => self.test,
        };
        let names: Vec<_> =
            self.metrics.iter().filter(|one| one.split == split).map(|one| one.name).collect();
        let values: Vec<f32> = values.map(|values| values.as_slice().to_vec()).unwrap_or_default();
        names.into_iter().zip(values)
    }

    /// Its state in a word.
    pub(super) fn word(&self) -> &'static str {
        self.state.as_ref().map_or("preparing", RunState::word)
    }
}
