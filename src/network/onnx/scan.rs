//! Looks at the bones of an ONNX file before anything is read of it: every length must lie within what it is part of, and
//! messages may nest only so deep. Numbers and texts are passed over.
//!
//! The wire format is that of <https://protobuf.dev/programming-guides/encoding/>.

use std::io::{BufRead, Seek};

use super::Fault;
use crate::words::InPhrase;

/// Messages within messages: an attribute may hold a graph, as loops have.
const MOST_DEPTH: usize = 64;

/// A message of ONNX, as far as its parts are messages or must be limited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Message {
    Model,
    Graph,
    Node,
    Attribute,
    Array,
    /// A port, with its name and type.
    Value,
    /// The type of a port, which may be a sequence …
    Type,
    /// … of another type.
    Sequence,
    ArrayType,
    Shape,
    /// Whatever else, down to the last.
    Other,
}

impl Message {
    /// The message that a field of it is, if it is one.
    const fn part(self, field: u64) -> Option<Self> {
        Some(match (self, field) {
            (Self::Model, 7) | (Self::Attribute, 6 | 11) => Self::Graph,
            (Self::Model, 8 | 14) | (Self::Array, 13) | (Self::Shape, 1) => Self::Other,
            (Self::Graph, 1) => Self::Node,
            (Self::Graph, 5) | (Self::Attribute, 5 | 10) => Self::Array,
            (Self::Graph, 11..=13) => Self::Value,
            (Self::Node, 5) => Self::Attribute,
            (Self::Value, 2) | (Self::Sequence, 1) => Self::Type,
            (Self::Type, 1) => Self::ArrayType,
            (Self::Type, 4 | 9) => Self::Sequence,
            (Self::ArrayType, 2) => Self::Shape,
            _ => return None,
        })
    }
}

/// Whether all lengths of a message of so many bytes lie within it.
///
/// # Errors
/// One sentence on what does not.
pub(super) fn scan(
    from: &mut (impl BufRead + Seek),
    message: Message,
    bytes: u64,
) -> Result<(), Fault> {
    // Where each open message ends, the outermost first.
    let mut open = vec![(message, bytes)];
    let mut at = 0_u64;
    while let Some(&(message, end)) = open.last() {
        if at >= end {
            if at > end {
                return Err(damaged());
            }
            open.pop();
            continue;
        }
        let key = number(from, &mut at)?;
        match key & 7 {
            0 => {
                number(from, &mut at)?;
            }
            1 => pass(from, &mut at, 8, end)?,
            5 => pass(from, &mut at, 4, end)?,
            2 => {
                let length = number(from, &mut at)?;
                let stop =
                    at.checked_add(length).filter(|stop| *stop <= end).ok_or_else(damaged)?;
                match message.part(key >> 3) {
                    Some(part) => {
                        if open.len() >= MOST_DEPTH {
                            return Err(Fault::new(phrase!("onnx-its-messages-are-nested-too")));
                        }
                        open.push((part, stop));
                    }
                    None => pass(from, &mut at, length, end)?,
                }
            }
            _ => return Err(damaged()),
        }
    }
    Ok(())
}

fn damaged() -> Fault {
    Fault::new(phrase!("onnx-it-is-damaged-or-no-onnx"))
}

/// A number in base 128, the low digits first.
fn number(from: &mut impl BufRead, at: &mut u64) -> Result<u64, Fault> {
    let mut number = 0_u64;
    for digit in 0..10 {
        let mut byte = [0_u8];
        from.read_exact(&mut byte).map_err(|_| Fault::new(phrase!("onnx-it-is-cut-off-it")))?;
        *at += 1;
        let [byte] = byte;
        number |= u64::from(byte & 0x7F) << (7 * digit);
        if byte & 0x80 == 0 {
            return Ok(number);
        }
    }
    Err(damaged())
}

fn pass(from: &mut (impl BufRead + Seek), at: &mut u64, bytes: u64, end: u64) -> Result<(), Fault> {
    *at = at.checked_add(bytes).filter(|at| *at <= end).ok_or_else(damaged)?;
    let bytes = i64::try_from(bytes).map_err(|_| damaged())?;
    from.seek_relative(bytes).map_err(|error| Fault::new(error.in_phrase()))
}
