//! The viewer that is let in: it is told the run so far and what happens, at its own pace, and what it asks is asked of the
//! trainer; when it has gone, nothing that it held up stays so.

use std::{
    io::{self, ErrorKind},
    sync::atomic::Ordering,
    time::{Duration, Instant},
};

use crossbeam_channel::{Receiver, RecvTimeoutError};

use super::{News, door::Guest, lock::held, service::Service};
use crate::{
    images::Pictures,
    sentence::visible,
    socket::{End, Line},
    stream::{
        Admission, Command, Content as _, Query, Reply, ViewerEnd,
        wire::{Endpoint, Message},
    },
    words::Phrase,
};

/// How often one looks at the trainer while nothing comes from the viewer, and while there is none.
const LOOK_EVERY: Duration = Duration::from_millis(5);
const LOOK_SELDOM: Duration = Duration::from_millis(50);
/// Messages that are seen to before one looks at the others.
const AT_ONCE: usize = 256;
/// Snapshots that a viewer may not have taken; docs/PROTOCOL.md says the same.
const CREDIT: usize = 2;
/// How long a viewer may say nothing.
const SILENCE: Duration = Duration::from_secs(20);

/// Why a viewer no longer watches.
enum Over {
    /// It has left.
    Left,
    /// It was sent away, as this is wrong.
    Wrong(Phrase),
    /// The service ends.
    Ended,
}

/// Somebody who watches.
struct Watching<'a> {
    service: &'a Service,
    line: Line,
    /// What it is told.
    told: ViewerEnd,
    /// What is answered to it.
    answered: &'a Receiver<Reply>,
    /// Snapshots that it has not taken.
    untaken: usize,
    /// Whether it has stopped the training.
    holds: bool,
    heard: Instant,
}

/// Attends to one viewer after the other until the service ends.
pub(super) fn watch(service: &Service, guests: &Receiver<Guest>, answered: &Receiver<Reply>) {
    while !service.has_ended() {
        if let Ok(guest) = guests.recv_timeout(LOOK_SELDOM) {
            attend(service, guest, answered);
            service.busy.store(false, Ordering::Release);
        }
    }
}

fn attend(service: &Service, guest: Guest, answered: &Receiver<Reply>) {
    let Guest { socket, hello, rest } = guest;
    let kinds = service.kinds.clone();
    let Ok(mut line) = Line::open(socket, &rest, Endpoint::Trainer, kinds) else {
        return;
    };
    if line.say(&Message::Admission(Admission::to_watch(service.exhibit))).is_err() {
        return;
    }
    service.tell(News::Watched { program: hello.program });
    // What was answered to the one before, and shown to it, is nobody's.
    answered.try_iter().for_each(drop);
    drop(service.room.newest_snapshot());
    let told = held(&service.telling).join();
    let (untaken, holds, heard) = (0, false, Instant::now());
    let mut watching = Watching { service, line, told, answered, untaken, holds, heard };
    let over = watching.go_on();
    held(&service.telling).part();
    let Watching { line, holds, .. } = watching;
    release(service, holds);
    match over {
        Over::Left => service.tell(News::Left),
        Over::Wrong(why) => {
            line.refuse(&why.to_string());
            service.tell(News::SentAway { why });
        }
        Over::Ended => line.refuse(&service.farewell().to_string()),
    }
}

/// Nobody watches any more, so that nothing is shown, and nobody holds the training up.
fn release(service: &Service, holds: bool) {
    service.asked.forget_viewer();
    service.room.ask(Command::SetSnapshotRate { per_second: 0.0 });
    service.room.ask(Command::LimitSpeed { steps_per_second: None });
    if holds && !service.has_ended() {
        service.room.ask(Command::Resume);
    }
}

impl Watching<'_> {
    fn go_on(&mut self) -> Over {
        let mut patience = Duration::ZERO;
        while !self.service.has_ended() {
            let heard = match self.hear(patience) {
                Ok(heard) => heard,
                Err(over) => return over,
            };
            let told = match self.tell() {
                Ok(told) => told,
                Err(why) => return self.unheard(&why),
            };
            if self.heard.elapsed() > SILENCE {
                return Over::Wrong(phrase!("serve-it-says-nothing", seconds = SILENCE.as_secs()));
            }
            patience = if heard || told { Duration::ZERO } else { LOOK_EVERY };
        }
        Over::Ended
    }

    /// Why nothing more can be said to the viewer.
    fn unheard(&self, why: &io::Error) -> Over {
        if matches!(why.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) {
            return Over::Wrong(phrase!("serve-it-does-not-read"));
        }
        // What it said last may lie here.
        for last in self.line.heard.try_iter() {
            if let Ok(Message::Admission(Admission { said: Err(why), .. })) = last {
                return Over::Wrong(visible(&why).into());
            }
        }
        Over::Left
    }

    /// Hears what the viewer asks; whether it has said anything.
    fn hear(&mut self, patience: Duration) -> Result<bool, Over> {
        for at in 0..AT_ONCE {
            let patience = if at == 0 { patience } else { Duration::ZERO };
            let message = match self.line.heard.recv_timeout(patience) {
                Ok(Ok(message)) => message,
                Ok(Err(End::Wrong(why))) => return Err(Over::Wrong(why.to_string().into())),
                Ok(Err(End::Gone { .. })) | Err(RecvTimeoutError::Disconnected) => {
                    return Err(Over::Left);
                }
                Err(RecvTimeoutError::Timeout) => return Ok(at > 0),
            };
            self.heard = Instant::now();
            self.take(message)?;
        }
        Ok(true)
    }

    fn take(&mut self, message: Message) -> Result<(), Over> {
        match message {
            Message::Command(command) => self.obey(command),
            Message::Query(query) => self.ask(query)?,
            Message::Taken(_) => self.untaken = self.untaken.saturating_sub(1),
            // A viewer that finds something wrong says so, and goes.
            Message::Admission(Admission { said: Err(why), .. }) => {
                return Err(Over::Wrong(visible(&why).into()));
            }
            // The others no reader of a trainer lets through.
            Message::Admission(_)
            | Message::Hello(_)
            | Message::Report(_)
            | Message::Snapshot(_)
            | Message::Reply(_)
            | Message::Steps(_) => return Err(Over::Wrong(phrase!("attach-a-hello-comes-once"))),
        }
        Ok(())
    }

    fn obey(&mut self, command: Command) {
        match command {
            // That it is there.
            Command::Seek { .. } => return,
            Command::Pause | Command::Advance { .. } => self.holds = true,
            Command::Resume | Command::Restart { .. } | Command::Change(_) => self.holds = false,
            _ => {}
        }
        self.service.room.ask(command);
    }

    fn ask(&mut self, query: Query) -> Result<(), Over> {
        let Query { id, about, at } = query;
        // Questions of one kind take each other's place, and this one is asked for many.
        let is_taken = about.kind() == Pictures::KIND;
        if !is_taken && self.service.asked.by_viewer(&self.service.room, id, (about, at)) {
            return Ok(());
        }
        let status = self.service.status();
        let said = Err(phrase!("serve-too-much-is-asked"));
        let reply = Reply { id, run: status.run, step: status.step, said };
        let said = self.line.say(&Message::Reply(reply));
        said.map_err(|why| self.unheard(&why))
    }

    /// Tells what has come; whether anything has.
    fn tell(&mut self) -> io::Result<bool> {
        let mut any = false;
        for _ in 0..AT_ONCE {
            let Some(report) = self.told.report() else { break };
            self.line.say(&Message::Report(report))?;
            any = true;
        }
        for reply in self.answered.try_iter() {
            self.line.say(&Message::Reply(reply))?;
            any = true;
        }
        if self.untaken < CREDIT
            && let Some(snapshot) = self.service.room.newest_snapshot()
        {
            self.line.say(&Message::Snapshot(snapshot))?;
            self.untaken += 1;
            any = true;
        }
        Ok(any)
    }
}
