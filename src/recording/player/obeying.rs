//! What a recording does when it is asked for something: pace, pause, single steps, other steps; the rest needs a model.

use std::{
    sync::atomic::Ordering,
    time::{Duration, Instant},
};

use super::Playing;
use crate::{
    recording::RecordingFault,
    stream::{Command, Query, Reply, Report, RunId, RunState, SaveReport, SessionId, Step},
};

impl Playing {
    pub(super) fn obey(&mut self, command: Command) -> Result<(), RecordingFault> {
        match command {
            Command::Pause | Command::Advance { steps: 0 } => self.pause()?,
            Command::Resume => self.resume(None),
            Command::Advance { steps } => {
                let left = if self.goes_on { self.remaining.unwrap_or(0) } else { 0 };
                self.resume(Some(left.saturating_add(steps)));
            }
            Command::LimitSpeed { steps_per_second } => {
                let usable = steps_per_second.filter(|limit| limit.is_finite() && *limit > 0.0);
                let period = |limit: f64| Duration::from_secs_f64((1.0 / limit).min(86_400.0));
                self.period = usable.map(period);
                self.next_step = Instant::now();
            }
            Command::SetSnapshotRate { per_second } => {
                self.per_second = if per_second.is_finite() { per_second.max(0.0) } else { 0.0 };
                self.next_snapshot = Instant::now();
                if self.has_begun() && !self.goes_on {
                    self.show_passed()?;
                }
            }
            Command::Seek { step } => self.seek(step)?,
            // The same run once more; another one has nobody who trains it.
            Command::Restart { seed, learning_rate: None } if Some(seed) == self.seed() => {
                self.begin_anew();
            }
            Command::Save => {
                let said = Err(phrase!("recording-has-no-model"));
                let report = SaveReport { step: self.step, said, asked: true };
                self.trainer.outbox.post(Report::Saved(report));
            }
            Command::SetLearningRate(_)
            | Command::Watch(_)
            | Command::Subscribe(_)
            | Command::Restart { .. }
            | Command::Change(_)
            | Command::Edit(_)
            | Command::Stop => {}
        }
        Ok(())
    }

    /// The seed of the run that is told.
    fn seed(&self) -> Option<u64> {
        let run = self.recorded.runs().get(usize::try_from(self.run?).ok()?)?;
        Some(run.started.seed)
    }

    pub(super) fn refuse(&self, query: &Query) {
        let run = RunId { session: self.session, number: self.number() };
        let said = Err(phrase!("recording-has-no-model"));
        let reply = Reply { id: query.id, run, step: self.step, said };
        self.trainer.answers.answer(reply);
    }

    /// The number of the run that is told, in its session.
    fn number(&self) -> u32 {
        let run = self.run.and_then(|run| usize::try_from(run).ok());
        let run = run.and_then(|run| self.recorded.runs().get(run));
        run.map_or(0, |run| run.started.run.number)
    }

    pub(super) fn pause(&mut self) -> Result<(), RecordingFault> {
        self.remaining = None;
        if self.goes_on && !self.is_at_end {
            self.goes_on = false;
            self.enter(RunState::Paused);
        }
        self.show_passed()
    }

    fn resume(&mut self, remaining: Option<u32>) {
        if self.is_at_end {
            return;
        }
        self.remaining = remaining;
        if !self.goes_on {
            self.goes_on = true;
            self.next_step = Instant::now();
            self.enter(RunState::Training);
        }
    }

    /// Shows a step: one that was told from the file, one that lies ahead by telling all up to it.
    fn seek(&mut self, step: Step) -> Result<(), RecordingFault> {
        if let Some(place) = self.run.and_then(|run| self.recorded.snapshot_at(run, step)) {
            self.show(place)?;
        }
        if step > self.step && !self.is_at_end {
            self.sought = Some(step);
        }
        Ok(())
    }

    fn begin_anew(&mut self) {
        self.messages.rewind();
        self.session = SessionId::fresh();
        (self.run, self.state, self.step) = (None, RunState::Preparing, Step(0));
        (self.goes_on, self.is_at_end) = (true, false);
        (self.remaining, self.sought, self.passed, self.shown) = (None, None, None, None);
        self.next_step = Instant::now();
        self.open_end.store(false, Ordering::Relaxed);
    }
}
