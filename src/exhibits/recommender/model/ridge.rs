//! Ridge regression by Cholesky: the weights that fit some rows best while they stay small, and what they would be
//! without a row.

use pulp::{Arch, Simd, WithSimd};

use crate::exhibits::recommender::model::kernels::{add, dot, product};

/// A sum of rows that is ready to be solved: `XᵀX + shift·I = L·Lᵀ`.
#[derive(Clone, Debug)]
pub(super) struct Ridge {
    /// Length of a row.
    width: usize,
    /// L, row by row; above its diagonal are zeros.
    lower: Vec<f64>,
}

impl Ridge {
    /// Factorises; a positive shift makes it possible whatever the rows are.
    pub(super) fn new(rows: &[f64], width: usize, shift: f64) -> Self {
        let mut lower = vec![0.0; width * width];
        Arch::new().dispatch(Factorise { rows, width, shift, lower: &mut lower });
        Self { width, lower }
    }

    /// `w` for which `(XᵀX + shift·I)·w` is `right`.
    pub(super) fn solve(&self, right: &[f64]) -> Vec<f64> {
        let mut solved = self.halfway(right);
        for at in (0..self.width).rev() {
            let row = &self.lower[at * self.width..];
            solved[at] /= row[at];
            let (before, own) = solved.split_at_mut(at);
            for (before, lower) in before.iter_mut().zip(row) {
                *before -= lower * own[0];
            }
        }
        solved
    }

    /// `x·(XᵀX + shift·I)⁻¹·x`, the pull of a row on its own fit.
    pub(super) fn leverage(&self, row: &[f64]) -> f64 {
        let halfway = self.halfway(row);
        product(&halfway, &halfway)
    }

    /// `z` for which `L·z` is `right`.
    fn halfway(&self, right: &[f64]) -> Vec<f64> {
        Arch::new().dispatch(Halfway { ridge: self, right })
    }
}

struct Halfway<'a> {
    ridge: &'a Ridge,
    right: &'a [f64],
}

impl WithSimd for Halfway<'_> {
    type Output = Vec<f64>;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> Vec<f64> {
        let width = self.ridge.width;
        let mut solved = self.right.to_vec();
        for at in 0..width {
            let row = &self.ridge.lower[at * width..][..=at];
            solved[at] = (solved[at] - dot(simd, &row[..at], &solved[..at])) / row[at];
        }
        solved
    }
}

struct Factorise<'a> {
    rows: &'a [f64],
    width: usize,
    shift: f64,
    lower: &'a mut [f64],
}

impl WithSimd for Factorise<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Self { rows, width, shift, lower } = self;
        for row in rows.chunks_exact(width) {
            for (at, &value) in row.iter().enumerate() {
                add(simd, &mut lower[at * width..][..=at], value, &row[..=at]);
            }
        }
        for at in 0..width {
            lower[at * width + at] += shift;
            let (above, own) = lower.split_at_mut(at * width);
            for before in 0..at {
                let row = &above[before * width..][..=before];
                let sum = dot(simd, &own[..before], &row[..before]);
                own[before] = (own[before] - sum) / row[before];
            }
            own[at] = (own[at] - dot(simd, &own[..at], &own[..at])).sqrt();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_solution_solves() {
        let (width, shift) = (5, 0.7);
        let rows: Vec<f64> = (0..4 * width).map(|at| ((at * at) as f64).sin()).collect();
        let right: Vec<f64> = (0..width).map(|at| at as f64 - 1.5).collect();
        let ridge = Ridge::new(&rows, width, shift);
        let solved = ridge.solve(&right);
        // (XᵀX + shift·I)·w, by its definition.
        let mut back: Vec<f64> = solved.iter().map(|weight| shift * weight).collect();
        for row in rows.chunks_exact(width) {
            let fit = product(row, &solved);
            back.iter_mut().zip(row).for_each(|(back, value)| *back += fit * value);
        }
        for (back, right) in back.iter().zip(&right) {
            assert!((back - right).abs() < 1e-12, "{back} {right}");
        }
        let row = &rows[..width];
        assert!((ridge.leverage(row) - product(row, &ridge.solve(row))).abs() < 1e-12);
    }
}
