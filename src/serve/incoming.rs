//! What comes over a connection, as far as it has come, and how long one waits for more.

use std::{
    io::{self, ErrorKind, Read as _},
    net::TcpStream,
    sync::atomic::Ordering,
    time::{Duration, Instant},
};

use super::service::Service;

/// Connections that are heard at once.
pub(super) const MOST_CONNECTIONS: usize = 64;
/// When so many are heard, those that say nothing make room soon.
const MANY_CONNECTIONS: usize = MOST_CONNECTIONS * 3 / 4;
/// How long one may take to say who it is, and the rest of what it has begun to say.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);
/// How long one may say nothing between two requests, and where many wait.
const REST: Duration = Duration::from_secs(30);
const SHORT_REST: Duration = Duration::from_secs(1);

/// Why nothing more is heard of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Silent {
    /// It has gone, or the service ends.
    Gone,
    /// It has said nothing for too long.
    TooLong,
}

/// What somebody has said and nobody has read.
pub(super) struct Incoming {
    pub(super) socket: TcpStream,
    pub(super) bytes: Vec<u8>,
}

impl Incoming {
    /// Waits until it says more.
    ///
    /// # Errors
    /// If it does not until then, or is gone.
    pub(super) fn hear(&mut self, service: &Service, until: Instant) -> Result<(), Silent> {
        let mut piece = [0; 4096];
        // Who says a little again and again is not waited for longer.
        if Instant::now() >= until {
            return Err(Silent::TooLong);
        }
        loop {
            match self.socket.read(&mut piece) {
                Ok(0) => return Err(Silent::Gone),
                Ok(read) => {
                    self.bytes.extend_from_slice(piece.get(..read).unwrap_or_default());
                    return Ok(());
                }
                Err(why) if is_patience(&why) => {}
                Err(_) => return Err(Silent::Gone),
            }
            if service.has_ended() {
                return Err(Silent::Gone);
            }
            if Instant::now() >= until {
                return Err(Silent::TooLong);
            }
        }
    }

    /// How long it may rest between two requests.
    pub(super) fn rest(service: &Service) -> Duration {
        let many = service.counts.connections.load(Ordering::Relaxed) > MANY_CONNECTIONS;
        if many { SHORT_REST } else { REST }
    }
}

fn is_patience(why: &io::Error) -> bool {
    matches!(why.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted)
}
