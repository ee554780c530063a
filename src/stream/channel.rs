//! Both directions of the stream: reports wait, snapshots are made for those who look, questions are answered one by one, hanging up is
//! stopping.

use std::{
    collections::VecDeque,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use crossbeam_channel::{
    Receiver, Sender, TryRecvError, TrySendError, after, bounded, never, select_biased,
};
use crossbeam_queue::ArrayQueue;

use super::{
    Command, MOST_OPEN_QUERIES, Payload, Query, QueryId, Reply, Report, Snapshot, Step, StepReport,
};

/// Reports that may lie in the channel before they wait in the trainer's outbox.
const REPORTS_UNDER_WAY: usize = 1024;
/// Reports that may wait in the outbox before steps are told together.
pub(super) const MOST_WAITING: usize = 16_384;
/// Commands that may lie in the channel; a visitor cannot press faster than they are read.
const COMMANDS_UNDER_WAY: usize = 256;
/// One snapshot to be shown next, and one that arrives meanwhile.
const PICTURES_UNDER_WAY: usize = 2;

/// Makes a stream between a viewer and a trainer.
pub fn connect() -> (ViewerEnd, TrainerEnd) {
    let (report_sender, reports) = bounded(REPORTS_UNDER_WAY);
    let (commands, command_receiver) = bounded(COMMANDS_UNDER_WAY);
    let snapshots = SnapshotQueue {
        waiting: Arc::new(ArrayQueue::new(PICTURES_UNDER_WAY)),
        dropped: Arc::new(AtomicU64::new(0)),
    };
    let (queries, query_receiver) = bounded(MOST_OPEN_QUERIES);
    // As many as there can be questions, and as many again that are worked on, so that an answer always has room.
    let (reply_sender, replies) = bounded(2 * MOST_OPEN_QUERIES);
    let asked = AtomicU64::new(0);
    let viewer =
        ViewerEnd { commands, reports, snapshots: snapshots.clone(), queries, replies, asked };
    let trainer = TrainerEnd {
        commands: command_receiver,
        queries: query_receiver,
        open: VecDeque::new(),
        answers: Answers(reply_sender),
        outbox: Outbox { waiting: VecDeque::new(), most: MOST_WAITING, channel: report_sender },
        snapshots,
    };
    (viewer, trainer)
}

/// The viewer's end: dropping it ends the run.
pub struct ViewerEnd {
    commands: Sender<Command>,
    reports: Receiver<Report>,
    snapshots: SnapshotQueue,
    queries: Sender<Query>,
    replies: Receiver<Reply>,
    /// Questions asked so far.
    asked: AtomicU64,
}

impl ViewerEnd {
    /// Asks something of the trainer; `false` when it is gone or has not read 256 earlier requests.
    pub fn ask(&self, command: Command) -> bool {
        self.commands.try_send(command).is_ok()
    }

    /// Asks a question; `None` when the trainer is gone or has not looked at so many earlier ones.
    pub fn query(&self, about: Payload) -> Option<QueryId> {
        self.query_at(about, None)
    }

    /// Asks a question of the model as it was after an earlier step; else as [`query`](Self::query).
    pub fn query_at(&self, about: Payload, at: Option<Step>) -> Option<QueryId> {
        let id = QueryId(self.asked.fetch_add(1, Ordering::Relaxed));
        self.queries.try_send(Query { id, about, at }).ok().map(|()| id)
    }

    /// The next answer that has arrived.
    pub fn reply(&self) -> Option<Reply> {
        self.replies.try_recv().ok()
    }

    /// Waits for the next answer; `None` when the time is up or the trainer is gone.
    pub fn reply_within(&self, patience: Duration) -> Option<Reply> {
        self.replies.recv_timeout(patience).ok()
    }

    /// The next report that has arrived.
    pub fn report(&self) -> Option<Report> {
        self.reports.try_recv().ok()
    }

    /// Waits for the next report; `None` when the time is up or the trainer is gone.
    pub fn report_within(&self, patience: Duration) -> Option<Report> {
        self.reports.recv_timeout(patience).ok()
    }

    /// The newest snapshot that has arrived since the last look.
    pub fn newest_snapshot(&self) -> Option<Arc<Snapshot>> {
        let mut newest = None;
        while let Some(snapshot) = self.snapshots.waiting.pop() {
            // What is overtaken here was never shown either.
            if newest.replace(snapshot).is_some() {
                self.snapshots.dropped.fetch_add(1, Ordering::Relaxed);
            }
        }
        newest
    }

    /// Snapshots that were made and never shown.
    pub fn snapshots_dropped(&self) -> u64 {
        self.snapshots.dropped()
    }
}

/// The trainer's end.
pub struct TrainerEnd {
    commands: Receiver<Command>,
    queries: Receiver<Query>,
    /// Questions that have been looked at and not answered, oldest first, one of a kind.
    open: VecDeque<Query>,
    /// The lane of answers.
    pub answers: Answers,
    /// The lane of reports.
    pub outbox: Outbox,
    /// The lane of snapshots.
    pub snapshots: SnapshotQueue,
}

/// What a look at the command channel brought.
#[derive(Clone, Debug, PartialEq)]
pub enum Waited {
    /// A request.
    Asked(Command),
    /// A question.
    Queried(Query),
    /// Nothing, for now.
    Nothing,
    /// The viewer is gone and so should the run be.
    HungUp,
}

impl TrainerEnd {
    /// Looks for a request or a question without waiting; requests come first, since they change what is answered.
    pub fn look(&mut self) -> Waited {
        self.outbox.flush();
        match self.commands.try_recv() {
            Ok(command) => Waited::Asked(command),
            Err(TryRecvError::Empty) => self.next_query().map_or(Waited::Nothing, Waited::Queried),
            Err(TryRecvError::Disconnected) => Waited::HungUp,
        }
    }

    /// Looks for a request alone, while questions cannot be answered.
    pub fn look_for_requests(&mut self) -> Waited {
        self.outbox.flush();
        match self.commands.try_recv() {
            Ok(command) => Waited::Asked(command),
            Err(TryRecvError::Empty) => Waited::Nothing,
            Err(TryRecvError::Disconnected) => Waited::HungUp,
        }
    }

    /// Sleeps until a request or a question comes, at most for `patience` if one is given.
    ///
    /// Reports that still wait are handed over meanwhile.
    pub fn wait(&mut self, patience: Option<Duration>) -> Waited {
        // A full channel empties at the pace of the viewer's frames, so look again soon.
        const FLUSH_EVERY: Duration = Duration::from_millis(20);
        let found = self.look();
        if found != Waited::Nothing {
            return found;
        }
        let patience = match (patience, self.outbox.waiting.is_empty()) {
            (patience, true) => patience,
            (patience, false) => Some(patience.map_or(FLUSH_EVERY, |limit| limit.min(FLUSH_EVERY))),
        };
        let time_up = patience.map_or_else(never, after);
        select_biased! {
            recv(self.commands) -> command => command.map_or(Waited::HungUp, Waited::Asked),
            recv(self.queries) -> query => {
                self.open.extend(query);
                self.next_query().map_or(Waited::HungUp, Waited::Queried)
            }
            recv(time_up) -> _ => Waited::Nothing,
        }
    }

    /// The oldest question that is open, after those that newer ones of their kind have replaced are forgotten.
    fn next_query(&mut self) -> Option<Query> {
        for query in self.queries.try_iter() {
            self.open.retain(|older| older.about.kind() != query.about.kind());
            self.open.push_back(query);
        }
        self.open.pop_front()
    }
}

/// The lane of answers.
#[derive(Clone)]
pub struct Answers(Sender<Reply>);

impl Answers {
    /// Answers a question; where nobody listens any more, nothing is lost.
    pub fn answer(&self, reply: Reply) {
        self.0.try_send(reply).ok();
    }
}

/// Reports on their way: they keep their order, none is lost, and the trainer never waits for them.
///
/// A run has only so many of each kind but of steps. Where the viewer does not read for long, neighbouring steps are told
/// together, ever more of them, and each such report says how many it stands for ([`StepReport::merged`]).
pub struct Outbox {
    waiting: VecDeque<Report>,
    /// When so many wait, steps are merged.
    most: usize,
    channel: Sender<Report>,
}

impl Outbox {
    /// Hands a report over, or keeps it until there is room.
    pub fn post(&mut self, report: Report) {
        self.waiting.push_back(report);
        self.flush();
        if self.waiting.len() > self.most {
            self.merge_steps();
            // What cannot be merged is bounded by its kind, and not looked through at each report.
            self.most = MOST_WAITING.max(2 * self.waiting.len());
        }
    }

    /// Tells every two neighbouring steps of an epoch together, in the place of the later.
    fn merge_steps(&mut self) {
        let mut merged = VecDeque::with_capacity(self.waiting.len());
        // The place of a step that another may be merged into.
        let mut open: Option<(usize, StepReport)> = None;
        for report in self.waiting.drain(..) {
            match (report, open.take()) {
                (Report::Stepped(step), Some((place, earlier))) if step.epoch == earlier.epoch => {
                    merged.remove(place);
                    merged.push_back(Report::Stepped(step.after(&earlier)));
                }
                (Report::Stepped(step), _) => {
                    open = Some((merged.len(), step));
                    merged.push_back(Report::Stepped(step));
                }
                // What was found in between is of these steps; anything else parts them.
                (report @ Report::Found(_), still) => {
                    open = still;
                    merged.push_back(report);
                }
                (report, _) => merged.push_back(report),
            }
        }
        self.waiting = merged;
    }

    /// How many reports the viewer has not had room for.
    pub fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// Hands over what the channel has room for.
    pub fn flush(&mut self) {
        while let Some(report) = self.waiting.pop_front() {
            match self.channel.try_send(report) {
                Ok(()) => {}
                Err(TrySendError::Full(report)) => {
                    self.waiting.push_front(report);
                    return;
                }
                // Nobody will ever read them.
                Err(TrySendError::Disconnected(_)) => self.waiting.clear(),
            }
        }
    }
}

/// The snapshot lane: a slow viewer gets fewer snapshots and never stalls the run.
#[derive(Clone)]
pub struct SnapshotQueue {
    waiting: Arc<ArrayQueue<Arc<Snapshot>>>,
    dropped: Arc<AtomicU64>,
}

impl SnapshotQueue {
    /// Whether a snapshot that is made now will find room: each one that the viewer takes grants another.
    pub fn has_credit(&self) -> bool {
        !self.waiting.is_full()
    }

    /// Offers the newest snapshot; where there is no room, it takes the place of the oldest.
    pub fn offer(&self, snapshot: Arc<Snapshot>) {
        if self.waiting.force_push(snapshot).is_some() {
            self.dropped.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Snapshots that were made and never shown.
    pub fn dropped(&self) -> u64 {
        self.dropped.load(Ordering::Relaxed)
    }
}
