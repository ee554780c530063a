//! A training as a service: it goes on on a machine without a display, is watched from elsewhere through the same protocol by
//! which a training attaches, and answers over HTTP what an image is, whether it is well, and how it stands in numbers.
//!
//! One port does all of it. The `door` hears by the first bytes who has come: a viewer that names the token is handed to
//! `watching`, everybody else is answered as HTTP. What the trainer tells goes through `telling` to the terminal and to
//! the viewer, and is remembered as the `past` for viewers that come later; what is asked and answered goes by the number
//! of its question (`asked`); images are gathered and read many at once (`predicting`). The trainer waits for none of
//! them: its reports are taken as they come, and a viewer that is slow gets fewer that stand for more.

mod asked;
mod counts;
mod door;
mod http;
mod incoming;
mod job;
mod lock;
mod news;
mod past;
mod predicting;
mod rate;
mod sent_image;
mod service;
mod status;
mod telling;
#[cfg(test)]
mod tests;
mod watching;

use std::{
    net::{IpAddr, SocketAddr, TcpListener, TcpStream},
    sync::{Arc, atomic::Ordering},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use crossbeam_channel::bounded;

pub use news::News;
pub use sent_image::Decode;

use crate::{
    socket::{Announced, Token, written_down},
    stream::{Command, ExhibitId, PayloadKinds, SaveReport, TrainerEnd, ViewerEnd},
    words::Phrase,
};
use service::Service;

/// The port on which a training is served when none is named.
pub const PORT: u16 = 7346;
/// The file in which port and token are written down.
const FILE: &str = "serve.json";
/// How long the threads may take to end.
const FAREWELL: Duration = Duration::from_millis(2500);
/// How often one looks whether the training has been written down.
const LOOK_EVERY: Duration = Duration::from_millis(10);

/// Hears who comes and goes, on threads of its own.
pub type Told = Arc<dyn Fn(News) + Send + Sync>;

/// The token that a service of the same user has written down for this port of this machine, if the address is one of it.
pub fn token_for(address: &str) -> Option<Token> {
    let (host, port) = address.rsplit_once(':')?;
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let is_here =
        host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
    port.parse().ok().filter(|_| is_here).and_then(|port| written_down(FILE, port))
}

/// An address on which nobody is heard yet.
#[derive(Debug)]
pub struct Listening {
    listener: TcpListener,
    address: SocketAddr,
    token: Token,
    announced: Announced,
}

impl Listening {
    /// Takes the address, and writes port and token down for programs of the same user; port 0 is whichever is free.
    ///
    /// # Errors
    /// One sentence if it cannot be had.
    pub fn open(address: SocketAddr, token: Token) -> Result<Self, Phrase> {
        let listening = Self::unannounced_on(address, token)?;
        let announced = Announced::write(FILE, listening.address.port(), &token);
        Ok(Self { announced, ..listening })
    }

    /// The same without writing anything down, for those who tell it themselves.
    ///
    /// # Errors
    /// One sentence if it cannot be had.
    pub fn unannounced_on(address: SocketAddr, token: Token) -> Result<Self, Phrase> {
        let taken = |why: std::io::Error| {
            phrase!("serve-cannot-listen", address = address.to_string(), why)
        };
        let listener = TcpListener::bind(address).map_err(taken)?;
        let address = listener.local_addr().map_err(taken)?;
        Ok(Self { listener, address, token, announced: Announced::nowhere() })
    }

    /// Where it listens.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// What must be named.
    pub const fn token(&self) -> &Token {
        &self.token
    }

    /// Why port and token could not be written down for programs of the same user, if they could not.
    pub fn trouble(&self) -> Option<&Phrase> {
        self.announced.trouble()
    }

    /// Serves the training at the other end of `room`, whose payloads are these; everything that it tells is also told through
    /// `terminal`. Pictures are brought to what the model reads by `decode`.
    ///
    /// # Errors
    /// One sentence if the system gives no thread.
    pub fn start(
        self,
        (exhibit, kinds): (ExhibitId, PayloadKinds),
        (room, terminal): (ViewerEnd, TrainerEnd),
        decode: Decode,
        told: Told,
    ) -> Result<Served, Phrase> {
        let Self { listener, address, token, announced } = self;
        let (jobs, asked_for) = bounded(job::MOST_WAITING);
        let (replies, answered) = bounded(asked::MOST_REPLIES);
        let (guests, admitted) = bounded(1);
        let service =
            Arc::new(Service::new((exhibit, kinds, token), room, (jobs, replies), decode, told));
        let mut served = Served {
            service: service.clone(),
            threads: Vec::new(),
            address,
            _announced: announced,
        };
        let here = Arc::clone(&service);
        served.begin("telling", move || {
            telling::tell(&here.room, &here.telling, &here.ends, terminal);
        })?;
        let here = Arc::clone(&service);
        served.begin("answering", move || asked::hand_on(&here.room, &here.asked, &here.ends))?;
        let here = Arc::clone(&service);
        served.begin("predicting", move || predicting::predict(&here, &asked_for))?;
        let here = Arc::clone(&service);
        served.begin("watched", move || watching::watch(&here, &admitted, &answered))?;
        served.begin("door", move || door::listen(&service, &listener, &guests))?;
        Ok(served)
    }
}

/// A training that is served while this is there; dropping it closes the port and lets the training go.
pub struct Served {
    service: Arc<Service>,
    threads: Vec<JoinHandle<()>>,
    address: SocketAddr,
    /// The file goes with it.
    _announced: Announced,
}

impl Served {
    fn begin(&mut self, name: &str, work: impl FnOnce() + Send + 'static) -> Result<(), Phrase> {
        let begun = thread::Builder::new().name(name.to_owned()).spawn(work);
        self.threads.push(begun.map_err(|why| phrase!("attach-no-thread", why))?);
        Ok(())
    }

    /// Whether it serves no longer, though nobody has asked it to stop.
    pub fn is_over(&self) -> bool {
        self.threads.iter().any(JoinHandle::is_finished)
    }

    /// Stops the training between two steps, has it written down where it has a place, and bids whoever watches farewell; what
    /// became of writing it down, or `None` where the training has not answered in time.
    pub fn stop(&self, patience: Duration, farewell: Phrase) -> Option<SaveReport> {
        let saves = self.service.status().saves;
        self.service.room.ask(Command::Pause);
        self.service.room.ask(Command::Save);
        let begun = Instant::now();
        let mut saved = None;
        while saved.is_none() && begun.elapsed() < patience {
            thread::sleep(LOOK_EVERY);
            let status = self.service.status();
            saved = status.saved.filter(|_| status.saves > saves);
        }
        self.service.bid_farewell(farewell);
        saved
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.service.ends.store(true, Ordering::Relaxed);
        // Whoever listens waits for somebody to come.
        let mut here = self.address;
        if here.ip().is_unspecified() {
            here.set_ip(match here {
                SocketAddr::V4(_) => IpAddr::from([127, 0, 0, 1]),
                SocketAddr::V6(_) => IpAddr::from([0, 0, 0, 0, 0, 0, 0, 1]),
            });
        }
        TcpStream::connect_timeout(&here, LOOK_EVERY * 10).ok();
        let begun = Instant::now();
        for thread in self.threads.drain(..) {
            while !thread.is_finished() && begun.elapsed() < FAREWELL {
                thread::sleep(LOOK_EVERY);
            }
        }
    }
}
