//! HTTP/1.1 as far as a service needs it: requests one after the other on a connection, with bounds on their size, their time
//! and their number; what is wrong is told in a sentence.
//!
//! Heads are read by `httparse`, which hyper reads them by. A whole server such as `tiny_http` would be a thread for each
//! connection without a bound or a limit of time, and hyper an asynchronous runtime beside the training.

mod metrics;
mod predict;
mod request;
mod response;
mod routes;

use std::{io::Write as _, time::Instant};

use super::{
    incoming::{Incoming, PATIENCE, Silent},
    service::Service,
};
use crate::words::Phrase;
use request::{Head, MOST_BODY, MOST_HEAD, head};
use response::{Refusal, Response};

/// What is said so that a body is sent: RFC 9110, 10.1.1.
const GO_ON: &[u8] = b"HTTP/1.1 100 Continue\r\n\r\n";

/// What whoever finds no room is told.
pub(super) fn turned_away(why: &Phrase) -> Vec<u8> {
    Response::refusal(&Refusal { status: 503, why: why.clone() }).written(false)
}

/// Answers requests until the connection ends.
pub(super) fn attend(service: &Service, mut incoming: Incoming) {
    loop {
        let (response, keeps) = match request(service, &mut incoming) {
            Ok(Some((head, body))) => (routes::answer(service, &head, &body), head.keeps),
            Ok(None) => return,
            Err(refusal) => {
                service.refused(&refusal.why);
                (Response::refusal(&refusal), false)
            }
        };
        let keeps = keeps && !service.has_ended();
        if incoming.socket.write_all(&response.written(keeps)).is_err() {
            return;
        }
        if !keeps {
            // What lies unread would make the system take the answer back.
            incoming.socket.shutdown(std::net::Shutdown::Write).ok();
            let until = Instant::now() + PATIENCE / 10;
            while incoming.bytes.len() < MOST_BODY && incoming.hear(service, until).is_ok() {}
            return;
        }
    }
}

/// The next request and its body; none where the connection is over.
fn request(service: &Service, incoming: &mut Incoming) -> Result<Option<(Head, Vec<u8>)>, Refusal> {
    let (waited, mut begun) = (Instant::now(), None);
    let head = loop {
        if let Some((head, length)) = head(&incoming.bytes)? {
            incoming.bytes.drain(..length);
            break head;
        }
        if incoming.bytes.len() > MOST_HEAD {
            return Err(Refusal {
                status: 431,
                why: phrase!("serve-head-too-long", most = MOST_HEAD),
            });
        }
        if !incoming.bytes.is_empty() {
            begun.get_or_insert_with(Instant::now);
        }
        let until =
            begun.map_or_else(|| waited + Incoming::rest(service), |begun| begun + PATIENCE);
        match incoming.hear(service, until) {
            Ok(()) => {}
            Err(Silent::TooLong) if begun.is_some() => return Err(too_slow()),
            Err(_) => return Ok(None),
        }
    };
    if head.length > MOST_BODY {
        return Err(Refusal { status: 413, why: phrase!("serve-body-too-long", most = MOST_BODY) });
    }
    // Nobody else fills the memory with what is not read.
    if head.length > 0 {
        routes::check_token(service, &head)?;
    }
    let begun = Instant::now();
    if head.expects && head.length > 0 && incoming.socket.write_all(GO_ON).is_err() {
        return Ok(None);
    }
    while incoming.bytes.len() < head.length {
        match incoming.hear(service, begun + PATIENCE) {
            Ok(()) => {}
            Err(Silent::TooLong) => return Err(too_slow()),
            Err(Silent::Gone) => return Ok(None),
        }
    }
    let rest = incoming.bytes.split_off(head.length);
    let body = std::mem::replace(&mut incoming.bytes, rest);
    Ok(Some((head, body)))
}

fn too_slow() -> Refusal {
    Refusal { status: 408, why: phrase!("serve-request-too-slow", seconds = PATIENCE.as_secs()) }
}
