//! The loop: look for a request, take a step, tell of it, test after each epoch.

use std::{
    collections::VecDeque,
    ops::ControlFlow,
    sync::Arc,
    time::{Duration, Instant},
};

use super::{
    Evaluation, Judgement, Outline, StepOrder, StepPlace, Stepped, TrainError, Trainable,
    TrainingConfig, recorder::Recorder, throughput::Throughput, training_config::usable_rate,
};
use crate::{
    sentence::visible,
    stream::{
        Command, EpochReport, Fact, Finished, MOST_METRICS, MetricValues, ModelGraph, Payload,
        Query, Reply, Report, RunId, RunState, SessionId, Stage, StageReport, Started, Step,
        StepReport, TestReport, TrainerEnd, Waited,
    },
};

/// Steps that a speed limit allows within this are taken at once.
const SLICE: Duration = Duration::from_millis(16);

/// Between two snapshots of what goes on beside the steps.
const BUSY: Duration = Duration::from_millis(60);

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
    recorder: Recorder,
    run: RunId,
    begun: bool,
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
    started: Instant,
}

/// Sums over an epoch or a run.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    examples: u64,
    /// Metrics times examples.
    sums: [f64; MOST_METRICS],
    /// Time spent on steps, watching included.
    working: Duration,
    /// Time slept to keep the speed limit.
    limited: Duration,
}

impl Tally {
    fn examples_per_second(&self) -> f32 {
        let seconds = (self.working + self.limited).as_secs_f64();
        if seconds > 0.0 { (self.examples as f64 / seconds) as f32 } else { 0.0 }
    }

    /// Time that was there for steps, taken or waited for.
    fn busy(&self) -> Duration {
        self.working + self.limited
    }

    fn add(&mut self, stepped: &Stepped, took: Duration) {
        self.examples += stepped.examples as u64;
        self.working += took;
        for (sum, value) in self.sums.iter_mut().zip(stepped.values.as_slice()) {
            *sum += f64::from(*value) * stepped.examples as f64;
        }
    }

    /// Means over all examples, of so many metrics.
    fn means(&self, metrics: usize) -> MetricValues {
        let means = self.sums.map(|sum| (sum / self.examples.max(1) as f64) as f32);
        MetricValues::new(means.get(..metrics).unwrap_or(&means))
    }
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
            started: now,
            pending: VecDeque::new(),
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
                Waited::Queried(query) => self.answer(query),
                Waited::Nothing => {
                    if self.state != RunState::Training {
                        self.show();
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
        self.enter(RunState::Failed { reason: visible(&error.to_string()) });
    }

    fn next_request(&mut self) -> Waited {
        if let Some(command) = self.pending.pop_front() {
            return Waited::Asked(command);
        }
        if self.state != RunState::Training {
            // Something beside the steps goes on, and is worth a look now and then.
            let patience = self.trainable.is_busy().then_some(BUSY);
            return self.trainer.wait(patience);
        }
        let now = Instant::now();
        let Some(patience) =
            self.next_step.checked_duration_since(now).filter(|left| !left.is_zero())
        else {
            return self.trainer.look();
        };
        let waited = self.trainer.wait(Some(patience));
        let slept = now.elapsed();
        self.epoch.limited += slept;
        self.whole.limited += slept;
        waited
    }

    /// Answers a question from what is learned now; a step that waits for it is on the bill of watching.
    fn answer(&mut self, Query { id, about }: Query) {
        let start = Instant::now();
        let said = self.trainable.answer(&about).map_err(|error| visible(&error.to_string()));
        self.trainer.answer(Reply { id, run: self.run, step: Step(self.step), said });
        if self.state == RunState::Training && !self.judging {
            self.recorder.bill(start.elapsed());
        }
    }

    fn obey(&mut self, command: Command) -> Result<(), TrainError> {
        match command {
            Command::Pause | Command::Advance { steps: 0 } => self.pause(),
            Command::Resume => self.resume(None),
            Command::Advance { steps } => {
                let left =
                    if self.state == RunState::Training { self.remaining.unwrap_or(0) } else { 0 };
                self.resume(Some(left.saturating_add(steps)));
            }
            Command::LimitSpeed { steps_per_second } => match steps_per_second {
                Some(limit) if !usable_rate(limit) => {
                    tracing::warn!(
                        "the speed limit stays: {limit} steps per second is not a positive finite number"
                    );
                }
                limit => {
                    // A step a day is slow enough, and keeps the arithmetic of time within bounds.
                    self.limit =
                        limit.map(|limit| Duration::from_secs_f64((1.0 / limit).min(86_400.0)));
                    self.next_step = Instant::now();
                }
            },
            Command::SetLearningRate(rate) => self.set_learning_rate(rate),
            Command::Watch(input) => {
                self.recorder.watch(input);
                // Where no step follows that would show it.
                if self.state != RunState::Training || self.judging {
                    self.show();
                }
            }
            Command::Subscribe(wanted) => {
                self.recorder.subscribe(wanted, &self.graph);
                if self.state != RunState::Training || self.judging {
                    self.show();
                }
            }
            Command::SetSnapshotRate { per_second } => self.recorder.set_rate(per_second),
            Command::Restart { seed, learning_rate } => {
                self.seed = seed;
                if let Some(rate) = learning_rate {
                    self.set_learning_rate(rate);
                }
                self.run = self.run.next();
                self.begin()?;
            }
            Command::Change(change) => {
                self.trainable.change(&change)?;
                self.outline = self.trainable.outline();
                if let Some(rate) = self.trainable.fresh_rate() {
                    self.set_learning_rate(rate);
                    self.config.working_rate = rate;
                }
                self.recorder.watch(self.outline.first_input.clone());
                self.material_told = false;
                self.run = self.run.next();
                self.begin()?;
            }
            Command::Stop if !self.state.is_over() => self.conclude()?,
            Command::Stop => {}
        }
        Ok(())
    }

    fn set_learning_rate(&mut self, rate: f64) {
        if usable_rate(rate) {
            self.learning_rate = rate;
        } else {
            tracing::warn!(
                "the learning rate stays {}: {rate} is not a positive finite number",
                self.learning_rate
            );
        }
    }

    fn begin(&mut self) -> Result<(), TrainError> {
        self.begun = true;
        if self.trainable.reseed(self.seed)? {
            self.outline = self.trainable.outline();
            self.material_told = false;
        }
        let outline = self.outline.clone();
        let is_new = !self.material_told;
        if is_new {
            self.material_told = true;
            let material = self.trainable.material();
            self.post(Report::Material(material));
        }
        self.started = Instant::now();
        self.step = 0;
        self.last_rate = self.learning_rate;
        self.at = StepPlace { epoch: 0, batch: 0 };
        (self.epoch, self.whole) = (Tally::default(), Tally::default());
        (self.judging, self.last_epoch) = (false, None);
        self.trainable.forget_evaluation();
        self.remaining = None;
        self.recorder.start();
        self.post(Report::Started(Started {
            run: self.run,
            exhibit: outline.exhibit,
            device: outline.device,
            seed: self.seed,
            parameters: outline.parameters,
            example: outline.example,
            metrics: outline.metrics,
            train_examples: outline.train_examples,
            test_examples: outline.test_examples,
            batch: outline.batch,
            epochs: self.config.epochs,
            in_epochs: outline.in_epochs,
            learning_rates: outline.learning_rates,
            largest_stable_rate: outline.largest_stable_rate,
            steps_per_epoch: outline.steps_per_epoch,
            learning_rate: self.learning_rate,
            threads: self.threads,
        }));
        if is_new {
            self.graph = Arc::new(self.trainable.graph()?);
            self.post(Report::Graph(self.graph.clone()));
        }
        self.enter(RunState::Preparing);
        let outbox = &mut self.trainer.outbox;
        self.trainable.begin(self.seed, &mut |stage, facts| {
            outbox.post(Report::Stage(StageReport { stage, done: true, facts }));
        })?;
        let config = [
            Fact { name: "Epochs", value: self.config.epochs.to_string() },
            Fact { name: "Steps in an epoch", value: outline.steps_per_epoch.to_string() },
            Fact { name: "Batch", value: outline.batch.to_string() },
            Fact { name: "Learning rate", value: self.learning_rate.to_string() },
            Fact { name: "Threads", value: self.threads.to_string() },
        ];
        self.stage(Stage::Train, false, config.to_vec());
        self.show();
        self.set_off();
        self.enter(RunState::Training);
        Ok(())
    }

    fn pause(&mut self) {
        if self.state == RunState::Training {
            self.remaining = None;
            self.enter(RunState::Paused);
            self.show();
        }
    }

    fn resume(&mut self, remaining: Option<u32>) {
        if self.state.is_over() {
            return;
        }
        self.remaining = remaining;
        if self.state == RunState::Paused {
            self.set_off();
            self.enter(RunState::Training);
        }
    }

    fn set_off(&mut self) {
        let now = Instant::now();
        self.next_step = now;
        self.pace.start(now, self.step, self.whole.examples);
    }

    fn take_step(&mut self) -> Result<(), TrainError> {
        let start = Instant::now();
        let due = self.recorder.due(start);
        let keep = due && self.outline.pictures_gradients;
        let steps = self.steps_now();
        if let Some(period) = self.limit {
            self.next_step = (self.next_step + period * steps as u32).max(start);
        }
        if due && !keep {
            self.take_snapshot(true);
        }
        let order = StepOrder { at: self.at, steps, learning_rate: self.learning_rate, keep };
        let stepped = self.trainable.step(order)?;
        if keep {
            self.take_snapshot(true);
        }
        if !stepped.values.loss().is_finite() {
            // The step before it did the damage; this one has changed nothing.
            let (learning_rate, proposed) = (self.last_rate, self.config.gentler(self.last_rate));
            self.enter(RunState::Diverged { learning_rate, proposed });
            self.show();
            return Ok(());
        }
        let findings = self.trainable.findings();
        self.tell(findings);
        let now = Instant::now();
        for tally in [&mut self.epoch, &mut self.whole] {
            tally.add(&stepped, now - start);
        }
        self.last_rate = self.learning_rate;
        self.step += stepped.steps;
        self.at.batch += stepped.steps;
        let (steps_per_second, examples_per_second) =
            self.pace.measure(now, self.step, self.whole.examples);
        self.post(Report::Stepped(StepReport {
            step: Step(self.step),
            epoch: self.at.epoch + 1,
            values: stepped.values,
            learning_rate: self.learning_rate,
            steps_per_second,
            examples_per_second,
            cost: self.recorder.cost(self.whole.busy()),
            merged: 1,
        }));
        if stepped.over || self.at.batch >= self.outline.steps_per_epoch {
            self.end_epoch(stepped.over)?;
        }
        self.count_down(stepped.steps);
        Ok(())
    }

    /// As many steps as may be taken before the next look at requests.
    fn steps_now(&self) -> u64 {
        let left = self.outline.steps_per_epoch.saturating_sub(self.at.batch);
        let limited = self.limit.map_or(u64::MAX, |period| {
            (SLICE.as_nanos() / period.as_nanos().max(1)).try_into().unwrap_or(u64::MAX)
        });
        let wanted = self.remaining.map_or(u64::MAX, u64::from);
        // At most what a duration can be multiplied by.
        let most = self.outline.steps_at_once.min(u64::from(u32::MAX));
        most.min(left).min(limited).min(wanted).max(1)
    }

    /// Pauses after the steps that were asked for.
    fn count_down(&mut self, taken: u64) {
        if let Some(remaining) = &mut self.remaining {
            *remaining = remaining.saturating_sub(taken.try_into().unwrap_or(u32::MAX));
            if *remaining == 0 {
                self.pause();
            }
        }
    }

    /// `over` says that no step is left, whatever the epochs.
    fn end_epoch(&mut self, over: bool) -> Result<(), TrainError> {
        let last = over || self.at.epoch + 1 >= self.config.epochs;
        let report = EpochReport {
            epoch: self.at.epoch + 1,
            step: Step(self.step),
            train: self.epoch.means(self.outline.metrics_of_steps()),
            examples_per_second: self.epoch.examples_per_second(),
            test: None,
        };
        if self.outline.test_examples == 0 {
            self.post(Report::EpochEnded(report));
        } else if last {
            // Its test is the last one, which belongs to the judgement.
            self.last_epoch = Some(report);
        } else if let Some(test) = self.test()? {
            self.post(Report::EpochEnded(EpochReport { test: Some(test), ..report }));
        }
        self.at = StepPlace { epoch: self.at.epoch + 1, batch: 0 };
        self.epoch = Tally::default();
        // The test does not count as slow training.
        self.pace.start(Instant::now(), self.step, self.whole.examples);
        if last {
            self.begin_judging();
        }
        Ok(())
    }

    fn begin_judging(&mut self) {
        self.judging = true;
        let taken = Fact { name: "Steps", value: self.step.to_string() };
        self.stage(Stage::Train, true, vec![taken]);
        self.stage(Stage::Evaluate, false, Vec::new());
        if !self.outline.pictures_gradients {
            // What was learned stays as it is from here on.
            self.show();
        }
    }

    /// Judges a little more of what was learned; the run ends when all of it is.
    fn judge(&mut self) -> Result<ControlFlow<()>, TrainError> {
        let (trainer, pending) = (&mut self.trainer, &mut self.pending);
        let rate = self.learning_rate;
        match self.trainable.evaluate(rate, &mut || listen(trainer, pending, false))? {
            Evaluation::BrokenOff => Ok(ControlFlow::Break(())),
            Evaluation::Going(findings) => {
                self.tell(findings);
                Ok(ControlFlow::Continue(()))
            }
            Evaluation::Done(judged) => {
                self.finish(judged);
                Ok(ControlFlow::Continue(()))
            }
        }
    }

    /// Judges what was learned so far and ends the run, unless the viewer is gone.
    fn conclude(&mut self) -> Result<(), TrainError> {
        if !self.judging {
            self.begin_judging();
        }
        while !self.state.is_over() {
            match self.trainer.look() {
                Waited::HungUp => return Ok(()),
                Waited::Asked(command) => self.pending.push_back(command),
                Waited::Queried(query) => self.answer(query),
                Waited::Nothing => {}
            }
            if self.judge()?.is_break() {
                return Ok(());
            }
        }
        Ok(())
    }

    fn finish(&mut self, judged: Judgement) {
        self.tell(judged.findings);
        self.stage(Stage::Evaluate, true, judged.facts);
        if let Some(epoch) = self.last_epoch.take() {
            self.post(Report::EpochEnded(EpochReport { test: judged.test, ..epoch }));
        }
        self.judging = false;
        self.enter(RunState::Finished);
        self.show();
        self.post(Report::Finished(Finished {
            steps: Step(self.step),
            verdict: judged.verdict,
            examples_per_second: self.whole.examples_per_second(),
            seconds: self.started.elapsed().as_secs_f64(),
            cost: self.recorder.cost(self.whole.busy()),
        }));
    }

    fn tell(&mut self, findings: Vec<Payload>) {
        for finding in findings {
            self.post(Report::Found(finding));
        }
    }

    /// Tests the network; requests that come meanwhile are kept for later, but a viewer that is gone or wants to
    /// stop breaks it off.
    fn test(&mut self) -> Result<Option<TestReport>, TrainError> {
        let (trainer, pending) = (&mut self.trainer, &mut self.pending);
        self.trainable.test(&mut || listen(trainer, pending, true))
    }

    /// Takes a snapshot of the network as it is, while nothing waits.
    fn show(&mut self) {
        self.take_snapshot(false);
    }

    fn take_snapshot(&mut self, a_step_waits: bool) {
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

/// Keeps a request for later, and says whether to go on meanwhile.
fn listen(
    trainer: &mut TrainerEnd,
    pending: &mut VecDeque<Command>,
    may_stop: bool,
) -> ControlFlow<()> {
    match trainer.look_for_requests() {
        Waited::HungUp => ControlFlow::Break(()),
        Waited::Nothing | Waited::Queried(_) => ControlFlow::Continue(()),
        Waited::Asked(command) => {
            let stop = may_stop && command == Command::Stop;
            pending.push_back(command);
            if stop { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        }
    }
}
