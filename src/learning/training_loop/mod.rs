//! The loop: look for a request, take a step, tell of it, test after each epoch.

mod edits;
mod estimate;
mod evaluation;
mod requests;
mod saving;
mod start;
mod steps;
mod studies;
mod tally;

use std::{
    collections::VecDeque,
    sync::Arc,
    time::{Duration, Instant},
};

use self::{estimate::Estimate, studies::Studies, tally::Tally};
use super::{
    Outline, StepPlace, TrainError, Trainable, TrainingConfig, recorder::Recorder,
    throughput::Throughput,
};
use crate::{
    sentence::on_one_line,
    stream::{
        Command, EpochReport, Fact, ModelGraph, Payload, Report, RunId, RunState, SessionId, Stage,
        StageReport, Step, TrainerEnd, Waited,
    },
    words::InPhrase,
};

/// A run that goes on until the viewer hangs up.
pub(super) struct TrainingLoop {
    trainable: Box<dyn Trainable>,
    outline: Outline,
    graph: Arc<ModelGraph>,
    config: TrainingConfig,
    threads: usize,
    trainer: TrainerEnd,
    /// Requests that came during a test.
    pending: VecDeque<Command>,
    studies: Studies,
    recorder: Recorder,
    run: RunId,
    begun: bool,
    /// Whether the model has begun the run, so that it can be shown and asked.
    sound: bool,
    /// Whether the viewer knows what the trainable is about now.
    material_told: bool,
    seed: u64,
    learning_rate: f64,
    /// The learning rate of the last step.
    last_rate: f64,
    state: RunState,
    /// Whether all steps are taken and what was learned is being judged.
    judging: bool,
    /// The last epoch, which is told together with the last test.
    last_epoch: Option<EpochReport>,
    /// Steps to take before pausing; `None` is no end.
    remaining: Option<u32>,
    /// The least time from step to step, and when the next may come.
    limit: Option<Duration>,
    next_step: Instant,
    step: u64,
    at: StepPlace,
    epoch: Tally,
    whole: Tally,
    pace: Throughput,
    estimate: Estimate,
    started: Instant,
}

impl TrainingLoop {
    pub(super) fn new(
        trainable: Box<dyn Trainable>,
        config: TrainingConfig,
        threads: usize,
        trainer: TrainerEnd,
    ) -> Self {
        let now = Instant::now();
        let outline = trainable.outline();
        let (snapshots, first) = (trainer.snapshots.clone(), outline.first_input.clone());
        Self {
            recorder: Recorder::new(snapshots, config.snapshots_per_second, first),
            run: RunId::first_of(SessionId::fresh()),
            begun: false,
            sound: false,
            material_told: false,
            seed: config.seed,
            learning_rate: config.learning_rate,
            last_rate: config.learning_rate,
            state: RunState::Preparing,
            judging: false,
            last_epoch: None,
            remaining: None,
            limit: None,
            next_step: now,
            step: 0,
            at: StepPlace { epoch: 0, batch: 0 },
            epoch: Tally::default(),
            whole: Tally::default(),
            pace: Throughput::default(),
            estimate: Estimate::default(),
            started: now,
            pending: VecDeque::new(),
            studies: Studies::default(),
            trainable,
            outline,
            graph: Arc::default(),
            config,
            threads,
            trainer,
        }
    }

    /// Teaches until the viewer hangs up; after an error it can be called again.
    pub(super) fn go_on(&mut self) -> Result<(), TrainError> {
        if !self.begun {
            self.begin()?;
        }
        loop {
            match self.next_request() {
                Waited::HungUp => return Ok(()),
                Waited::Asked(command) => self.obey(command)?,
                Waited::Queried(query) => self.answer(&query),
                Waited::Nothing => {
                    if self.state != RunState::Training {
                        // It may only have been time to hand on reports that wait.
                        if self.trainable.is_busy() && self.recorder.has_room() {
                            self.show();
                        }
                        continue;
                    }
                    if self.judging {
                        if self.trainable.is_busy() && self.recorder.due(Instant::now()) {
                            self.show();
                        }
                        if self.judge()?.is_break() {
                            // Only a viewer that is gone breaks it off; the next look says so.
                            continue;
                        }
                        self.count_down(1);
                    } else if self.next_step <= Instant::now() {
                        self.take_step()?;
                    }
                }
            }
        }
    }

    /// Says that the run has failed; only a restart leads on.
    pub(super) fn fail(&mut self, error: &TrainError) {
        self.enter(RunState::Failed { reason: on_one_line(error.in_phrase()) });
    }

    fn set_off(&mut self) {
        let now = Instant::now();
        self.next_step = now;
        self.pace.start(now, self.step, self.whole.examples);
    }

    fn tell(&mut self, findings: Vec<Payload>) {
        for finding in findings {
            self.post(Report::Found(finding));
        }
    }

    /// Takes a snapshot of the network as it is, while nothing waits.
    fn show(&mut self) {
        self.take_snapshot(false);
    }

    fn take_snapshot(&mut self, a_step_waits: bool) {
        if !self.sound {
            return;
        }
        let at = (self.run, Step(self.step));
        self.recorder.take(self.trainable.as_mut(), at, a_step_waits);
    }

    fn enter(&mut self, state: RunState) {
        self.state = state.clone();
        self.post(Report::State { state, step: Step(self.step) });
    }

    fn stage(&mut self, stage: Stage, done: bool, facts: Vec<Fact>) {
        self.post(Report::Stage(StageReport { stage, done, facts }));
    }

    fn post(&mut self, report: Report) {
        self.trainer.outbox.post(report);
    }
}
