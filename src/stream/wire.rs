//! The wire: the same bytes for a socket, a file and a queue. docs/PROTOCOL.md tells it to those who write a client.
//!
//! A frame is a prefix of [`PREFIX`] bytes, a header of JSON in which a message's words stand, and a body in which its
//! arrays lie, as safetensors has them. Whoever reads says which messages it takes, so that bytes that were damaged or
//! sent the wrong way never become a command.

use std::{fmt, sync::Arc};

use super::{
    Command, Query, Reply, Report, Snapshot,
    array::with_body,
    payload::{PayloadKinds, with_kinds},
};

/// The first bytes of every frame.
pub const MAGIC: [u8; 4] = *b"PCPT";
/// The version that is written and read.
pub const VERSION: u16 = 2;
/// Bytes before the header.
pub const PREFIX: usize = 24;
/// The longest header and the longest body, in bytes.
pub const MOST_HEADER: usize = 64 << 20;
/// See [`MOST_HEADER`].
pub const MOST_BODY: usize = 256 << 20;

/// What a frame holds.
#[derive(Clone, Debug)]
pub enum Message {
    /// From the trainer: something happened.
    Report(Report),
    /// From the trainer: the numbers of a whole network at one step.
    Snapshot(Arc<Snapshot>),
    /// From the trainer: an answer.
    Reply(Reply),
    /// To the trainer: a request.
    Command(Command),
    /// To the trainer: a question.
    Query(Query),
}

impl Message {
    /// The number of its kind in the prefix.
    pub const fn kind(&self) -> u16 {
        match self {
            Self::Report(_) => 1,
            Self::Snapshot(_) => 2,
            Self::Reply(_) => 3,
            Self::Command(_) => 4,
            Self::Query(_) => 5,
        }
    }
}

/// Who reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Endpoint {
    /// Whoever watches: it takes what a trainer says.
    Viewer,
    /// Whoever trains: it takes what a viewer asks.
    Trainer,
}

impl fmt::Display for Endpoint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Viewer => "viewer",
            Self::Trainer => "trainer",
        })
    }
}

impl Endpoint {
    const fn takes(self, kind: u16) -> bool {
        match self {
            Self::Viewer => matches!(kind, 1..=3),
            Self::Trainer => matches!(kind, 4..=5),
        }
    }
}

/// Why bytes are no message: the first of them that is wrong ends the connection or the file, and what was read before
/// it stays.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WireError {
    /// It does not begin as a frame.
    #[error("these bytes are no frame: they begin with {0:02x?} instead of “PCPT”")]
    Magic([u8; 4]),
    /// Another edition of the program wrote it.
    #[error("the frame is of version {0}, but this program reads version {VERSION}")]
    Version(u16),
    /// There is no such kind of message.
    #[error("there is no message of kind {0}")]
    Kind(u16),
    /// It goes the other way.
    #[error("a message of kind {0} is not for the {1} that reads it")]
    Direction(u16, Endpoint),
    /// It says that it is longer than any may be.
    #[error("the {0} has {1} bytes, but at most {2} are allowed")]
    TooLong(&'static str, u64, usize),
    /// Its bytes were damaged on the way.
    #[error("the frame is damaged: its checksum is {found:08x} instead of {said:08x}")]
    Checksum {
        /// What its bytes come to.
        found: u32,
        /// What it says.
        said: u32,
    },
    /// Its words are none of this kind: which field, and why.
    #[error("a message of kind {0} cannot be read: {1}")]
    Words(u16, String),
    /// It cannot be written.
    #[error("a message of kind {0} cannot be written: {1}")]
    Unwritable(u16, String),
}

/// Writes a message behind what is there already.
///
/// # Errors
/// If it is longer than a frame may be; `bytes` stays as it was.
pub fn write(message: &Message, bytes: &mut Vec<u8>) -> Result<(), WireError> {
    let kind = message.kind();
    let (header, body) = with_body(Vec::new(), || match message {
        Message::Report(report) => serde_json::to_vec(report),
        Message::Snapshot(snapshot) => serde_json::to_vec(snapshot),
        Message::Reply(reply) => serde_json::to_vec(reply),
        Message::Command(command) => serde_json::to_vec(command),
        Message::Query(query) => serde_json::to_vec(query),
    });
    let mut header = header.map_err(|error| WireError::Unwritable(kind, error.to_string()))?;
    // The body begins where its arrays are aligned.
    header.resize(header.len().next_multiple_of(8), b' ');
    check_length("header", header.len() as u64, MOST_HEADER)?;
    check_length("body", body.len() as u64, MOST_BODY)?;
    let prefix = Prefix {
        kind,
        header: header.len() as u32,
        body: body.len() as u64,
        checksum: checksum(kind, &header, &body),
    };
    bytes.reserve(PREFIX + header.len() + body.len());
    bytes.extend_from_slice(&prefix.bytes());
    bytes.extend_from_slice(&header);
    bytes.extend_from_slice(&body);
    Ok(())
}

/// Reads one message after another from bytes that come bit by bit.
#[derive(Debug)]
pub struct Reader {
    side: Endpoint,
    kinds: PayloadKinds,
    /// What has come; what lies before `read` has been read.
    bytes: Vec<u8>,
    read: usize,
}

impl Reader {
    /// Reads what this side takes, with these payloads.
    pub const fn new(side: Endpoint, kinds: PayloadKinds) -> Self {
        Self { side, kinds, bytes: Vec::new(), read: 0 }
    }

    /// Takes bytes as they have come.
    pub fn feed(&mut self, bytes: &[u8]) {
        self.bytes.drain(..self.read);
        self.read = 0;
        self.bytes.extend_from_slice(bytes);
    }

    /// Whether bytes have come that are not yet a message.
    pub const fn is_amid(&self) -> bool {
        self.read < self.bytes.len()
    }

    /// The next message, once all of it has come; no more bytes are wanted than it says, and it may not say too many.
    ///
    /// # Errors
    /// What is wrong with the bytes; nothing that follows can be read.
    pub fn message(&mut self) -> Result<Option<Message>, WireError> {
        let left = self.bytes.get(self.read..).unwrap_or_default();
        let Some((message, length)) = read(left, self.side, &self.kinds)? else {
            return Ok(None);
        };
        self.read += length;
        Ok(Some(message))
    }
}

/// Reads the message that bytes begin with, and tells how long it is; none if not all of it is there.
///
/// # Errors
/// What is wrong with the bytes.
pub fn read(
    bytes: &[u8],
    side: Endpoint,
    kinds: &PayloadKinds,
) -> Result<Option<(Message, usize)>, WireError> {
    let Some((prefix, rest)) = bytes.split_first_chunk::<PREFIX>() else {
        return Ok(None);
    };
    let prefix = Prefix::read(prefix)?;
    if !side.takes(prefix.kind) {
        return Err(WireError::Direction(prefix.kind, side));
    }
    let (header_length, body_length) = (prefix.header as usize, prefix.body as usize);
    let Some((header, rest)) = rest.split_at_checked(header_length) else {
        return Ok(None);
    };
    let Some(body) = rest.get(..body_length) else {
        return Ok(None);
    };
    let found = checksum(prefix.kind, header, body);
    if found != prefix.checksum {
        return Err(WireError::Checksum { found, said: prefix.checksum });
    }
    let kind = prefix.kind;
    let (message, _) = with_body(body.to_vec(), || {
        with_kinds(kinds, || match kind {
            1 => serde_json::from_slice(header).map(Message::Report),
            2 => serde_json::from_slice(header).map(Message::Snapshot),
            3 => serde_json::from_slice(header).map(Message::Reply),
            4 => serde_json::from_slice(header).map(Message::Command),
            _ => serde_json::from_slice(header).map(Message::Query),
        })
    });
    let message = message.map_err(|error| WireError::Words(kind, error.to_string()))?;
    Ok(Some((message, PREFIX + header_length + body_length)))
}

fn checksum(kind: u16, header: &[u8], body: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(&kind.to_le_bytes());
    hasher.update(header);
    hasher.update(body);
    hasher.finalize()
}

fn check_length(what: &'static str, length: u64, most: usize) -> Result<(), WireError> {
    if length > most as u64 { Err(WireError::TooLong(what, length, most)) } else { Ok(()) }
}

/// What stands before a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Prefix {
    kind: u16,
    header: u32,
    checksum: u32,
    body: u64,
}

impl Prefix {
    fn bytes(self) -> [u8; PREFIX] {
        let mut bytes = [0; PREFIX];
        bytes[..4].copy_from_slice(&MAGIC);
        bytes[4..6].copy_from_slice(&VERSION.to_le_bytes());
        bytes[6..8].copy_from_slice(&self.kind.to_le_bytes());
        bytes[8..12].copy_from_slice(&self.header.to_le_bytes());
        bytes[12..16].copy_from_slice(&self.checksum.to_le_bytes());
        bytes[16..].copy_from_slice(&self.body.to_le_bytes());
        bytes
    }

    fn read(bytes: &[u8; PREFIX]) -> Result<Self, WireError> {
        let [m0, m1, m2, m3, v0, v1, k0, k1, h0, h1, h2, h3, c0, c1, c2, c3, body @ ..] = *bytes;
        if [m0, m1, m2, m3] != MAGIC {
            return Err(WireError::Magic([m0, m1, m2, m3]));
        }
        let version = u16::from_le_bytes([v0, v1]);
        if version != VERSION {
            return Err(WireError::Version(version));
        }
        let prefix = Self {
            kind: u16::from_le_bytes([k0, k1]),
            header: u32::from_le_bytes([h0, h1, h2, h3]),
            checksum: u32::from_le_bytes([c0, c1, c2, c3]),
            body: u64::from_le_bytes(body),
        };
        if !matches!(prefix.kind, 1..=5) {
            return Err(WireError::Kind(prefix.kind));
        }
        check_length("header", u64::from(prefix.header), MOST_HEADER)?;
        check_length("body", prefix.body, MOST_BODY)?;
        Ok(prefix)
    }
}
