//! The sums that the factorisation is made of, a register at a time: dot products, and the pull of one rating.
//!
//! Each sum is one thread's and is added in one order, so that any number of threads gives the same bits.

use pulp::{Arch, Simd, WithSimd};

/// Rows of factors are padded with zeros to a multiple of this, so that no processor has lanes left over.
const LANES: usize = 8;

/// The length of a row that holds so many factors.
pub(super) const fn padded(factors: usize) -> usize {
    factors.next_multiple_of(LANES)
}

/// The sum of the products of two rows of one length.
#[inline(always)]
pub(super) fn dot<S: Simd>(simd: S, a: &[f64], b: &[f64]) -> f64 {
    let ((a, a_end), (b, b_end)) = (S::as_simd_f64s(a), S::as_simd_f64s(b));
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<4>(), b.as_chunks::<4>());
    // Spelled out, so that the sums stay in registers at any optimisation level.
    let zero = simd.splat_f64s(0.0);
    let (mut first, mut second, mut third, mut fourth) = (zero, zero, zero, zero);
    for (a, b) in a.iter().zip(b) {
        first = simd.mul_add_e_f64s(a[0], b[0], first);
        second = simd.mul_add_e_f64s(a[1], b[1], second);
        third = simd.mul_add_e_f64s(a[2], b[2], third);
        fourth = simd.mul_add_e_f64s(a[3], b[3], fourth);
    }
    for (&a, &b) in a_rest.iter().zip(b_rest) {
        first = simd.mul_add_e_f64s(a, b, first);
    }
    let sum = simd.add_f64s(simd.add_f64s(first, second), simd.add_f64s(third, fourth));
    let end: f64 = a_end.iter().zip(b_end).map(|(a, b)| a * b).sum();
    simd.reduce_sum_f64s(sum) + end
}

/// The dot products of two rows with four others, so that each number is read from memory for several of them; rows
/// of factors, padded.
#[inline(always)]
pub(super) fn dot_two_by_four<S: Simd>(
    simd: S,
    rows: [&[f64]; 2],
    others: [&[f64]; 4],
) -> [[f64; 4]; 2] {
    let registers = |row| S::as_simd_f64s(row).0;
    let (first, second) = (registers(rows[0]), registers(rows[1]));
    let (a, b) = (registers(others[0]), registers(others[1]));
    let (c, d) = (registers(others[2]), registers(others[3]));
    // Spelled out, so that the sums stay in registers at any optimisation level.
    let zero = simd.splat_f64s(0.0);
    let (mut first_a, mut first_b, mut first_c, mut first_d) = (zero, zero, zero, zero);
    let (mut second_a, mut second_b, mut second_c, mut second_d) = (zero, zero, zero, zero);
    for (((((&first, &second), &a), &b), &c), &d) in
        first.iter().zip(second).zip(a).zip(b).zip(c).zip(d)
    {
        first_a = simd.mul_add_e_f64s(first, a, first_a);
        first_b = simd.mul_add_e_f64s(first, b, first_b);
        first_c = simd.mul_add_e_f64s(first, c, first_c);
        first_d = simd.mul_add_e_f64s(first, d, first_d);
        second_a = simd.mul_add_e_f64s(second, a, second_a);
        second_b = simd.mul_add_e_f64s(second, b, second_b);
        second_c = simd.mul_add_e_f64s(second, c, second_c);
        second_d = simd.mul_add_e_f64s(second, d, second_d);
    }
    let sum = |sum: S::f64s| simd.reduce_sum_f64s(sum);
    [
        [sum(first_a), sum(first_b), sum(first_c), sum(first_d)],
        [sum(second_a), sum(second_b), sum(second_c), sum(second_d)],
    ]
}

/// Adds a multiple of each of four rows to another; rows of factors, padded.
#[inline(always)]
pub(super) fn add_four<S: Simd>(simd: S, sum: &mut [f64], times: [f64; 4], rows: [&[f64]; 4]) {
    let (sum, _) = S::as_mut_simd_f64s(sum);
    let registers = |row| S::as_simd_f64s(row).0;
    let (a, b) = (registers(rows[0]), registers(rows[1]));
    let (c, d) = (registers(rows[2]), registers(rows[3]));
    let times = |at: usize| simd.splat_f64s(times[at]);
    let (by_a, by_b, by_c, by_d) = (times(0), times(1), times(2), times(3));
    for ((((sum, &a), &b), &c), &d) in sum.iter_mut().zip(a).zip(b).zip(c).zip(d) {
        let two = simd.mul_add_e_f64s(by_a, a, simd.mul_f64s(by_b, b));
        let four = simd.mul_add_e_f64s(by_c, c, simd.mul_add_e_f64s(by_d, d, two));
        *sum = simd.add_f64s(*sum, four);
    }
}

/// One rating's pull on a person's row p and an item's row q, each by the old values of the other:
/// p ← keep·p + step·q and q ← keep·q + step·p.
#[inline(always)]
pub(super) fn pull<S: Simd>(simd: S, p: &mut [f64], q: &mut [f64], keep: f64, step: f64) {
    let ((p, _), (q, _)) = (S::as_mut_simd_f64s(p), S::as_mut_simd_f64s(q));
    let (keep, step) = (simd.splat_f64s(keep), simd.splat_f64s(step));
    for (p, q) in p.iter_mut().zip(q) {
        let (old_p, old_q) = (*p, *q);
        *p = simd.mul_add_e_f64s(step, old_q, simd.mul_f64s(keep, old_p));
        *q = simd.mul_add_e_f64s(step, old_p, simd.mul_f64s(keep, old_q));
    }
}

/// Adds a multiple of one row to another.
#[inline(always)]
pub(super) fn add<S: Simd>(simd: S, sum: &mut [f64], times: f64, row: &[f64]) {
    let ((sum, sum_end), (row, row_end)) = (S::as_mut_simd_f64s(sum), S::as_simd_f64s(row));
    let many = simd.splat_f64s(times);
    for (sum, &row) in sum.iter_mut().zip(row) {
        *sum = simd.mul_add_e_f64s(many, row, *sum);
    }
    for (sum, row) in sum_end.iter_mut().zip(row_end) {
        *sum += times * row;
    }
}

/// The dot product of two rows, for those who need a few of them.
pub(super) fn product(a: &[f64], b: &[f64]) -> f64 {
    struct Product<'a>(&'a [f64], &'a [f64]);
    impl WithSimd for Product<'_> {
        type Output = f64;

        #[inline(always)]
        fn with_simd<S: Simd>(self, simd: S) -> f64 {
            dot(simd, self.0, self.1)
        }
    }
    Arch::new().dispatch(Product(a, b))
}

/// The dot product of one row with each of many.
pub(super) fn products(rows: &[f64], row: &[f64]) -> Vec<f64> {
    struct Products<'a>(&'a [f64], &'a [f64]);
    impl WithSimd for Products<'_> {
        type Output = Vec<f64>;

        #[inline(always)]
        fn with_simd<S: Simd>(self, simd: S) -> Vec<f64> {
            let Self(rows, row) = self;
            let mut products = Vec::with_capacity(rows.len() / row.len().max(1));
            for each in rows.chunks_exact(row.len().max(1)) {
                products.push(dot(simd, each, row));
            }
            products
        }
    }
    Arch::new().dispatch(Products(rows, row))
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Several<'a>(&'a [Vec<f64>]);

    impl WithSimd for Several<'_> {
        type Output = [[f64; 4]; 2];

        fn with_simd<S: Simd>(self, simd: S) -> [[f64; 4]; 2] {
            let row = |at: usize| self.0[at].as_slice();
            dot_two_by_four(simd, [row(0), row(1)], [row(2), row(3), row(4), row(5)])
        }
    }

    #[test]
    fn dot_products_of_any_length_are_right() {
        for length in [0, 1, 7, 8, 13, 104, 117] {
            let a: Vec<f64> = (0..length).map(|at| at as f64).collect();
            let b: Vec<f64> = (0..length).map(|at| 0.5 - at as f64).collect();
            let truth: f64 = a.iter().zip(&b).map(|(a, b)| a * b).sum();
            assert_eq!(product(&a, &b), truth, "{length}");
        }
        let row = |start: usize| -> Vec<f64> { (start..start + 16).map(|at| at as f64).collect() };
        let rows: Vec<Vec<f64>> = (0..6).map(row).collect();
        let found = Arch::new().dispatch(Several(&rows));
        for (at, found) in found.as_flattened().iter().enumerate() {
            assert_eq!(*found, product(&rows[at / 4], &rows[2 + at % 4]));
        }
        assert_eq!(products(&[1.0, 2.0, 3.0, 4.0], &[10.0, 1.0]), [12.0, 34.0]);
        assert!(products(&[], &[]).is_empty());
    }
}
