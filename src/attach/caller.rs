//! The caller: it connects to a training that this program serves elsewhere, names the token, and hands the line to the keeper;
//! when the line was lost it connects again, ever more seldom.

use std::{
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpStream, ToSocketAddrs as _},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use crossbeam_channel::{Sender, bounded};

use super::{Attached, Connection, News, Told, door::Guest, keeper::Keeper, keeper::Kept};
use crate::{
    sentence::{shown, visible},
    socket::{Announced, MOST_HELLO, Token},
    stream::{
        Admission, ExhibitId, Hello, PayloadKinds, TrainerEnd,
        wire::{self, Endpoint, Message},
    },
    words::Phrase,
};

/// How long the other side may take to answer.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long one waits before connecting again, at first and at most.
const SOON: Duration = Duration::from_millis(500);
const SELDOM: Duration = Duration::from_secs(10);
/// How often one looks whether the line is still there.
const LOOK_EVERY: Duration = Duration::from_millis(50);
/// The longest sentence of a refusal that is shown, in letters.
const MOST_LETTERS: usize = 400;

/// A training that is served elsewhere, and has let this program in.
pub struct Calling {
    address: String,
    token: Token,
    exhibit: ExhibitId,
    renewed: Option<Renewed>,
    connection: Connection,
    /// What has come already.
    guest: Guest,
}

/// Looks up the token that a service has by now.
pub type Renewed = Box<dyn Fn() -> Option<Token> + Send + Sync>;

impl Calling {
    /// Connects to an address, such as `192.0.2.7:7346`; `renewed` looks up another token each time that it connects again.
    ///
    /// # Errors
    /// One sentence if nobody answers there, or nobody is let in.
    pub fn open(address: &str, token: Token, renewed: Option<Renewed>) -> Result<Self, Phrase> {
        let (guest, exhibit) = call(address, &token)?;
        let (address, connection) = (address.to_owned(), Connection::default());
        connection.set(true);
        Ok(Self { address, token, exhibit, renewed, connection, guest })
    }

    /// Tells whether the line holds, also later.
    pub fn connection(&self) -> Connection {
        self.connection.clone()
    }

    /// The exhibit whose training is served there.
    pub const fn exhibit(&self) -> ExhibitId {
        self.exhibit
    }

    /// Shows the training at the viewer's end until that is dropped or asks to stop; it is read with these payloads.
    ///
    /// # Errors
    /// One sentence if the system gives no thread.
    pub fn start(
        self,
        kinds: PayloadKinds,
        trainer: TrainerEnd,
        told: Told,
    ) -> Result<Attached, Phrase> {
        let Self { address, token, exhibit, renewed, connection, guest } = self;
        let busy = Arc::new(AtomicBool::new(true));
        let (guests, admitted) = bounded(1);
        // There is room for one.
        guests.try_send(guest).ok();
        let kept = Kept { exhibit, kinds, own: true, connection };
        let keeper = Keeper::new(trainer, admitted, busy.clone(), kept, told.clone());
        let (ends, announced) = (Arc::new(AtomicBool::new(false)), Announced::nowhere());
        let mut attached = Attached { threads: Vec::new(), ends, _announced: announced };
        attached.begin("attached", move |ends| keeper.keep(ends))?;
        let caller = Caller { address, token, exhibit, renewed, guests, busy, told };
        attached.begin("caller", move |ends| caller.call_again(ends))?;
        Ok(attached)
    }
}

/// Connects again.
struct Caller {
    address: String,
    token: Token,
    exhibit: ExhibitId,
    renewed: Option<Renewed>,
    guests: Sender<Guest>,
    busy: Arc<AtomicBool>,
    told: Told,
}

impl Caller {
    fn call_again(mut self, ends: &AtomicBool) {
        let (mut wait, mut lost, mut said) = (SOON, None, None);
        while !ends.load(Ordering::Relaxed) {
            thread::sleep(LOOK_EVERY);
            if self.busy.load(Ordering::Acquire) {
                (wait, lost, said) = (SOON, None, None);
                continue;
            }
            if lost.get_or_insert_with(Instant::now).elapsed() < wait {
                continue;
            }
            (wait, lost) = ((2 * wait).min(SELDOM), None);
            if let Some(token) = self.renewed.as_ref().and_then(|renewed| renewed()) {
                self.token = token;
            }
            match call(&self.address, &self.token).and_then(|called| self.of_the_same(called)) {
                Ok(guest) => {
                    self.busy.store(true, Ordering::Release);
                    if self.guests.try_send(guest).is_err() {
                        return;
                    }
                }
                Err(why) if said.as_ref() == Some(&why) => {}
                Err(why) => {
                    (self.told)(News::Unreachable { why: why.clone() });
                    said = Some(why);
                }
            }
        }
    }

    /// Another exhibit cannot be shown in the place of this one.
    fn of_the_same(&self, (guest, exhibit): (Guest, ExhibitId)) -> Result<Guest, Phrase> {
        let name = exhibit.name();
        if exhibit == self.exhibit {
            Ok(guest)
        } else {
            Err(phrase!("list-sentence", text = phrase!("attach-another-exhibit", name)))
        }
    }
}

/// Connects, says who one is, and hears whether one is let in.
fn call(address: &str, token: &Token) -> Result<(Guest, ExhibitId), Phrase> {
    let mut socket = connect(address)?;
    let lost = |why: std::io::Error| phrase!("attach-nobody-serves", address, why);
    let hello = Hello {
        protocol: wire::VERSION,
        token: token.to_string(),
        program: format!("{} {}", env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION")),
        framework: String::new(),
        answers: Vec::new(),
    };
    let mut bytes = Vec::new();
    let foreign =
        |why: wire::WireError| phrase!("attach-no-service", address, why = why.to_string());
    wire::write(&Message::Hello(hello), &mut bytes).map_err(foreign)?;
    socket.write_all(&bytes).map_err(lost)?;
    let (admission, rest) = admission(&mut socket, address)?;
    match (admission.said, admission.exhibit) {
        (Ok(()), Some(exhibit)) => {
            let hello = Hello {
                protocol: wire::VERSION,
                token: String::new(),
                program: address.to_owned(),
                framework: String::new(),
                answers: Vec::new(),
            };
            Ok((Guest { socket, hello, rest }, exhibit))
        }
        (Ok(()), None) => Err(phrase!("attach-it-serves-nothing", address)),
        (Err(why), _) => {
            let why: String = visible(&why).chars().take(MOST_LETTERS).collect();
            Err(phrase!("attach-not-let-in", address, why))
        }
    }
}

/// The first place of an address that answers.
fn connect(address: &str) -> Result<TcpStream, Phrase> {
    let lost = |why: std::io::Error| phrase!("attach-nobody-serves", address, why);
    let places: Vec<SocketAddr> = address.to_socket_addrs().map_err(lost)?.collect();
    let mut why = std::io::Error::from(std::io::ErrorKind::AddrNotAvailable);
    for place in places {
        match TcpStream::connect_timeout(&place, PATIENCE) {
            Ok(socket) => {
                socket.set_read_timeout(Some(PATIENCE)).map_err(lost)?;
                socket.set_write_timeout(Some(PATIENCE)).map_err(lost)?;
                return Ok(socket);
            }
            Err(error) => why = error,
        }
    }
    Err(lost(why))
}

/// What is said at the door, and what followed it already.
fn admission(socket: &mut TcpStream, address: &str) -> Result<(Admission, Vec<u8>), Phrase> {
    let foreign =
        |why: wire::WireError| phrase!("attach-no-service", address, why = why.to_string());
    let (begun, mut bytes, mut piece) = (Instant::now(), Vec::new(), [0; 4096]);
    loop {
        if let Some((_, header, body)) = wire::announced(&bytes).map_err(foreign)? {
            if header > MOST_HELLO || body > 0 {
                return Err(phrase!("attach-it-serves-nothing", address));
            }
            let read = wire::read(&bytes, Endpoint::Trainer, &PayloadKinds::default());
            if let Some((message, length)) = read.map_err(foreign)? {
                bytes.drain(..length);
                return match message {
                    Message::Admission(admission) => Ok((admission, bytes)),
                    _ => Err(phrase!("attach-it-serves-nothing", address)),
                };
            }
        }
        let silent = || phrase!("attach-it-says-nothing", address = shown(address));
        if begun.elapsed() > PATIENCE {
            return Err(silent());
        }
        match socket.read(&mut piece) {
            Ok(0) => return Err(silent()),
            Ok(read) => bytes.extend_from_slice(piece.get(..read).unwrap_or_default()),
            Err(why) if why.kind() == std::io::ErrorKind::Interrupted => {}
            Err(_) => return Err(silent()),
        }
    }
}
