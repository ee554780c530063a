//! Keeps the trainer's end of the stream for trainings elsewhere: what one says goes to the viewer, what the viewer asks goes
//! to it, and while there is none, or it cannot do what is asked, the keeper answers itself.
//!
//! A training that this program serves on another machine is asked everything, and told now and then that somebody is there.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use crossbeam_channel::{Receiver, RecvTimeoutError};

use super::{
    Connection, News, Told,
    door::Guest,
    gate::{Gate, Passed},
    standing::Standing,
};
use crate::{
    inside::{EditAsked, EditReport},
    socket::{End, Line},
    stream::{
        Admission, Command, ExhibitId, MOST_OPEN_QUERIES, Payload, PayloadKinds, Query, QueryId,
        Reply, Report, RunId, RunState, SessionId, Step, Taken, TrainerEnd, Waited,
        wire::{Endpoint, Message},
    },
    words::{Language, Phrase, speaking, spoken},
};

/// How often one looks at what the viewer asks while nothing comes from the training, and while there is none.
const LOOK_EVERY: Duration = Duration::from_millis(10);
const LOOK_SELDOM: Duration = Duration::from_millis(50);
/// Messages and requests that are seen to before one looks at the others.
const AT_ONCE: usize = 256;
/// Reports that may wait for the viewer before the training is no longer read, and the memory that they may take, in bytes.
const MOST_REPORTS: usize = 32_768;
const MOST_BYTES: usize = 64 << 20;
/// How long one listens to who no longer hears.
const LAST_WORDS: Duration = Duration::from_secs(2);
/// How often a training that is served is told that somebody is there; docs/PROTOCOL.md says for how long it waits.
const SIGN_OF_LIFE: Duration = Duration::from_secs(5);

/// Why a training is no longer attached.
enum Over {
    /// The viewer has left.
    Viewer,
    /// The training has.
    Gone,
    /// It was sent away, as this is wrong.
    Wrong(Phrase),
    /// It has said why it ends.
    Farewell(String),
}

/// Whose trainings are kept.
pub(super) struct Kept {
    /// The exhibit that their runs are of.
    pub(super) exhibit: ExhibitId,
    /// What can be read of them.
    pub(super) kinds: PayloadKinds,
    /// Whether this program serves them elsewhere.
    pub(super) own: bool,
    /// Holds as long as one is there.
    pub(super) connection: Connection,
}

/// The trainer's end, and who comes to it.
pub(super) struct Keeper {
    trainer: TrainerEnd,
    guests: Receiver<Guest>,
    busy: Arc<AtomicBool>,
    kept: Kept,
    told: Told,
    standing: Standing,
    /// What the next run is called: those of one training after the other are told apart, as in a recording of all.
    run: RunId,
    /// Whether examples of what is learned are shown.
    examples_are_shown: bool,
}

/// What is known of the training that is attached.
struct Attending {
    line: Line,
    gate: Gate,
    /// Kinds of questions that it answers, and those that are open.
    answers: Vec<String>,
    open: BTreeMap<QueryId, &'static str>,
    /// Snapshots that it has not been told of that they were taken, oldest first.
    untaken: VecDeque<Step>,
    /// Reports for which there was no room.
    held: Option<(Vec<Report>, usize)>,
    /// Memory of those that the viewer may not have read, in bytes.
    unread: usize,
    /// When it was told last that somebody is there.
    told_alive: Instant,
}

impl Keeper {
    pub(super) fn new(
        trainer: TrainerEnd,
        guests: Receiver<Guest>,
        busy: Arc<AtomicBool>,
        kept: Kept,
        told: Told,
    ) -> Self {
        let standing = Standing::default();
        let run = RunId::first_of(SessionId::fresh());
        Self { trainer, guests, busy, kept, told, standing, run, examples_are_shown: false }
    }

    /// Attends to one training after the other until the viewer leaves.
    pub(super) fn keep(mut self, ends: &AtomicBool) {
        while !ends.load(Ordering::Relaxed) {
            match self.guests.try_recv() {
                Ok(guest) => {
                    let viewer_left = self.attend(guest, ends);
                    self.busy.store(false, Ordering::Release);
                    if viewer_left {
                        return;
                    }
                }
                Err(_) => match self.trainer.wait(Some(LOOK_SELDOM)) {
                    Waited::Asked(Command::Stop) | Waited::HungUp => return,
                    Waited::Asked(command) => self.standing.note(&command),
                    Waited::Queried(query) => {
                        let why = phrase!("attach-nobody-is-attached");
                        self.refuse(&query, Step(0), why);
                    }
                    Waited::Nothing => {}
                },
            }
        }
    }

    /// Attends to a training until one of both leaves; whether it was the viewer.
    fn attend(&mut self, guest: Guest, ends: &AtomicBool) -> bool {
        let Guest { socket, hello, rest } = guest;
        let Ok(mut line) = Line::open(socket, &rest, Endpoint::Viewer, self.kept.kinds.clone())
        else {
            return false;
        };
        let (program, framework) = (hello.program, hello.framework);
        if self.kept.own {
            (self.told)(News::Connected { program });
        } else {
            if line.say(&Message::Admission(Admission::welcome())).is_err() {
                return false;
            }
            (self.told)(News::Attached { program, framework });
        }
        let mut attending = Attending {
            line,
            gate: Gate::new(self.kept.exhibit, self.kept.own, self.run, self.examples_are_shown),
            answers: hello.answers,
            open: BTreeMap::new(),
            untaken: VecDeque::new(),
            held: None,
            unread: 0,
            told_alive: Instant::now(),
        };
        self.kept.connection.set(true);
        let over = self.exchange(&mut attending, ends);
        // Before that is told, so that whoever hears of it knows.
        self.kept.connection.set(false);
        self.run = attending.gate.next_run();
        self.examples_are_shown = attending.gate.examples_are_shown();
        for id in std::mem::take(&mut attending.open).into_keys() {
            let why = phrase!("attach-nobody-is-attached");
            let (run, step) = (attending.gate.run(), attending.gate.step());
            self.trainer.answers.answer(Reply { id, run, step, said: Err(why) });
        }
        match over {
            Over::Viewer => return true,
            Over::Gone => self.part(attending, None),
            Over::Wrong(why) => self.part(attending, Some(why)),
            Over::Farewell(why) => self.bid_farewell(attending, &why),
        }
        false
    }

    /// A training that is served has ended, and said why.
    fn bid_farewell(&mut self, attending: Attending, why: &str) {
        let Attending { gate, held, .. } = attending;
        for report in held.into_iter().flat_map(|(reports, _)| reports) {
            self.trainer.outbox.post(report);
        }
        let reason = Phrase::from(why);
        if gate.is_amid_a_run() {
            let state = RunState::Failed { reason: reason.clone() };
            self.trainer.outbox.post(Report::State { state, step: gate.step() });
        }
        (self.told)(News::Ended { why: reason });
    }

    /// Tells both sides that a training is no longer attached; what is known of its run stays.
    fn part(&mut self, attending: Attending, wrong: Option<Phrase>) {
        let Attending { line, gate, held, .. } = attending;
        for report in held.into_iter().flat_map(|(reports, _)| reports) {
            self.trainer.outbox.post(report);
        }
        let is_amid = gate.is_amid_a_run();
        let (news, reason) = match wrong {
            Some(why) => {
                let language = if self.kept.own { spoken() } else { Language::English };
                line.refuse(&speaking(language, || why.to_string()));
                (News::Wrong { why: why.clone() }, why)
            }
            None if is_amid => (News::Gone, phrase!("attach-it-has-gone")),
            None => (News::Left, Phrase::default()),
        };
        if is_amid {
            let state = RunState::Failed { reason };
            self.trainer.outbox.post(Report::State { state, step: gate.step() });
        }
        (self.told)(news);
    }

    /// Passes on what both say.
    fn exchange(&mut self, attending: &mut Attending, ends: &AtomicBool) -> Over {
        let first: Vec<_> = self.standing.at_first().collect();
        for command in first {
            if attending.line.say(&Message::Command(command)).is_err() {
                return self.last_words(attending, ends);
            }
        }
        while !ends.load(Ordering::Relaxed) {
            if let Err(over) = self.hear(attending) {
                return over;
            }
            match self.obey(attending) {
                Ok(true) => {}
                Ok(false) => return Over::Viewer,
                Err(_) => return self.last_words(attending, ends),
            }
            if self.tell_taken(attending).is_err() || self.show_life(attending).is_err() {
                return self.last_words(attending, ends);
            }
        }
        Over::Viewer
    }

    /// Whoever no longer hears has hung up, and may have said more than was heard yet; or it does not read.
    fn last_words(&mut self, attending: &mut Attending, ends: &AtomicBool) -> Over {
        let begun = Instant::now();
        while begun.elapsed() < LAST_WORDS && !ends.load(Ordering::Relaxed) {
            if let Err(over) = self.hear(attending) {
                return over;
            }
        }
        Over::Wrong(phrase!("attach-it-does-not-read"))
    }

    /// Hears what the training has said, as far as there is room for it.
    fn hear(&mut self, attending: &mut Attending) -> Result<(), Over> {
        self.trainer.outbox.flush();
        if attending.held.is_some() {
            self.hand_on(attending);
            if attending.held.is_some() {
                std::thread::sleep(LOOK_EVERY);
                return Ok(());
            }
        }
        for at in 0..AT_ONCE {
            let patience = if at == 0 { LOOK_EVERY } else { Duration::ZERO };
            let message = match attending.line.heard.recv_timeout(patience) {
                Ok(Ok(message)) => message,
                Ok(Err(End::Wrong(wrong))) => return Err(Over::Wrong(wrong.to_string().into())),
                Ok(Err(End::Gone { amid: true })) => {
                    return Err(Over::Wrong(phrase!("attach-it-broke-off")));
                }
                Ok(Err(End::Gone { amid: false })) | Err(RecvTimeoutError::Disconnected) => {
                    return Err(Over::Gone);
                }
                Err(RecvTimeoutError::Timeout) => return Ok(()),
            };
            self.take(attending, message)?;
            if attending.held.is_some() {
                return Ok(());
            }
        }
        Ok(())
    }

    fn take(&mut self, attending: &mut Attending, message: Message) -> Result<(), Over> {
        match attending.gate.pass(message).map_err(Over::Wrong)? {
            Passed::Nothing => {}
            Passed::Reports { reports, bytes } => {
                let has_graph = reports.iter().any(|report| matches!(report, Report::Graph(_)));
                attending.held = Some((reports, bytes));
                self.hand_on(attending);
                if let Some(command) = self.standing.of_graph().filter(|_| has_graph) {
                    attending.line.say(&Message::Command(command)).map_err(|_| Over::Gone)?;
                }
            }
            Passed::Snapshot(snapshot) => {
                attending.untaken.push_back(snapshot.step);
                self.trainer.snapshots.offer(snapshot);
            }
            Passed::Overtaken(step) => {
                let taken = Message::Taken(Taken { step });
                attending.line.say(&taken).map_err(|_| Over::Gone)?;
            }
            Passed::Reply(reply) => {
                if attending.open.remove(&reply.id).is_some() {
                    self.trainer.answers.answer(reply);
                }
            }
            Passed::NotShown(why) => (self.told)(News::NotShown { why }),
            Passed::Farewell(why) => return Err(Over::Farewell(why)),
        }
        Ok(())
    }

    /// Hands reports on to the viewer, if there is room for as many and for as much.
    fn hand_on(&mut self, attending: &mut Attending) {
        let under_way = self.trainer.outbox.under_way();
        if under_way == 0 {
            attending.unread = 0;
        }
        let unread = attending.unread;
        let has_room = |(_, bytes): &mut (_, usize)| {
            let is_little = unread == 0 || unread.saturating_add(*bytes) <= MOST_BYTES;
            is_little && under_way <= MOST_REPORTS
        };
        if let Some((reports, bytes)) = attending.held.take_if(has_room) {
            attending.unread = unread.saturating_add(bytes);
            reports.into_iter().for_each(|report| self.trainer.outbox.post(report));
        }
    }

    /// Passes on what the viewer asks; `false` when it has left.
    fn obey(&mut self, attending: &mut Attending) -> std::io::Result<bool> {
        for _ in 0..AT_ONCE {
            match self.trainer.look() {
                Waited::Nothing => return Ok(true),
                // Whoever leaves the hall leaves the training as it is.
                Waited::HungUp | Waited::Asked(Command::Stop) => return Ok(false),
                Waited::Asked(Command::Edit(asked)) if !self.kept.own => {
                    self.refuse_edit(&attending.gate, &asked);
                }
                Waited::Asked(Command::Restart { .. } | Command::Change(_)) if !self.kept.own => {
                    (self.told)(News::NotThere);
                }
                Waited::Asked(command) => {
                    self.standing.note(&command);
                    attending.line.say(&Message::Command(command))?;
                }
                Waited::Queried(query) => {
                    let kind = query.about.kind();
                    let answers =
                        self.kept.own || attending.answers.iter().any(|known| known == kind);
                    // The newest of a kind takes the place of one that is not answered.
                    attending.open.retain(|_, open| *open != kind);
                    if answers && attending.open.len() < MOST_OPEN_QUERIES {
                        attending.open.insert(query.id, kind);
                        attending.line.say(&Message::Query(query))?;
                    } else {
                        let why = phrase!("attach-it-does-not-answer");
                        self.refuse(&query, attending.gate.step(), why);
                    }
                }
            }
        }
        Ok(true)
    }

    fn refuse(&self, query: &Query, step: Step, why: Phrase) {
        let (id, said) = (query.id, Err(why));
        self.trainer.answers.answer(Reply { id, run: RunId::default(), step, said });
    }

    /// An edit is answered by a report, also where it cannot be made.
    fn refuse_edit(&mut self, gate: &Gate, asked: &Payload) {
        let Some(asked) = asked.get::<EditAsked>() else {
            return (self.told)(News::NotThere);
        };
        let said = Err(phrase!("attach-not-there"));
        let report = EditReport { step: gate.step().0, asked: EditAsked::clone(asked), said };
        self.trainer.outbox.post(Report::Found(Payload::new(report)));
    }

    /// Tells a training that is served that somebody is still there.
    fn show_life(&self, attending: &mut Attending) -> std::io::Result<()> {
        if self.kept.own && attending.told_alive.elapsed() > SIGN_OF_LIFE {
            attending.told_alive = Instant::now();
            // Who trains passes it over.
            let nothing = Command::Seek { step: attending.gate.step() };
            attending.line.say(&Message::Command(nothing))?;
        }
        Ok(())
    }

    /// Tells the training of each snapshot that the viewer has taken, or that a newer one has replaced.
    fn tell_taken(&self, attending: &mut Attending) -> std::io::Result<()> {
        while attending.untaken.len() > self.trainer.snapshots.waiting() {
            let Some(step) = attending.untaken.pop_front() else {
                return Ok(());
            };
            attending.line.say(&Message::Taken(Taken { step }))?;
        }
        Ok(())
    }
}
