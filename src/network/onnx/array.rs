//! Arrays of ONNX: what their numbers are, and the numbers.

use super::{Fault, formats::Format};
use crate::network::{MOST_NUMBERS, Numbers};

/// What the numbers of an array are, by ONNX's `TensorProto.DataType`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    F32,
    F64,
    /// What takes fewer bits than an `f32`.
    Small(Format),
    /// Whole numbers of so many bits.
    Whole {
        bits: u32,
        signed: bool,
    },
    Bool,
}

impl Kind {
    pub const I64: Self = Self::Whole { bits: 64, signed: true };
    pub const I32: Self = Self::Whole { bits: 32, signed: true };
    pub const F16: Self = Self::Small(Format::F16);

    /// The kind with this number in ONNX.
    pub fn numbered(number: i32) -> Option<Self> {
        let whole = |bits, signed| Some(Self::Whole { bits, signed });
        match number {
            1 => Some(Self::F32),
            2 => whole(8, false),
            3 => whole(8, true),
            4 => whole(16, false),
            5 => whole(16, true),
            6 => whole(32, true),
            7 => whole(64, true),
            9 => Some(Self::Bool),
            10 => Some(Self::F16),
            11 => Some(Self::F64),
            12 => whole(32, false),
            13 => whole(64, false),
            16 => Some(Self::Small(Format::BF16)),
            17 => Some(Self::Small(Format::F8E4M3FN)),
            18 => Some(Self::Small(Format::F8E4M3FNUZ)),
            19 => Some(Self::Small(Format::F8E5M2)),
            20 => Some(Self::Small(Format::F8E5M2FNUZ)),
            21 => whole(4, false),
            22 => whole(4, true),
            23 => Some(Self::Small(Format::F4E2M1)),
            24 => Some(Self::Small(Format::F8E8M0)),
            25 => whole(2, false),
            26 => whole(2, true),
            _ => None,
        }
    }

    /// Whether it has fractions.
    pub const fn is_float(self) -> bool {
        matches!(self, Self::F32 | Self::F64 | Self::Small(_))
    }

    /// How many bits a number takes in a file.
    pub const fn bits(self) -> usize {
        match self {
            Self::F32 => 32,
            Self::F64 => 64,
            Self::Small(format) => format.bits(),
            Self::Whole { bits, .. } => bits as usize,
            Self::Bool => 8,
        }
    }

    /// What of this number can be kept.
    pub fn rounded(self, number: f64) -> f64 {
        match self {
            Self::F32 => f64::from(number as f32),
            Self::Small(format) => format.rounded(number),
            _ => number,
        }
    }

    /// The whole number that its bits hold, as they wrap around.
    pub fn wrapped(self, number: i128) -> i64 {
        match self {
            Self::Whole { bits: 64, .. } => number as i64,
            Self::Whole { bits, signed } => {
                let low = number & ((1_i128 << bits) - 1);
                let negative = signed && low >> (bits - 1) == 1;
                (if negative { low - (1_i128 << bits) } else { low }) as i64
            }
            Self::Bool => i64::from(number != 0),
            _ => number as i64,
        }
    }

    /// A cell as a number of its own: beyond `i64` for the largest unsigned ones.
    pub fn wide(self, cell: i64) -> i128 {
        match self {
            Self::Whole { bits: 64, signed: false } => i128::from(cell as u64),
            _ => i128::from(cell),
        }
    }
}

/// Numbers in their order, the last dimension fastest.
#[derive(Clone, Debug, PartialEq)]
pub struct Array {
    pub kind: Kind,
    pub dims: Vec<usize>,
    pub cells: Cells,
}

/// The numbers of an array.
#[derive(Clone, Debug, PartialEq)]
pub enum Cells {
    /// Of `F32`.
    Singles(Numbers),
    /// Of `F64` and of what is smaller than `F32`, each one that its kind can keep.
    Floats(Vec<f64>),
    /// Of whole numbers and yes or no; the largest of 64 unsigned bits lie below zero.
    Whole(Vec<i64>),
}

impl Array {
    /// Of `f32`.
    pub fn singles(dims: Vec<usize>, cells: Vec<f32>) -> Self {
        Self { kind: Kind::F32, dims, cells: Cells::Singles(cells.into()) }
    }

    /// Of `i64`.
    pub fn whole(dims: Vec<usize>, cells: Vec<i64>) -> Self {
        Self { kind: Kind::I64, dims, cells: Cells::Whole(cells) }
    }

    /// Of this kind, of numbers that are rounded to it.
    pub fn floats(kind: Kind, dims: Vec<usize>, cells: impl Iterator<Item = f64>) -> Self {
        let cells = match kind {
            Kind::F32 => Cells::Singles(Numbers::new(cells.map(|cell| cell as f32).collect())),
            _ => Cells::Floats(cells.map(|cell| kind.rounded(cell)).collect()),
        };
        Self { kind, dims, cells }
    }

    /// How many numbers it has.
    pub fn len(&self) -> usize {
        self.dims.iter().product()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All numbers as `f64`; whole ones beyond 2⁵³ are rounded.
    pub fn to_floats(&self) -> Vec<f64> {
        match &self.cells {
            Cells::Singles(cells) => cells.iter().copied().map(f64::from).collect(),
            Cells::Floats(cells) => cells.clone(),
            Cells::Whole(cells) => cells.iter().map(|cell| self.kind.wide(*cell) as f64).collect(),
        }
    }

    /// All numbers as `f32`.
    pub fn to_singles(&self) -> Vec<f32> {
        match &self.cells {
            Cells::Singles(cells) => cells.to_vec(),
            _ => self.to_floats().into_iter().map(|cell| cell as f32).collect(),
        }
    }

    /// All numbers as `f32`, shared where they are.
    pub fn shared(&self) -> Numbers {
        match &self.cells {
            Cells::Singles(cells) => cells.clone(),
            _ => self.to_singles().into(),
        }
    }

    /// All numbers as whole ones, what is behind the point left out.
    pub fn to_whole(&self) -> Vec<i64> {
        match &self.cells {
            Cells::Singles(cells) => cells.iter().map(|cell| *cell as i64).collect(),
            Cells::Floats(cells) => cells.iter().map(|cell| *cell as i64).collect(),
            Cells::Whole(cells) => cells.clone(),
        }
    }
}

/// How many numbers an array of these dimensions has.
///
/// # Errors
/// If a dimension is negative, or there are more than [`MOST_NUMBERS`].
pub(super) fn counted(dims: &[i64]) -> Result<(Vec<usize>, usize), Fault> {
    let mut sizes = Vec::with_capacity(dims.len());
    let mut count = 1_usize;
    for dim in dims {
        let size = usize::try_from(*dim)
            .map_err(|_| Fault::new(phrase!("onnx-it-has-a-dimension-of", dim)))?;
        sizes.push(size);
        count =
            count.checked_mul(size).filter(|count| *count <= MOST_NUMBERS).ok_or_else(|| {
                Fault::new(phrase!(
                    "onnx-it-has-dimensions-more-than",
                    dims = format_args!("{:?}", dims),
                    most_numbers = MOST_NUMBERS
                ))
            })?;
    }
    Ok((sizes, count))
}
