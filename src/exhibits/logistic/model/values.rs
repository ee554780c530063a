//! The values of features with missing ones replaced, without a copy of the table.

use rayon::prelude::*;

use crate::exhibits::logistic::{
    data::{Raw, Source},
    model::scores::{Scores, scores},
    payload::Missing,
};

/// Values by row and feature.
pub(super) trait FeatureValues: Sync {
    /// How many rows.
    fn rows(&self) -> usize;
    /// One value, in the units of the file.
    fn at(&self, row: usize, feature: usize) -> f64;
}

/// Features of some rows of a table.
pub(super) struct Filled<'a> {
    pub(super) raw: &'a Raw,
    pub(super) sources: &'a [Source],
    /// What takes the place of a missing value, by feature.
    pub(super) instead: &'a [f64],
    /// The rows.
    pub(super) rows: &'a [u32],
}

impl FeatureValues for Filled<'_> {
    fn rows(&self) -> usize {
        self.rows.len()
    }

    fn at(&self, row: usize, feature: usize) -> f64 {
        let value = self.raw.value(self.sources[feature], self.rows[row] as usize);
        if value.is_nan() { self.instead[feature] } else { value }
    }
}

/// What takes the place of missing values, and what is known of each feature from the training rows.
pub(super) fn learned_of(
    raw: &Raw,
    sources: &[Source],
    train: &[u32],
    missing: Missing,
) -> (Vec<f64>, Vec<Scores>) {
    let labels: Vec<u16> = train.iter().map(|row| raw.labels[*row as usize]).collect();
    let of = |source: &Source| {
        let mut values: Vec<f64> =
            train.iter().map(|row| raw.value(*source, *row as usize)).collect();
        let mut known: Vec<f64> = values.iter().copied().filter(|value| !value.is_nan()).collect();
        let instead = if known.len() == values.len() { 0.0 } else { usual(&mut known, missing) };
        drop(known);
        values.iter_mut().filter(|value| value.is_nan()).for_each(|value| *value = instead);
        (instead, scores(&values, &labels, raw.classes.len()))
    };
    sources.par_iter().map(of).unzip()
}

/// The mean or the median of what is known; 0 if nothing is.
fn usual(known: &mut [f64], missing: Missing) -> f64 {
    if known.is_empty() {
        return 0.0;
    }
    match missing {
        Missing::Drop | Missing::Mean => known.iter().sum::<f64>() / known.len() as f64,
        Missing::Median => {
            known.sort_unstable_by(f64::total_cmp);
            f64::midpoint(known[(known.len() - 1) / 2], known[known.len() / 2])
        }
    }
}
