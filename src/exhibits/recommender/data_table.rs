//! Opens a table in any of the forms that ratings come in, gzipped or not, and gives it row by row.

use std::{
    borrow::Cow,
    fs::File,
    io::{BufReader, Cursor, ErrorKind, Read},
    path::{Path, PathBuf},
};

use csv::{ByteRecord, ReaderBuilder, Terminator};
use flate2::bufread::MultiGzDecoder;

use super::data::unusable;
use crate::learning::TrainError;

/// First bytes of a gzip file: <https://www.rfc-editor.org/rfc/rfc1952>, section 2.3.1.
const GZIP_MAGIC: [u8; 2] = [0x1f, 0x8b];
/// First bytes of what is often given in place of a table, what it is, and what to do.
const FOREIGN: [(&[u8], &str, &str); 3] = [
    (b"PK\x03\x04", "it is a ZIP archive", "unpack it and name the folder"),
    (b"\xff\xfe", "its text is UTF-16", "save it as UTF-8"),
    (b"\xfe\xff", "its text is UTF-16", "save it as UTF-8"),
];
/// What some programs put before UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";
/// How much is looked at to tell what a file is.
const HEAD_BYTES: u64 = 64 << 10;
/// No row of a table is longer; what seems to be has a quotation mark that is never closed.
const LONGEST_ROW: usize = 1 << 20;
/// Does not occur in text, so that a row stays whole.
const UNIT_SEPARATOR: u8 = 0x1f;

/// How the rows of a table are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Columns are named in the first row; this byte stands between fields, and fields may be quoted.
    Csv(u8),
    /// `u.data`: tabs between fields, no names.
    Tabs,
    /// `u.item`: bars between fields, no names.
    Bars,
    /// `ratings.dat` and `movies.dat`: `::` between fields, no names.
    Colons,
}

impl Form {
    /// What the first row of a table of ratings tells.
    pub(super) fn of(first_row: &[u8]) -> Self {
        let text = String::from_utf8_lossy(first_row);
        if text.split("::").count() >= 3 {
            return Self::Colons;
        }
        let third = text.split('\t').nth(2);
        if third.is_some_and(|third| third.trim().parse::<f32>().is_ok()) {
            return Self::Tabs;
        }
        Self::csv(first_row)
    }

    /// A CSV with these names of columns.
    pub(super) fn csv(names: &[u8]) -> Self {
        Self::Csv(delimiter(&String::from_utf8_lossy(names)))
    }

    /// Whether the first row names the columns.
    pub(super) fn has_names(self) -> bool {
        matches!(self, Self::Csv(_))
    }

    fn separator(self) -> u8 {
        match self {
            Self::Csv(delimiter) => delimiter,
            Self::Tabs => b'\t',
            Self::Bars => b'|',
            Self::Colons => UNIT_SEPARATOR,
        }
    }
}

/// The likeliest byte between the names of columns: the one that is there most often, not counting quoted ones.
fn delimiter(names: &str) -> u8 {
    let unquoted: String = names.split('"').step_by(2).collect();
    let times = |delimiter: u8| unquoted.bytes().filter(|&byte| byte == delimiter).count();
    // Of equals the last wins.
    [b'|', b'\t', b';', b','].into_iter().max_by_key(|&delimiter| times(delimiter)).unwrap_or(b',')
}

/// A file that was opened, unpacked where it is gzipped.
pub(super) struct Opened {
    path: PathBuf,
    gzipped: bool,
    head: Vec<u8>,
    rest: Box<dyn Read>,
}

impl Opened {
    /// Opens a file and looks at its beginning.
    pub(super) fn new(path: &Path) -> Result<Self, TrainError> {
        let file = File::open(path).map_err(|error| unreadable(path, &error))?;
        let mut file = BufReader::with_capacity(HEAD_BYTES as usize, file);
        let mut magic = Vec::new();
        let first = (&mut file).take(GZIP_MAGIC.len() as u64).read_to_end(&mut magic);
        first.map_err(|error| unreadable(path, &error))?;
        let gzipped = magic == GZIP_MAGIC;
        let whole = Cursor::new(magic).chain(file);
        let mut rest: Box<dyn Read> = if gzipped {
            let packed = BufReader::with_capacity(HEAD_BYTES as usize, whole);
            Box::new(MultiGzDecoder::new(packed))
        } else {
            Box::new(whole)
        };
        let mut head = Vec::new();
        let looked = (&mut rest).take(HEAD_BYTES).read_to_end(&mut head);
        looked.map_err(|error| damaged(path, gzipped, 0, &error))?;
        if head.starts_with(BYTE_ORDER_MARK) {
            head.drain(..BYTE_ORDER_MARK.len());
        }
        if let Some((_, fact, remedy)) = FOREIGN.iter().find(|(magic, ..)| head.starts_with(magic))
        {
            return Err(unusable(path, *fact, *remedy));
        }
        if head.trim_ascii().is_empty() {
            return Err(unusable(path, "it is empty", "name a file with ratings"));
        }
        Ok(Self { path: path.to_owned(), gzipped, head, rest })
    }

    /// The first row that is not blank, or as much of it as was looked at.
    pub(super) fn first_row(&self) -> &[u8] {
        let head = self.head.trim_ascii_start();
        head.split(|&byte| byte == b'\n').next().unwrap_or(head)
    }

    /// Its rows.
    pub(super) fn table(self, form: Form) -> Table {
        let inner = Box::new(Cursor::new(self.head).chain(self.rest));
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
        Table { path: self.path, gzipped: self.gzipped, form, reader, row, whole }
    }
}

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
    /// The file.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// How its rows are written.
    pub(super) fn form(&self) -> Form {
        self.form
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

/// A file that cannot be opened.
fn unreadable(path: &Path, error: &std::io::Error) -> TrainError {
    let remedy = match error.kind() {
        ErrorKind::NotFound => "put the file there or name another with --data",
        ErrorKind::PermissionDenied => "make it readable or name another with --data",
        _ => "fetch the file again",
    };
    unusable(path, error.to_string(), remedy)
}

/// A file whose bytes end before they should, in or after a line.
fn damaged(path: &Path, gzipped: bool, line: u64, error: &std::io::Error) -> TrainError {
    if !gzipped {
        return unreadable(path, error);
    }
    let place = if line > 1 { format!(" at line {line}") } else { String::new() };
    let fact = format!("its gzip stream is damaged or cut short{place} ({error})");
    unusable(path, fact, "fetch the file again")
}
