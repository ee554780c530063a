//! The trainer's side of a recording: it hands over what is said and never waits; what finds no room is counted.

use std::{
    collections::VecDeque,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use crossbeam_channel::{Sender, TrySendError};

use super::budget::Budget;
use crate::stream::{Keeper, Reply, Report, RunState, Snapshot};

/// Messages that may lie in the channel to the writing thread.
pub(super) const UNDER_WAY: usize = 4096;
/// Reports other than steps that may wait beside it where the disk is slow: a run has only so many.
const MOST_WAITING: usize = 65_536;
/// Memory of the snapshots that may wait to be written, in bytes; one may always.
const MOST_BYTES_UNDER_WAY: usize = 64 << 20;

/// What happened before a recording began in mid-run.
#[derive(Debug, Default)]
pub struct Past {
    /// Its reports, in the order in which a run tells them.
    pub reports: Vec<Report>,
    /// Snapshots of it that are still kept, in the order of their steps.
    pub snapshots: Vec<Arc<Snapshot>>,
}

/// Something that is to be written, with the time since the recording began.
pub(super) enum Message {
    Past(Box<Past>),
    Report(Duration, Box<Report>),
    Snapshot(Duration, Arc<Snapshot>),
    Reply(Duration, Reply),
}

/// What both sides of a recording know.
pub(super) struct Shared {
    state: Mutex<State>,
    /// Memory of the snapshots that wait to be written.
    pub(super) under_way: AtomicUsize,
    /// Bytes written of all that is no snapshot.
    pub(super) beside_snapshots: AtomicU64,
    /// Bytes in the file.
    pub(super) bytes: Arc<AtomicU64>,
    /// Whether the recording is to end.
    pub(super) ending: AtomicBool,
}

/// What is decided about the next message.
pub(super) struct State {
    /// What the channel had no room for.
    pub(super) waiting: VecDeque<Message>,
    /// The newest snapshot, if it was left out: it is the last word of a run that stops now.
    pub(super) withheld: Option<(Duration, Arc<Snapshot>)>,
    budget: Budget,
    training: bool,
    pub(super) snapshots_seen: u64,
    pub(super) reports_left_out: u64,
}

impl Shared {
    pub(super) fn new(budget: Budget) -> Self {
        Self {
            state: Mutex::new(State {
                waiting: VecDeque::new(),
                withheld: None,
                budget,
                training: false,
                snapshots_seen: 0,
                reports_left_out: 0,
            }),
            under_way: AtomicUsize::new(0),
            beside_snapshots: AtomicU64::new(0),
            bytes: Arc::default(),
            ending: AtomicBool::new(false),
        }
    }

    pub(super) fn hold(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What sits in the tee of a stream.
pub(super) struct Tap {
    pub(super) shared: Arc<Shared>,
    pub(super) lane: Sender<Message>,
    pub(super) began: Instant,
}

impl Tap {
    /// Hands something over behind what waits; gives it back where there is no room.
    fn send(&self, state: &mut State, message: Message) -> Option<Message> {
        while let Some(first) = state.waiting.pop_front() {
            match self.lane.try_send(first) {
                Ok(()) => {}
                Err(TrySendError::Full(first)) => {
                    state.waiting.push_front(first);
                    return Some(message);
                }
                // Nothing is written any more.
                Err(TrySendError::Disconnected(_)) => {
                    state.waiting.clear();
                    return None;
                }
            }
        }
        match self.lane.try_send(message) {
            Err(TrySendError::Full(message)) => Some(message),
            Ok(()) | Err(TrySendError::Disconnected(_)) => None,
        }
    }

    fn send_snapshot(&self, state: &mut State, at: Duration, snapshot: Arc<Snapshot>) {
        let bytes = snapshot.bytes();
        self.shared.under_way.fetch_add(bytes, Ordering::Relaxed);
        if let Some(Message::Snapshot(at, snapshot)) =
            self.send(state, Message::Snapshot(at, snapshot))
        {
            self.shared.under_way.fetch_sub(bytes, Ordering::Relaxed);
            state.withheld = Some((at, snapshot));
        }
    }

    fn is_ending(&self) -> bool {
        self.shared.ending.load(Ordering::Relaxed)
    }
}

impl Keeper for Tap {
    fn report(&mut self, report: &Report) {
        if self.is_ending() {
            return;
        }
        let mut state = self.shared.hold();
        let training = match report {
            Report::Started(_) | Report::Finished(_) => Some(false),
            Report::State { state, .. } => Some(*state == RunState::Training),
            _ => None,
        };
        if let Some(training) = training {
            state.training = training;
            if let Some((at, last)) = state.withheld.take_if(|_| !training) {
                self.send_snapshot(&mut state, at, last);
            }
        }
        let message = Message::Report(self.began.elapsed(), Box::new(report.clone()));
        if let Some(message) = self.send(&mut state, message) {
            let is_step = matches!(report, Report::Stepped(_));
            if is_step || state.waiting.len() >= MOST_WAITING {
                state.reports_left_out += 1;
            } else {
                state.waiting.push_back(message);
            }
        }
    }

    fn snapshot(&mut self, snapshot: &Arc<Snapshot>) {
        if self.is_ending() {
            return;
        }
        let (now, bytes) = (self.began.elapsed(), snapshot.bytes());
        let mut state = self.shared.hold();
        state.snapshots_seen += 1;
        let under_way = self.shared.under_way.load(Ordering::Relaxed);
        let has_room = under_way == 0 || under_way + bytes <= MOST_BYTES_UNDER_WAY;
        let training = state.training;
        state.budget.pay_for_the_rest(self.shared.beside_snapshots.load(Ordering::Relaxed));
        if has_room && state.budget.pays(bytes, now, training) {
            state.withheld = None;
            self.send_snapshot(&mut state, now, snapshot.clone());
        } else {
            state.withheld = Some((now, snapshot.clone()));
        }
    }

    fn reply(&mut self, reply: &Reply) {
        if self.is_ending() {
            return;
        }
        let message = Message::Reply(self.began.elapsed(), reply.clone());
        let mut state = self.shared.hold();
        // An answer that finds no room was heard by whoever asked.
        drop(self.send(&mut state, message));
    }
}
