//! The first principal components of rows, found from the smaller of their two products; and the parts that larger searches
//! for components are made of.

use pulp::{Arch, Simd, WithSimd};
use rayon::prelude::*;

/// How often the directions are turned towards the largest variance.
const TURNS: usize = 300;
/// Directions have settled when none moves by more than this.
const SETTLED: f64 = 1e-14;
/// A few directions beside the three let those settle sooner.
const SPARE: usize = 4;
/// What holds less than this share of the variance is what rounding left.
const NOTHING: f64 = 1e-12;
/// Sums side by side, so that no addition waits for the one before it.
const LANES: usize = 8;

/// Three directions in which rows vary most, and the share of the variance in each.
pub struct Components {
    /// 3 × features.
    pub directions: Vec<f64>,
    /// From the largest.
    pub explained: [f32; 3],
}

/// Principal components of rows less their means, one after the other; each direction is turned so that its largest part is
/// positive.
///
/// Those of the features' covariance Xᵀ X / n are Xᵀ v for the eigenvectors v of X Xᵀ / n, with the same eigenvalues, so
/// the smaller of the two is made. Its eigenvectors are found by orthogonal iteration (Golub and Van Loan, Matrix
/// Computations, section 8.2.4).
pub fn components(centred: &[f64], features: usize) -> Components {
    let rows = centred.len() / features.max(1);
    let is_wide = rows < features;
    let side = if is_wide { rows } else { features };
    let count = rows.max(1) as f64;
    let product_of_lines = if is_wide {
        products(centred, side, count)
    } else {
        products(&transposed(centred, features), side, count)
    };
    let variance: f64 = product_of_lines.iter().step_by(side + 1).sum();
    let mut found = Components { directions: vec![0.0; 3 * features], explained: [0.0; 3] };
    let vectors = eigenvectors(&product_of_lines, side);
    let parts = found.directions.chunks_exact_mut(features.max(1)).zip(&mut found.explained);
    for ((direction, explained), vector) in parts.zip(vectors) {
        let share = product(&vector, &times(&product_of_lines, &vector)) / variance;
        if share.is_nan() || share < NOTHING {
            continue;
        }
        *explained = share as f32;
        if is_wide {
            for (row, weight) in centred.chunks_exact(features).zip(&vector) {
                direction.iter_mut().zip(row).for_each(|(part, value)| *part += weight * value);
            }
        } else {
            direction.copy_from_slice(&vector);
        }
        let largest = direction
            .iter()
            .fold(0.0_f64, |most, part| if part.abs() > most.abs() { *part } else { most });
        let scale = largest.signum() / product(direction, direction).sqrt();
        direction.iter_mut().for_each(|part| *part *= scale);
    }
    found
}

/// A table with rows of this length, column after column.
fn transposed(rows: &[f64], features: usize) -> Vec<f64> {
    (0..features).flat_map(|at| rows.iter().skip(at).step_by(features).copied()).collect()
}

/// The products of one of the lines with those up to itself.
struct Row<'a> {
    lines: &'a [f64],
    length: usize,
    at: usize,
    row: &'a mut [f64],
    count: f64,
}

impl WithSimd for Row<'_> {
    type Output = ();

    // Spelled out, so that it is compiled as a whole for whatever the processor can do.
    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let Self { lines, length, at, row, count } = self;
        let Some(one) = lines.get(at * length..(at + 1) * length) else { return };
        for (sum, other) in row.iter_mut().take(at + 1).zip(lines.chunks_exact(length.max(1))) {
            *sum = product(one, other) / count;
        }
    }
}

/// The product of each of these lines with each, divided by a count.
pub fn products(lines: &[f64], side: usize, count: f64) -> Vec<f64> {
    let length = lines.len() / side.max(1);
    let mut products = vec![0.0; side * side];
    products.par_chunks_exact_mut(side.max(1)).enumerate().for_each(|(at, row)| {
        Arch::new().dispatch(Row { lines, length, at, row, count });
    });
    for at in 0..side {
        for other in 0..at {
            products[other * side + at] = products[at * side + other];
        }
    }
    products
}

/// Some eigenvectors of the largest eigenvalues, the largest first.
fn eigenvectors(matrix: &[f64], side: usize) -> Vec<Vec<f64>> {
    let count = side.min(3 + SPARE);
    let mut vectors: Vec<Vec<f64>> = (0..count).map(|which| start(side, which).collect()).collect();
    straighten(&mut vectors);
    for _ in 0..TURNS {
        let mut turned: Vec<Vec<f64>> =
            vectors.par_iter().map(|vector| times(matrix, vector)).collect();
        straighten(&mut turned);
        let moved = turned
            .iter()
            .zip(&vectors)
            .take(3)
            .fold(0.0_f64, |most, (new, old)| most.max(1.0 - product(new, old).abs()));
        vectors = turned;
        if moved < SETTLED {
            break;
        }
    }
    vectors
}

/// Any start will do that is not at right angles to what is looked for.
pub fn start(side: usize, which: usize) -> impl Iterator<Item = f64> {
    (0..side).map(move |at| ((at + 1) as f64 * (which as f64 + 0.7)).sin())
}

/// The product of a square matrix, row by row, with a vector.
pub fn times(matrix: &[f64], vector: &[f64]) -> Vec<f64> {
    Arch::new().dispatch(|| {
        matrix.chunks_exact(vector.len().max(1)).map(|row| product(row, vector)).collect()
    })
}

/// Makes directions of length 1 at right angles to those before (Gram and Schmidt, twice for exactness).
pub fn straighten(directions: &mut [Vec<f64>]) {
    for at in 0..directions.len() {
        let (before, rest) = directions.split_at_mut(at);
        let Some(direction) = rest.first_mut() else {
            return;
        };
        for _ in 0..2 {
            for other in before.iter() {
                let share = product(direction, other);
                direction.iter_mut().zip(other).for_each(|(part, other)| *part -= share * other);
            }
        }
        let length = product(direction, direction).sqrt();
        let scale = if length > 1e-200 { 1.0 / length } else { 0.0 };
        direction.iter_mut().for_each(|part| *part *= scale);
    }
}

/// The sum of the products of two rows of one length.
#[inline(always)]
pub fn product(a: &[f64], b: &[f64]) -> f64 {
    let mut sums = [0.0_f64; LANES];
    let ((a, rest_a), (b, rest_b)) = (a.as_chunks::<LANES>(), b.as_chunks::<LANES>());
    for (a, b) in a.iter().zip(b) {
        for lane in 0..LANES {
            sums[lane] += a[lane] * b[lane];
        }
    }
    let rest: f64 = rest_a.iter().zip(rest_b).map(|(a, b)| a * b).sum();
    sums.iter().sum::<f64>() + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows less their means.
    fn centred(rows: &[Vec<f64>]) -> Vec<f64> {
        let mean = |at: usize| rows.iter().map(|row| row[at]).sum::<f64>() / rows.len() as f64;
        let means: Vec<f64> = (0..rows[0].len()).map(mean).collect();
        rows.iter().flat_map(|row| row.iter().zip(&means).map(|(a, b)| a - b)).collect()
    }

    /// Points on a line through (3, −4), with a little of the other direction: variances 25 and 0.25.
    #[test]
    fn the_first_component_is_the_line_that_points_lie_on() {
        let rows: Vec<Vec<f64>> = [(1.0, 0.1), (-1.0, 0.1), (1.0, -0.1), (-1.0, -0.1)]
            .map(|(along, across)| vec![3.0 * along + 4.0 * across, -4.0 * along + 3.0 * across])
            .to_vec();
        let found = components(&centred(&rows), 2);
        assert!((found.directions[0] + 0.6).abs() < 1e-6, "{:?}", found.directions);
        assert!((found.directions[1] - 0.8).abs() < 1e-6);
        assert!((found.explained[0] - 25.0 / 25.25).abs() < 1e-6);
        assert!((found.explained[1] - 0.25 / 25.25).abs() < 1e-6);
        assert_eq!(found.explained[2], 0.0);
    }

    /// Six rows of forty features against the forty rows of six, which have the same products.
    #[test]
    fn rows_and_columns_come_to_the_same_components() {
        let value = |row: usize, feature: usize| {
            (((row * 7 + 3) * (feature * 3 + 1)) as f64 * 0.37).sin() * (1.0 + row as f64)
        };
        let wide: Vec<Vec<f64>> =
            (0..6).map(|row| (0..40).map(|feature| value(row, feature)).collect()).collect();
        let found = components(&centred(&wide), 40);
        let centred = centred(&wide);
        let covariance = products(&transposed(&centred, 40), 40, 6.0);
        let variance: f64 = (0..40).map(|at| covariance[at * 41]).sum();
        for (direction, explained) in found.directions.chunks(40).zip(found.explained) {
            let turned = times(&covariance, direction);
            let eigenvalue = product(direction, &turned);
            assert!((product(direction, direction) - 1.0).abs() < 1e-12);
            assert!((eigenvalue / variance - f64::from(explained)).abs() < 1e-6);
            assert!(explained > 0.01, "{:?}", found.explained);
            let off = turned.iter().zip(direction).map(|(a, b)| (a - eigenvalue * b).abs());
            assert!(off.fold(0.0, f64::max) < 1e-5 * variance);
        }
        assert!(found.explained.windows(2).all(|two| two[0] >= two[1]));
    }
}
