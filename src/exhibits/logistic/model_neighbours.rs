//! A baseline without a model: a row is what most of the training rows nearest to it are.

use std::ops::Range;

use rayon::prelude::*;

use super::{model_design::LANES, model_prepare::Prepared};

/// How many neighbours are asked, as scikit-learn's `KNeighborsClassifier` has it.
pub(super) const NEIGHBOURS: usize = 5;
/// At most so many training rows are neighbours, so that a large table does not take for ever.
pub(super) const MOST_ASKED: usize = 20_000;
/// At most so many test rows ask them.
pub(super) const MOST_ASKING: usize = 2000;

/// The training rows that are neighbours, and the test rows that ask; even samples of large tables.
pub(super) fn sampled(rows: usize, most: usize) -> impl Iterator<Item = usize> + Clone {
    let count = rows.min(most);
    (0..count).map(move |at| at * rows / count)
}

/// How many of the test rows are told rightly by their neighbours, by Euclidean distance of the features; equal votes go
/// to the first of the classes.
pub(super) fn right(prepared: &Prepared, asking: Range<usize>) -> usize {
    let (train, test) = (&prepared.train, &prepared.test);
    let rows: Vec<usize> =
        sampled(test.labels.len(), MOST_ASKING).skip(asking.start).take(asking.len()).collect();
    let is_right = |row: &usize| {
        let from = test.design.features(*row);
        // The nearest first; a row that is as near as another comes after it.
        let mut nearest: Vec<(f64, u16)> = Vec::with_capacity(NEIGHBOURS + 1);
        for other in sampled(train.labels.len(), MOST_ASKED) {
            let distance = distance(from, train.design.features(other));
            let place = nearest.partition_point(|(known, _)| *known <= distance);
            if place < NEIGHBOURS {
                nearest.insert(place, (distance, train.labels[other]));
                nearest.truncate(NEIGHBOURS);
            }
        }
        let mut votes = vec![0_usize; prepared.shape.classes];
        nearest.iter().for_each(|(_, label)| votes[usize::from(*label)] += 1);
        let most = votes.iter().copied().max().unwrap_or(0);
        votes.iter().position(|votes| *votes == most) == Some(usize::from(test.labels[*row]))
    };
    rows.par_iter().filter(|row| is_right(row)).count()
}

/// The square of the distance of two padded rows.
fn distance(a: &[f32], b: &[f32]) -> f64 {
    let mut sums = [0.0_f32; LANES];
    for (a, b) in a.as_chunks::<LANES>().0.iter().zip(b.as_chunks::<LANES>().0) {
        for ((sum, a), b) in sums.iter_mut().zip(a).zip(b) {
            *sum += (a - b) * (a - b);
        }
    }
    sums.iter().map(|sum| f64::from(*sum)).sum()
}
