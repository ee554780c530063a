//! Where rows of a design lie in three dimensions, by their principal components; and how steep the loss over them can
//! become.

use crate::{
    exhibits::logistic::model::{design::Design, kernels::dot, units::Units},
    learning::layout::{self, Components, product, start},
};

/// Principal components of these rows of standardised features.
pub(super) fn components(design: &Design, rows: &[usize], features: usize) -> Components {
    layout::components(&centred(design, rows, features), features)
}

/// Rows less their means, one after the other.
fn centred(design: &Design, rows: &[usize], features: usize) -> Vec<f64> {
    let count = rows.len().max(1) as f64;
    let mut means = vec![0.0; features];
    for &row in rows {
        let values = means.iter_mut().zip(design.features(row));
        values.for_each(|(mean, value)| *mean += f64::from(*value) / count);
    }
    let mut centred = Vec::with_capacity(rows.len() * features);
    for &row in rows {
        let values = design.features(row).iter().zip(&means);
        centred.extend(values.map(|(value, mean)| f64::from(*value) - mean));
    }
    centred
}

/// The largest eigenvalue of Xᵀ X / n of a design with a column of ones besides, by power iteration: how steep the loss
/// can become. With units it is that of the terms as they are.
pub(super) fn largest_curvature(design: &Design, terms: usize, units: Option<&Units>) -> f64 {
    /// Enough rows to tell two digits of it.
    const MOST_ROWS: usize = 20_000;
    const TURNS: usize = 200;
    let rows = design.rows();
    let step = rows.div_ceil(MOST_ROWS).max(1);
    let places: Vec<usize> = (0..rows).step_by(step).collect();
    let stride = design.stride();
    let mut scratch = design.scratch();
    // Terms that cancel each other in the start would never be found: of (x, −x) a start of ones sees nothing.
    let mut direction: Vec<f64> = start(terms + 1, 0).collect();
    let mut largest = 0.0_f64;
    for _ in 0..TURNS {
        let length = product(&direction, &direction).sqrt();
        if length == 0.0 || !length.is_finite() {
            break;
        }
        direction.iter_mut().for_each(|part| *part /= length);
        let mut inner = match units {
            Some(units) => units.inner(direction),
            None => direction,
        };
        let of_ones = inner.pop().unwrap_or(0.0);
        inner.resize(stride, 0.0);
        let mut turned = vec![0.0; stride];
        let mut ones = 0.0;
        for &at in &places {
            let row = design.row(at, &mut scratch);
            let score = dot(row, &inner) + of_ones;
            turned.iter_mut().zip(row).for_each(|(sum, value)| *sum += score * f64::from(*value));
            ones += score;
        }
        turned.truncate(terms);
        turned.push(ones);
        let count = places.len().max(1) as f64;
        turned.iter_mut().for_each(|part| *part /= count);
        direction = match units {
            Some(units) => units.slope(turned),
            None => turned,
        };
        let now = product(&direction, &direction).sqrt();
        let settled = (now - largest).abs() <= 1e-4 * now;
        largest = largest.max(now);
        if settled {
            break;
        }
    }
    largest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn design(rows: &[Vec<f64>]) -> Design {
        let mut design = Design::with_capacity(rows[0].len(), rows.len());
        rows.iter().for_each(|row| design.push(row.iter().map(|value| *value as f32)));
        design
    }

    #[test]
    fn features_that_are_each_others_opposite_curve_the_loss() {
        let rows: Vec<Vec<f64>> =
            (0..50).map(|row| f64::from(row) / 12.5 - 2.0).map(|x| vec![x, -x]).collect();
        let square = rows.iter().map(|row| row[0] * row[0]).sum::<f64>() / 50.0;
        let found = largest_curvature(&design(&rows), 2, None);
        assert!((found / (2.0 * square) - 1.0).abs() < 0.01, "{found} {square}");
        let units = Units { means: vec![100.0, -3.0], deviations: vec![1.0, 10.0] };
        let raw: Vec<[f64; 3]> =
            rows.iter().map(|row| [100.0 + row[0], 10.0 * row[1] - 3.0, 1.0]).collect();
        let found = largest_curvature(&design(&rows), 2, Some(&units));
        // By hand: power iteration on the raw rows themselves.
        let mut direction = [0.3, -0.2, 0.9];
        let mut by_hand = 0.0;
        for _ in 0..500 {
            let mut turned = [0.0; 3];
            for row in &raw {
                let score: f64 = row.iter().zip(&direction).map(|(a, b)| a * b).sum();
                turned.iter_mut().zip(row).for_each(|(sum, value)| *sum += score * value / 50.0);
            }
            by_hand = turned.iter().map(|part| part * part).sum::<f64>().sqrt();
            direction = turned.map(|part| part / by_hand);
        }
        assert!((found / by_hand - 1.0).abs() < 1e-3, "{found} {by_hand}");
    }
}
