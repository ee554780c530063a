//! Opens a file in any of the forms that ratings come in, gzipped or not, and tells which form it is.

use std::{
    fs::File,
    io::{BufReader, Cursor, ErrorKind, Read},
    path::{Path, PathBuf},
};

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
pub(super) const HEAD_BYTES: u64 = 64 << 10;
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

    /// The byte at which rows are parted.
    pub(super) fn separator(self) -> u8 {
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
    pub(super) path: PathBuf,
    pub(super) gzipped: bool,
    /// Its beginning.
    pub(super) head: Vec<u8>,
    /// What follows.
    pub(super) rest: Box<dyn Read>,
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
            return Err(unusable(path, "it is empty", "fetch it again or name another file"));
        }
        Ok(Self { path: path.to_owned(), gzipped, head, rest })
    }

    /// The first row that is not blank, or as much of it as was looked at.
    pub(super) fn first_row(&self) -> &[u8] {
        let head = self.head.trim_ascii_start();
        head.split(|&byte| byte == b'\n').next().unwrap_or(head)
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
pub(super) fn damaged(path: &Path, gzipped: bool, line: u64, error: &std::io::Error) -> TrainError {
    if !gzipped {
        return unreadable(path, error);
    }
    let place = if line > 1 { format!(" at line {line}") } else { String::new() };
    let fact = format!("its gzip stream is damaged or cut short{place} ({error})");
    unusable(path, fact, "fetch the file again")
}
