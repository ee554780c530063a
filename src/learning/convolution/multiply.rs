//! Multiplication of matrices in single precision, on one thread: small tiles of the product are kept in registers while
//! a block of both factors passes by.
//!
//! Rows of the factors lie at any offsets of a buffer, so that a matrix of patches need not be written out where its rows
//! are shifted views of an image. Each number of the product is the sum of the same terms in the same order whatever the
//! width of the registers.

use pulp::{Arch, Simd, WithSimd};

/// Terms that are summed up before they are added to the product.
const DEPTH: usize = 384;
/// Rows of a tile that is two registers wide.
const ROWS: usize = 6;
/// Rows of a product up to which the right factor is read where it lies; it is copied together for more.
const PACKED_FROM: usize = 18;
/// Numbers that must lie behind the last one of the right factor: whole registers are read there.
pub(super) const SLACK: usize = 8 * 16;

/// Rows of a matrix in a buffer: row `at` begins at `starts[at]`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rows<'a> {
    pub(super) numbers: &'a [f32],
    pub(super) starts: &'a [usize],
}

/// Adds `left · right` to a product, whose rows follow each other with `columns` numbers each; where it is `fresh`, what
/// it was before does not count.
///
/// # Shapes
/// left `[rows, terms]`, right `[terms, columns]`; `right.numbers` has [`SLACK`] more numbers than its rows need.
pub(super) fn multiply(
    left: Rows<'_>,
    right: Rows<'_>,
    columns: usize,
    (product, fresh): (&mut [f32], bool),
    panel: &mut Vec<f32>,
) {
    Arch::new().dispatch(Multiply { left, right, columns, product, fresh, panel });
}

struct Multiply<'a> {
    left: Rows<'a>,
    right: Rows<'a>,
    columns: usize,
    product: &'a mut [f32],
    fresh: bool,
    panel: &'a mut Vec<f32>,
}

impl WithSimd for Multiply<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { left, right, columns, product, fresh, panel } = self;
        let lanes = S::F32_LANES;
        let rows = left.starts.len();
        for (block, starts) in right.starts.chunks(DEPTH).enumerate() {
            let first = block * DEPTH;
            let mut column = 0;
            while column < columns {
                // The last columns may need one register only.
                let wide = match columns - column {
                    left if rows == 1 && left > 4 * lanes => 8,
                    left if left > lanes => 2,
                    _ => 1,
                };
                let width = wide * lanes;
                let fresh = fresh && block == 0;
                let at = At { first, depth: starts.len(), column, columns, fresh };
                if rows > PACKED_FROM {
                    pack(simd, right.numbers, starts, column, wide, panel);
                    tiles(
                        simd,
                        left,
                        Right::Packed(&panel[..starts.len() * width]),
                        wide,
                        at,
                        product,
                    );
                } else {
                    let right = Right::Lying(right.numbers, starts);
                    tiles(simd, left, right, wide, at, product);
                }
                column += width;
            }
        }
    }
}

/// Copies some columns of a block together.
#[inline(always)]
fn pack<S: Simd>(
    _: S,
    numbers: &[f32],
    starts: &[usize],
    column: usize,
    wide: usize,
    panel: &mut Vec<f32>,
) {
    let width = wide * S::F32_LANES;
    if panel.len() < starts.len() * width {
        panel.resize(starts.len() * width, 0.0);
    }
    let (panel, _) = S::as_mut_simd_f32s(panel);
    let mut term = 0;
    while term < starts.len() {
        let start = starts[term] + column;
        let (from, _) = S::as_simd_f32s(&numbers[start..start + width]);
        let to = &mut panel[term * wide..term * wide + wide];
        let mut at = 0;
        while at < wide {
            to[at] = from[at];
            at += 1;
        }
        term += 1;
    }
}

/// Which block of the factors a tile is of.
#[derive(Clone, Copy)]
struct At {
    first: usize,
    depth: usize,
    column: usize,
    columns: usize,
    /// Whether the product is none yet.
    fresh: bool,
}

/// Some columns of a block of the right factor.
#[derive(Clone, Copy)]
enum Right<'a> {
    /// Row after row, nothing between.
    Packed(&'a [f32]),
    /// As they lie.
    Lying(&'a [f32], &'a [usize]),
}

/// All rows of some columns, tile after tile.
#[inline(always)]
fn tiles<S: Simd>(
    simd: S,
    left: Rows<'_>,
    right: Right<'_>,
    wide: usize,
    at: At,
    product: &mut [f32],
) {
    let rows = left.starts.len();
    let mut row = 0;
    while row < rows {
        let remaining = rows - row;
        row += match (wide, remaining) {
            (8, _) => tile::<S, 1, 8>(simd, left, right, row, at, product),
            // Of seven or eight rows, four and the others keep the adders busier than six and one or two.
            (2, 7 | 8 | 4) => tile::<S, 4, 2>(simd, left, right, row, at, product),
            (2, 10 | 5) => tile::<S, 5, 2>(simd, left, right, row, at, product),
            (2, 3) => tile::<S, 3, 2>(simd, left, right, row, at, product),
            (2, 2) => tile::<S, 2, 2>(simd, left, right, row, at, product),
            (2, 1) => tile::<S, 1, 2>(simd, left, right, row, at, product),
            (2, _) => tile::<S, ROWS, 2>(simd, left, right, row, at, product),
            (_, 9..) => tile::<S, 9, 1>(simd, left, right, row, at, product),
            (_, 6..) => tile::<S, 6, 1>(simd, left, right, row, at, product),
            (_, 3..) => tile::<S, 3, 1>(simd, left, right, row, at, product),
            _ => tile::<S, 1, 1>(simd, left, right, row, at, product),
        };
    }
}

/// Adds a block's share to `HIGH` rows × `WIDE` registers of the product; says how many rows that were.
#[inline(always)]
fn tile<S: Simd, const HIGH: usize, const WIDE: usize>(
    simd: S,
    left: Rows<'_>,
    right: Right<'_>,
    row: usize,
    at: At,
    product: &mut [f32],
) -> usize {
    let At { first, depth, column, columns, fresh } = at;
    let lanes = S::F32_LANES;
    let width = WIDE * lanes;
    let mut factors: [&[f32]; HIGH] = [&[]; HIGH];
    let mut down = 0;
    while down < HIGH {
        let start = left.starts[row + down] + first;
        factors[down] = &left.numbers[start..start + depth];
        down += 1;
    }
    let mut sums = [[simd.splat_f32s(0.0); WIDE]; HIGH];
    let mut term = 0;
    match right {
        Right::Packed(panel) => {
            let (panel, _) = S::as_simd_f32s(panel);
            while term < depth {
                let held = &panel[term * WIDE..term * WIDE + WIDE];
                step::<S, HIGH, WIDE>(simd, &factors, held, term, &mut sums);
                term += 1;
            }
        }
        Right::Lying(numbers, starts) => {
            while term < depth {
                let start = starts[term] + column;
                let (held, _) = S::as_simd_f32s(&numbers[start..start + width]);
                step::<S, HIGH, WIDE>(simd, &factors, held, term, &mut sums);
                term += 1;
            }
        }
    }
    down = 0;
    while down < HIGH {
        let row = &mut product[(row + down) * columns..(row + down + 1) * columns];
        if column + width <= columns {
            let (row, _) = S::as_mut_simd_f32s(&mut row[column..column + width]);
            let mut at = 0;
            while at < WIDE {
                let sum = sums[down][at];
                row[at] = if fresh { sum } else { simd.add_f32s(row[at], sum) };
                at += 1;
            }
        } else {
            let mut at = 0;
            while at < WIDE {
                let from = (column + at * lanes).min(columns);
                let part = &mut row[from..(from + lanes).min(columns)];
                let sum = sums[down][at];
                let all =
                    if fresh { sum } else { simd.add_f32s(simd.partial_load_f32s(part), sum) };
                simd.partial_store_f32s(part, all);
                at += 1;
            }
        }
        down += 1;
    }
    HIGH
}

/// One term of all sums of a tile; loops are spelled out, so that sums stay in registers at any optimisation level.
#[inline(always)]
fn step<S: Simd, const HIGH: usize, const WIDE: usize>(
    simd: S,
    factors: &[&[f32]; HIGH],
    right: &[S::f32s],
    term: usize,
    sums: &mut [[S::f32s; WIDE]; HIGH],
) {
    let mut held = [simd.splat_f32s(0.0); WIDE];
    let mut at = 0;
    while at < WIDE {
        held[at] = right[at];
        at += 1;
    }
    let mut down = 0;
    while down < HIGH {
        let factor = simd.splat_f32s(factors[down][term]);
        let mut at = 0;
        while at < WIDE {
            sums[down][at] = simd.mul_add_f32s(held[at], factor, sums[down][at]);
            at += 1;
        }
        down += 1;
    }
}

/// Sum of the products of two rows, in strands.
pub(super) fn dot(a: &[f32], b: &[f32]) -> f32 {
    Arch::new().dispatch(Dot { a, b })
}

struct Dot<'a> {
    a: &'a [f32],
    b: &'a [f32],
}

/// Sums that are kept side by side; part of the result.
const STRANDS: usize = 32;

impl WithSimd for Dot<'_> {
    type Output = f32;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> f32 {
        let Self { a, b } = self;
        let length = a.len().min(b.len());
        let mut sums = [0.0_f32; STRANDS];
        let mut first = 0;
        while first + STRANDS <= length {
            let (a, b) = (&a[first..first + STRANDS], &b[first..first + STRANDS]);
            let mut at = 0;
            while at < STRANDS {
                sums[at] = a[at].mul_add(b[at], sums[at]);
                at += 1;
            }
            first += STRANDS;
        }
        let mut sum = 0.0;
        while first < length {
            sum += a[first] * b[first];
            first += 1;
        }
        sums.iter().sum::<f32>() + sum
    }
}
