//! Gives a table row by row, so that no file is ever held in memory as text.

use std::{
    borrow::Cow,
    io::{Cursor, ErrorKind, Read},
    path::{Path, PathBuf},
};

use csv::{ByteRecord, ReaderBuilder, Terminator};

use super::{
    data::unusable,
    data_opened::{Form, HEAD_BYTES, Opened, damaged},
};
use crate::learning::TrainError;

/// No row of a table is longer; what seems to be has a quotation mark that is never closed.
const LONGEST_ROW: usize = 1 << 20;

/// The bytes of a table. A single row that goes on and on ends them with an error, so that it cannot eat the memory;
/// the last line gets a line feed if it has none, so that lines can be counted by them.
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
        if most == 0 {
            return Err(ErrorKind::FileTooLarge.into());
        }
        let mut read = self.inner.read(&mut buffer[..most])?;
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

/// A table, of which one row is looked at at a time.
pub(super) struct Table {
    path: PathBuf,
    gzipped: bool,
    form: Form,
    reader: csv::Reader<Stream>,
    row: ByteRecord,
    /// A row before it is parted, where the library cannot do that.
    whole: ByteRecord,
}

impl Table {
    /// The rows of a file in this form.
    pub(super) fn new(opened: Opened, form: Form) -> Self {
        let inner = Box::new(Cursor::new(opened.head).chain(opened.rest));
        let stream = Stream { inner, allowance: LONGEST_ROW, last: b'\n' };
        let reader = ReaderBuilder::new()
            .delimiter(form.separator())
            .quoting(form.has_names())
            .terminator(Terminator::Any(b'\n'))
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(HEAD_BYTES as usize)
            .from_reader(stream);
        let (row, whole) = (ByteRecord::new(), ByteRecord::new());
        Self { path: opened.path, gzipped: opened.gzipped, form, reader, row, whole }
    }

    /// The file.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Goes on to the next row that is not blank; false at the end.
    pub(super) fn advance(&mut self) -> Result<bool, TrainError> {
        loop {
            self.reader.get_mut().allowance = LONGEST_ROW;
            let parted = self.form != Form::Colons;
            let start = self.reader.position().line();
            let row = if parted { &mut self.row } else { &mut self.whole };
            let more = self.reader.read_byte_record(row);
            if !more.map_err(|error| self.broken_off(error, start))? {
                return Ok(false);
            }
            if !parted {
                self.part_at_colons();
            }
            if self.row.len() > 1 || !self.field(0).is_empty() {
                return Ok(true);
            }
        }
    }

    fn part_at_colons(&mut self) {
        self.row.clear();
        let mut rest = self.whole.get(0).unwrap_or_default();
        while let Some(at) = rest.windows(2).position(|two| two == b"::") {
            self.row.push_field(&rest[..at]);
            rest = &rest[at + 2..];
        }
        self.row.push_field(rest);
    }

    /// How many fields the row has.
    pub(super) fn fields(&self) -> usize {
        self.row.len()
    }

    /// A field of the row without blanks around it; empty where there is none.
    pub(super) fn field(&self, at: usize) -> &[u8] {
        self.row.get(at).unwrap_or_default().trim_ascii()
    }

    /// A field as text. What is not UTF-8 is Latin-1 in the older forms, and refused in a CSV.
    pub(super) fn text(&self, at: usize) -> Result<Cow<'_, str>, TrainError> {
        let bytes = self.field(at);
        match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Cow::Borrowed(text)),
            // Latin-1 is the first 256 characters of Unicode.
            Err(_) if !self.form.has_names() => {
                Ok(bytes.iter().map(|&byte| char::from(byte)).collect())
            }
            Err(_) => {
                let fact = format!("line {} is not UTF-8", self.line());
                Err(unusable(&self.path, fact, "save the file as UTF-8"))
            }
        }
    }

    /// The number of the line in which the row begins, from 1.
    pub(super) fn line(&self) -> u64 {
        self.reader.position().line().saturating_sub(self.lines())
    }

    /// How many lines have been read.
    pub(super) fn lines_read(&self) -> u64 {
        self.reader.position().line().saturating_sub(1)
    }

    /// How many lines the row takes; a quoted field may go over several.
    pub(super) fn lines(&self) -> u64 {
        1 + self.row.iter().flatten().filter(|&&byte| byte == b'\n').count() as u64
    }

    /// Why a row cannot be read to its end.
    fn broken_off(&self, error: csv::Error, line: u64) -> TrainError {
        let error = match error.into_kind() {
            csv::ErrorKind::Io(error) => error,
            other => std::io::Error::other(format!("{other:?}")),
        };
        if error.kind() == ErrorKind::FileTooLarge {
            let fact = format!("the row at line {line} goes on for more than 1 MiB");
            return unusable(&self.path, fact, "close the quotation mark that is open there");
        }
        damaged(&self.path, self.gzipped, line, &error)
    }
}
