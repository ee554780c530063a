//! A run as a timeline: take what the trainer says, then ask how things were at a step.

mod budget;
mod scalars;

use std::sync::Arc;

use crate::stream::{
    DescentStep, EpochReport, Finished, FoldReport, Material, Ratings, Report, RunState, Snapshot,
    Stage, StageReport, Started, Step, Surface, Table, TableTest, TestReport, TestSet, TuneReport,
};

pub use budget::{Remembered, Snapshots};
pub use scalars::{Scalars, StepScalars};

/// Everything that is remembered of a session's current run; a restart begins another.
#[derive(Debug)]
pub struct Run {
    material: Option<Material>,
    started: Option<Started>,
    stages: Vec<StageReport>,
    state: RunState,
    step: Step,
    scalars: Scalars,
    epochs: Vec<EpochReport>,
    folds: Vec<FoldReport>,
    descent: Vec<DescentStep>,
    tuned: Vec<TuneReport>,
    tested: Option<Arc<TableTest>>,
    finished: Option<Finished>,
    snapshots: Snapshots,
    /// A snapshot that overtook the report of its run's start on the other lane.
    early: Option<Arc<Snapshot>>,
}

impl Run {
    /// Remembers a run of which nothing has happened, with so many bytes for snapshots.
    pub fn new(snapshot_bytes: usize) -> Self {
        Self {
            material: None,
            started: None,
            stages: Vec::new(),
            state: RunState::Preparing,
            step: Step(0),
            scalars: Scalars::default(),
            epochs: Vec::new(),
            folds: Vec::new(),
            descent: Vec::new(),
            tuned: Vec::new(),
            tested: None,
            finished: None,
            snapshots: Snapshots::new(snapshot_bytes),
            early: None,
        }
    }

    /// Remembers a report; the start of a run forgets the one before.
    pub fn take(&mut self, report: Report) {
        match report {
            Report::Material(material) => self.material = Some(material),
            Report::Started(started) => self.begin(started),
            Report::Stage(stage) => {
                self.stages.retain(|earlier| earlier.stage != stage.stage);
                self.stages.push(stage);
                self.stages.sort_by_key(|stage| stage.stage);
            }
            Report::State { state, step } => {
                self.state = state;
                self.step = self.step.max(step);
            }
            Report::Stepped(step) => {
                self.step = self.step.max(step.step);
                self.scalars.append(step);
            }
            Report::EpochEnded(epoch) => self.epochs.push(epoch),
            Report::Fold(fold) => self.folds.push(fold),
            Report::Descended(steps) => self.descent.extend_from_slice(&steps),
            Report::Tuned(tuned) => self.tuned.push(tuned),
            Report::Tested(tested) => self.tested = Some(tested),
            Report::Finished(finished) => self.finished = Some(finished),
        }
    }

    /// Remembers a snapshot, and thins those before it when they take too much memory.
    ///
    /// A snapshot of an earlier run is dropped, one of a run that has not begun is kept for it.
    pub fn keep(&mut self, snapshot: Arc<Snapshot>) {
        let begun = self.started.as_ref().map(|started| started.run);
        if begun == Some(snapshot.run) {
            self.snapshots.push(snapshot);
        } else if begun.is_none_or(|run| run < snapshot.run) {
            self.early = Some(snapshot);
        }
    }

    fn begin(&mut self, started: Started) {
        // What comes before training is told before the start of a run or right after it.
        self.stages.retain(|stage| stage.stage < Stage::Train);
        self.state = RunState::Preparing;
        self.step = Step(0);
        self.scalars = Scalars::default();
        self.epochs.clear();
        self.folds.clear();
        self.descent.clear();
        self.tuned.clear();
        self.tested = None;
        self.finished = None;
        self.snapshots = Snapshots::new(self.snapshots.remembered().budget_bytes);
        let run = started.run;
        self.started = Some(started);
        if let Some(early) = self.early.take_if(|early| early.run == run) {
            self.snapshots.push(early);
        }
    }

    /// The images that the network is tested on, if it is a classifier.
    pub const fn test_set(&self) -> Option<&TestSet> {
        match &self.material {
            Some(Material::Images(images)) => Some(images),
            _ => None,
        }
    }

    /// The ratings that are learned, if the model is a recommender.
    pub const fn ratings(&self) -> Option<&Arc<Ratings>> {
        match &self.material {
            Some(Material::Ratings(ratings)) => Some(ratings),
            _ => None,
        }
    }

    /// The surface that is descended, if there is one.
    pub const fn surface(&self) -> Option<&Arc<Surface>> {
        match &self.material {
            Some(Material::Surface(surface)) => Some(surface),
            _ => None,
        }
    }

    /// The table that a model is fitted to, if there is one.
    pub const fn table(&self) -> Option<&Arc<Table>> {
        match &self.material {
            Some(Material::Table(table)) => Some(table),
            _ => None,
        }
    }

    /// What the run consists of, once it has begun.
    pub const fn started(&self) -> Option<&Started> {
        self.started.as_ref()
    }

    /// The stages that have begun, in order, each with what is known of it now.
    pub fn stages(&self) -> &[StageReport] {
        &self.stages
    }

    /// What the run is doing.
    pub const fn state(&self) -> &RunState {
        &self.state
    }

    /// Steps taken so far.
    pub const fn step(&self) -> Step {
        self.step
    }

    /// The numbers of every step.
    pub const fn scalars(&self) -> &Scalars {
        &self.scalars
    }

    /// Every epoch that has ended, in order.
    pub fn epochs(&self) -> &[EpochReport] {
        &self.epochs
    }

    /// The last epoch that had ended after this many steps.
    pub fn epoch_at(&self, step: Step) -> Option<&EpochReport> {
        let ended = self.epochs.partition_point(|epoch| epoch.step <= step);
        self.epochs.get(ended.checked_sub(1)?)
    }

    /// The last test that had been made after this many steps.
    pub fn test_at(&self, step: Step) -> Option<&TestReport> {
        self.epoch_at(step)?.test.as_ref()
    }

    /// What the folds of a cross-validation have come to so far, in the order it was told.
    pub fn folds(&self) -> &[FoldReport] {
        &self.folds
    }

    /// Every step on a surface, in order: the one at place `n` was taken after `n` steps.
    pub fn descent(&self) -> &[DescentStep] {
        &self.descent
    }

    /// The folds of the search for the strength of a penalty so far, in the order they were told.
    pub fn tuned(&self) -> &[TuneReport] {
        &self.tuned
    }

    /// What the finished model says of each row that was held out.
    pub const fn tested(&self) -> Option<&Arc<TableTest>> {
        self.tested.as_ref()
    }

    /// How the run ended, once it has.
    pub const fn finished(&self) -> Option<&Finished> {
        self.finished.as_ref()
    }

    /// The newest snapshot of this step or before it that is still kept.
    pub fn snapshot_at(&self, step: Step) -> Option<&Arc<Snapshot>> {
        self.snapshots.at(step)
    }

    /// The newest snapshot.
    pub fn newest_snapshot(&self) -> Option<&Arc<Snapshot>> {
        self.snapshots.newest()
    }

    /// All snapshots that are kept, in order.
    pub fn snapshots(&self) -> impl ExactSizeIterator<Item = &Arc<Snapshot>> {
        self.snapshots.iter()
    }

    /// How many snapshots are kept of how many, and what they cost.
    pub fn remembered(&self) -> Remembered {
        self.snapshots.remembered()
    }
}
