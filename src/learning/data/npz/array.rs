//! One array as NumPy saves it: a header in the words of Python, and numbers in C order.
//!
//! `numpy.lib.format`, versions 1 to 3: <https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html>.

use crate::{
    learning::data::defect::Defect,
    sentence::shown,
    words::{Phrase, Word},
};

/// First bytes of every file.
const MAGIC: &[u8] = b"\x93NUMPY";
/// NumPy itself reads no longer header.
const LONGEST_HEADER: usize = 10_000;
/// More dimensions than a batch of images has.
const MOST_DIMENSIONS: usize = 8;
const AGAIN: Word = key!("data-save-it-again-with-np");
const CAST: Word = key!("data-cast-it-with-astype-uint8");

/// What its numbers are; small ends first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    U1,
    I1,
    U2,
    I2,
    U4,
    I4,
    U8,
    I8,
    F4,
    F8,
}

/// Kinds by the names that NumPy has for them.
const KINDS: [(&str, Kind, usize); 11] = [
    ("b1", Kind::U1, 1),
    ("u1", Kind::U1, 1),
    ("i1", Kind::I1, 1),
    ("u2", Kind::U2, 2),
    ("i2", Kind::I2, 2),
    ("u4", Kind::U4, 4),
    ("i4", Kind::I4, 4),
    ("u8", Kind::U8, 8),
    ("i8", Kind::I8, 8),
    ("f4", Kind::F4, 4),
    ("f8", Kind::F8, 8),
];

/// An array.
#[derive(Debug)]
pub(super) struct Array<'a> {
    /// Its dimensions, the last one fastest.
    pub(super) shape: Vec<usize>,
    kind: Kind,
    /// Bytes of a number.
    size: usize,
    bytes: &'a [u8],
}

impl<'a> Array<'a> {
    /// Reads a file's bytes.
    pub(super) fn new(file: &'a [u8]) -> Result<Self, Defect> {
        let damaged = || Defect::new(phrase!("data-it-is-cut-short-within"), AGAIN);
        let rest = file
            .strip_prefix(MAGIC)
            .ok_or_else(|| Defect::new(phrase!("data-it-is-no-array-of"), AGAIN))?;
        let ([version, _], rest) = rest.split_first_chunk().ok_or_else(damaged)?;
        let (length, rest) = if *version == 1 {
            let (length, rest) = rest.split_first_chunk().ok_or_else(damaged)?;
            (usize::from(u16::from_le_bytes(*length)), rest)
        } else {
            let (length, rest) = rest.split_first_chunk().ok_or_else(damaged)?;
            (u32::from_le_bytes(*length) as usize, rest)
        };
        if !(1..=3).contains(version) || length > LONGEST_HEADER {
            return Err(Defect::new(phrase!("data-its-header-is-of-no"), AGAIN));
        }
        let (header, bytes) = rest.split_at_checked(length).ok_or_else(damaged)?;
        let header = String::from_utf8_lossy(header);
        let said = |key: &str| {
            let (_, after) = header.split_once(&format!("'{key}'"))?;
            Some(after.trim_start().strip_prefix(':')?.trim_start())
        };
        let unknown = || Defect::new(phrase!("data-its-header-does-not-say"), AGAIN);
        let (kind, size) = kind(said("descr").ok_or_else(unknown)?)?;
        let shape = shape(said("shape").ok_or_else(unknown)?).ok_or_else(unknown)?;
        if !said("fortran_order").ok_or_else(unknown)?.starts_with("False") && shape.len() > 1 {
            let remedy = phrase!("data-save-it-again-after-np");
            return Err(Defect::new(phrase!("data-its-numbers-are-in-fortrans"), remedy));
        }
        let expected = shape.iter().try_fold(size, |product, size| product.checked_mul(*size));
        if expected != Some(bytes.len()) {
            let fact = phrase!(
                "data-its-header-promises-but-bytes",
                shape = words(&shape),
                bytes_count = bytes.len()
            );
            return Err(Defect::new(fact, AGAIN));
        }
        Ok(Self { shape, kind, size, bytes })
    }

    /// How many numbers there are.
    pub(super) fn len(&self) -> usize {
        self.bytes.len() / self.size
    }

    /// Its numbers; all that are in question are told apart by 64 bits.
    pub(super) fn values(&self) -> impl Iterator<Item = f64> {
        let kind = self.kind;
        self.bytes.chunks_exact(self.size).map(move |bytes| value(kind, bytes))
    }

    /// Whether its numbers may lie between whole ones.
    pub(super) const fn is_float(&self) -> bool {
        matches!(self.kind, Kind::F4 | Kind::F8)
    }

    /// Whole numbers from 0 to 255 with their multiple: the first that is none is told.
    pub(super) fn bytes(&self, scale: f64) -> Result<Vec<u8>, Defect> {
        if self.kind == Kind::U1 && scale == 1.0 {
            return Ok(self.bytes.to_vec());
        }
        let mut bytes = Vec::with_capacity(self.len());
        for (at, value) in self.values().enumerate() {
            let scaled = (value * scale).round();
            // What is no number is in no range either.
            if !(0.0..=255.0).contains(&scaled) {
                let fact = phrase!("data-number-is-outside-of-0", at, value);
                return Err(Defect::new(fact, CAST));
            }
            bytes.push(scaled as u8);
        }
        Ok(bytes)
    }
}

/// The type in a header, as in `'|u1'`.
fn kind(said: &str) -> Result<(Kind, usize), Defect> {
    let written = said.strip_prefix('\'').and_then(|said| said.split('\'').next());
    let order = written.and_then(|written| written.chars().next());
    let known = written.and_then(|written| {
        let name = written.trim_start_matches(['<', '>', '|', '=']);
        KINDS.iter().find(|(known, ..)| *known == name)
    });
    match known {
        Some((_, kind, size)) if *size == 1 || order == Some('<') => Ok((*kind, *size)),
        Some(_) => Err(Defect::new(phrase!("data-its-numbers-are-big-endian"), CAST)),
        None => {
            let written = shown(written.unwrap_or(said).trim());
            Err(Defect::new(phrase!("data-its-numbers-are-of-type", written), CAST))
        }
    }
}

/// The dimensions in a header, as in `(60000, 28, 28)`.
fn shape(said: &str) -> Option<Vec<usize>> {
    let (inside, _) = said.strip_prefix('(')?.split_once(')')?;
    let sizes = inside.split(',').map(str::trim).filter(|size| !size.is_empty());
    let shape: Vec<usize> = sizes.map(|size| size.parse().ok()).collect::<Option<_>>()?;
    (shape.len() <= MOST_DIMENSIONS).then_some(shape)
}

/// A shape as it is said: `60000 × 28 × 28`.
pub(super) fn words(shape: &[usize]) -> Phrase {
    let sizes: Vec<String> = shape.iter().map(ToString::to_string).collect();
    if sizes.is_empty() { phrase!("data-one-number") } else { sizes.join(" × ").into() }
}

fn value(kind: Kind, bytes: &[u8]) -> f64 {
    /// The bytes as an array of as many.
    fn all<const SIZE: usize>(bytes: &[u8]) -> [u8; SIZE] {
        bytes.first_chunk().copied().unwrap_or([0; SIZE])
    }
    match kind {
        Kind::U1 => all::<1>(bytes)[0].into(),
        Kind::I1 => i8::from_le_bytes(all(bytes)).into(),
        Kind::U2 => u16::from_le_bytes(all(bytes)).into(),
        Kind::I2 => i16::from_le_bytes(all(bytes)).into(),
        Kind::U4 => u32::from_le_bytes(all(bytes)).into(),
        Kind::I4 => i32::from_le_bytes(all(bytes)).into(),
        Kind::U8 => u64::from_le_bytes(all(bytes)) as f64,
        Kind::I8 => i64::from_le_bytes(all(bytes)) as f64,
        Kind::F4 => f32::from_le_bytes(all(bytes)).into(),
        Kind::F8 => f64::from_le_bytes(all(bytes)),
    }
}
