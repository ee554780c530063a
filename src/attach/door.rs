//! The door: who connects is heard, and let in or sent away in one sentence, while nobody who is silent, rude or many holds
//! anything up.

use std::{
    collections::VecDeque,
    io::{ErrorKind, Read as _},
    net::{TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use crossbeam_channel::Sender;

use super::{News, Token, Told};
use crate::{
    sentence::shown,
    socket::{heard, send_away, tidied},
    stream::{Hello, wire},
    words::{Language, Phrase, speaking},
};

/// Connections that may be heard at once.
pub(super) const MOST_WAITING: usize = 16;
/// How long one may take to say who it is.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);
/// Wrong tokens in a minute, after which nobody is let in until it is over.
pub(super) const MOST_WRONG: usize = 5;
const MINUTE: Duration = Duration::from_secs(60);
/// Connections that are taken in before those that wait are heard.
const AT_ONCE: usize = 64;
/// The same news are told again after this.
const SAME_NEWS: Duration = Duration::from_secs(10);
/// How often one looks, where somebody waits and where nobody does.
const LOOK_SOON: Duration = Duration::from_millis(5);
const LOOK_SELDOM: Duration = Duration::from_millis(50);

/// A training that is let in, with what it has said already.
pub(super) struct Guest {
    pub(super) socket: TcpStream,
    pub(super) hello: Hello,
    pub(super) rest: Vec<u8>,
}

/// A connection that has not said who it is.
struct Stranger {
    socket: TcpStream,
    since: Instant,
    bytes: Vec<u8>,
}

/// What came of listening to a stranger.
enum Heard {
    /// Not enough yet.
    Nothing,
    /// It has hung up.
    Left,
    /// No hello, and why.
    Wrong(Phrase),
    /// Who it is.
    Hello(Hello),
}

/// Listens, and lets in.
pub(super) struct Door {
    listener: TcpListener,
    token: Token,
    strangers: Vec<Stranger>,
    /// When wrong tokens were named, the last ones.
    wrong: VecDeque<Instant>,
    guests: Sender<Guest>,
    /// Whether a training is attached.
    busy: Arc<AtomicBool>,
    told: Told,
    /// What was told last of those who were not let in, and when.
    said: Option<(Instant, Phrase)>,
}

impl Door {
    pub(super) fn new(
        listener: TcpListener,
        token: Token,
        guests: Sender<Guest>,
        busy: Arc<AtomicBool>,
        told: Told,
    ) -> Self {
        let (strangers, wrong) = (Vec::new(), VecDeque::new());
        Self { listener, token, strangers, wrong, guests, busy, told, said: None }
    }

    /// Lets trainings in until it is told to end.
    pub(super) fn watch(mut self, ends: &AtomicBool) {
        while !ends.load(Ordering::Relaxed) {
            let came = self.take_in();
            self.hear_all();
            match (came, self.strangers.is_empty()) {
                (true, _) => {}
                (false, false) => thread::sleep(LOOK_SOON),
                (false, true) => thread::sleep(LOOK_SELDOM),
            }
        }
    }

    /// Takes in who has connected; whether somebody has.
    fn take_in(&mut self) -> bool {
        let mut came = false;
        for _ in 0..AT_ONCE {
            let Ok((socket, from)) = self.listener.accept() else {
                break;
            };
            came = true;
            if !from.ip().is_loopback() || socket.set_nonblocking(true).is_err() {
                continue;
            }
            if self.strangers.len() < MOST_WAITING {
                let (since, bytes) = (Instant::now(), Vec::new());
                self.strangers.push(Stranger { socket, since, bytes });
            } else {
                self.refuse(socket, phrase!("attach-too-many-wait"));
            }
        }
        came
    }

    fn hear_all(&mut self) {
        for mut stranger in std::mem::take(&mut self.strangers) {
            match stranger.hear() {
                Heard::Nothing if stranger.since.elapsed() < PATIENCE => {
                    self.strangers.push(stranger);
                }
                Heard::Nothing => {
                    self.refuse(stranger.socket, phrase!("attach-nothing-was-said"));
                }
                Heard::Left => {}
                Heard::Wrong(why) => self.refuse(stranger.socket, why),
                Heard::Hello(hello) => match self.judge(&hello) {
                    Ok(()) => self.let_in(stranger, hello),
                    Err(why) => self.refuse(stranger.socket, why),
                },
            }
        }
    }

    /// Sends somebody away, and tells the hall why, though not ten thousand times.
    fn refuse(&mut self, socket: TcpStream, why: Phrase) {
        let is_news = |(when, what): &(Instant, Phrase)| *what != why || when.elapsed() > SAME_NEWS;
        if self.said.as_ref().is_none_or(is_news) {
            self.said = Some((Instant::now(), why.clone()));
            (self.told)(News::Refused { why: why.clone() });
        }
        // The package in the script speaks English.
        speaking(Language::English, || send_away(socket, &why));
    }

    /// Whether somebody may come in; else why not, in one sentence.
    fn judge(&mut self, hello: &Hello) -> Result<(), Phrase> {
        while self.wrong.front().is_some_and(|named| named.elapsed() > MINUTE) {
            self.wrong.pop_front();
        }
        // Nothing is compared then: whoever guesses learns nothing.
        if self.wrong.len() >= MOST_WRONG {
            return Err(phrase!("attach-too-many-wrong", most = MOST_WRONG));
        }
        if !self.token.is(&hello.token) {
            self.wrong.push_back(Instant::now());
            return Err(phrase!("attach-another-token"));
        }
        if hello.protocol != wire::VERSION {
            let (theirs, ours) = (hello.protocol, wire::VERSION);
            return Err(phrase!("attach-another-version", theirs, ours));
        }
        if self.busy.load(Ordering::Acquire) {
            return Err(phrase!("attach-one-at-a-time", program = shown(&hello.program)));
        }
        Ok(())
    }

    fn let_in(&self, stranger: Stranger, hello: Hello) {
        let hello = tidied(hello);
        let Stranger { socket, bytes, .. } = stranger;
        if socket.set_nonblocking(false).is_err() {
            return;
        }
        self.busy.store(true, Ordering::Release);
        if self.guests.try_send(Guest { socket, hello, rest: bytes }).is_err() {
            self.busy.store(false, Ordering::Release);
        }
    }
}

impl Stranger {
    /// Hears what it has said so far; no more is read than a hello is long.
    fn hear(&mut self) -> Heard {
        let mut piece = [0; 1024];
        loop {
            match self.hello() {
                Ok(None) => {}
                Ok(Some(hello)) => return Heard::Hello(hello),
                Err(why) => return Heard::Wrong(why),
            }
            match self.socket.read(&mut piece) {
                Ok(0) => return Heard::Left,
                Ok(read) => self.bytes.extend_from_slice(piece.get(..read).unwrap_or_default()),
                Err(why) if why.kind() == ErrorKind::WouldBlock => return Heard::Nothing,
                Err(why) if why.kind() == ErrorKind::Interrupted => {}
                Err(_) => return Heard::Left,
            }
        }
    }

    /// The hello, once all of it is there; what follows it stays.
    fn hello(&mut self) -> Result<Option<Hello>, Phrase> {
        let Some((hello, length)) = heard(&self.bytes)? else {
            return Ok(None);
        };
        self.bytes.drain(..length);
        Ok(Some(hello))
    }
}
