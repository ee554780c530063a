//! A training of another program is watched: the hall waits for it on this machine, lets it in by a token, and takes what it
//! says for what a training of its own would say.
//!
//! The `door` listens on the loopback address and lets in whoever names the token that the hall shows, one training at a
//! time. The `keeper` has the trainer's end of the stream and, while a training is attached, its socket: what comes
//! goes through the `gate`, which lets nothing pass that a view could stumble over, and what the hall asks goes the other
//! way. Nobody waits for anybody: the training sends a snapshot when it was told that the last one was taken, the hall
//! reads while it draws, and whoever goes away is told in one sentence.
//!
//! A training that this program serves on another machine is watched by the same keeper; only that nobody waits for it at a
//! door: the `caller` connects to where it is served, and connects again when it was lost.

mod caller;
mod door;
mod gate;
mod keeper;
mod news;
mod payload;
mod standing;
#[cfg(test)]
mod tests;

use std::{
    net::{Ipv4Addr, TcpListener},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use crossbeam_channel::bounded;

pub use crate::socket::Token;
pub use caller::{Calling, Renewed};
pub use news::News;
pub use payload::{Learned, PAYLOADS};

use crate::{
    socket::Announced,
    stream::{ExhibitId, PayloadKind, TrainerEnd},
    words::Phrase,
};
use door::Door;
use keeper::{Keeper, Kept};

/// The port that a training looks at when it is not told another.
pub const PORT: u16 = 7345;
/// The file in which port and token are written down.
const FILE: &str = "attach.json";
/// How long the threads may take to end.
const FAREWELL: Duration = Duration::from_millis(1500);

/// Whether the line to a training that is served elsewhere holds; clones tell of the same one.
#[derive(Clone, Debug, Default)]
pub struct Connection(Arc<AtomicBool>);

impl Connection {
    /// Whether what is asked reaches it.
    pub fn holds(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }

    fn set(&self, holds: bool) {
        self.0.store(holds, Ordering::Release);
    }
}

/// Hears what happens at the door, on threads of its own.
pub type Told = Arc<dyn Fn(News) + Send + Sync>;

/// A port on which a training may come, before anybody is let in.
#[derive(Debug)]
pub struct Waiting {
    listener: TcpListener,
    port: u16,
    token: Token,
    announced: Announced,
}

impl Waiting {
    /// Takes the port, on the loopback address alone, and writes down for programs of the same user how to come in; port 0 is
    /// whichever is free.
    ///
    /// # Errors
    /// One sentence if the port cannot be had.
    pub fn open(port: u16, token: Token) -> Result<Self, Phrase> {
        let waiting = Self::unannounced_on(port, token)?;
        let announced = Announced::write(FILE, waiting.port, &token);
        Ok(Self { announced, ..waiting })
    }

    /// The same without writing anything down, for those who tell it themselves.
    ///
    /// # Errors
    /// One sentence if the port cannot be had.
    pub fn unannounced_on(port: u16, token: Token) -> Result<Self, Phrase> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port));
        let taken = |why: std::io::Error| phrase!("attach-the-port-cannot-be-had", port, why);
        let listener = listener.map_err(taken)?;
        listener.set_nonblocking(true).map_err(taken)?;
        let port = listener.local_addr().map_err(taken)?.port();
        Ok(Self { listener, port, token, announced: Announced::nowhere() })
    }

    /// The port.
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// What a training has to name.
    pub const fn token(&self) -> &Token {
        &self.token
    }

    /// Why the file could not be written from which programs of the same user learn port and token, if it could not.
    pub fn trouble(&self) -> Option<&Phrase> {
        self.announced.trouble()
    }

    /// Lets trainings in, each as a run of this exhibit, which has these payloads of its own, until the viewer's end is dropped
    /// or asks to stop.
    ///
    /// # Errors
    /// One sentence if the system gives no thread.
    pub fn start(
        self,
        (exhibit, payloads): (ExhibitId, &'static [PayloadKind]),
        trainer: TrainerEnd,
        told: Told,
    ) -> Result<Attached, Phrase> {
        let Self { listener, token, announced, .. } = self;
        let ends = Arc::new(AtomicBool::new(false));
        let busy = Arc::new(AtomicBool::new(false));
        let (guests, admitted) = bounded(1);
        let door = Door::new(listener, token, guests, busy.clone(), told.clone());
        let kept = Kept {
            exhibit,
            kinds: gate::kinds(payloads),
            own: false,
            connection: Connection::default(),
        };
        let keeper = Keeper::new(trainer, admitted, busy, kept, told);
        let mut attached = Attached { threads: Vec::new(), ends, _announced: announced };
        attached.begin("attached", move |ends| keeper.keep(ends))?;
        attached.begin("door", move |ends| door.watch(ends))?;
        Ok(attached)
    }
}

/// Trainings are let in while it is there; dropping it closes door and line, and nothing happens to who trains.
#[derive(Debug)]
pub struct Attached {
    threads: Vec<JoinHandle<()>>,
    ends: Arc<AtomicBool>,
    /// The file goes with it.
    _announced: Announced,
}

impl Attached {
    /// Begins a thread that is told when to end.
    fn begin(
        &mut self,
        name: &str,
        work: impl FnOnce(&AtomicBool) + Send + 'static,
    ) -> Result<(), Phrase> {
        let ends = self.ends.clone();
        let begun = thread::Builder::new().name(name.to_owned()).spawn(move || work(&ends));
        self.threads.push(begun.map_err(|why| phrase!("attach-no-thread", why))?);
        Ok(())
    }

    /// Whether nobody can come in any more.
    pub fn is_over(&self) -> bool {
        self.threads.iter().any(JoinHandle::is_finished)
    }
}

impl Drop for Attached {
    fn drop(&mut self) {
        self.ends.store(true, Ordering::Relaxed);
        let begun = Instant::now();
        for thread in self.threads.drain(..) {
            while !thread.is_finished() && begun.elapsed() < FAREWELL {
                thread::sleep(Duration::from_millis(5));
            }
        }
    }
}
