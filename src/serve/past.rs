//! What has been told of the run so far, for a viewer that comes later: all that it needs, in the order in which it was told,
//! and no more of it than can be kept; steps are thinned as they are for a slow viewer.

use std::{collections::VecDeque, sync::Arc};

use crate::stream::{
    EpochReport, Finished, Material, ModelGraph, Report, RunState, SaveReport, Stage, StageReport,
    Started, Step, TestReport, steps_merged,
};

/// Reports of steps, epochs and findings that are kept before they are thinned.
const MOST_TOLD: usize = 1 << 15;
/// Memory that tests and findings of a run may take, in bytes, before the oldest are left out.
const MOST_BYTES: usize = 256 << 20;

/// The run so far.
#[derive(Default)]
pub(super) struct Past {
    material: Option<Material>,
    graph: Option<Arc<ModelGraph>>,
    started: Option<Started>,
    stages: Vec<StageReport>,
    /// Steps, epochs and findings, in their order.
    told: VecDeque<Report>,
    /// When they are thinned next.
    most: usize,
    /// Memory of what is large among them, in bytes.
    bytes: usize,
    saved: Option<SaveReport>,
    state: Option<(RunState, Step)>,
    finished: Option<Finished>,
}

impl Past {
    /// Remembers a report; the start of a run forgets the one before.
    pub(super) fn take(&mut self, report: &Report) {
        match report {
            Report::Material(material) => self.material = Some(material.clone()),
            Report::Graph(graph) => self.graph = Some(graph.clone()),
            Report::Started(started) => self.begin(started),
            Report::Stage(stage) => {
                self.stages.retain(|earlier| earlier.stage != stage.stage);
                self.stages.push(stage.clone());
            }
            Report::State { state, step } => self.state = Some((state.clone(), *step)),
            Report::Saved(saved) => self.saved = Some(saved.clone()),
            Report::Finished(finished) => self.finished = Some(finished.clone()),
            Report::Stepped(_) | Report::EpochEnded(_) | Report::Found(_) => self.keep(report),
        }
    }

    /// All of it, as it would have been told.
    pub(super) fn all(&self) -> impl Iterator<Item = Report> {
        let state = self.state.clone().map(|(state, step)| Report::State { state, step });
        let graph = self.graph.clone().map(Report::Graph);
        let stages = self.stages.iter().cloned().map(Report::Stage);
        self.material
            .clone()
            .map(Report::Material)
            .into_iter()
            .chain(self.started.clone().map(Report::Started))
            .chain(graph.filter(|_| self.started.is_some()))
            .chain(stages)
            .chain(self.told.iter().cloned())
            .chain(self.saved.clone().map(Report::Saved))
            .chain(state)
            .chain(self.finished.clone().map(Report::Finished))
    }

    fn begin(&mut self, started: &Started) {
        // What comes before training is told before the start of a run or right after it.
        self.stages.retain(|stage| stage.stage < Stage::Train);
        self.told.clear();
        (self.bytes, self.most) = (0, MOST_TOLD);
        (self.saved, self.state, self.finished) = (None, None, None);
        self.started = Some(started.clone());
    }

    fn keep(&mut self, report: &Report) {
        self.bytes += bytes(report);
        self.told.push_back(report.clone());
        while self.bytes > MOST_BYTES && self.leave_out_the_oldest() {}
        if self.told.len() > self.most.max(MOST_TOLD) {
            self.told = steps_merged(std::mem::take(&mut self.told));
            if self.told.len() > MOST_TOLD * 3 / 4 {
                self.leave_out_every_other();
            }
            // What is left is what a run was found to be; it is bounded by its bytes.
            self.most = 2 * self.told.len();
        }
    }

    /// Leaves out the oldest finding or the numbers of the oldest test; `false` where there is none.
    fn leave_out_the_oldest(&mut self) -> bool {
        let Some(place) = self.told.iter().position(|report| bytes(report) > 0) else {
            self.bytes = 0;
            return false;
        };
        let Some(report) = self.told.get_mut(place) else { return false };
        self.bytes = self.bytes.saturating_sub(bytes(report));
        match report {
            Report::EpochEnded(EpochReport { test: Some(test), .. }) => {
                *test = TestReport {
                    values: test.values,
                    confusion: Arc::from([]),
                    mistakes: Arc::from([]),
                    said: Arc::from([]),
                    losses: Arc::from([]),
                };
            }
            _ => drop(self.told.remove(place)),
        }
        true
    }

    /// Leaves out every other step and epoch where each epoch has few steps.
    fn leave_out_every_other(&mut self) {
        let (mut steps, mut epochs) = (0_usize, 0_usize);
        self.told.retain(|report| {
            let count = match report {
                Report::Stepped(_) => &mut steps,
                Report::EpochEnded(_) => &mut epochs,
                _ => return true,
            };
            *count += 1;
            *count % 2 == 0
        });
    }
}

/// Memory of what is large in a report, in bytes.
fn bytes(report: &Report) -> usize {
    match report {
        Report::Found(found) => found.bytes(),
        Report::EpochEnded(EpochReport { test: Some(test), .. }) => {
            size_of_val(&*test.confusion)
                + size_of_val(&*test.mistakes)
                + size_of_val(&*test.said)
                + size_of_val(&*test.losses)
        }
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        history::Run,
        stream::{Content, MetricValues, Payload, StepReport, WatchCost},
    };
    use serde::{Deserialize, Serialize};

    /// Something large that was found.
    #[derive(Debug, Serialize, Deserialize)]
    struct Heap(usize);

    impl Content for Heap {
        const KIND: &'static str = "test.heap";

        fn bytes(&self) -> usize {
            self.0
        }
    }

    fn step(step: u64, epoch: u32) -> Report {
        Report::Stepped(StepReport {
            step: Step(step),
            epoch,
            values: MetricValues::new(&[step as f32]),
            learning_rate: 0.1,
            steps_per_second: 1.0,
            examples_per_second: 1.0,
            cost: WatchCost::default(),
            merged: 1,
        })
    }

    fn of(reports: impl IntoIterator<Item = Report>) -> Past {
        let mut past = Past::default();
        past.take(&Report::Started(Started::example()));
        reports.into_iter().for_each(|report| past.take(&report));
        past
    }

    #[test]
    fn who_comes_late_knows_the_run_as_if_it_had_been_there() {
        let reports = [
            Report::State { state: RunState::Preparing, step: Step(0) },
            Report::State { state: RunState::Training, step: Step(0) },
            step(1, 1),
            step(2, 1),
            Report::Found(Payload::new(Heap(1))),
            Report::State { state: RunState::Paused, step: Step(2) },
        ];
        let past = of(reports);
        let mut run = Run::new(0);
        past.all().for_each(|report| run.take(report));
        assert_eq!((run.state(), run.step()), (&RunState::Paused, Step(2)));
        assert_eq!(run.scalars().at(Step(1)).unwrap().values.loss(), 1.0);
        assert_eq!(run.started().unwrap().seed, 42);
        // Another run begins with nothing of it.
        let mut past = past;
        past.take(&Report::Started(Started { seed: 7, ..Started::example() }));
        assert_eq!(past.all().count(), 1);
    }

    #[test]
    fn many_steps_are_told_together_and_none_is_lost() {
        let past = of((1..=500_000).map(|at| step(at, 1)));
        let steps = past.all().filter_map(|report| match report {
            Report::Stepped(step) => Some(step),
            _ => None,
        });
        let (mut count, mut stands_for, mut last) = (0, 0, Step(0));
        for step in steps {
            assert!(step.step > last);
            (count, stands_for, last) = (count + 1, stands_for + step.merged, step.step);
        }
        assert!(count <= 2 * MOST_TOLD, "{count}");
        assert_eq!((stands_for, last), (500_000, Step(500_000)));
    }

    #[test]
    fn epochs_of_one_step_are_thinned_too() {
        let past = of((1..=200_000).map(|at| step(at, at as u32)));
        assert!(past.all().count() <= 2 * MOST_TOLD, "{}", past.all().count());
    }

    #[test]
    fn what_was_found_takes_so_much_memory_and_no_more() {
        let past = of((0..10).map(|_| Report::Found(Payload::new(Heap(MOST_BYTES / 4)))));
        let found = past.all().filter(|report| matches!(report, Report::Found(_))).count();
        assert!((2..=4).contains(&found), "{found}");
    }
}
