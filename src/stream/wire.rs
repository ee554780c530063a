//! The wire: the same bytes for a socket, a file and a queue. docs/PROTOCOL.md tells it to those who write a client.
//!
//! A frame is a prefix of [`PREFIX`] bytes, a header of JSON in which a message's words stand, and a body in which its
//! arrays lie, as safetensors has them. Whoever reads says which messages it takes, so that bytes that were damaged or
//! sent the wrong way never become a command.

use std::{fmt, sync::Arc};

use super::{
    Admission, Command, Hello, Query, Reply, Report, Snapshot, StepTable, Taken,
    array::with_body,
    payload::{PayloadKinds, with_kinds},
};

/// The first bytes of every frame.
pub const MAGIC: [u8; 4] = *b"PCPT";
/// The version that is written and read.
pub const VERSION: u16 = 3;
/// Bytes before the header.
pub const PREFIX: usize = 24;
/// The kind of the first message of whoever connects.
pub const HELLO: u16 = 6;
/// The kind of what it is told then.
const ADMISSION: u16 = 7;
/// The kind of what a trainer is told of a snapshot.
const TAKEN: u16 = 8;
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
    /// From whoever connects: who it is.
    Hello(Hello),
    /// To whoever connects: whether it is let in; and from either side later: why it ends.
    Admission(Admission),
    /// To a trainer that has connected: a snapshot was taken.
    Taken(Taken),
    /// In a recording: reports of steps, told together.
    Steps(StepTable),
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
            Self::Hello(_) => HELLO,
            Self::Admission(_) => ADMISSION,
            Self::Taken(_) => TAKEN,
            Self::Steps(_) => 9,
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
    /// Whoever opens a recording: what a trainer said, steps told together.
    Recording,
}

impl fmt::Display for Endpoint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Viewer => say!("stream-viewer"),
            Self::Trainer => say!("stream-trainer"),
            Self::Recording => say!("stream-recording"),
        })
    }
}

impl Endpoint {
    const fn takes(self, kind: u16) -> bool {
        match self {
            Self::Viewer => matches!(kind, 1..=3 | HELLO | ADMISSION),
            Self::Trainer => matches!(kind, 4..=5 | ADMISSION | TAKEN),
            Self::Recording => matches!(kind, 1..=3 | 9),
        }
    }
}

/// Why bytes are no message: the first of them that is wrong ends the connection or the file, and what was read before
/// it stays.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WireError {
    /// It does not begin as a frame.
    #[error("{}", say!("stream-these-bytes-are-no-frame", value = format_args!("{:02x?}", .0)))]
    Magic([u8; 4]),
    /// Another edition of the program wrote it.
    #[error("{}", say!("stream-the-frame-is-of-version", value = .0, version = VERSION))]
    Version(u16),
    /// There is no such kind of message.
    #[error("{}", say!("stream-there-is-no-message-of", value = .0))]
    Kind(u16),
    /// It goes the other way.
    #[error("{}", say!("stream-a-message-of-kind-is", value = .0, value2 = .1))]
    Direction(u16, Endpoint),
    /// It says that it is longer than any may be.
    #[error("{}", say!("stream-the-has-bytes-but-at", value = .0, value2 = .1, value3 = .2))]
    TooLong(&'static str, u64, usize),
    /// Its bytes were damaged on the way.
    #[error("{}", say!("stream-the-frame-is-damaged-its", found = format_args!("{:08x}", found), said = format_args!("{:08x}", said)))]
    Checksum {
        /// What its bytes come to.
        found: u32,
        /// What it says.
        said: u32,
    },
    /// Its words are none of this kind: which field, and why.
    #[error("{}", say!("stream-a-message-of-kind-cannot", value = .0, value2 = .1))]
    Words(u16, String),
    /// It cannot be written.
    #[error("{}", say!("stream-a-message-of-kind-cannot-be", value = .0, value2 = .1))]
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
        Message::Hello(hello) => serde_json::to_vec(hello),
        Message::Admission(admission) => serde_json::to_vec(admission),
        Message::Taken(taken) => serde_json::to_vec(taken),
        Message::Steps(steps) => serde_json::to_vec(steps),
    });
    let mut header = header.map_err(|error| WireError::Unwritable(kind, error.to_string()))?;
    // The body begins where its arrays are aligned.
    header.resize(header.len().next_multiple_of(8), b' ');
    check_length(say!("stream-header"), header.len() as u64, MOST_HEADER)?;
    check_length(say!("stream-body"), body.len() as u64, MOST_BODY)?;
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

/// Memory that a reader keeps between frames, in bytes.
const KEPT: usize = 1 << 20;

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
        // What a large frame took is not kept for small ones.
        if self.bytes.capacity() > KEPT && self.bytes.len() + bytes.len() < KEPT {
            self.bytes.shrink_to(KEPT);
        }
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

/// What the frame says of itself that bytes begin with: its kind, and the lengths of its header and its body in bytes; none
/// while its prefix is not all there.
///
/// # Errors
/// If the bytes begin no frame of this version, or one that is longer than any may be.
pub fn announced(bytes: &[u8]) -> Result<Option<(u16, usize, usize)>, WireError> {
    let Some(prefix) = bytes.first_chunk::<PREFIX>() else {
        return Ok(None);
    };
    let prefix = Prefix::read(prefix)?;
    Ok(Some((prefix.kind, prefix.header as usize, prefix.body as usize)))
}

/// How long the frame is that bytes begin with, once its checksum is right; what it says is not read. None if not all of
/// it is there.
///
/// # Errors
/// If it is no frame of this version, or damaged.
pub fn frame(bytes: &[u8]) -> Result<Option<usize>, WireError> {
    let Some((prefix, rest)) = bytes.split_first_chunk::<PREFIX>() else {
        return Ok(None);
    };
    let prefix = Prefix::read(prefix)?;
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
    Ok(Some(PREFIX + header_length + body_length))
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
            5 => serde_json::from_slice(header).map(Message::Query),
            HELLO => serde_json::from_slice(header).map(Message::Hello),
            ADMISSION => serde_json::from_slice(header).map(Message::Admission),
            TAKEN => serde_json::from_slice(header).map(Message::Taken),
            _ => serde_json::from_slice(header).map(Message::Steps),
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
        if !matches!(prefix.kind, 1..=9) {
            return Err(WireError::Kind(prefix.kind));
        }
        check_length(say!("stream-header"), u64::from(prefix.header), MOST_HEADER)?;
        check_length(say!("stream-body"), prefix.body, MOST_BODY)?;
        Ok(prefix)
    }
}
