//! Small symmetric matrices taken apart, and the turn that a small matrix holds.

/// Eigenvalues of a symmetric matrix, largest first, each with its eigenvector of length 1; by Jacobi's rotations, as in
/// Golub and Van Loan, Matrix Computations, section 8.5.
pub fn eigen(mut matrix: Vec<Vec<f64>>) -> Vec<(f64, Vec<f64>)> {
    const SWEEPS: usize = 16;
    let count = matrix.len();
    let unit = |at: usize| (0..count).map(|other| f64::from(u8::from(at == other))).collect();
    let mut vectors: Vec<Vec<f64>> = (0..count).map(unit).collect();
    for _ in 0..SWEEPS {
        for p in 0..count {
            for q in p + 1..count {
                rotate(&mut matrix, &mut vectors, p, q);
            }
        }
    }
    let mut pairs: Vec<_> =
        vectors.into_iter().enumerate().map(|(at, vector)| (matrix[at][at], vector)).collect();
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0));
    pairs
}

/// Turns two axes so that nothing is left between them.
fn rotate(matrix: &mut [Vec<f64>], vectors: &mut [Vec<f64>], p: usize, q: usize) {
    if matrix[p][q] == 0.0 {
        return;
    }
    let slope = (matrix[q][q] - matrix[p][p]) / (2.0 * matrix[p][q]);
    let tangent = slope.signum() / (slope.abs() + (slope * slope + 1.0).sqrt());
    let cosine = 1.0 / (tangent * tangent + 1.0).sqrt();
    let sine = tangent * cosine;
    let turn = |a: f64, b: f64| (cosine * a - sine * b, sine * a + cosine * b);
    for row in matrix.iter_mut() {
        (row[p], row[q]) = turn(row[p], row[q]);
    }
    for at in 0..matrix.len() {
        (matrix[p][at], matrix[q][at]) = turn(matrix[p][at], matrix[q][at]);
        (vectors[p][at], vectors[q][at]) = turn(vectors[p][at], vectors[q][at]);
    }
}

/// A 3 × 3 matrix, row by row.
pub type Three = [[f64; 3]; 3];

/// The rotation or reflection nearest to a matrix, by Newton's iteration (Higham 1986,
/// <https://doi.org/10.1137/0907079>); `None` if the matrix flattens space.
pub fn nearest_turn(matrix: Three) -> Option<Three> {
    const ROUNDS: usize = 50;
    let mut turn = matrix;
    for _ in 0..ROUNDS {
        let inverse = inverse_transposed(turn)?;
        let mut change: f64 = 0.0;
        for (row, inverse) in turn.iter_mut().zip(inverse) {
            for (value, inverse) in row.iter_mut().zip(inverse) {
                let next = 0.5 * (*value + inverse);
                change = change.max((next - *value).abs());
                *value = next;
            }
        }
        if change < 1e-14 {
            break;
        }
    }
    Some(turn)
}

fn inverse_transposed([a, b, c]: Three) -> Option<Three> {
    let cross = |a: [f64; 3], b: [f64; 3]| {
        [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
    };
    let rows = [cross(b, c), cross(c, a), cross(a, b)];
    let determinant: f64 = a.iter().zip(rows[0]).map(|(a, b)| a * b).sum();
    (determinant.abs() > 1e-9).then(|| rows.map(|row| row.map(|value| value / determinant)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_make_the_matrix() {
        let count = 7;
        let value = |a: usize, b: usize| ((a + b) as f64).sin() + ((a * b) as f64).cos();
        let matrix: Vec<Vec<f64>> =
            (0..count).map(|a| (0..count).map(|b| value(a, b)).collect()).collect();
        let pairs = eigen(matrix);
        assert!(pairs.windows(2).all(|two| two[0].0 >= two[1].0));
        for a in 0..count {
            for b in 0..count {
                let sum: f64 =
                    pairs.iter().map(|(length, vector)| length * vector[a] * vector[b]).sum();
                assert!((sum - value(a, b)).abs() < 1e-12, "{a} {b}: {sum}");
            }
        }
    }

    #[test]
    fn a_stretched_turn_is_found_and_a_flat_one_is_not() {
        let (sine, cosine) = 0.4_f64.sin_cos();
        let turn = [[cosine, -sine, 0.0], [sine, cosine, 0.0], [0.0, 0.0, -1.0]];
        let stretched = turn.map(|row| row.map(|value| 0.3 * value));
        let found = nearest_turn(stretched).unwrap();
        for (found, truth) in found.as_flattened().iter().zip(turn.as_flattened()) {
            assert!((found - truth).abs() < 1e-12);
        }
        assert_eq!(nearest_turn([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 0.0]]), None);
    }
}
