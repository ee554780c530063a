//! A recording in the trainer's place: what was said then is said again, at the speed that is asked for.
//!
//! Reports keep their order and none is lost. A snapshot is read when the viewer has room for it and it is time, and at a
//! pause, at the end, and for a step that is sought, the nearest before it. What needs a model is refused in words.

mod obeying;

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use super::{
    fault::RecordingFault,
    messages::{Heard, Messages},
    places::SnapshotPlace,
    recorded::Recorded,
};
use crate::{
    stream::{Command, Report, RunId, RunState, SessionId, Snapshot, Step, TrainerEnd, Waited},
    words::{InPhrase, Phrase},
};

/// Reports that may wait for the viewer before the recording is read on.
const MOST_WAITING: usize = 512;
/// How soon it is looked whether the viewer has taken them.
const UNTIL_THERE_IS_ROOM: Duration = Duration::from_millis(2);

/// A recording that is played.
#[derive(Debug)]
pub struct Player {
    thread: JoinHandle<()>,
    open_end: Arc<AtomicBool>,
}

impl Player {
    /// Whether its thread has ended, or nothing more will come of a run that was cut off or left.
    pub fn is_over(&self) -> bool {
        self.thread.is_finished() || self.ended_early()
    }

    /// Whether all was told of a run that did not come to its end.
    pub fn ended_early(&self) -> bool {
        self.open_end.load(Ordering::Relaxed)
    }
}

/// Plays a recording to a viewer, until the viewer hangs up.
///
/// `remarks` are told beside what the run is about.
///
/// # Errors
/// If the file cannot be opened once more, or the system gives no thread.
pub fn play(
    recorded: Recorded,
    trainer: TrainerEnd,
    remarks: Vec<Phrase>,
) -> Result<Player, RecordingFault> {
    let messages = recorded.messages()?;
    let name = recorded.name();
    let open_end = Arc::new(AtomicBool::new(false));
    let mut playing = Playing {
        recorded,
        messages,
        trainer,
        remarks,
        open_end: open_end.clone(),
        session: SessionId::fresh(),
        run: None,
        step: Step(0),
        state: RunState::Preparing,
        goes_on: true,
        remaining: None,
        period: None,
        next_step: Instant::now(),
        sought: None,
        per_second: f32::MAX,
        next_snapshot: Instant::now(),
        passed: None,
        shown: None,
        is_at_end: false,
        has_ended: false,
    };
    let thread = thread::Builder::new()
        .name("replay".to_owned())
        .spawn(move || {
            if let Err(fault) = playing.play() {
                playing.enter(RunState::Failed { reason: fault.in_phrase() });
                while playing.trainer.wait(None) != Waited::HungUp {}
            }
        })
        .map_err(|error| RecordingFault::Unreadable(name, error.in_phrase()))?;
    Ok(Player { thread, open_end })
}

/// What is to be told next, as far as that must be known before it is.
enum Next {
    Report(Box<Report>),
    /// It was a snapshot.
    Passed(SnapshotPlace),
    /// It is nothing that is told again.
    Nothing,
    End,
}

/// The thread that plays.
struct Playing {
    recorded: Recorded,
    messages: Messages,
    trainer: TrainerEnd,
    remarks: Vec<Phrase>,
    open_end: Arc<AtomicBool>,
    /// Its own, since that of the recording may be somebody else's here.
    session: SessionId,
    /// Which run of the file is told.
    run: Option<u32>,
    /// Steps told.
    step: Step,
    /// As it was told last.
    state: RunState,
    goes_on: bool,
    /// Steps to tell before pausing.
    remaining: Option<u32>,
    /// The least time from step to step.
    period: Option<Duration>,
    next_step: Instant,
    /// All is told at once up to this step.
    sought: Option<Step>,
    per_second: f32,
    next_snapshot: Instant,
    /// The last snapshot that was come by, and the last that was shown.
    passed: Option<SnapshotPlace>,
    shown: Option<SnapshotPlace>,
    is_at_end: bool,
    /// Whether the end of the run that is told was told, too.
    has_ended: bool,
}

impl Playing {
    fn play(&mut self) -> Result<(), RecordingFault> {
        loop {
            match self.next_request() {
                Waited::HungUp | Waited::Asked(Command::Stop) => return Ok(()),
                Waited::Asked(command) => self.obey(command)?,
                Waited::Queried(query) => self.refuse(&query),
                Waited::Nothing if self.has_something_to_tell() => self.tell()?,
                Waited::Nothing => {}
            }
        }
    }

    /// Waits as long as nothing is to be told.
    fn next_request(&mut self) -> Waited {
        if self.trainer.outbox.waiting() > MOST_WAITING {
            return self.trainer.wait(Some(UNTIL_THERE_IS_ROOM));
        }
        if !self.has_something_to_tell() {
            return self.trainer.wait(None);
        }
        // What comes before the first step is told before anything is obeyed, as by a trainer.
        if !self.has_begun() {
            self.trainer.outbox.flush();
            return Waited::Nothing;
        }
        let now = Instant::now();
        if self.sought.is_none() && self.next_step > now {
            return self.trainer.wait(Some(self.next_step - now));
        }
        self.trainer.look()
    }

    fn has_something_to_tell(&self) -> bool {
        let room = self.trainer.outbox.waiting() <= MOST_WAITING;
        let due = self.goes_on || self.sought.is_some() || !self.has_begun();
        room && due && !self.is_at_end
    }

    /// Whether a run trains, so that steps can be held up.
    fn has_begun(&self) -> bool {
        self.run.is_some() && self.state != RunState::Preparing
    }

    /// Tells what comes next.
    fn tell(&mut self) -> Result<(), RecordingFault> {
        let waits = self.sought.is_none() && self.has_begun() && self.next_step > Instant::now();
        if waits {
            return Ok(());
        }
        match self.next()? {
            Next::Report(report) => self.report(*report)?,
            Next::Passed(place) => {
                self.passed = Some(place);
                if self.sought.is_none() && self.is_due() {
                    self.show(place)?;
                }
            }
            Next::Nothing => {}
            Next::End => self.end()?,
        }
        if self.sought.is_some_and(|step| self.step >= step) {
            self.sought = None;
            self.next_step = Instant::now();
        }
        // It was told that the run trained, and it did, but now it is held.
        if !self.goes_on && self.sought.is_none() && self.state == RunState::Training {
            self.enter(RunState::Paused);
        }
        Ok(())
    }

    fn next(&mut self) -> Result<Next, RecordingFault> {
        Ok(match self.messages.next_heard()? {
            None => Next::End,
            Some(Heard::Report(_, report)) => Next::Report(Box::new(report)),
            Some(Heard::Snapshot(step, at, length)) => match (self.run, u32::try_from(length)) {
                (Some(run), Ok(length)) => Next::Passed(SnapshotPlace { run, step, at, length }),
                _ => Next::Nothing,
            },
            Some(Heard::Reply) => Next::Nothing,
        })
    }

    fn report(&mut self, mut report: Report) -> Result<(), RecordingFault> {
        match &mut report {
            Report::Material(material) => material.remarks.extend(self.remarks.iter().cloned()),
            Report::Started(started) => {
                started.run.session = self.session;
                self.run = Some(self.run.map_or(0, |run| run.saturating_add(1)));
                (self.step, self.passed, self.shown) = (Step(0), None, None);
                self.state = RunState::Preparing;
                self.has_ended = false;
                // A step of the run before is no step of this one.
                self.sought = None;
            }
            // A file may be cut between the state and what the run came to.
            Report::Finished(_) => self.has_ended = true,
            Report::State { state, step } => {
                self.has_ended |= state.is_trouble();
                self.state = state.clone();
                self.step = self.step.max(*step);
            }
            _ => {}
        }
        let taken = match &report {
            Report::Stepped(stepped) => {
                self.step = self.step.max(stepped.step);
                Some(stepped.merged)
            }
            _ => None,
        };
        self.trainer.outbox.post(report);
        if let Some(merged) = taken {
            self.count_down(merged)?;
        }
        Ok(())
    }

    /// Waits for the next step as long as is asked, and pauses after those that were asked for.
    fn count_down(&mut self, taken: u64) -> Result<(), RecordingFault> {
        if self.sought.is_some() {
            return Ok(());
        }
        if let Some(period) = self.period {
            let steps = u32::try_from(taken).unwrap_or(u32::MAX);
            self.next_step = self.next_step.max(Instant::now()) + period.saturating_mul(steps);
        }
        let Some(remaining) = &mut self.remaining else {
            return Ok(());
        };
        *remaining = remaining.saturating_sub(u32::try_from(taken).unwrap_or(u32::MAX));
        if *remaining == 0 { self.pause() } else { Ok(()) }
    }

    /// Nothing more is in the file: a run that did not come to its end stands still.
    fn end(&mut self) -> Result<(), RecordingFault> {
        self.is_at_end = true;
        self.sought = None;
        self.show_passed()?;
        if !self.state.is_over() && self.state != RunState::Paused {
            self.enter(RunState::Paused);
        }
        if !self.has_ended {
            self.open_end.store(true, Ordering::Relaxed);
        }
        Ok(())
    }

    fn enter(&mut self, state: RunState) {
        self.state = state.clone();
        self.trainer.outbox.post(Report::State { state, step: self.step });
    }

    fn is_due(&self) -> bool {
        self.per_second > 0.0
            && self.trainer.snapshots.has_credit()
            && Instant::now() >= self.next_snapshot
    }

    /// Shows the last snapshot that was come by, where it was passed over.
    fn show_passed(&mut self) -> Result<(), RecordingFault> {
        match self.passed {
            Some(place) if self.shown != Some(place) && self.per_second > 0.0 => self.show(place),
            _ => Ok(()),
        }
    }

    fn show(&mut self, place: SnapshotPlace) -> Result<(), RecordingFault> {
        let period = Duration::from_secs_f32((1.0 / self.per_second.max(1e-3)).min(1000.0));
        self.next_snapshot = Instant::now() + period;
        self.shown = Some(place);
        let snapshot = self.recorded.snapshot(place)?;
        let run = RunId { session: self.session, ..snapshot.run };
        let ours = Snapshot { run, ..Snapshot::clone(&snapshot) };
        self.trainer.snapshots.offer(Arc::new(ours));
        Ok(())
    }
}
