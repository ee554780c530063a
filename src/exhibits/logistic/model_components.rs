//! Where rows lie in three dimensions: the first principal components of their features.

use super::{model_design::Design, model_kernels::dot};

/// How often the directions are turned towards the largest variance.
const TURNS: usize = 300;
/// Directions have settled when none moves by more than this.
const SETTLED: f64 = 1e-14;
/// A few directions beside the three let those settle sooner.
const SPARE: usize = 4;

/// Three directions in which rows vary most, and the share of the variance in each.
pub(super) struct Components {
    /// 3 × features.
    pub(super) directions: Vec<f64>,
    pub(super) explained: [f32; 3],
}

/// Principal components of rows of standardised features, by orthogonal iteration on their covariance (Golub and Van
/// Loan, Matrix Computations, section 8.2.4); each direction is turned so that its largest part is positive.
pub(super) fn components(rows: &[Vec<f64>], features: usize) -> Components {
    let covariance = covariance(rows, features);
    let variance: f64 = (0..features).map(|at| covariance[at * features + at]).sum();
    let count = features.min(3 + SPARE);
    // Any start will do that is not at right angles to what is looked for.
    let start =
        |which: usize| (0..features).map(move |at| ((at + 1) as f64 * (which as f64 + 0.7)).sin());
    let mut directions: Vec<Vec<f64>> = (0..count).map(|which| start(which).collect()).collect();
    straighten(&mut directions);
    let times = |direction: &[f64]| -> Vec<f64> {
        covariance.chunks_exact(features).map(|row| product(row, direction)).collect()
    };
    for _ in 0..TURNS {
        let mut turned: Vec<Vec<f64>> =
            directions.iter().map(|direction| times(direction)).collect();
        straighten(&mut turned);
        let moved = turned
            .iter()
            .zip(&directions)
            .take(3)
            .fold(0.0_f64, |most, (new, old)| most.max(1.0 - product(new, old).abs()));
        directions = turned;
        if moved < SETTLED {
            break;
        }
    }
    let mut found = Components { directions: vec![0.0; 3 * features], explained: [0.0; 3] };
    for (which, direction) in directions.iter_mut().take(3).enumerate() {
        let largest = direction
            .iter()
            .fold(0.0_f64, |most, part| if part.abs() > most.abs() { *part } else { most });
        let sign = if largest < 0.0 { -1.0 } else { 1.0 };
        direction.iter_mut().for_each(|part| *part *= sign);
        if variance > 0.0 {
            found.explained[which] = (product(direction, &times(direction)) / variance) as f32;
        }
        found.directions[which * features..(which + 1) * features].copy_from_slice(direction);
    }
    found
}

fn covariance(rows: &[Vec<f64>], features: usize) -> Vec<f64> {
    let count = rows.len().max(1) as f64;
    let mut means = vec![0.0; features];
    for row in rows {
        means.iter_mut().zip(row).for_each(|(mean, value)| *mean += value / count);
    }
    let mut covariance = vec![0.0; features * features];
    let mut centred = vec![0.0; features];
    for row in rows {
        centred
            .iter_mut()
            .zip(row.iter().zip(&means))
            .for_each(|(to, (value, mean))| *to = value - mean);
        for (line, one) in covariance.chunks_exact_mut(features.max(1)).zip(&centred) {
            line.iter_mut().zip(&centred).for_each(|(sum, other)| *sum += one * other / count);
        }
    }
    covariance
}

/// Makes directions of length 1 at right angles to those before (Gram and Schmidt, twice for exactness).
fn straighten(directions: &mut [Vec<f64>]) {
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

fn product(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// The largest eigenvalue of Xᵀ X / n of a design with a column of ones besides, by power iteration: how steep the loss
/// can become.
pub(super) fn largest_curvature(design: &Design, terms: usize) -> f64 {
    /// Enough rows to tell two digits of it.
    const MOST_ROWS: usize = 20_000;
    let rows = design.rows();
    let step = rows.div_ceil(MOST_ROWS).max(1);
    let places: Vec<usize> = (0..rows).step_by(step).collect();
    let stride = design.stride();
    let mut scratch = design.scratch();
    let mut direction = vec![0.0; stride];
    direction[..terms].fill(1.0);
    let (mut of_ones, mut largest) = (1.0, 0.0_f64);
    for _ in 0..60 {
        let length = (product(&direction, &direction) + of_ones * of_ones).sqrt();
        if length == 0.0 || !length.is_finite() {
            break;
        }
        direction.iter_mut().for_each(|part| *part /= length);
        of_ones /= length;
        let mut turned = vec![0.0; stride];
        let mut ones = 0.0;
        for &at in &places {
            let row = design.row(at, &mut scratch);
            let score = dot(row, &direction) + of_ones;
            turned.iter_mut().zip(row).for_each(|(sum, value)| *sum += score * f64::from(*value));
            ones += score;
        }
        let count = places.len().max(1) as f64;
        turned.iter_mut().for_each(|part| *part /= count);
        (direction, of_ones) = (turned, ones / count);
        let now = (product(&direction, &direction) + of_ones * of_ones).sqrt();
        let settled = (now - largest).abs() <= 1e-4 * now;
        largest = now;
        if settled {
            break;
        }
    }
    largest
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Points on a line through (3, −4), with a little of the other direction: variances 25 and 0.25.
    #[test]
    fn the_first_component_is_the_line_that_points_lie_on() {
        let rows: Vec<Vec<f64>> = [(1.0, 0.1), (-1.0, 0.1), (1.0, -0.1), (-1.0, -0.1)]
            .map(|(along, across)| vec![3.0 * along + 4.0 * across, -4.0 * along + 3.0 * across])
            .to_vec();
        let found = components(&rows, 2);
        assert!((found.directions[0] + 0.6).abs() < 1e-6, "{:?}", found.directions);
        assert!((found.directions[1] - 0.8).abs() < 1e-6);
        assert!((found.explained[0] - 25.0 / 25.25).abs() < 1e-6);
        assert!((found.explained[1] - 0.25 / 25.25).abs() < 1e-6);
        assert_eq!(found.explained[2], 0.0);
    }
}
