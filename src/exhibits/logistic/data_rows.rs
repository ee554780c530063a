//! Gives a CSV row by row, so that no file is ever held in memory as text.

use std::{
    cell::Cell,
    io::{Cursor, ErrorKind, Read},
    path::{Path, PathBuf},
    rc::Rc,
};

use csv::{ByteRecord, ReaderBuilder, Terminator};

use crate::learning::{
    TrainError,
    data::{HEAD_BYTES, Opened, damaged, delimiter},
};

/// No row is longer; what seems to be has a quotation mark that is never closed.
const LONGEST_ROW: usize = 1 << 20;

/// The bytes of a file: a row that goes on and on ends them with an error, and the last line gets a line feed if it has
/// none, so that lines can be counted by them.
struct Stream {
    inner: Box<dyn Read>,
    /// How many bytes may still be read for this row.
    allowance: usize,
    /// The last byte that was read.
    last: u8,
}

impl Read for Stream {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let most = buffer.len().min(self.allowance);
        let Some(buffer) = buffer.get_mut(..most).filter(|buffer| !buffer.is_empty()) else {
            return Err(ErrorKind::FileTooLarge.into());
        };
        let mut read = self.inner.read(buffer)?;
        if read == 0 && self.last != b'\n' {
            buffer[0] = b'\n';
            read = 1;
        }
        if read > 0 {
            self.last = buffer[read - 1];
        }
        self.allowance -= read;
        Ok(read)
    }
}

/// A CSV, of which one row is looked at at a time.
pub(super) struct Rows {
    path: PathBuf,
    gzipped: bool,
    delimiter: u8,
    position: Rc<Cell<u64>>,
    length: u64,
    reader: csv::Reader<Stream>,
    row: ByteRecord,
}

impl Rows {
    /// Opens a file; the byte that stands most often between the names in its first row parts the fields.
    pub(super) fn open(path: &Path) -> Result<Self, TrainError> {
        let opened = Opened::new(path)?;
        let delimiter = delimiter(&String::from_utf8_lossy(opened.first_row()));
        let (path, gzipped) = (opened.path, opened.gzipped);
        let (position, length) = (opened.position, opened.length);
        let inner = Box::new(Cursor::new(opened.head).chain(opened.rest));
        let reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .terminator(Terminator::Any(b'\n'))
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(HEAD_BYTES as usize)
            .from_reader(Stream { inner, allowance: LONGEST_ROW, last: b'\n' });
        Ok(Self { path, gzipped, delimiter, position, length, reader, row: ByteRecord::new() })
    }

    /// The file.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Whether a comma can stand in a number, as nothing else is parted by it.
    pub(super) fn has_decimal_commas(&self) -> bool {
        self.delimiter != b','
    }

    /// How much of the file has been read, and how long it is, in bytes.
    pub(super) fn progress(&self) -> (u64, u64) {
        (self.position.get(), self.length)
    }

    /// Goes on to the next row that is not blank; false at the end.
    pub(super) fn advance(&mut self) -> Result<bool, TrainError> {
        loop {
            // What the reader has in store counts for the rows before.
            self.reader.get_mut().allowance = LONGEST_ROW;
            let start = self.reader.position().line();
            let more = self.reader.read_byte_record(&mut self.row);
            if !more.map_err(|error| self.broken_off(error, start))? {
                return Ok(false);
            }
            if self.row.len() > 1 || !self.field(0).is_empty() {
                return Ok(true);
            }
        }
    }

    /// How many fields the row has.
    pub(super) fn fields(&self) -> usize {
        self.row.len()
    }

    /// A field of the row without blanks around it; empty where there is none.
    pub(super) fn field(&self, at: usize) -> &[u8] {
        self.row.get(at).unwrap_or_default().trim_ascii()
    }

    /// The number of the line in which the row begins, from 1.
    pub(super) fn line(&self) -> u64 {
        // A quoted field may go over several lines.
        let within = self.row.as_slice().iter().filter(|&&byte| byte == b'\n').count() as u64;
        self.reader.position().line().saturating_sub(1 + within)
    }

    /// Why a row cannot be read to its end.
    fn broken_off(&self, error: csv::Error, line: u64) -> TrainError {
        let error = match error.into_kind() {
            csv::ErrorKind::Io(error) => error,
            other => std::io::Error::other(format!("{other:?}")),
        };
        if error.kind() == ErrorKind::FileTooLarge {
            let fact = format!("the row at line {line} goes on for more than 1 MiB");
            let remedy = "close the quotation mark that is open there";
            return TrainError::unusable(&self.path, fact, remedy);
        }
        damaged(&self.path, self.gzipped, line, &error)
    }
}
