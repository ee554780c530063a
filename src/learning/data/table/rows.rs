//! Gives a table row by row, so that no file is ever held in memory as text.

use std::{
    borrow::Cow,
    cell::Cell,
    io::{Cursor, ErrorKind, Read},
    path::{Path, PathBuf},
    rc::Rc,
};

use csv::ByteRecord;
use memchr::{memchr, memchr_iter, memmem};

use super::{
    form::{Form, Sniffed},
    opened::{Opened, damaged},
    stream::{END_MARK, LONGEST_ROW, Stream},
};
use crate::{learning::TrainError, sentence::shown};

/// A table, of which one row is looked at at a time.
pub struct Rows {
    path: PathBuf,
    gzipped: bool,
    form: Form,
    position: Rc<Cell<u64>>,
    length: u64,
    reader: csv::Reader<Stream<Box<dyn Read>>>,
    row: ByteRecord,
    /// A row before it is parted, where the library cannot do that.
    whole: ByteRecord,
    /// Line feeds within the row, in quoted fields.
    within: u64,
    /// Lines before the first that is read here.
    skipped: u64,
    /// How many fields a row has, once that is known.
    width: usize,
    ended: bool,
}

impl Rows {
    /// The rows of a CSV, of whose beginning this is known.
    pub(super) fn in_csv(mut opened: Opened, sniffed: &Sniffed) -> Self {
        opened.head.drain(..sniffed.separator_line);
        let skipped = u64::from(sniffed.separator_line > 0);
        Self { skipped, ..Self::in_form(opened, Form::Csv(sniffed.separator)) }
    }

    /// Takes note of how many fields a row has.
    pub(super) fn set_width(&mut self, fields: usize) {
        self.width = fields;
    }

    /// The rows of a file in a form that is known.
    pub fn in_form(opened: Opened, form: Form) -> Self {
        let bytes: Box<dyn Read> = Box::new(Cursor::new(opened.head).chain(opened.rest));
        Self {
            path: opened.path,
            gzipped: opened.gzipped,
            form,
            position: opened.position,
            length: opened.length,
            reader: form.reader(bytes),
            row: ByteRecord::new(),
            whole: ByteRecord::new(),
            within: 0,
            skipped: 0,
            width: 0,
            ended: false,
        }
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The byte that parts fields.
    pub fn separator(&self) -> u8 {
        self.form.separator()
    }

    /// How much of the file has been read, and how long it is, in bytes.
    pub fn progress(&self) -> (u64, u64) {
        (self.position.get(), self.length)
    }

    /// Goes on to the next row that holds anything; false at the end.
    ///
    /// # Errors
    /// If the file breaks off, or a quotation mark is never closed.
    pub fn advance(&mut self) -> Result<bool, TrainError> {
        while !self.ended {
            // What the reader has in store counts for the rows before.
            self.reader.get_mut().allowance = LONGEST_ROW;
            let start = self.reader.position().line();
            let parted = self.form != Form::Colons;
            let row = if parted { &mut self.row } else { &mut self.whole };
            let more = self.reader.read_byte_record(row);
            let more = more.map_err(|error| self.broken_off(error, start + self.skipped))?;
            if !parted {
                self.part_at_colons();
            }
            if !more || self.row.iter().eq([END_MARK]) {
                self.ended = true;
                break;
            }
            self.within = memchr_iter(b'\n', self.row.as_slice()).count() as u64;
            if self.within > 0 {
                self.check_quotes()?;
            }
            if self.row.iter().any(|field| !field.trim_ascii().is_empty()) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn part_at_colons(&mut self) {
        self.row.clear();
        let mut rest = self.whole.get(0).unwrap_or_default();
        while let Some(at) = memmem::find(rest, b"::") {
            self.row.push_field(&rest[..at]);
            rest = &rest[at + 2..];
        }
        self.row.push_field(rest);
    }

    /// How many fields the row has.
    pub fn fields(&self) -> usize {
        self.row.len()
    }

    /// A field of the row without blanks around it; empty where there is none.
    #[inline]
    pub fn field(&self, at: usize) -> &[u8] {
        let field = self.row.get(at).unwrap_or_default().trim_ascii();
        match field {
            // A blank before it keeps the library from taking a quotation mark for one.
            [b'"', within @ .., b'"'] if !self.form.is_bare() => within.trim_ascii(),
            field => field,
        }
    }

    /// A field as text. What is not UTF-8 is Latin-1 in the older forms, and refused in a CSV.
    ///
    /// # Errors
    /// One sentence with the line if it is not UTF-8.
    pub fn text(&self, at: usize) -> Result<Cow<'_, str>, TrainError> {
        let bytes = self.field(at);
        match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Cow::Borrowed(text)),
            // Latin-1 is the first 256 characters of Unicode.
            Err(_) if self.form.is_bare() => {
                Ok(bytes.iter().map(|&byte| char::from(byte)).collect())
            }
            Err(_) => {
                let fact = phrase!("data-line-column-is-not-utf", line = self.line(), at = at + 1);
                Err(TrainError::unusable(&self.path, fact, phrase!("data-save-the-file-as-utf")))
            }
        }
    }

    /// The number of the line in which the row begins, from 1.
    pub fn line(&self) -> u64 {
        (self.reader.position().line() + self.skipped).saturating_sub(self.lines())
    }

    /// How many lines have been read.
    pub fn lines_read(&self) -> u64 {
        let own = 1 + u64::from(self.ended);
        (self.reader.position().line() + self.skipped).saturating_sub(own)
    }

    /// How many lines the row takes; a quoted field may go over several.
    pub fn lines(&self) -> u64 {
        1 + self.within
    }

    /// Refuses a row that goes over several lines because a quotation mark is not closed where its field ends: the end of
    /// the file lies in a field, or each of its lines has as many separators as a row of its own.
    fn check_quotes(&self) -> Result<(), TrainError> {
        let is_last = |at: usize| at + 1 == self.row.len();
        let never_closed =
            |(at, field): (usize, &[u8])| is_last(at) && memmem::find(field, END_MARK).is_some();
        let unclosed =
            self.row.iter().enumerate().find(|field| never_closed(*field)).map(|(at, _)| at);
        let swallowing = || self.row.iter().position(|field| memchr(b'\n', field).is_some());
        let Some(at) = unclosed.or_else(|| if self.swallows_rows() { swallowing() } else { None })
        else {
            return Ok(());
        };
        let before: usize =
            self.row.iter().take(at).map(|field| memchr_iter(b'\n', field).count()).sum();
        // The end of the last line lies within the field, too.
        let line = self.line() + before as u64 + u64::from(unclosed.is_some());
        let field = String::from_utf8_lossy(self.row.get(at).unwrap_or_default());
        let first = field.lines().next().unwrap_or_default();
        let fact = phrase!("data-the-quotation-mark-in-line", line, first = shown(first));
        Err(TrainError::unusable(&self.path, fact, phrase!("data-close-it-or-leave-it")))
    }

    /// Whether the lines of the row look like rows.
    fn swallows_rows(&self) -> bool {
        let mut separators = vec![0_usize];
        for (at, field) in self.row.iter().enumerate() {
            let mut lines = field.split(|&byte| byte == b'\n');
            let within = |line: &[u8]| memchr_iter(self.separator(), line).count();
            if let Some(last) = separators.last_mut() {
                *last += usize::from(at > 0) + lines.next().map_or(0, within);
            }
            separators.extend(lines.map(within));
        }
        let is_row = |count: &usize| *count + 1 == self.width;
        let Some((last, others)) = separators.split_last() else {
            return false;
        };
        // None of these lines but the last has a quotation mark of its own, or the field would have ended there.
        let all = others.iter().all(is_row);
        // With two columns one comma in each line of a note is likely; with more it is not.
        match self.width {
            0 | 1 => false,
            2 => all && others.len() >= 3,
            // A row of another length is refused anyway; this is why it has one.
            width if self.row.len() != width => {
                others.first().is_some_and(|count| *count + 1 >= width)
            }
            _ => all && (others.len() >= 2 || is_row(last)),
        }
    }

    /// Why a row cannot be read to its end.
    fn broken_off(&self, error: csv::Error, line: u64) -> TrainError {
        let error = match error.into_kind() {
            csv::ErrorKind::Io(error) => error,
            other => std::io::Error::other(format!("{other:?}")),
        };
        if error.kind() == ErrorKind::FileTooLarge {
            let fact = phrase!("data-the-row-at-line-goes", line);
            return TrainError::unusable(
                &self.path,
                fact,
                phrase!("data-close-the-quotation-mark-that"),
            );
        }
        damaged(&self.path, self.gzipped, line, &error)
    }
}
