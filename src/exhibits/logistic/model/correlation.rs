//! Features that say nearly the same as others, found among thousands.

use rayon::prelude::*;

use crate::exhibits::logistic::model::{
    design::LANES,
    scores::Scores,
    values::{FeatureValues as _, Filled},
};

/// At most so many numbers are held for it.
const MOST_HELD: usize = 1 << 25;
/// All pairs together are compared over at most so many numbers: some seconds.
const MOST_COMPARED: usize = 20_000_000_000;
/// Below so many numbers one thread is done before another wakes up.
const WORTH_THREADS: usize = 1 << 15;

/// Standardised features, column by column, of all rows or of an even sample of them.
pub(super) struct Columns {
    pub(super) rows: usize,
    stride: usize,
    values: Vec<f32>,
}

impl Columns {
    pub(super) fn of(values: &Filled<'_>, scores: &[Scores]) -> Self {
        let features = scores.len().max(1);
        let of_pairs = MOST_COMPARED / (features * features / 2).max(1);
        let all = values.rows();
        let rows = all.min(MOST_HELD / features).min(of_pairs).max(1);
        let stride = rows.next_multiple_of(LANES);
        let column = |(feature, scores): (usize, &Scores)| {
            let scale = if scores.deviation > 0.0 { 1.0 / scores.deviation } else { 0.0 };
            let mut column: Vec<f32> = (0..rows)
                .map(|row| (values.at(row * all / rows, feature) - scores.mean) * scale)
                .map(|value| value as f32)
                .collect();
            column.resize(stride, 0.0);
            column
        };
        let columns: Vec<Vec<f32>> = scores.par_iter().enumerate().map(column).collect();
        Self { rows, stride, values: columns.concat() }
    }

    fn column(&self, feature: usize) -> &[f32] {
        &self.values[feature * self.stride..(feature + 1) * self.stride]
    }

    /// Pearson's r of two features; 0 where one is constant.
    fn correlation(&self, one: usize, other: usize) -> f64 {
        let mut sums = [0.0_f64; LANES];
        let (one, other) = (self.column(one), self.column(other));
        for (one, other) in one.as_chunks::<LANES>().0.iter().zip(other.as_chunks::<LANES>().0) {
            for ((sum, one), other) in sums.iter_mut().zip(one).zip(other) {
                *sum += f64::from(one * other);
            }
        }
        (sums.iter().sum::<f64>() / self.rows as f64).clamp(-1.0, 1.0)
    }

    /// The first of these features that a feature is correlated with more than this, and r.
    pub(super) fn alike(&self, better: &[usize], at: usize, limit: f64) -> Option<(usize, f64)> {
        let beyond = |with: &usize| {
            let r = self.correlation(*with, at);
            (r.abs() > limit).then_some((*with, r))
        };
        if better.len() * self.stride < WORTH_THREADS {
            better.iter().find_map(beyond)
        } else {
            better.par_iter().find_map_first(beyond)
        }
    }
}
