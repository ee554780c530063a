//! The files within a ZIP archive, as far as NumPy writes them: stored or deflated, each below 4 GiB.
//!
//! PKWARE's APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16; only the directory at the end is believed, since the
//! headers before the files may leave sizes open.

use std::io::{BufReader, Read, Seek, SeekFrom};

use flate2::bufread::DeflateDecoder;

use crate::{
    learning::data::defect::Defect,
    sentence::{grouped, shown},
    words::{InPhrase, Phrase, Word},
};

/// The most bytes of one unpacked file.
pub(super) const MOST_BYTES: u64 = 2 << 30;
/// The end of the directory: its mark and its length without a comment.
const END: (&[u8; 4], usize) = (b"PK\x05\x06", 22);
/// A file in the directory: its mark and its length without names.
const ENTRY: (&[u8; 4], usize) = (b"PK\x01\x02", 46);
/// The header before a file: its mark and its length without names.
const HEADER: (&[u8; 4], usize) = (b"PK\x03\x04", 30);
/// The longest comment.
const LONGEST_COMMENT: u64 = 0xffff;
/// A directory that is longer is none of a data set.
const LONGEST_DIRECTORY: u64 = 16 << 20;
const AGAIN: Word = key!("data-fetch-the-file-again");

/// A file within an archive.
#[derive(Debug)]
struct Member {
    name: String,
    is_encrypted: bool,
    method: u16,
    checksum: u32,
    packed: u64,
    size: u64,
    at: u64,
}

/// An archive, of which the directory was read.
#[derive(Debug)]
pub(super) struct Archive<R> {
    file: R,
    members: Vec<Member>,
}

impl<R: Read + Seek> Archive<R> {
    /// Reads the directory.
    pub(super) fn open(mut file: R) -> Result<Self, Defect> {
        let length = file.seek(SeekFrom::End(0)).map_err(unreadable)?;
        let start = length.saturating_sub(LONGEST_COMMENT + END.1 as u64);
        let tail = bytes(&mut file, start, length - start)?;
        let end = memchr::memmem::rfind(&tail, END.0).and_then(|at| tail.get(at..at + END.1));
        let end = end.ok_or_else(|| Defect::new(phrase!("data-it-is-no-whole-zip"), AGAIN))?;
        let (count, size, at) =
            (short(end, 10), u64::from(long(end, 12)), u64::from(long(end, 16)));
        if count == u16::MAX || at == u64::from(u32::MAX) {
            let remedy = phrase!("data-save-it-with-fewer-or");
            return Err(Defect::new(phrase!("data-it-is-a-zip-archive-of"), remedy));
        }
        if size > LONGEST_DIRECTORY || at.saturating_add(size) > length {
            return Err(Defect::new(phrase!("data-its-directory-does-not-lie"), AGAIN));
        }
        let directory = bytes(&mut file, at, size)?;
        Ok(Self { file, members: members(&directory, count)? })
    }

    /// What its files are called, in their order.
    pub(super) fn names(&self) -> Vec<&str> {
        self.members.iter().map(|member| member.name.as_str()).collect()
    }

    /// Unpacks the file of this name, if there is one.
    pub(super) fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, Defect> {
        let Some(member) = self.members.iter().find(|member| member.name == name) else {
            return Ok(None);
        };
        let of = |fact: Phrase, remedy: Phrase| {
            Defect::new(phrase!("data-its", name = shown(name), fact), remedy)
        };
        if member.is_encrypted {
            return Err(of(
                phrase!("data-is-encrypted"),
                phrase!("data-save-it-without-a-password"),
            ));
        }
        if member.size > MOST_BYTES {
            let size = grouped(usize::try_from(member.size).unwrap_or(usize::MAX));
            let fact = phrase!("data-unpacks-to-bytes-more-than", size);
            return Err(of(fact, phrase!("data-give-a-smaller-data-set")));
        }
        let head = bytes(&mut self.file, member.at, HEADER.1 as u64)?;
        if head.len() < HEADER.1 || !head.starts_with(HEADER.0) {
            return Err(of(phrase!("data-is-not-where-the-directory"), AGAIN.into()));
        }
        let skipped = HEADER.1 as u64 + u64::from(short(&head, 26)) + u64::from(short(&head, 28));
        self.file.seek(SeekFrom::Start(member.at + skipped)).map_err(unreadable)?;
        let packed = (&mut self.file).take(member.packed);
        // It grows with what is there, whatever size was promised.
        let mut unpacked = Vec::new();
        let most = member.size + 1;
        let read = match member.method {
            0 => packed.take(most).read_to_end(&mut unpacked),
            8 => DeflateDecoder::new(BufReader::new(packed)).take(most).read_to_end(&mut unpacked),
            _ => {
                return Err(of(
                    phrase!("data-is-packed-in-an-unusual"),
                    phrase!("data-save-it-with-np-savez"),
                ));
            }
        };
        let is_whole = read.is_ok_and(|read| read as u64 == member.size);
        if !is_whole || crc32fast::hash(&unpacked) != member.checksum {
            return Err(of(phrase!("data-is-damaged-or-cut-short"), AGAIN.into()));
        }
        Ok(Some(unpacked))
    }
}

/// The files that a directory lists.
fn members(mut directory: &[u8], count: u16) -> Result<Vec<Member>, Defect> {
    let mut members = Vec::new();
    for _ in 0..count {
        let damaged = || Defect::new(phrase!("data-its-directory-is-damaged"), AGAIN);
        let fixed = directory.get(..ENTRY.1).filter(|fixed| fixed.starts_with(ENTRY.0));
        let fixed = fixed.ok_or_else(damaged)?;
        let [name, extra, comment] = [28, 30, 32].map(|at| usize::from(short(fixed, at)));
        let written = directory.get(ENTRY.1..ENTRY.1 + name).ok_or_else(damaged)?;
        members.push(Member {
            name: String::from_utf8_lossy(written).into_owned(),
            is_encrypted: short(fixed, 8) & 1 == 1,
            method: short(fixed, 10),
            checksum: long(fixed, 16),
            packed: long(fixed, 20).into(),
            size: long(fixed, 24).into(),
            at: long(fixed, 42).into(),
        });
        directory = directory.get(ENTRY.1 + name + extra + comment..).ok_or_else(damaged)?;
    }
    Ok(members)
}

/// At most so many bytes from there on.
fn bytes<R: Read + Seek>(file: &mut R, at: u64, most: u64) -> Result<Vec<u8>, Defect> {
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(at)).map_err(unreadable)?;
    file.take(most).read_to_end(&mut bytes).map_err(unreadable)?;
    Ok(bytes)
}

fn unreadable(error: std::io::Error) -> Defect {
    Defect::new(error.in_phrase(), phrase!("data-make-it-readable-or-name-another"))
}

/// Two bytes as a number, the smaller first; 0 where there are none.
fn short(bytes: &[u8], at: usize) -> u16 {
    bytes.get(at..).and_then(<[u8]>::first_chunk).map_or(0, |two| u16::from_le_bytes(*two))
}

/// Four bytes as a number, the smaller first; 0 where there are none.
fn long(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..).and_then(<[u8]>::first_chunk).map_or(0, |four| u32::from_le_bytes(*four))
}
