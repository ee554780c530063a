//! The sums that components are found by, some images at a time: what lies along directions, and the images weighted by it.
//!
//! Products are summed in single precision over short stretches, which are added in double; each sum is added in one order,
//! so that any number of threads gives the same bits.

use pulp::{Arch, Simd, WithSimd};
use rayon::prelude::*;

/// Directions that are followed together.
pub(super) const LANES: usize = 16;
/// Directions whose sums are made beside each other.
const BESIDE: usize = 4;
/// Numbers that are summed in single precision.
const STRETCH: usize = 4096;
/// Numbers whose weighted sums fit into the nearest memory.
const RANGE: usize = 512;

/// Directions in a space of many numbers; what is missing of the last four is zero.
pub(super) struct Directions {
    numbers: usize,
    /// Direction after direction.
    rows: Vec<f32>,
    width: usize,
}

impl Directions {
    /// Of these columns of one length.
    pub(super) fn of(columns: &[Vec<f64>]) -> Self {
        let numbers = columns.first().map_or(0, Vec::len);
        let width = columns.len().next_multiple_of(BESIDE);
        let mut rows: Vec<f32> = columns.iter().flatten().map(|part| *part as f32).collect();
        rows.resize(width * numbers, 0.0);
        Self { numbers, rows, width }
    }

    /// How many numbers are told of a row.
    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// How far along each direction rows lie: rows × width.
    pub(super) fn along(&self, rows: &[f32]) -> Vec<f32> {
        let numbers = self.numbers.max(1);
        let mut found = vec![0.0; rows.len() / numbers * self.width];
        found.par_chunks_mut((2 * self.width).max(1)).zip(rows.par_chunks(2 * numbers)).for_each(
            |(found, rows)| Arch::new().dispatch(Along { directions: self, rows, found }),
        );
        found
    }
}

/// One row, or two.
struct Along<'a> {
    directions: &'a Directions,
    rows: &'a [f32],
    found: &'a mut [f32],
}

impl WithSimd for Along<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { directions: Directions { numbers, rows: directions, width }, rows, found } =
            self;
        let (first, second) = rows.split_at((*numbers).min(rows.len()));
        let second = if second.is_empty() { first } else { second };
        let (one, other) = found.split_at_mut((*width).min(found.len()));
        for (group, four) in directions.chunks_exact(BESIDE * numbers).enumerate() {
            let mut sums = [[0.0_f64; BESIDE]; 2];
            for from in (0..*numbers).step_by(STRETCH) {
                let until = (from + STRETCH).min(*numbers);
                let part = |row: usize| four.get(row * numbers + from..row * numbers + until);
                let (Some(a), Some(b), Some(c), Some(d)) = (part(0), part(1), part(2), part(3))
                else {
                    continue;
                };
                let (Some(first), Some(second)) = (first.get(from..until), second.get(from..until))
                else {
                    continue;
                };
                let some = dot_two_by_four(simd, [first, second], [a, b, c, d]);
                for (sum, some) in sums.as_flattened_mut().iter_mut().zip(some.as_flattened()) {
                    *sum += f64::from(*some);
                }
            }
            for (found, sums) in [&mut *one, &mut *other].into_iter().zip(sums) {
                let found = found.iter_mut().skip(group * BESIDE);
                found.zip(sums).for_each(|(found, sum)| *found = sum as f32);
            }
        }
    }
}

/// The dot products of two rows with four others, so that each number is read from memory for several of them.
#[inline(always)]
fn dot_two_by_four<S: Simd>(simd: S, rows: [&[f32]; 2], others: [&[f32]; 4]) -> [[f32; 4]; 2] {
    let (first, first_rest) = S::as_simd_f32s(rows[0]);
    let (second, second_rest) = S::as_simd_f32s(rows[1]);
    let [a, b, c, d] = others;
    let ((a, a_rest), (b, b_rest)) = (S::as_simd_f32s(a), S::as_simd_f32s(b));
    let ((c, c_rest), (d, d_rest)) = (S::as_simd_f32s(c), S::as_simd_f32s(d));
    // Spelled out, so that the sums stay in registers at any optimisation level.
    let zero = simd.splat_f32s(0.0);
    let (mut first_a, mut first_b, mut first_c, mut first_d) = (zero, zero, zero, zero);
    let (mut second_a, mut second_b, mut second_c, mut second_d) = (zero, zero, zero, zero);
    for (((((&first, &second), &a), &b), &c), &d) in
        first.iter().zip(second).zip(a).zip(b).zip(c).zip(d)
    {
        first_a = simd.mul_add_e_f32s(first, a, first_a);
        first_b = simd.mul_add_e_f32s(first, b, first_b);
        first_c = simd.mul_add_e_f32s(first, c, first_c);
        first_d = simd.mul_add_e_f32s(first, d, first_d);
        second_a = simd.mul_add_e_f32s(second, a, second_a);
        second_b = simd.mul_add_e_f32s(second, b, second_b);
        second_c = simd.mul_add_e_f32s(second, c, second_c);
        second_d = simd.mul_add_e_f32s(second, d, second_d);
    }
    let sum = |sum: S::f32s| simd.reduce_sum_f32s(sum);
    [
        [
            sum(first_a) + dot_plainly(first_rest, a_rest),
            sum(first_b) + dot_plainly(first_rest, b_rest),
            sum(first_c) + dot_plainly(first_rest, c_rest),
            sum(first_d) + dot_plainly(first_rest, d_rest),
        ],
        [
            sum(second_a) + dot_plainly(second_rest, a_rest),
            sum(second_b) + dot_plainly(second_rest, b_rest),
            sum(second_c) + dot_plainly(second_rest, c_rest),
            sum(second_d) + dot_plainly(second_rest, d_rest),
        ],
    ]
}

/// The dot product of the few numbers that fill no register.
#[inline(always)]
fn dot_plainly(a: &[f32], b: &[f32]) -> f32 {
    let mut sum = 0.0;
    for (a, b) in a.iter().zip(b) {
        sum += a * b;
    }
    sum
}

/// Σ over rows of each number times what the row is given, which turns directions towards where rows differ most.
pub(super) struct Weighted {
    numbers: usize,
    width: usize,
    /// Width × numbers.
    sums: Vec<f64>,
}

impl Weighted {
    /// Of rows of so many numbers that are given so many.
    pub(super) fn of(numbers: usize, given: usize) -> Self {
        let width = given.next_multiple_of(BESIDE);
        Self { numbers: numbers.max(1), width, sums: vec![0.0; width * numbers] }
    }

    /// Adds some rows, given rows × width.
    pub(super) fn add(&mut self, rows: &[f32], given: &[f32]) {
        let (numbers, width) = (self.numbers, self.width);
        self.sums.par_chunks_mut(BESIDE * numbers).enumerate().for_each(|(group, sums)| {
            let group = group * BESIDE;
            Arch::new().dispatch(Add { rows, given, sums, numbers, width, group });
        });
    }

    /// So many columns of these sums.
    pub(super) fn columns(&self, count: usize) -> Vec<Vec<f64>> {
        self.sums.chunks(self.numbers).take(count).map(<[f64]>::to_vec).collect()
    }
}

/// What four of the numbers that rows are given add.
struct Add<'a> {
    rows: &'a [f32],
    given: &'a [f32],
    sums: &'a mut [f64],
    numbers: usize,
    width: usize,
    /// The first of the four.
    group: usize,
}

impl WithSimd for Add<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { rows, given, sums, numbers, width, group } = self;
        for from in (0..numbers).step_by(RANGE) {
            let length = RANGE.min(numbers - from);
            let mut some = [[0.0_f32; RANGE]; BESIDE];
            let pairs = rows.chunks(2 * numbers).zip(given.chunks(2 * width));
            for (rows, given) in pairs {
                let row = |at: usize| rows.get(at * numbers + from..at * numbers + from + length);
                let times = |at: usize| given.get(at * width + group..at * width + group + BESIDE);
                let (Some(first), Some(by_first)) = (row(0), times(0)) else { continue };
                // Of an odd row nothing is added twice.
                let (second, by_second) = match (row(1), times(1)) {
                    (Some(second), Some(times)) => (second, times),
                    _ => (first, [0.0; BESIDE].as_slice()),
                };
                add_two(simd, &mut some, length, [first, second], [by_first, by_second]);
            }
            for (sums, some) in sums.chunks_mut(numbers).zip(&some) {
                let sums = sums.iter_mut().skip(from).take(length);
                sums.zip(some).for_each(|(sum, some)| *sum += f64::from(*some));
            }
        }
    }
}

/// Adds two rows to four sums, each times its share.
#[inline(always)]
fn add_two<S: Simd>(
    simd: S,
    sums: &mut [[f32; RANGE]; BESIDE],
    length: usize,
    rows: [&[f32]; 2],
    times: [&[f32]; 2],
) {
    let ([first, second], [one, other]) = (rows, times);
    let ((first, first_rest), (second, second_rest)) =
        (S::as_simd_f32s(first), S::as_simd_f32s(second));
    for (sum, (by_first, by_second)) in sums.iter_mut().zip(one.iter().zip(other)) {
        let Some(sum) = sum.get_mut(..length) else { continue };
        let (sum, rest) = S::as_mut_simd_f32s(sum);
        let (many_first, many_second) = (simd.splat_f32s(*by_first), simd.splat_f32s(*by_second));
        for ((sum, &first), &second) in sum.iter_mut().zip(first).zip(second) {
            let one = simd.mul_add_e_f32s(many_first, first, *sum);
            *sum = simd.mul_add_e_f32s(many_second, second, one);
        }
        for ((sum, first), second) in rest.iter_mut().zip(first_rest).zip(second_rest) {
            *sum += by_first * first + by_second * second;
        }
    }
}

/// Rows themselves as what is given, so that their weighted sums are their products with each other.
pub(super) fn themselves(rows: &[f32], numbers: usize) -> Vec<f32> {
    let numbers = numbers.max(1);
    let missing = numbers.next_multiple_of(BESIDE) - numbers;
    let row = |row: &[f32]| {
        let nothing = std::iter::repeat_n(0.0, missing);
        row.iter().copied().chain(nothing).collect::<Vec<f32>>()
    };
    rows.chunks(numbers).flat_map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_those_by_definition() {
        for (count, numbers, directions) in
            [(1, 1, 1), (5, 7, 3), (64, 600, 20), (9, 130, 16), (3, 5000, 2)]
        {
            let rows: Vec<f32> = (0..count * numbers).map(|at| (at as f32 * 0.7).sin()).collect();
            let columns: Vec<Vec<f64>> = (0..directions)
                .map(|which| (0..numbers).map(|at| ((at * 3 + which) as f64).cos()).collect())
                .collect();
            let made = Directions::of(&columns);
            let along = made.along(&rows);
            let lane = |row: usize, which: usize| along[row * made.width() + which];
            for (row, values) in rows.chunks(numbers).enumerate() {
                for (which, column) in columns.iter().enumerate() {
                    let truth: f64 =
                        values.iter().zip(column).map(|(a, b)| f64::from(*a) * b).sum();
                    assert!((f64::from(lane(row, which)) - truth).abs() < 1e-4, "{truth}");
                }
            }
            let mut weighted = Weighted::of(numbers, directions);
            weighted.add(&rows, &along);
            weighted.add(&rows, &along);
            for (which, column) in weighted.columns(directions).iter().enumerate() {
                for (at, sum) in column.iter().enumerate() {
                    let truth: f64 = (0..count)
                        .map(|row| {
                            f64::from(rows[row * numbers + at]) * f64::from(lane(row, which))
                        })
                        .sum();
                    assert!((sum - 2.0 * truth).abs() < 1e-3, "{sum} {truth}");
                }
            }
            let own = themselves(&rows, numbers);
            assert_eq!(own.len(), count * numbers.next_multiple_of(BESIDE));
            assert_eq!(own[..numbers], rows[..numbers]);
        }
    }
}
