//! What is often given in place of a data file, told by its first bytes: what it is, and what to do.
//!
//! Signatures are from the specification that is named beside them, or else from PRONOM, the registry of formats of
//! The National Archives: <https://www.nationalarchives.gov.uk/PRONOM/>.

use crate::words::Word;

#[cfg(test)]
mod tests;
mod text;
mod zip;

/// A file that is no table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Foreign {
    /// What it is, in words that follow its name.
    pub fact: Word,
    /// What to do to have its content read as a table.
    pub remedy: Word,
    /// Whether the remedy helps whatever is to be read, since the wanted file lies elsewhere or inside.
    pub is_detour: bool,
}

impl Foreign {
    /// Something that came in place of the wanted file, or around it.
    const fn detour(fact: Word, remedy: Word) -> Self {
        Self { fact, remedy, is_detour: true }
    }

    /// Another format.
    const fn format(fact: Word, remedy: Word) -> Self {
        Self { fact, remedy, is_detour: false }
    }
}

const UNPACK: Word = key!("data-unpack-it-and-name-the");
const FROM_PYTHON: Word = key!("data-load-it-in-python-and");
const AS_UTF_8: Word = key!("data-save-it-as-utf-8");
const WORKBOOK: Foreign =
    Foreign::format(key!("data-it-is-a-workbook"), key!("data-save-the-sheet-as-csv"));
const PICTURE: Foreign =
    Foreign::format(key!("data-it-is-a-picture"), key!("data-name-a-table-such-as"));

/// First bytes that no text has, or hardly.
const MAGICS: &[(&[u8], Foreign)] = &[
    // RFC 1952: what was packed once is unpacked already.
    (b"\x1f\x8b", Foreign::detour(key!("data-it-is-gzipped-twice"), key!("data-unpack-it-once"))),
    (b"7z\xbc\xaf\x27\x1c", Foreign::detour(key!("data-it-is-a-7z-archive"), UNPACK)), // 7zFormat.txt
    (b"Rar!\x1a\x07", Foreign::detour(key!("data-it-is-a-rar-archive"), UNPACK)), // rarlab.com/technote.htm
    (b"\xfd7zXZ\0", Foreign::detour(key!("data-it-is-packed-by-xz"), key!("data-unpack-it"))), // tukaani.org/xz/xz-file-format.txt
    (
        b"\x28\xb5\x2f\xfd",
        Foreign::detour(key!("data-it-is-packed-by-zstd"), key!("data-unpack-it")),
    ), // RFC 8878
    (
        b"\x04\x22\x4d\x18",
        Foreign::detour(key!("data-it-is-packed-by-lz4"), key!("data-unpack-it")),
    ), // lz4_Frame_format.md
    // The older Office documents, of which workbooks are the likeliest: [MS-CFB].
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", WORKBOOK),
    (b"\x89PNG\r\n\x1a\n", PICTURE), // RFC 2083
    (b"\xff\xd8\xff", PICTURE),      // JPEG
    (b"\x93NUMPY", Foreign::format(key!("data-it-is-a-numpy-array"), FROM_PYTHON)), // numpy.lib.format
    (b"\x89HDF\r\n\x1a\n", Foreign::format(key!("data-it-is-an-hdf5-file"), FROM_PYTHON)), // HDF5 specification III
    (
        b"SQLite format 3\0", // sqlite.org/fileformat.html
        Foreign::format(key!("data-it-is-an-sqlite-database"), key!("data-export-a-table-of-it")),
    ),
];

/// First bytes that a table could have as well, so that they count only where a NUL byte follows.
const MAGICS_OF_BINARIES: &[(&[u8], Foreign)] = &[
    (b"GIF8", PICTURE),
    (b"BM", PICTURE),
    (b"PAR1", Foreign::format(key!("data-it-is-a-parquet-file"), FROM_PYTHON)), // parquet.apache.org
    (b"ARROW1", Foreign::format(key!("data-it-is-an-arrow-feather"), FROM_PYTHON)), // arrow.apache.org
    (b"FEA1", Foreign::format(key!("data-it-is-a-feather-file"), FROM_PYTHON)),
    (
        b"MATLAB ",
        Foreign::format(key!("data-it-is-a-matlab-file"), key!("data-save-its-variables-as-csv")),
    ), // MAT-file format
    (b"RDX", Foreign::format(key!("data-it-is-a-file-of"), key!("data-save-it-as-csv-with"))), // R Internals 1.8
    (b"X\n\0", Foreign::format(key!("data-it-is-a-file-of-r"), key!("data-save-it-as-csv-with"))),
    (b"$FL2@(#)", Foreign::format(key!("data-it-is-an-spss-file"), key!("data-save-it-as-csv"))),
    (b"<stata_dta>", Foreign::format(key!("data-it-is-a-stata-file"), key!("data-save-it-as-csv"))),
];

/// What the beginning of a file tells of it, as soon as it is no table: at most 64 KiB, unpacked where the file is
/// gzipped, byte order mark included. Whether a text has the right columns is not asked here.
pub fn foreign(head: &[u8]) -> Option<Foreign> {
    if let Some(foreign) = starts(head, MAGICS) {
        return Some(foreign);
    }
    if let Some(foreign) = zip::archive(head).or_else(|| utf_16_or_32(head)) {
        return Some(foreign);
    }
    if !head.contains(&0) {
        return packed_text(head).or_else(|| text::foreign(head));
    }
    starts(head, MAGICS_OF_BINARIES).or_else(|| packed_text(head)).or_else(|| match head {
        // https://yann.lecun.com/exdb/mnist/
        [0, 0, 0x08..=0x0e, 1..=8, ..] => Some(Foreign::format(
            key!("data-it-is-an-idx-file"),
            key!("data-name-its-folder-to-an"),
        )),
        _ if is_tar(head) => Some(Foreign::detour(key!("data-it-is-a-tar-archive"), UNPACK)),
        // docs.python.org/3/library/pickletools.html: PROTO and its number.
        [0x80, 2..=5, ..] => Some(Foreign::format(key!("data-it-is-a-pickle-of"), FROM_PYTHON)),
        _ => Some(Foreign::format(key!("data-it-is-no-text"), key!("data-name-a-table-such-as"))),
    })
}

fn starts(head: &[u8], magics: &[(&[u8], Foreign)]) -> Option<Foreign> {
    magics.iter().find(|(magic, _)| head.starts_with(magic)).map(|(_, foreign)| *foreign)
}

/// Whose first bytes are letters, and after them some that no table has: bzip2's begin of a block or of its end (π and √π),
/// protocol 2 of pickle, and PDF's version.
fn packed_text(head: &[u8]) -> Option<Foreign> {
    match head {
        [b'B', b'Z', b'h', b'1'..=b'9', 0x31, 0x41, 0x59, 0x26, 0x53, 0x59, ..]
        | [b'B', b'Z', b'h', b'1'..=b'9', 0x17, 0x72, 0x45, 0x38, 0x50, 0x90, ..] => {
            Some(Foreign::detour(key!("data-it-is-packed-by-bzip2"), key!("data-unpack-it")))
        }
        // ISO 32000: %PDF-1.7
        [b'%', b'P', b'D', b'F', b'-', b'1'..=b'9', b'.', ..] => Some(Foreign::format(
            key!("data-it-is-a-pdf-document"),
            key!("data-save-the-table-in-it"),
        )),
        // The short one of a small object.
        [0x80, 2..=5, ..] => Some(Foreign::format(key!("data-it-is-a-pickle-of"), FROM_PYTHON)),
        _ => None,
    }
}

/// POSIX 1003.1, pax: the ustar interchange format.
fn is_tar(head: &[u8]) -> bool {
    head.get(257..262) == Some(b"ustar")
}

/// By the mark (The Unicode Standard, 23.8), or by the zeros that all letters of Western texts have.
fn utf_16_or_32(head: &[u8]) -> Option<Foreign> {
    /// So many bytes tell enough.
    const LOOKED_AT: usize = 256;
    let utf_16 = Some(Foreign::format(key!("data-its-text-is-utf-16"), AS_UTF_8));
    let utf_32 = Some(Foreign::format(key!("data-its-text-is-utf-32"), AS_UTF_8));
    match head {
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => return utf_32,
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => return utf_16,
        _ => {}
    }
    let start = head.get(..LOOKED_AT.min(head.len()) / 4 * 4).filter(|start| !start.is_empty())?;
    // Which of each four bytes are always zero, and which never.
    let zeros: [usize; 4] = std::array::from_fn(|place| {
        start.iter().skip(place).step_by(4).filter(|&&byte| byte == 0).count()
    });
    let letters = start.len() / 4;
    let pattern = zeros.map(|zeros| match zeros {
        0 => 'n',
        // A letter from elsewhere may be among them.
        zeros if zeros * 10 >= letters * 9 => '0',
        _ => '?',
    });
    match pattern {
        ['n', '0', 'n', '0'] | ['0', 'n', '0', 'n'] => utf_16,
        ['n', '0', '0', '0'] | ['0', '0', '0', 'n'] if letters > 1 => utf_32,
        _ => None,
    }
}
