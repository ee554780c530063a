//! The hello of whoever connects: heard out of the first bytes within limits, and answered by a refusal where it is none.

use std::{
    io::{Read as _, Write as _},
    net::{Shutdown, TcpStream},
};

use crate::{
    sentence::visible,
    stream::{
        Admission, Hello, PayloadKinds,
        wire::{self, Endpoint, Message},
    },
    words::Phrase,
};

/// The longest header of a hello, in bytes.
pub(crate) const MOST_HELLO: usize = 4096;
/// The longest name of a program, in letters.
const MOST_NAME: usize = 80;
/// Kinds of questions that a training may answer.
const MOST_ANSWERS: usize = 64;
/// Pieces of what was said too much that are read before one is sent away.
const MOST_UNREAD: usize = 16;

/// The hello that bytes begin with, once all of it is there, and how long it is.
///
/// # Errors
/// Why they are none, in one sentence.
pub(crate) fn heard(bytes: &[u8]) -> Result<Option<(Hello, usize)>, Phrase> {
    let said = |wrong: wire::WireError| phrase!("attach-no-hello", why = wrong.to_string());
    // What begins otherwise is known before a prefix is whole.
    let magic = bytes.iter().zip(wire::MAGIC).all(|(said, magic)| *said == magic);
    if !magic {
        return Err(phrase!("attach-no-frames"));
    }
    let Some((kind, header, body)) = wire::announced(bytes).map_err(said)? else {
        return Ok(None);
    };
    if kind != wire::HELLO || header > MOST_HELLO || body > 0 {
        return Err(phrase!("attach-a-hello-comes-first", most = MOST_HELLO));
    }
    match wire::read(bytes, Endpoint::Viewer, &PayloadKinds::default()).map_err(said)? {
        Some((Message::Hello(hello), length)) => Ok(Some((hello, length))),
        _ => Ok(None),
    }
}

/// The same with names that can be shown, and no more kinds of questions than there can be.
pub(crate) fn tidied(mut hello: Hello) -> Hello {
    for name in [&mut hello.program, &mut hello.framework] {
        *name = visible(&name.chars().take(MOST_NAME).collect::<String>());
    }
    hello.answers.truncate(MOST_ANSWERS);
    hello
}

/// Tells somebody why it is not let in, as far as it can be told without waiting, and closes.
pub(crate) fn send_away(mut socket: TcpStream, why: &Phrase) {
    let mut bytes = Vec::new();
    let refusal = Message::Admission(Admission::refusal(why.to_string()));
    if wire::write(&refusal, &mut bytes).is_ok() {
        // What lies unread would make the system take the sentence back.
        let mut unread = [0; 4096];
        for _ in 0..MOST_UNREAD {
            if !matches!(socket.read(&mut unread), Ok(read) if read == unread.len()) {
                break;
            }
        }
        socket.write_all(&bytes).ok();
        socket.shutdown(Shutdown::Write).ok();
    }
}
