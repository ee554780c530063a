//! Opens a file of text, gzipped or not whatever its name says, and looks at its beginning.

use std::{
    cell::Cell,
    fs::File,
    io::{BufReader, Cursor, ErrorKind, Read},
    path::{Path, PathBuf},
    rc::Rc,
};

use flate2::bufread::MultiGzDecoder;

use crate::learning::{TrainError, data::foreign::foreign};
use crate::words::{InPhrase, Phrase};

/// First bytes of a gzip file: <https://www.rfc-editor.org/rfc/rfc1952>, section 2.3.1.
const GZIP_MAGIC: [u8; 2] = [0x1f, 0x8b];
/// What some programs put before UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";
/// How much is looked at to tell how a file is written: some rows of the widest table.
const HEAD_BYTES: u64 = 1 << 20;
/// How much is read at once.
pub(super) const BUFFER_BYTES: usize = 64 << 10;

/// A file that was opened, unpacked where it is gzipped.
pub struct Opened {
    /// The file.
    pub path: PathBuf,
    /// Whether it is gzipped.
    pub(super) gzipped: bool,
    /// Its beginning, without a byte order mark.
    pub(super) head: Vec<u8>,
    /// Whether that is all of it.
    pub(super) whole: bool,
    /// What follows.
    pub(super) rest: Box<dyn Read>,
    /// How much of the file has been read, in bytes as they lie on the disk.
    pub(super) position: Rc<Cell<u64>>,
    /// How long the file is, in bytes; 0 if that is not known.
    pub(super) length: u64,
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
        let mut file = BufReader::with_capacity(BUFFER_BYTES, file);
        let mut magic = Vec::new();
        let first = (&mut file).take(GZIP_MAGIC.len() as u64).read_to_end(&mut magic);
        first.map_err(|error| unreadable(path, &error))?;
        let gzipped = magic == GZIP_MAGIC;
        let whole = Cursor::new(magic).chain(file);
        let mut rest: Box<dyn Read> = if gzipped {
            let packed = BufReader::with_capacity(BUFFER_BYTES, whole);
            Box::new(MultiGzDecoder::new(packed))
        } else {
            Box::new(whole)
        };
        let mut head = Vec::new();
        let looked = (&mut rest).take(HEAD_BYTES).read_to_end(&mut head);
        looked.map_err(|error| damaged(path, gzipped, 0, &error))?;
        if let Some(foreign) = foreign(&head) {
            return Err(TrainError::unusable(path, foreign.fact, foreign.remedy));
        }
        if head.starts_with(BYTE_ORDER_MARK) {
            head.drain(..BYTE_ORDER_MARK.len());
        }
        if head.trim_ascii().is_empty() {
            let remedy = phrase!("data-fetch-it-again-or-name");
            return Err(TrainError::unusable(path, phrase!("data-it-is-empty"), remedy));
        }
        let whole = (head.len() as u64) < HEAD_BYTES - BYTE_ORDER_MARK.len() as u64;
        Ok(Self { path: path.to_owned(), gzipped, head, whole, rest, position, length })
    }

    /// The first row that is not blank, or as much of it as was looked at.
    pub fn first_row(&self) -> &[u8] {
        let head = self.head.trim_ascii_start();
        head.split(|&byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or(head)
    }
}

/// A file that cannot be opened.
fn unreadable(path: &Path, error: &std::io::Error) -> TrainError {
    let (fact, remedy) = match error.kind() {
        ErrorKind::NotFound => {
            (phrase!("data-there-is-no-such-file"), phrase!("data-put-it-there-or-name-another"))
        }
        ErrorKind::PermissionDenied => {
            (phrase!("data-you-may-not-read-it"), phrase!("data-make-it-readable-or-name-another"))
        }
        ErrorKind::IsADirectory => {
            (phrase!("data-it-is-a-folder"), phrase!("data-name-a-file-in-it"))
        }
        _ => {
            return TrainError::unusable(
                path,
                error.in_phrase(),
                phrase!("data-fetch-the-file-again"),
            );
        }
    };
    TrainError::unusable(path, fact, remedy)
}

/// A file whose bytes end before they should, in or after a line.
pub(super) fn damaged(path: &Path, gzipped: bool, line: u64, error: &std::io::Error) -> TrainError {
    if !gzipped {
        return unreadable(path, error);
    }
    let place = if line > 1 { phrase!("data-at-line", line) } else { Phrase::default() };
    let fact = phrase!("data-its-gzip-stream-is-damaged-or", place, error);
    TrainError::unusable(path, fact, phrase!("data-fetch-the-file-again"))
}
