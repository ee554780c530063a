//! A run as a timeline: take what the trainer says, then ask how things were at a step.

mod budget;
mod kept;
mod past;
mod scalars;

use std::{collections::BTreeMap, marker::PhantomData, sync::Arc};

use crate::stream::{
    Content, EpochReport, Finished, LayerValues, Material, ModelGraph, Payload, Report, RunState,
    SaveReport, Snapshot, Stage, StageReport, Started, Step, TensorSpec, TestReport,
};
use crate::words::Phrase;

pub use budget::{Remembered, Snapshots};
pub use kept::{KeptGroup, KeptRun, beside};
pub use scalars::{Scalars, StepScalars};

/// Everything that is remembered of a session's current run; a restart begins another.
#[derive(Debug)]
pub struct Run {
    material: Option<Material>,
    graph: Option<Arc<ModelGraph>>,
    started: Option<Started>,
    stages: Vec<StageReport>,
    state: RunState,
    step: Step,
    scalars: Scalars,
    epochs: Vec<EpochReport>,
    /// What the trainable found out, by its kind.
    found: BTreeMap<&'static str, Vec<Payload>>,
    /// When it was written down, or was to be.
    saved: Vec<SaveReport>,
    finished: Option<Finished>,
    snapshots: Snapshots,
    /// A snapshot that overtook the report of its run's start on the other lane.
    early: Option<Arc<Snapshot>>,
    /// The last one that came of a step before the newest: only who plays a recording goes back for one.
    recalled: Option<Arc<Snapshot>>,
}

impl Run {
    /// Remembers a run of which nothing has happened, with so many bytes for snapshots.
    pub fn new(snapshot_bytes: usize) -> Self {
        Self {
            material: None,
            graph: None,
            started: None,
            stages: Vec::new(),
            state: RunState::Preparing,
            step: Step(0),
            scalars: Scalars::default(),
            epochs: Vec::new(),
            found: BTreeMap::new(),
            saved: Vec::new(),
            finished: None,
            snapshots: Snapshots::new(snapshot_bytes),
            early: None,
            recalled: None,
        }
    }

    /// Remembers a report; the start of a run forgets the one before.
    pub fn take(&mut self, report: Report) {
        match report {
            Report::Material(material) => self.material = Some(material),
            Report::Graph(graph) => self.graph = Some(graph),
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
            Report::Found(found) => self.found.entry(found.kind()).or_default().push(found),
            Report::Saved(saved) => self.saved.push(saved),
            Report::Finished(finished) => self.finished = Some(finished),
        }
    }

    /// Remembers a snapshot, and thins those before it when they take too much memory.
    ///
    /// A snapshot of an earlier run is dropped, one of a run that has not begun is kept for it.
    pub fn keep(&mut self, snapshot: Arc<Snapshot>) {
        let begun = self.started.as_ref().map(|started| started.run);
        if begun == Some(snapshot.run) {
            if self.newest_snapshot().is_some_and(|newest| newest.step > snapshot.step) {
                self.recalled = Some(snapshot);
                return;
            }
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
        self.found.clear();
        self.saved.clear();
        self.finished = None;
        self.recalled = None;
        self.snapshots = Snapshots::new(self.snapshots.remembered().budget_bytes);
        let run = started.run;
        self.started = Some(started);
        if let Some(early) = self.early.take_if(|early| early.run == run) {
            self.snapshots.push(early);
        }
    }

    /// What the run is about, if it is of this kind.
    pub fn material<C: Content>(&self) -> Option<&Arc<C>> {
        self.material.as_ref()?.content.get()
    }

    /// What is to be known of what it is about, one sentence each.
    pub fn remarks(&self) -> &[Phrase] {
        self.material.as_ref().map_or(&[], |material| &material.remarks)
    }

    /// What is computed from what, once it is declared.
    pub const fn graph(&self) -> Option<&Arc<ModelGraph>> {
        self.graph.as_ref()
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

    /// What of this kind the trainable has found out so far, in the order it was told.
    pub fn found<C: Content>(&self) -> PayloadsOf<'_, C> {
        PayloadsOf(self.found.get(C::KIND).map_or(&[], Vec::as_slice), PhantomData)
    }

    /// What the finished run came to, if it is of this kind.
    pub fn verdict<C: Content>(&self) -> Option<&Arc<C>> {
        self.finished.as_ref()?.verdict.get()
    }

    /// Each time the run was written down or could not be, in order.
    pub fn saved(&self) -> &[SaveReport] {
        &self.saved
    }

    /// How the run ended, once it has.
    pub const fn finished(&self) -> Option<&Finished> {
        self.finished.as_ref()
    }

    /// The newest snapshot of this step or before it that is still kept, or was gone back for.
    pub fn snapshot_at(&self, step: Step) -> Option<&Arc<Snapshot>> {
        let kept = self.snapshots.at(step);
        let recalled = self.recalled.as_ref().filter(|recalled| recalled.step <= step);
        // The same step may be kept coarser.
        let is_nearer =
            |recalled: &&Arc<Snapshot>| kept.is_none_or(|kept| kept.step <= recalled.step);
        recalled.filter(is_nearer).or(kept)
    }

    /// What is known at this step of a tensor that its snapshot may not hold: when it was seen last, and its parts.
    ///
    /// What the network makes of its input is known only of the input of the snapshot; weights are the same whatever it is shown.
    pub fn last_seen(
        &self,
        tensor: &TensorSpec,
        snapshot: &Snapshot,
    ) -> Option<(Step, Vec<&LayerValues>)> {
        let of = self.graph().is_none_or(|graph| graph.follows_the_input(tensor));
        self.snapshots.last_seen(tensor.name, snapshot.step, of.then_some(&snapshot.input))
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

/// All that was told of one kind, in order.
pub struct PayloadsOf<'a, C>(&'a [Payload], PhantomData<C>);

impl<C> Clone for PayloadsOf<'_, C> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<C> Copy for PayloadsOf<'_, C> {}

impl<'a, C: Content> PayloadsOf<'a, C> {
    /// How often it was told.
    pub const fn len(self) -> usize {
        self.0.len()
    }

    /// Whether it was never told.
    pub const fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// What was told at this place, counted from 0.
    pub fn get(self, place: usize) -> Option<&'a Arc<C>> {
        self.0.get(place)?.get()
    }

    /// What was told last.
    pub fn last(self) -> Option<&'a Arc<C>> {
        self.0.last()?.get()
    }

    /// All of it, in order.
    pub fn iter(self) -> impl Iterator<Item = &'a C> {
        self.after(0)
    }

    /// All after so many.
    pub fn after(self, seen: usize) -> impl Iterator<Item = &'a C> {
        self.0.iter().skip(seen).filter_map(Payload::get).map(Arc::as_ref)
    }

    /// The place of the first that is not `before`, where all that are stand in front.
    pub fn partition_point(self, mut before: impl FnMut(&C) -> bool) -> usize {
        self.0.partition_point(|told| told.get::<C>().is_some_and(|told| before(told)))
    }
}
