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
    Command, Keeper, MOST_OPEN_QUERIES, Payload, Query, QueryId, Reply, Report, Snapshot, Step,
    merging::steps_merged, tee::Tee,
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
    let tee = Tee::default();
    let snapshots = SnapshotQueue {
        waiting: Arc::new(ArrayQueue::new(PICTURES_UNDER_WAY)),
        dropped: Arc::new(AtomicU64::new(0)),
        tee: tee.clone(),
    };
    let (queries, query_receiver) = bounded(MOST_OPEN_QUERIES);
    // As many as there can be questions, and as many again that are worked on, so that an answer always has room.
    let (reply_sender, replies) = bounded(2 * MOST_OPEN_QUERIES);
    let asked = AtomicU64::new(0);
    let viewer = ViewerEnd {
        commands,
        reports,
        snapshots: snapshots.clone(),
        queries,
        replies,
        asked,
        tee: tee.clone(),
    };
    let trainer = TrainerEnd {
        commands: command_receiver,
        queries: query_receiver,
        open: VecDeque::new(),
        answers: Answers { lane: reply_sender, tee: tee.clone() },
        outbox: Outbox {
            waiting: VecDeque::new(),
            most: MOST_WAITING,
            channel: report_sender,
            tee,
        },
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
    tee: Tee,
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

    /// From now on somebody keeps what the trainer says; who kept it until now hears no more.
    pub fn keep(&self, keeper: Box<dyn Keeper>) {
        self.tee.keep(keeper);
    }

    /// The same in mid-run, without a gap: `begin` is given the reports that were under way to the viewer, so that they
    /// and all that it has taken already are the whole past of what the keeper will hear.
    ///
    /// `false`, and nothing has happened, while reports wait on the trainer's side: try again when some were taken.
    pub fn keep_on(&self, begin: impl FnOnce(Vec<Report>) -> Box<dyn Keeper>) -> bool {
        let mut place = self.tee.hold();
        if place.waiting > 0 {
            return false;
        }
        let under_way = self.reports.try_iter().collect();
        place.keep(begin(under_way));
        true
    }

    /// Whether no reports wait on the trainer's side, so that [`keep_on`](Self::keep_on) will do what it says.
    pub fn can_keep_on(&self) -> bool {
        self.tee.hold().waiting == 0
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
    /// From now on somebody keeps what is said; see [`ViewerEnd::keep`].
    pub fn keep(&self, keeper: Box<dyn Keeper>) {
        self.outbox.tee.keep(keeper);
    }

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

    /// Looks for a question of a kind, while others cannot be answered.
    pub fn look_for_question(&mut self, kind: &str) -> Option<Query> {
        self.open_queries();
        let place = self.open.iter().position(|query| query.about.kind() == kind)?;
        self.open.remove(place)
    }

    /// The oldest question that is open, after those that newer ones of their kind have replaced are forgotten.
    fn next_query(&mut self) -> Option<Query> {
        self.open_queries();
        self.open.pop_front()
    }

    /// Takes questions out of the channel; newer ones replace those of their kind.
    fn open_queries(&mut self) {
        for query in self.queries.try_iter() {
            self.open.retain(|older| older.about.kind() != query.about.kind());
            self.open.push_back(query);
        }
    }
}

/// The lane of answers.
#[derive(Clone)]
pub struct Answers {
    lane: Sender<Reply>,
    tee: Tee,
}

impl Answers {
    /// Answers a question; where nobody listens any more, nothing is lost.
    pub fn answer(&self, reply: Reply) {
        self.tee.hold().tell(|keeper| keeper.reply(&reply));
        self.lane.try_send(reply).ok();
    }
}

/// Reports on their way: they keep their order, none is lost, and the trainer never waits for them.
///
/// A run has only so many of each kind but of steps. Where the viewer does not read for long, neighbouring steps are told
/// together, ever more of them, and each such report says how many it stands for (`StepReport::merged`).
pub struct Outbox {
    waiting: VecDeque<Report>,
    /// When so many wait, steps are merged.
    most: usize,
    channel: Sender<Report>,
    tee: Tee,
}

impl Outbox {
    /// Hands a report over, or keeps it until there is room.
    pub fn post(&mut self, report: Report) {
        let tee = self.tee.clone();
        let mut place = tee.hold();
        place.tell(|keeper| keeper.report(&report));
        self.waiting.push_back(report);
        self.hand_over();
        if self.waiting.len() > self.most {
            self.waiting = steps_merged(std::mem::take(&mut self.waiting));
            // What cannot be merged is bounded by its kind, and not looked through at each report.
            self.most = MOST_WAITING.max(2 * self.waiting.len());
        }
        place.waiting = self.waiting.len();
    }

    /// How many reports the viewer has not had room for.
    pub fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// How many reports the viewer has not read.
    pub fn under_way(&self) -> usize {
        self.waiting.len() + self.channel.len()
    }

    /// Hands over what the channel has room for.
    pub fn flush(&mut self) {
        if self.waiting.is_empty() {
            return;
        }
        let tee = self.tee.clone();
        let mut place = tee.hold();
        self.hand_over();
        place.waiting = self.waiting.len();
    }

    fn hand_over(&mut self) {
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
    tee: Tee,
}

impl SnapshotQueue {
    /// Whether a snapshot that is made now will find room: each one that the viewer takes grants another.
    pub fn has_credit(&self) -> bool {
        !self.waiting.is_full()
    }

    /// How many snapshots the viewer has not taken.
    pub fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// Offers the newest snapshot; where there is no room, it takes the place of the oldest.
    pub fn offer(&self, snapshot: Arc<Snapshot>) {
        self.tee.hold().tell(|keeper| keeper.snapshot(&snapshot));
        if self.waiting.force_push(snapshot).is_some() {
            self.dropped.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Snapshots that were made and never shown.
    pub fn dropped(&self) -> u64 {
        self.dropped.load(Ordering::Relaxed)
    }
}
