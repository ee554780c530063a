//! The door: whoever connects is told apart by the first bytes, a viewer from whoever speaks HTTP; so many are heard at once
//! and no more, each on a thread of its own that waits for nobody longer than it says.

use std::{
    io::Write as _,
    net::{TcpListener, TcpStream},
    sync::{Arc, atomic::Ordering},
    thread,
    time::{Duration, Instant},
};

use crossbeam_channel::Sender;

use super::{
    http,
    incoming::{Incoming, MOST_CONNECTIONS, PATIENCE, Silent},
    service::Service,
};
use crate::{
    socket::{heard, send_away, tidied},
    stream::{
        Hello,
        wire::{self, MAGIC},
    },
    words::Phrase,
};

/// How long one may take to read what is written to it.
const WRITING: Duration = Duration::from_secs(5);
/// How often one looks whether the service is over.
const LOOK_EVERY: Duration = Duration::from_millis(250);
/// Bytes that tell who has come: `PC` begins a frame, and no method of HTTP.
const TELLING: usize = 2;
/// Bytes of a stack; a picture is decoded on it.
const STACK: usize = 1 << 20;

/// A viewer that is let in, with what it has said already.
pub(super) struct Guest {
    pub(super) socket: TcpStream,
    pub(super) hello: Hello,
    pub(super) rest: Vec<u8>,
}

/// Listens until the service ends.
pub(super) fn listen(service: &Arc<Service>, listener: &TcpListener, guests: &Sender<Guest>) {
    while !service.has_ended() {
        match listener.accept() {
            Ok((socket, _)) => take_in(service, socket, guests),
            // As where the system has no more of what connections take.
            Err(_) => thread::sleep(LOOK_EVERY),
        }
    }
}

/// A connection that is counted as open while this is there.
struct Open(Arc<Service>);

impl Drop for Open {
    fn drop(&mut self) {
        self.0.counts.connections.fetch_sub(1, Ordering::AcqRel);
    }
}

fn take_in(service: &Arc<Service>, socket: TcpStream, guests: &Sender<Guest>) {
    let before = service.counts.connections.fetch_add(1, Ordering::AcqRel);
    let open = Open(Arc::clone(service));
    if before < MOST_CONNECTIONS {
        let guests = guests.clone();
        let heard = move || attend(&open.0, socket, &guests);
        // Where the system gives no thread, the connection is closed.
        thread::Builder::new().name("heard".to_owned()).stack_size(STACK).spawn(heard).ok();
        return;
    }
    drop(open);
    service.counts.turned_away.fetch_add(1, Ordering::Relaxed);
    // Who it is was not heard, so that it is told in the way that most read; nobody waits for that.
    let why = phrase!("serve-too-many-connections", most = MOST_CONNECTIONS);
    service.refused(&why);
    if socket.set_nonblocking(true).is_ok() {
        (&socket).write_all(&http::turned_away(&why)).ok();
    }
}

fn attend(service: &Service, socket: TcpStream, guests: &Sender<Guest>) {
    let set = socket
        .set_nodelay(true)
        .and_then(|()| socket.set_read_timeout(Some(LOOK_EVERY)))
        .and_then(|()| socket.set_write_timeout(Some(WRITING)));
    if set.is_err() {
        return;
    }
    let mut incoming = Incoming { socket, bytes: Vec::new() };
    let begun = Instant::now();
    while incoming.bytes.len() < TELLING {
        if let Err(silent) = incoming.hear(service, begun + PATIENCE) {
            if silent == Silent::TooLong {
                service.refused(&phrase!("attach-nothing-was-said"));
            }
            return;
        }
    }
    if incoming.bytes.iter().zip(MAGIC).take(TELLING).all(|(said, magic)| *said == magic) {
        let_in(service, incoming, begun, guests);
    } else {
        http::attend(service, incoming);
    }
}

/// Hears the hello of a viewer, and hands it on or sends it away.
fn let_in(service: &Service, mut incoming: Incoming, begun: Instant, guests: &Sender<Guest>) {
    let said = loop {
        match heard(&incoming.bytes) {
            Ok(Some((hello, length))) => {
                incoming.bytes.drain(..length);
                break judge(service, &hello).map(|()| hello);
            }
            Ok(None) => {}
            Err(why) => break Err(why),
        }
        match incoming.hear(service, begun + PATIENCE) {
            Ok(()) => {}
            Err(Silent::Gone) => return,
            Err(Silent::TooLong) => break Err(phrase!("attach-nothing-was-said")),
        }
    };
    let Incoming { socket, bytes } = incoming;
    match said {
        Ok(hello) => {
            let guest = Guest { socket, hello: tidied(hello), rest: bytes };
            if guests.try_send(guest).is_err() {
                service.busy.store(false, Ordering::Release);
            }
        }
        Err(why) => {
            service.refused(&why);
            if socket.set_nonblocking(true).is_ok() {
                send_away(socket, &why);
            }
        }
    }
}

/// Whether a viewer may come in; else why not, in one sentence.
fn judge(service: &Service, hello: &Hello) -> Result<(), Phrase> {
    if !service.token.is(&hello.token) {
        return Err(phrase!("serve-another-token"));
    }
    if hello.protocol != wire::VERSION {
        let (theirs, ours) = (hello.protocol, wire::VERSION);
        return Err(phrase!("serve-another-version", theirs, ours));
    }
    if service.busy.swap(true, Ordering::AcqRel) {
        return Err(phrase!("serve-somebody-watches"));
    }
    Ok(())
}
