//! The factorisation on a page: a rating is the mean, two biases and a dot product, learned one rating at a time.
//!
//! r̂ = μ + bᵤ + bᵢ + qᵢ·pᵤ, as Surprise's `SVD` learns it (Nicolas Hug, BSD-3,
//! <https://github.com/NicolasHug/Surprise/blob/master/surprise/prediction_algorithms/matrix_factorization.pyx>):
//! for each rating e = r − r̂, then bᵤ += η(e − λbᵤ), bᵢ += η(e − λbᵢ), pᵤ += η(e·qᵢ − λpᵤ) and
//! qᵢ += η(e·pᵤ − λqᵢ) with the old pᵤ. Who has no rating to learn from has no terms.

use std::{cmp::Ordering, ops::Range};

use pulp::{Arch, Simd, WithSimd};
use rand_chacha::ChaCha8Rng;

use crate::exhibits::recommender::{
    model::{
        kernels::{dot, padded, product, pull},
        order::Order,
    },
    payload::{Factors, StarScale, Terms},
};
use crate::learning::normal_pair;

/// From this error on, in stars, its square is no longer told apart from infinity in a report.
const DIVERGED: f64 = 1e19;

/// How fast is learned, and how much parameters are held back.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rates {
    /// Learning rate η.
    pub(super) learning: f64,
    /// Weight λ of the squares of the parameters.
    pub(super) regularisation: f64,
}

/// The parameters of all people, or of all items.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct FactorTable {
    /// One for each, in stars.
    pub(super) biases: Vec<f64>,
    /// A padded row of factors for each.
    pub(super) rows: Vec<f64>,
    /// Length of a row.
    pub(super) width: usize,
}

/// What is learned.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Svd {
    /// Mean of the ratings that it learns from, μ.
    pub(super) mean: f64,
    /// Factors of each person and each item.
    pub(super) factors: usize,
    /// pᵤ and bᵤ.
    pub(super) people: FactorTable,
    /// qᵢ and bᵢ.
    pub(super) items: FactorTable,
}

/// What learning from some ratings said of them, each before it changed anything.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Learned {
    /// How many: fewer than asked if an error was no number to go on with, which then has changed nothing.
    pub(super) ratings: usize,
    /// Sum of the squared errors, in stars².
    pub(super) squared_error: f64,
    /// How many were predicted rightly: no other rating of the scale was nearer.
    pub(super) right: usize,
    /// The last of them.
    pub(super) last: Option<LastRating>,
}

/// A rating as it was learned.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct LastRating {
    /// Who gave it.
    pub(super) person: usize,
    /// What was rated.
    pub(super) item: u32,
    /// How it was rated, in stars.
    pub(super) stars: f64,
    /// What was predicted, in stars.
    pub(super) predicted: f64,
}

impl FactorTable {
    fn new(rows: Vec<f64>, width: usize, count: usize) -> Self {
        Self { biases: vec![0.0; count], rows, width }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.biases.len()
    }

    /// The factors of one.
    pub(super) fn row(&self, at: usize) -> &[f64] {
        &self.rows[at * self.width..(at + 1) * self.width]
    }
}

impl Svd {
    /// Draws the first factors from N(0, std²), people before items; biases are 0.
    pub(super) fn init(
        order: Order<'_>,
        items: usize,
        factors: usize,
        std: f64,
        generator: &mut ChaCha8Rng,
    ) -> Self {
        let (people, width) = (order.people(), padded(factors));
        let mut svd = Self {
            mean: order.mean(),
            factors,
            people: FactorTable::new(normal(generator, people, factors, std), width, people),
            items: FactorTable::new(normal(generator, items, factors, std), width, items),
        };
        svd.forget_unknown(order);
        svd
    }

    /// Who has no rating to learn from has no taste either, as in Surprise.
    fn forget_unknown(&mut self, order: Order<'_>) {
        let mut known = vec![false; self.items.len()];
        for &item in order.rated {
            known[item as usize] = true;
        }
        let width = self.items.width;
        for (item, _) in known.iter().enumerate().filter(|(_, known)| !**known) {
            self.items.rows[item * width..(item + 1) * width].fill(0.0);
        }
        for (person, bounds) in order.starts.windows(2).enumerate() {
            if bounds[0] == bounds[1] {
                self.people.rows[person * width..(person + 1) * width].fill(0.0);
            }
        }
    }

    /// Learns from a range of the ratings, one after the other.
    pub(super) fn learn(
        &mut self,
        order: Order<'_>,
        range: Range<usize>,
        rates: Rates,
        scale: StarScale,
    ) -> Learned {
        Arch::new().dispatch(Learning { svd: self, order, range, rates, scale })
    }

    /// All that was learned, for those who keep it.
    pub(super) fn without_padding(&self) -> Factors {
        let rows = |side: &FactorTable| {
            let rows = side.rows.chunks_exact(side.width.max(1));
            rows.flat_map(|row| &row[..self.factors]).copied().collect()
        };
        Factors {
            mean: self.mean,
            count: self.factors,
            person_biases: self.people.biases.clone(),
            item_biases: self.items.biases.clone(),
            people: rows(&self.people),
            items: rows(&self.items),
        }
    }

    /// What is predicted for ratings, clipped to the scale, in stars.
    pub(super) fn predictions(&self, order: Order<'_>, scale: StarScale) -> Vec<f64> {
        Arch::new().dispatch(Predicting { svd: self, order, scale })
    }

    /// The sum behind a person's prediction for an item.
    #[cfg(test)]
    pub(super) fn terms(&self, person: usize, item: usize) -> Terms {
        self.terms_of(self.people.biases[person], self.people.row(person), item)
    }

    /// The sum behind the prediction for an item for whoever has this bias and these factors.
    pub(super) fn terms_of(&self, bias: f64, factors: &[f64], item: usize) -> Terms {
        Terms {
            mean: self.mean,
            person: bias,
            item: self.items.biases[item],
            taste: product(self.items.row(item), factors),
        }
    }
}

/// A range of ratings on its way into the parameters.
struct Learning<'a> {
    svd: &'a mut Svd,
    order: Order<'a>,
    range: Range<usize>,
    rates: Rates,
    scale: StarScale,
}

impl WithSimd for Learning<'_> {
    type Output = Learned;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> Learned {
        let Self { svd, order, range, rates: Rates { learning, regularisation }, scale } = self;
        let (low, high) = (f64::from(scale.low), f64::from(scale.high));
        let half = if scale.step > 0.0 { 0.5 * f64::from(scale.step) } else { f64::INFINITY };
        // p + η(e·q − λp), with the factors of p and q taken together.
        let keep = 1.0 - learning * regularisation;
        let width = svd.items.width;
        let mut learned = Learned::default();
        let (mut at, mut person) = (range.start, order.person_at(range.start));
        while at < range.end {
            let stop = order.starts[person + 1].min(range.end);
            let p = &mut svd.people.rows[person * width..(person + 1) * width];
            let mut bias = svd.people.biases[person];
            for (&item, &stars) in order.rated[at..stop].iter().zip(&order.stars[at..stop]) {
                let (place, stars) = (item as usize, f64::from(stars));
                let q = &mut svd.items.rows[place * width..(place + 1) * width];
                let item_bias = &mut svd.items.biases[place];
                let predicted = svd.mean + bias + *item_bias + dot(simd, q, p);
                let error = stars - predicted;
                // What is no number is not less either.
                if !matches!(error.abs().partial_cmp(&DIVERGED), Some(Ordering::Less)) {
                    svd.people.biases[person] = bias;
                    return learned;
                }
                bias += learning * (error - regularisation * bias);
                *item_bias += learning * (error - regularisation * *item_bias);
                pull(simd, p, q, keep, learning * error);
                learned.ratings += 1;
                learned.squared_error += error * error;
                learned.right += usize::from((predicted.clamp(low, high) - stars).abs() <= half);
                learned.last = Some(LastRating { person, item, stars, predicted });
            }
            svd.people.biases[person] = bias;
            (at, person) = (stop, person + 1);
        }
        learned
    }
}

/// Ratings on their way to being predicted.
struct Predicting<'a> {
    svd: &'a Svd,
    order: Order<'a>,
    scale: StarScale,
}

impl WithSimd for Predicting<'_> {
    type Output = Vec<f64>;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> Vec<f64> {
        let Self { svd, order, scale } = self;
        let (low, high) = (f64::from(scale.low), f64::from(scale.high));
        let mut predicted = Vec::with_capacity(order.len());
        for person in 0..order.people() {
            let (row, own) = (svd.people.row(person), svd.mean + svd.people.biases[person]);
            for &item in order.of_person(person).0 {
                let place = item as usize;
                let fit = dot(simd, svd.items.row(place), row);
                predicted.push((own + svd.items.biases[place] + fit).clamp(low, high));
            }
        }
        predicted
    }
}

/// Padded rows of normal draws with a mean of 0.
pub(super) fn normal(
    generator: &mut ChaCha8Rng,
    rows: usize,
    factors: usize,
    std: f64,
) -> Vec<f64> {
    let width = padded(factors);
    let mut values = vec![0.0; rows * width];
    let mut spare = None;
    for row in values.chunks_exact_mut(width.max(1)) {
        for value in &mut row[..factors] {
            *value = std
                * spare.take().unwrap_or_else(|| {
                    let (one, other) = normal_pair(generator);
                    spare = Some(other);
                    one
                });
        }
    }
    values
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng as _;

    use super::*;

    const RATES: Rates = Rates { learning: 0.1, regularisation: 0.5 };

    fn generator(seed: u64) -> ChaCha8Rng {
        ChaCha8Rng::seed_from_u64(seed)
    }

    #[test]
    fn one_rating_changes_everything_as_worked_by_hand() {
        let order = Order { starts: &[0, 1], rated: &[0], stars: &[4.0] };
        let mut svd = Svd::init(order, 1, 2, 0.0, &mut generator(0));
        svd.mean = 3.0;
        (svd.people.biases[0], svd.items.biases[0]) = (0.5, -0.25);
        svd.people.rows[..2].copy_from_slice(&[1.0, 2.0]);
        svd.items.rows[..2].copy_from_slice(&[0.5, -0.5]);
        // r̂ = 3 + 0.5 − 0.25 + (0.5 − 1) = 2.75, so e = 1.25.
        let learned = svd.learn(order, 0..1, RATES, StarScale::default());
        assert_eq!((learned.ratings, learned.right, learned.squared_error), (1, 0, 1.5625));
        let near = |found: f64, worked: f64| assert!((found - worked).abs() < 1e-15, "{found}");
        near(svd.people.biases[0], 0.5 + 0.1 * (1.25 - 0.25));
        near(svd.items.biases[0], -0.25 + 0.1 * (1.25 + 0.125));
        near(svd.people.rows[0], 1.0 + 0.1 * (1.25 * 0.5 - 0.5 * 1.0));
        near(svd.people.rows[1], 2.0 + 0.1 * (1.25 * -0.5 - 0.5 * 2.0));
        // With the old factors of the person.
        near(svd.items.rows[0], 0.5 + 0.1 * (1.25 * 1.0 - 0.5 * 0.5));
        near(svd.items.rows[1], -0.5 + 0.1 * (1.25 * 2.0 + 0.5 * 0.5));
        assert!(svd.items.rows[2..].iter().all(|padding| *padding == 0.0));
    }

    #[test]
    fn first_factors_are_normal_and_their_own() {
        let order = Order { starts: &[0, 1, 2], rated: &[0, 1], stars: &[4.0, 2.0] };
        let svd = Svd::init(order, 2, 5000, 0.1, &mut generator(7));
        assert_eq!(svd, Svd::init(order, 2, 5000, 0.1, &mut generator(7)));
        assert_ne!(svd, Svd::init(order, 2, 5000, 0.1, &mut generator(8)));
        let draws = [&svd.people.rows[..], &svd.items.rows[..]].concat();
        let count = draws.len() as f64;
        let moment =
            |power: i32| draws.iter().map(|draw| (draw / 0.1).powi(power)).sum::<f64>() / count;
        for (power, truth) in [(1, 0.0), (2, 1.0), (3, 0.0), (4, 3.0)] {
            assert!((moment(power) - truth).abs() < 0.2, "moment {power}: {}", moment(power));
        }
    }

    #[test]
    fn who_is_unknown_adds_nothing() {
        let order = Order { starts: &[0, 0, 2], rated: &[0, 2], stars: &[4.0, 2.0] };
        let mut svd = Svd::init(order, 3, 4, 0.1, &mut generator(1));
        svd.learn(order, 0..2, RATES, StarScale::default());
        assert_eq!(svd.terms(0, 1), Terms { mean: 3.0, person: 0.0, item: 0.0, taste: 0.0 });
        let known = svd.terms(1, 2);
        assert!(known.person != 0.0 && known.item != 0.0 && known.taste != 0.0, "{known:?}");
        assert_eq!((svd.terms(1, 1).taste, svd.terms(1, 1).person), (0.0, known.person));
    }

    #[test]
    fn what_is_not_finite_changes_nothing() {
        let order = Order { starts: &[0, 2], rated: &[0, 1], stars: &[4.0, 2.0] };
        let mut svd = Svd::init(order, 2, 4, 0.1, &mut generator(1));
        svd.items.biases[1] = f64::INFINITY;
        let learned = svd.learn(order, 0..2, RATES, StarScale::default());
        assert_eq!(learned.ratings, 1);
        let before = svd.clone();
        assert_eq!(svd.learn(order, 1..2, RATES, StarScale::default()).ratings, 0);
        assert_eq!(svd, before);
    }
}
