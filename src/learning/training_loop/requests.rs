//! Requests between two steps: waiting for them, and doing what they ask.

use std::{
    collections::VecDeque,
    ops::ControlFlow,
    time::{Duration, Instant},
};

use super::TrainingLoop;
use crate::{
    images::Pictures,
    learning::{Reader, TrainError, panics::caught, training_config::usable_rate},
    sentence::on_one_line,
    stream::{
        Command, Content as _, Payload, Query, QueryId, Reply, RunId, RunState, Step, TrainerEnd,
        Waited,
    },
    words::Phrase,
};

/// Between two snapshots of what goes on beside the steps.
const BUSY: Duration = Duration::from_millis(60);

impl TrainingLoop {
    pub(super) fn next_request(&mut self) -> Waited {
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

    /// Answers a question from what is learned now, or lets it be studied; a step that waits for it is on the bill of
    /// watching.
    pub(super) fn answer(&mut self, query: &Query) {
        let start = Instant::now();
        if let Err(error) = self.answered(query) {
            let why = on_one_line(error.of_question());
            self.reply(query.id, Err(why));
        }
        // Whoever asks what images are does not watch.
        let watches = query.about.kind() != Pictures::KIND;
        if self.state == RunState::Training && !self.judging && watches {
            self.recorder.bill(start.elapsed());
        }
    }

    /// A question harms no run, not even one that panics; nor does one to a model that could not begin.
    fn answered(&mut self, query: &Query) -> Result<(), TrainError> {
        if !self.sound {
            return Err(TrainError::calculation(phrase!("learning-the-run-has-not-begun-2")));
        }
        if let Some(pictures) = query.about.get::<Pictures>() {
            let reader = caught(|| self.trainable.reader())?.ok_or_else(reads_none)?;
            let said = caught(|| reader.read(pictures))?;
            self.reply(query.id, Ok(Payload::new(said)));
            return Ok(());
        }
        // A core is left to what trains, and all of them where nothing does.
        let threads = if self.state == RunState::Training { 1 } else { self.threads };
        if let Some(at) = query.at.filter(|at| at.0 != self.step) {
            let (step, study) = caught(|| self.trainable.recall(&query.about, at))?;
            let of = (self.run, step);
            self.studies.begin(query, study, of, threads, &self.trainer.answers);
            return Ok(());
        }
        let Some(study) = caught(|| self.trainable.study(&query.about))? else {
            let said = caught(|| self.trainable.answer(&query.about))?;
            self.reply(query.id, Ok(said));
            return Ok(());
        };
        let at = (self.run, Step(self.step));
        self.studies.begin(query, study, at, threads, &self.trainer.answers);
        Ok(())
    }

    fn reply(&self, id: QueryId, said: Result<Payload, Phrase>) {
        let (run, step) = (self.run, Step(self.step));
        self.trainer.answers.answer(Reply { id, run, step, said });
    }

    pub(super) fn obey(&mut self, command: Command) -> Result<(), TrainError> {
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
            Command::Edit(asked) => self.edit_by_hand(&asked)?,
            Command::Save => self.save_on_the_way(true),
            Command::Stop if !self.state.is_over() => self.conclude()?,
            // What was is known to whoever has watched it.
            Command::Seek { .. } | Command::Stop => {}
        }
        Ok(())
    }

    /// Obeys what waits and only says what is to be shown, up to where the run is asked to begin anew.
    pub(super) fn obey_what_is_shown(&mut self) -> Result<(), TrainError> {
        while let Waited::Asked(command) = self.trainer.look_for_requests() {
            self.pending.push_back(command);
        }
        let mut anew = false;
        let (shown, others) = self.pending.drain(..).partition(|command| {
            anew |= matches!(command, Command::Restart { .. } | Command::Change(_));
            !anew && matches!(command, Command::Watch(_) | Command::Subscribe(_))
        });
        self.pending = others;
        VecDeque::into_iter(shown).try_for_each(|command| self.obey(command))
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

    pub(super) fn pause(&mut self) {
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
}

fn reads_none() -> TrainError {
    TrainError::calculation(phrase!("learning-this-model-reads-no-images"))
}

/// What images are to a model that is being tested, and so stays as it is.
pub(super) struct Meanwhile {
    reader: Option<Reader>,
    run: RunId,
    step: Step,
}

impl Meanwhile {
    /// The model as it is now.
    pub(super) fn of(fit: &TrainingLoop) -> Self {
        let reader = caught(|| fit.trainable.reader()).ok().flatten();
        Self { reader, run: fit.run, step: Step(fit.step) }
    }

    /// Answers one question for images; all others wait.
    fn answer(&self, trainer: &mut TrainerEnd) {
        let Some(reader) = &self.reader else { return };
        let Some(query) = trainer.look_for_question(Pictures::KIND) else { return };
        let Some(pictures) = query.about.get::<Pictures>() else { return };
        let said = caught(|| reader.read(pictures)).map(Payload::new);
        let said = said.map_err(|error| on_one_line(error.of_question()));
        trainer.answers.answer(Reply { id: query.id, run: self.run, step: self.step, said });
    }
}

/// Keeps a request for later, answers what images are, and says whether to go on meanwhile.
pub(super) fn listen(
    trainer: &mut TrainerEnd,
    pending: &mut VecDeque<Command>,
    meanwhile: &Meanwhile,
    may_stop: bool,
) -> ControlFlow<()> {
    meanwhile.answer(trainer);
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

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Sender, channel};

    use super::*;
    use crate::{
        learning::{
            Outline, Readout, Session, StepOrder, Stepped, Trainable, TrainingConfig, taps::Taps,
            trainable::NoVerdict,
        },
        stream::{
            Example, ExhibitId, Fact, InputChoice, Material, MetricValues, Report, Stage, connect,
        },
    };

    /// Tells what is looked at.
    struct Looked(Sender<InputChoice>);

    impl Trainable for Looked {
        fn outline(&self) -> Outline {
            let example = Example { one: "look", many: "looks" };
            Outline::plain(ExhibitId::new("looked"), example, 1, 2)
        }

        fn material(&self) -> Material {
            Material::plain(NoVerdict)
        }

        fn begin(&mut self, _: u64, _: &mut dyn FnMut(Stage, Vec<Fact>)) -> Result<(), TrainError> {
            Ok(())
        }

        fn step(&mut self, _: StepOrder) -> Result<Stepped, TrainError> {
            Ok(Stepped { steps: 1, values: MetricValues::new(&[0.5]), examples: 1, over: false })
        }

        fn show(&mut self, input: &InputChoice, _: &mut Taps) -> Result<Readout, TrainError> {
            self.0.send(input.clone()).ok();
            Ok(Readout::default())
        }
    }

    /// All that is looked at in a run that was asked this before it began.
    fn looked_at(asked: Vec<Command>) -> Vec<InputChoice> {
        let (saw, seen) = channel();
        let (room, trainer) = connect();
        assert!(asked.into_iter().all(|command| room.ask(command)));
        let config = TrainingConfig { epochs: 1, ..TrainingConfig::default() };
        let session =
            Session::start(Box::new(|_| Ok(Box::new(Looked(saw)))), config, trainer).unwrap();
        let patience = Duration::from_secs(60);
        while !matches!(room.report_within(patience).expect("it ends"), Report::Finished(_)) {}
        drop(room);
        assert!(session.end_within(patience));
        seen.into_iter().collect()
    }

    #[test]
    fn what_was_asked_before_it_began_is_seen_first_and_alone() {
        let [four, five] = [4, 5].map(InputChoice::Test);
        let limit = Command::LimitSpeed { steps_per_second: Some(1000.0) };
        let watch = |input: &InputChoice| Command::Watch(input.clone());
        let seen = looked_at(vec![limit.clone(), watch(&five), watch(&four)]);
        assert!(!seen.is_empty() && seen.iter().all(|input| *input == four), "{seen:?}");
        // What is asked of the run after is not asked of this one.
        let anew = Command::Restart { seed: 1, learning_rate: None };
        let seen = looked_at(vec![watch(&four), limit, anew, watch(&five)]);
        assert_eq!(seen.first(), Some(&four));
        assert_eq!(seen.last(), Some(&five));
    }
}
