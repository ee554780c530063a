//! Opens a file of text, gzipped or not, and looks at its beginning.

use std::{
    cell::Cell,
    fs::File,
    io::{BufReader, Cursor, ErrorKind, Read},
    path::{Path, PathBuf},
    rc::Rc,
};

use flate2::bufread::MultiGzDecoder;

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
pub const HEAD_BYTES: u64 = 64 << 10;

/// A file that was opened, unpacked where it is gzipped.
pub struct Opened {
    /// The file.
    pub path: PathBuf,
    /// Whether it is gzipped.
    pub gzipped: bool,
    /// Its beginning, at most [`HEAD_BYTES`], without a byte order mark.
    pub head: Vec<u8>,
    /// What follows.
    pub rest: Box<dyn Read>,
    /// How much of the file has been read, in bytes as they lie on the disk.
    pub position: Rc<Cell<u64>>,
    /// How long the file is, in bytes; 0 if that is not known.
    pub length: u64,
}

/// Counts what is read of a file.
struct Counted {
    file: File,
    position: Rc<Cell<u64>>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.position.set(self.position.get() + read as u64);
        Ok(read)
    }
}

impl Opened {
    /// Opens a file and looks at its beginning.
    ///
    /// # Errors
    /// One sentence if it cannot be read, is empty, or is no text.
    pub fn new(path: &Path) -> Result<Self, TrainError> {
        let file = File::open(path).map_err(|error| unreadable(path, &error))?;
        let length = file.metadata().map_or(0, |metadata| metadata.len());
        let position = Rc::new(Cell::new(0));
        let file = Counted { file, position: position.clone() };
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
            return Err(TrainError::unusable(path, *fact, *remedy));
        }
        if head.trim_ascii().is_empty() {
            let remedy = "fetch it again or name another file";
            return Err(TrainError::unusable(path, "it is empty", remedy));
        }
        Ok(Self { path: path.to_owned(), gzipped, head, rest, position, length })
    }

    /// The first row that is not blank, or as much of it as was looked at.
    pub fn first_row(&self) -> &[u8] {
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
    TrainError::unusable(path, error.to_string(), remedy)
}

/// A file whose bytes end before they should, in or after a line.
pub fn damaged(path: &Path, gzipped: bool, line: u64, error: &std::io::Error) -> TrainError {
    if !gzipped {
        return unreadable(path, error);
    }
    let place = if line > 1 { format!(" at line {line}") } else { String::new() };
    let fact = format!("its gzip stream is damaged or cut short{place} ({error})");
    TrainError::unusable(path, fact, "fetch the file again")
}

/// The likeliest byte between the names of columns: the one that is there most often, not counting quoted ones.
pub fn delimiter(names: &str) -> u8 {
    let unquoted: String = names.split('"').step_by(2).collect();
    let times = |delimiter: u8| unquoted.bytes().filter(|&byte| byte == delimiter).count();
    // Of equals the last wins.
    [b'|', b'\t', b';', b','].into_iter().max_by_key(|&delimiter| times(delimiter)).unwrap_or(b',')
}
