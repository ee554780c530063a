//! A baseline without a model: a row is what most of the training rows nearest to it are.

use std::ops::Range;

use rayon::prelude::*;

use crate::exhibits::logistic::model::{design::LANES, prepare::Prepared};

/// How many neighbours are asked, as scikit-learn's `KNeighborsClassifier` has it.
pub(super) const NEIGHBOURS: usize = 5;
/// At most so many training rows are neighbours, so that a large table does not take for ever.
pub(super) const MOST_ASKED: usize = 20_000;
/// At most so many test rows ask them,
const MOST_ASKING: usize = 2000;
/// and so few that not more numbers than this are compared: some seconds.
const MOST_COMPARED: usize = 20_000_000_000;
/// Numbers that are compared between two looks at the clock.
const COMPARED_AT_ONCE: usize = 1 << 26;

/// The training rows that are neighbours, and the test rows that ask; even samples of large tables.
fn sampled(rows: usize, most: usize) -> impl Iterator<Item = usize> + Clone {
    let count = rows.min(most);
    (0..count).map(move |at| at * rows / count)
}

/// How many test rows ask, and how many of them between two looks at the clock.
pub(super) fn asking(prepared: &Prepared) -> (usize, usize) {
    let asked = prepared.train.labels.len().min(MOST_ASKED);
    let of_one = (asked * prepared.train.design.stride()).max(1);
    let most = MOST_ASKING.min((MOST_COMPARED / of_one).max(1));
    (prepared.test.labels.len().min(most), (COMPARED_AT_ONCE / of_one).clamp(1, 64))
}

/// How many of the test rows are told rightly by their neighbours, by Euclidean distance of the features; equal votes go
/// to the first of the classes.
pub(super) fn right(prepared: &Prepared, of: Range<usize>) -> usize {
    let (train, test) = (&prepared.train, &prepared.test);
    let most = asking(prepared).0;
    let rows: Vec<usize> = sampled(test.labels.len(), most).skip(of.start).take(of.len()).collect();
    let is_right = |row: &usize| {
        let from = test.design.features(*row);
        // The nearest first; a row that is as near as another comes after it.
        let mut nearest: Vec<(f64, u16)> = Vec::with_capacity(NEIGHBOURS + 1);
        for other in sampled(train.labels.len(), MOST_ASKED) {
            let distance = distance(from, train.design.features(other), &prepared.distances);
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

/// The square of the distance of two padded rows, whose numbers are so many times larger than they are stored.
fn distance(a: &[f32], b: &[f32], times: &[f32]) -> f64 {
    let mut sums = [0.0_f32; LANES];
    let rows = a.as_chunks::<LANES>().0.iter().zip(b.as_chunks::<LANES>().0);
    for ((a, b), times) in rows.zip(times.as_chunks::<LANES>().0) {
        for (((sum, a), b), times) in sums.iter_mut().zip(a).zip(b).zip(times) {
            let apart = (a - b) * times;
            *sum += apart * apart;
        }
    }
    sums.iter().map(|sum| f64::from(*sum)).sum()
}
