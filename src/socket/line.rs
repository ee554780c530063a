//! The line to another program that trains or watches: frames are read on a thread of their own, and written by whoever has it.

use std::{
    io::{self, Read as _, Write as _},
    net::{Shutdown, TcpStream},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use crossbeam_channel::{Receiver, Sender, bounded};

use crate::stream::{
    Admission, PayloadKinds,
    wire::{self, Endpoint, Message, Reader, WireError},
};

/// Messages that have been read and not looked at; the socket keeps the others.
const READ_AHEAD: usize = 4;
/// How long the other side may take to read something of what is written to it before it counts as one that does not.
const WRITING: Duration = Duration::from_secs(2);
/// How long one waits that a refusal is read before the line is closed.
const PARTING: Duration = Duration::from_millis(500);
/// Bytes that are read at once.
const PIECE: usize = 1 << 16;

/// Why nothing more comes.
#[derive(Debug)]
pub(crate) enum End {
    /// The other side has hung up; whether in the midst of a frame.
    Gone { amid: bool },
    /// What it said is wrong.
    Wrong(WireError),
}

/// A line that is open.
pub(crate) struct Line {
    socket: TcpStream,
    pub(crate) heard: Receiver<Result<Message, End>>,
    reading: Option<JoinHandle<()>>,
}

impl Line {
    /// Opens it for one of both sides, after these bytes have come already.
    pub(crate) fn open(
        socket: TcpStream,
        rest: &[u8],
        side: Endpoint,
        kinds: PayloadKinds,
    ) -> io::Result<Self> {
        socket.set_nodelay(true)?;
        socket.set_read_timeout(None)?;
        socket.set_write_timeout(Some(WRITING))?;
        let (said, heard) = bounded(READ_AHEAD);
        let mut reader = Reader::new(side, kinds);
        reader.feed(rest);
        let theirs = socket.try_clone()?;
        let reading = thread::Builder::new()
            .name("hearing".to_owned())
            .spawn(move || read_all(theirs, reader, &said))?;
        Ok(Self { socket, heard, reading: Some(reading) })
    }

    /// Writes a message; an error says that the other side does not read, or is gone.
    pub(crate) fn say(&mut self, message: &Message) -> io::Result<()> {
        let mut bytes = Vec::new();
        wire::write(message, &mut bytes).map_err(io::Error::other)?;
        self.socket.write_all(&bytes)
    }

    /// Ends the line with a sentence, which the other side has a moment to read.
    pub(crate) fn refuse(mut self, why: &str) {
        let refusal = Message::Admission(Admission::refusal(why.to_owned()));
        if self.say(&refusal).is_err() || self.socket.shutdown(Shutdown::Write).is_err() {
            return;
        }
        // What lies unread when a socket is closed makes the system take the sentence back.
        let begun = Instant::now();
        while begun.elapsed() < PARTING
            && !matches!(self.heard.recv_timeout(PARTING), Ok(Err(End::Gone { .. })) | Err(_))
        {
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.socket.shutdown(Shutdown::Both).ok();
        // Whoever reads may wait for room.
        (_, self.heard) = bounded(0);
        if let Some(reading) = self.reading.take() {
            reading.join().ok();
        }
    }
}

/// Reads until the other side hangs up, says something wrong, or nobody hears any more.
fn read_all(mut socket: TcpStream, mut reader: Reader, said: &Sender<Result<Message, End>>) {
    let mut piece = vec![0; PIECE];
    loop {
        loop {
            match reader.message() {
                Ok(Some(message)) => {
                    if said.send(Ok(message)).is_err() {
                        return;
                    }
                }
                Ok(None) => break,
                Err(wrong) => {
                    if said.send(Err(End::Wrong(wrong))).is_ok() {
                        drain(socket, said);
                    }
                    return;
                }
            }
        }
        match socket.read(&mut piece) {
            Ok(0) => {
                said.send(Err(End::Gone { amid: reader.is_amid() })).ok();
                return;
            }
            Ok(read) => reader.feed(piece.get(..read).unwrap_or_default()),
            Err(why) if why.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => {
                said.send(Err(End::Gone { amid: false })).ok();
                return;
            }
        }
    }
}

/// Reads on without looking, so that what is said last is still read.
fn drain(mut socket: TcpStream, said: &Sender<Result<Message, End>>) {
    let mut piece = vec![0; PIECE];
    let begun = Instant::now();
    while begun.elapsed() < PARTING && matches!(socket.read(&mut piece), Ok(read) if read > 0) {}
    said.send(Err(End::Gone { amid: true })).ok();
}
