//! What is often given in place of a data file, told by its first bytes: what it is, and what to do.
//!
//! Signatures are from the specification that is named beside them, or else from PRONOM, the registry of formats of
//! The National Archives: <https://www.nationalarchives.gov.uk/PRONOM/>.

#[cfg(test)]
mod tests;
mod text;
mod zip;

/// A file that is no table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Foreign {
    /// What it is, in words that follow its name.
    pub fact: &'static str,
    /// What to do to have its content read as a table.
    pub remedy: &'static str,
    /// Whether the remedy helps whatever is to be read, since the wanted file lies elsewhere or inside.
    pub is_detour: bool,
}

impl Foreign {
    /// Something that came in place of the wanted file, or around it.
    const fn detour(fact: &'static str, remedy: &'static str) -> Self {
        Self { fact, remedy, is_detour: true }
    }

    /// Another format.
    const fn format(fact: &'static str, remedy: &'static str) -> Self {
        Self { fact, remedy, is_detour: false }
    }
}

const UNPACK: &str = "unpack it and name the folder";
const FROM_PYTHON: &str = "load it in Python and save it as CSV";
const AS_UTF_8: &str = "save it as UTF-8";
const WORKBOOK: Foreign = Foreign::format("it is a workbook", "save the sheet as CSV");
const PICTURE: Foreign = Foreign::format("it is a picture", "name a table, such as a CSV file");

/// First bytes that no text has, or hardly.
const MAGICS: &[(&[u8], Foreign)] = &[
    // RFC 1952: what was packed once is unpacked already.
    (b"\x1f\x8b", Foreign::detour("it is gzipped twice", "unpack it once")),
    (b"7z\xbc\xaf\x27\x1c", Foreign::detour("it is a 7z archive", UNPACK)), // 7zFormat.txt
    (b"Rar!\x1a\x07", Foreign::detour("it is a RAR archive", UNPACK)), // rarlab.com/technote.htm
    (b"\xfd7zXZ\0", Foreign::detour("it is packed by xz", "unpack it")), // tukaani.org/xz/xz-file-format.txt
    (b"\x28\xb5\x2f\xfd", Foreign::detour("it is packed by zstd", "unpack it")), // RFC 8878
    (b"\x04\x22\x4d\x18", Foreign::detour("it is packed by LZ4", "unpack it")), // lz4_Frame_format.md
    // The older Office documents, of which workbooks are the likeliest: [MS-CFB].
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", WORKBOOK),
    (b"\x89PNG\r\n\x1a\n", PICTURE), // RFC 2083
    (b"\xff\xd8\xff", PICTURE),      // JPEG
    (b"\x93NUMPY", Foreign::format("it is a NumPy array", FROM_PYTHON)), // numpy.lib.format
    (b"\x89HDF\r\n\x1a\n", Foreign::format("it is an HDF5 file", FROM_PYTHON)), // HDF5 specification III
    (
        b"SQLite format 3\0", // sqlite.org/fileformat.html
        Foreign::format("it is an SQLite database", "export a table of it as CSV"),
    ),
];

/// First bytes that a table could have as well, so that they count only where a NUL byte follows.
const MAGICS_OF_BINARIES: &[(&[u8], Foreign)] = &[
    (b"GIF8", PICTURE),
    (b"BM", PICTURE),
    (b"PAR1", Foreign::format("it is a Parquet file", FROM_PYTHON)), // parquet.apache.org
    (b"ARROW1", Foreign::format("it is an Arrow (Feather) file", FROM_PYTHON)), // arrow.apache.org
    (b"FEA1", Foreign::format("it is a Feather file", FROM_PYTHON)),
    (b"MATLAB ", Foreign::format("it is a MATLAB file", "save its variables as CSV")), // MAT-file format
    (b"RDX", Foreign::format("it is a file of R (RData)", "save it as CSV with write.csv")), // R Internals 1.8
    (b"X\n\0", Foreign::format("it is a file of R (RDS)", "save it as CSV with write.csv")),
    (b"$FL2@(#)", Foreign::format("it is an SPSS file", "save it as CSV")),
    (b"<stata_dta>", Foreign::format("it is a Stata file", "save it as CSV")),
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
            "it is an IDX file, as of MNIST",
            "name its folder to an exhibit that learns from images",
        )),
        _ if is_tar(head) => Some(Foreign::detour("it is a tar archive", UNPACK)),
        // docs.python.org/3/library/pickletools.html: PROTO and its number.
        [0x80, 2..=5, ..] => Some(Foreign::format("it is a pickle of Python", FROM_PYTHON)),
        _ => Some(Foreign::format("it is no text", "name a table, such as a CSV file")),
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
            Some(Foreign::detour("it is packed by bzip2", "unpack it"))
        }
        // ISO 32000: %PDF-1.7
        [b'%', b'P', b'D', b'F', b'-', b'1'..=b'9', b'.', ..] => Some(Foreign::format(
            "it is a PDF document",
            "save the table in it as CSV, or fetch the data themselves",
        )),
        // The short one of a small object.
        [0x80, 2..=5, ..] => Some(Foreign::format("it is a pickle of Python", FROM_PYTHON)),
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
    let utf_16 = Some(Foreign::format("its text is UTF-16", AS_UTF_8));
    let utf_32 = Some(Foreign::format("its text is UTF-32", AS_UTF_8));
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
