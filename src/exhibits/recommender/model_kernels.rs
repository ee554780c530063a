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

/// The dot products of one row with four others, each read from memory once; rows of factors, padded.
#[inline(always)]
pub(super) fn dot_four<S: Simd>(simd: S, row: &[f64], others: [&[f64]; 4]) -> [f64; 4] {
    let (row, _) = S::as_simd_f64s(row);
    let [a, b, c, d] = others.map(|other| S::as_simd_f64s(other).0);
    // Spelled out, so that the sums stay in registers at any optimisation level.
    let zero = simd.splat_f64s(0.0);
    let (mut first, mut second, mut third, mut fourth) = (zero, zero, zero, zero);
    for ((((&row, &a), &b), &c), &d) in row.iter().zip(a).zip(b).zip(c).zip(d) {
        first = simd.mul_add_e_f64s(row, a, first);
        second = simd.mul_add_e_f64s(row, b, second);
        third = simd.mul_add_e_f64s(row, c, third);
        fourth = simd.mul_add_e_f64s(row, d, fourth);
    }
    [first, second, third, fourth].map(|sum| simd.reduce_sum_f64s(sum))
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

    #[test]
    fn dot_products_of_any_length_are_right() {
        for length in [0, 1, 7, 8, 13, 104, 117] {
            let a: Vec<f64> = (0..length).map(|at| at as f64).collect();
            let b: Vec<f64> = (0..length).map(|at| 0.5 - at as f64).collect();
            let truth: f64 = a.iter().zip(&b).map(|(a, b)| a * b).sum();
            assert_eq!(product(&a, &b), truth, "{length}");
        }
        assert_eq!(products(&[1.0, 2.0, 3.0, 4.0], &[10.0, 1.0]), [12.0, 34.0]);
        assert_eq!(products(&[], &[]), []);
    }
}
