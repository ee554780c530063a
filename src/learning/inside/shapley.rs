//! Shapley values of units: what each adds to the accuracy, on average over the orders in which units come in (Ghorbani and
//! Zou 2020, <https://arxiv.org/abs/2002.09815>, equation 1, by the sampling of orders of its algorithm 1).
//!
//! Accuracies are counts of images, so that what the units add in an order adds up to `v(all) − v(none)` without an error.

use rand::{SeedableRng, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;

use super::tried::Tried;
use crate::{
    inside::{LesionBy, Shapley},
    learning::TrainError,
};

/// The streams that orders are drawn from begin here, one for each.
const ORDERS_STREAM: u64 = 1 << 49;
/// Orders that are drawn at most: the standard error of a value is then a tenth of the spread of what a unit adds.
const ORDERS: usize = 100;
/// Fewer say nothing.
const FEWEST_ORDERS: usize = 20;
/// Images on which that is tried at least, where there are as many.
const FEWEST_IMAGES: usize = 20;
/// Units of which every set is tried: 1,024 sets cost as much as the orders do.
const MOST_ENUMERATED: usize = 10;
/// Additions, or multiply-adds of passes, that all of it may take: some seconds on two cores.
const MOST_ADDITIONS: u64 = 4_000_000_000;
const MOST_MULTIPLY_ADDS: u64 = 50_000_000_000;

/// What units that have not come in make: as the paper has it, what they make on average.
pub(super) const BY: LesionBy = LesionBy::Mean;

/// How much is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Effort {
    pub(super) images: usize,
    /// `None` for every set.
    pub(super) orders: Option<usize>,
}

impl Effort {
    /// As much as may be, if that says something.
    pub(super) fn of(tried: &Tried<'_>, (classes, multiply_adds): (usize, u64)) -> Option<Self> {
        let (most, per_image) = match tried.is_sums() {
            true => (MOST_ADDITIONS, classes as u64),
            false => (MOST_MULTIPLY_ADDS, multiply_adds),
        };
        Self::within(most, per_image.max(1), tried.units(), tried.images())
    }

    /// Where an accuracy of one image costs so much.
    pub(super) fn within(most: u64, per_image: u64, units: usize, images: usize) -> Option<Self> {
        let affordable = most / per_image;
        if units <= MOST_ENUMERATED {
            let sets = 1_u64 << units;
            let images = images.min((affordable / sets) as usize);
            return (images > 0).then_some(Self { images, orders: None });
        }
        let (units, fewest) = (units as u64, FEWEST_IMAGES.min(images).max(1));
        let images = images.min((affordable / (units * FEWEST_ORDERS as u64)) as usize);
        let orders = affordable / (units * images.max(1) as u64);
        let orders = Some(ORDERS.min(orders as usize));
        (images >= fewest).then_some(Self { images, orders })
    }
}

/// The values; `None` where what is said is no number, so that it has no accuracy.
pub(super) fn shapley(
    tried: &Tried<'_>,
    effort: Effort,
    seed: u64,
) -> Result<Option<Shapley>, TrainError> {
    let images = effort.images;
    let all = tried.right(images, BY, &|_| true)?;
    let none = tried.right(images, BY, &|_| false)?;
    if all.no_number || none.no_number {
        return Ok(None);
    }
    let (values, errors) = match effort.orders {
        Some(orders) => sampled(tried, (images, orders), [none.right, all.right], seed)?,
        None => enumerated(tried, images)?,
    };
    Ok(Some(Shapley {
        by: BY,
        permutations: effort.orders,
        images,
        all: all.right as f64 / images as f64,
        none: none.right as f64 / images as f64,
        values,
        errors,
    }))
}

/// An order of units, which depends on the seed and its number alone.
fn order(units: usize, seed: u64, number: usize) -> Vec<usize> {
    let mut generator = ChaCha8Rng::seed_from_u64(seed);
    generator.set_stream(ORDERS_STREAM + number as u64);
    let mut order: Vec<usize> = (0..units).collect();
    order.shuffle(&mut generator);
    order
}

/// The mean over drawn orders, and its standard error.
fn sampled(
    tried: &Tried<'_>,
    (images, orders): (usize, usize),
    [none, all]: [usize; 2],
    seed: u64,
) -> Result<(Vec<f64>, Vec<f64>), TrainError> {
    let mut sums = vec![(0_i64, 0_i64); tried.units()];
    for number in 0..orders {
        let order = order(tried.units(), seed, number);
        let mut before = none;
        let counts = tried.coming_in(images, BY, &order)?;
        // With the last unit all are there, whatever rounding says of the sums on the way.
        for (unit, count) in order.iter().zip(counts.into_iter().chain([all])) {
            let added = count as i64 - before as i64;
            before = count;
            if let Some((sum, squares)) = sums.get_mut(*unit) {
                *sum += added;
                *squares += added * added;
            }
        }
    }
    let (count, images) = (orders as f64, images as f64);
    let values = sums.iter().map(|(sum, _)| *sum as f64 / (count * images)).collect();
    let error = |(sum, squares): &(i64, i64)| {
        let spread = *squares as f64 - (*sum as f64).powi(2) / count;
        (spread.max(0.0) / (count - 1.0) / count).sqrt() / images
    };
    let errors = sums.iter().map(error).collect();
    Ok((values, errors))
}

/// Over every set of the others: `Σ |S|! (n − |S| − 1)! / n! (v(S and the unit) − v(S))`, sets of one size counted together,
/// so that units that do the same have the same bits.
fn enumerated(tried: &Tried<'_>, images: usize) -> Result<(Vec<f64>, Vec<f64>), TrainError> {
    let units = tried.units();
    let is_in = |set: usize, unit: usize| set >> unit & 1 == 1;
    let mut right = Vec::with_capacity(1 << units);
    for set in 0..1_usize << units {
        right.push(tried.right(images, BY, &|unit| is_in(set, unit))?.right as i64);
    }
    // 1 / (n · (n − 1 over s)), set by set one unit larger.
    let mut weights = vec![1.0 / units.max(1) as f64; units];
    for size in 1..units {
        let before = weights.get(size - 1).copied().unwrap_or_default();
        if let Some(weight) = weights.get_mut(size) {
            *weight = before * size as f64 / (units - size) as f64;
        }
    }
    let value = |unit: usize| {
        let mut added = vec![0_i64; units];
        for (set, count) in right.iter().enumerate().filter(|(set, _)| !is_in(*set, unit)) {
            let with = right.get(set | 1 << unit).copied().unwrap_or_default();
            if let Some(added) = added.get_mut(set.count_ones() as usize) {
                *added += with - count;
            }
        }
        let terms = added.iter().zip(&weights).map(|(added, weight)| *added as f64 * weight);
        terms.sum::<f64>() / images as f64
    };
    Ok(((0..units).map(value).collect(), vec![0.0; units]))
}
