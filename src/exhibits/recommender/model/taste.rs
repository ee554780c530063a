//! Somebody's taste from their ratings alone, while what was learned of the items stays as it is, and what each of the
//! ratings adds to a prediction.
//!
//! The taste is the ridge regression `w = (XᵀX + (λn + ln 2/(η·epochs))·I)⁻¹Xᵀy`: it holds back what learning holds back,
//! λ for each of n ratings, and what learning would not have reached after all epochs; at ln 2/(η·epochs) both are
//! half-way. Measured on the bundled ratings, where every fifth person was unknown to a model that then met some of
//! their ratings (`a_taste_is_as_good_as_learned`): root mean squared error for their other ratings, and in brackets
//! how far the predictions are from those of a model that learned from those ratings with all others, in stars.
//!
//! | ratings met | this | learned step by step | λn alone | no taste | retrained |
//! |--|--|--|--|--|--|
//! | 5 | 0.934 (0.117) | 0.935 (0.116) | 0.954 (0.349) | 0.969 (0.198) | 0.943 |
//! | 10 | 0.915 (0.119) | 0.913 (0.119) | 0.943 (0.355) | 0.969 (0.262) | 0.922 |
//! | 20 | 0.896 (0.126) | 0.892 (0.120) | 0.932 (0.317) | 0.966 (0.336) | 0.901 |
//! | 50 | 0.894 (0.125) | 0.892 (0.120) | 0.929 (0.300) | 0.974 (0.368) | 0.901 |
//! | 100 | 0.900 (0.126) | 0.898 (0.122) | 0.929 (0.270) | 0.985 (0.371) | 0.908 |
//!
//! Learning step by step, from zero through the same epochs, is as good, but depends on the order of the ratings and
//! takes one more fit for each rating that is left out; here that is a division.

use std::f64::consts::LN_2;

use crate::exhibits::recommender::{
    model::{kernels::product, ridge::Ridge, svd::Svd},
    payload::{MovedBy, Rated},
};

/// How a taste is fitted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct FoldIn {
    /// Weight λ of the squares of the parameters, for each rating.
    pub(super) regularisation: f64,
    /// Learning rate times epochs: how far learning would have gone.
    pub(super) reach: f64,
}

/// A fitted taste.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Fitted {
    /// bᵤ, in stars.
    pub(super) bias: f64,
    /// pᵤ, padded.
    pub(super) factors: Vec<f64>,
}

/// What the ratings of somebody add to the prediction for an item.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Moved {
    /// The prediction by the taste that is fitted to all of them, in stars, before it is clipped.
    pub(super) fitted: f64,
    /// Those that were left out in turn, what moved it most first.
    pub(super) by: Vec<MovedBy>,
}

/// So many ratings are all left out in turn.
const TRIED_ALL: usize = 200;
/// Of more, those are that move the prediction most as far as one sees without their pull on their own fit.
const TRIED: usize = 100;

impl FoldIn {
    /// How much parameters are held back that rest on so many ratings.
    fn shift(self, ratings: usize) -> f64 {
        self.regularisation * ratings as f64 + LN_2 / self.reach
    }

    /// Fits a taste; without ratings it is that of nobody, all zeros.
    pub(super) fn fit(self, svd: &Svd, rated: &[Rated]) -> Fitted {
        let problem = TasteProblem::new(svd, rated);
        let weights = problem.ridge(self.shift(rated.len())).solve(&problem.right);
        let mut factors = weights[..svd.factors].to_vec();
        factors.resize(svd.items.width, 0.0);
        Fitted { bias: weights[svd.factors], factors }
    }

    /// Leaves out each rating in turn, exactly: without row x, the weights w are less by A⁻¹x·(y − x·w)/(1 − x·A⁻¹x),
    /// where A already holds back as much as for one rating fewer (Sherman and Morrison 1950,
    /// <https://doi.org/10.1214/aoms/1177729893>).
    pub(super) fn moved(self, svd: &Svd, rated: &[Rated], item: u32) -> Moved {
        let problem = TasteProblem::new(svd, rated);
        let own = svd.mean + svd.items.biases[item as usize];
        let row = row_of(svd, item);
        let all = problem.ridge(self.shift(rated.len())).solve(&problem.right);
        let fitted = own + product(&row, &all);
        let one_fewer = problem.ridge(self.shift(rated.len().saturating_sub(1)));
        let weights = one_fewer.solve(&problem.right);
        let sum = own + product(&row, &weights);
        let towards = one_fewer.solve(&row);
        let mut by: Vec<(usize, f64)> = (problem.rows())
            .zip(&problem.left)
            .map(|(row, left)| product(&towards, row) * (left - product(row, &weights)))
            .enumerate()
            .collect();
        if by.len() > TRIED_ALL {
            by.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
            by.truncate(TRIED);
        }
        let exact = |(at, seen): (usize, f64)| {
            let row = &problem.rows[at * problem.width..(at + 1) * problem.width];
            let without = sum - seen / (1.0 - one_fewer.leverage(row));
            MovedBy { rated: rated[at], stars: fitted - without }
        };
        let mut by: Vec<MovedBy> = by.into_iter().map(exact).collect();
        by.sort_by(|a, b| b.stars.abs().total_cmp(&a.stars.abs()));
        Moved { fitted, by }
    }
}

/// What a taste is to explain: for each rating a row of the item's factors and a 1 for the bias, and what the mean and
/// the item's bias leave unexplained.
struct TasteProblem {
    width: usize,
    rows: Vec<f64>,
    left: Vec<f64>,
    /// Xᵀ·left.
    right: Vec<f64>,
}

impl TasteProblem {
    fn new(svd: &Svd, rated: &[Rated]) -> Self {
        let width = svd.factors + 1;
        let mut rows = Vec::with_capacity(rated.len() * width);
        let mut left = Vec::with_capacity(rated.len());
        let mut right = vec![0.0; width];
        for Rated { item, stars } in rated {
            let row = row_of(svd, *item);
            let unexplained = f64::from(*stars) - svd.mean - svd.items.biases[*item as usize];
            right.iter_mut().zip(&row).for_each(|(right, value)| *right += unexplained * value);
            rows.extend(row);
            left.push(unexplained);
        }
        Self { width, rows, left, right }
    }

    fn rows(&self) -> impl Iterator<Item = &[f64]> {
        self.rows.chunks_exact(self.width)
    }

    fn ridge(&self, shift: f64) -> Ridge {
        Ridge::new(&self.rows, self.width, shift)
    }
}

/// What a taste meets in an item: its factors, and a 1 for the bias.
fn row_of(svd: &Svd, item: u32) -> Vec<f64> {
    let mut row = svd.items.row(item as usize)[..svd.factors].to_vec();
    row.push(1.0);
    row
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng as _;
    use rand_chacha::ChaCha8Rng;

    use super::{
        super::{
            order::{Drawn, Order},
            samples,
            svd::Rates,
        },
        *,
    };
    use crate::exhibits::recommender::payload::{Ratings, StarScale};

    const RATES: Rates = Rates { learning: 0.005, regularisation: 0.02 };
    const FOLD_IN: FoldIn = FoldIn { regularisation: 0.02, reach: 0.1 };

    fn learned(order: Order<'_>, items: usize, factors: usize, epochs: usize) -> Svd {
        let mut generator = ChaCha8Rng::seed_from_u64(42);
        let mut svd = Svd::init(order, items, factors, 0.1, &mut generator);
        for _ in 0..epochs {
            svd.learn(order, 0..order.len(), RATES, StarScale::default());
        }
        svd
    }

    /// The same taste as learning finds it: one rating after the other, from zero, the items held still.
    fn stepwise(svd: &Svd, rated: &[Rated], epochs: usize) -> Fitted {
        let mut fitted = Fitted { bias: 0.0, factors: vec![0.0; svd.items.width] };
        for rated in (0..epochs).flat_map(|_| rated) {
            let (item, stars) = (rated.item as usize, f64::from(rated.stars));
            let error = stars - svd.terms_of(fitted.bias, &fitted.factors, item).sum();
            fitted.bias += RATES.learning * (error - RATES.regularisation * fitted.bias);
            for (p, q) in fitted.factors.iter_mut().zip(svd.items.row(item)) {
                *p += RATES.learning * (error * q - RATES.regularisation * *p);
            }
        }
        fitted
    }

    #[test]
    fn leaving_out_is_fitting_without() {
        let ratings = samples::planted(60, 50, 30, 5);
        let svd = learned(Order::of(&ratings), ratings.items.len(), 8, 40);
        for count in [1, 2, 7, 30] {
            let rated: Vec<_> = ratings.of(3).take(count).collect();
            let moved = FOLD_IN.moved(&svd, &rated, 11);
            let predict = |rated: &[Rated]| {
                let taste = FOLD_IN.fit(&svd, rated);
                svd.terms_of(taste.bias, &taste.factors, 11).sum()
            };
            assert!((moved.fitted - predict(&rated)).abs() < 1e-12);
            assert_eq!(moved.by.len(), count);
            for by in &moved.by {
                let mut others = rated.clone();
                others.retain(|other| other != &by.rated);
                let truth = predict(&rated) - predict(&others);
                assert!((by.stars - truth).abs() < 1e-10, "{by:?} {truth}");
            }
        }
    }

    #[test]
    fn nobody_in_particular_has_no_taste() {
        let ratings = samples::planted(60, 50, 30, 5);
        let svd = learned(Order::of(&ratings), ratings.items.len(), 8, 5);
        let taste = FOLD_IN.fit(&svd, &[]);
        assert!(taste.bias == 0.0 && taste.factors.iter().all(|factor| *factor == 0.0));
        assert!(FOLD_IN.moved(&svd, &[], 3).by.is_empty());
    }

    /// What fold-in is compared by: root of the mean squared error for what people rated besides, and root of the mean
    /// squared distance to the predictions of a model that has learned from their ratings like from all others'.
    #[derive(Debug, Default)]
    struct Score {
        squared: f64,
        apart: f64,
        count: usize,
    }

    impl Score {
        fn rmse(&self) -> f64 {
            (self.squared / self.count as f64).sqrt()
        }
        fn distance(&self) -> f64 {
            (self.apart / self.count as f64).sqrt()
        }
    }

    /// Every fifth person is unknown to a model, which then meets `met` of their ratings.
    fn compared(ratings: &Ratings, met: usize, factors: usize) -> [Score; 5] {
        let order = Order::of(ratings);
        let all = ratings.len();
        let fresh = |at: usize| order.person_at(at).is_multiple_of(5);
        // A stride through their ratings, so that they are not all of one time.
        let shown = |at: usize| {
            let (start, end) =
                (order.starts[order.person_at(at)], order.starts[order.person_at(at) + 1]);
            let count = end - start;
            let (place, met) = (at - start, met.min(count / 2));
            place * met / count != (place + 1) * met / count
        };
        let known = Drawn::new(order, (0..all).filter(|&at| !fresh(at)));
        let with = Drawn::new(order, (0..all).filter(|&at| !fresh(at) || shown(at)));
        let items = ratings.items.len();
        let svd = learned(known.order(), items, factors, 20);
        let retrained = learned(with.order(), items, factors, 20);
        let mut scores: [Score; 5] = Default::default();
        for person in (0..ratings.people.len()).step_by(5) {
            let start = order.starts[person];
            let (mut before, mut after) = (Vec::new(), Vec::new());
            for (at, rated) in ratings.of(person).enumerate() {
                if shown(start + at) { before.push(rated) } else { after.push(rated) }
            }
            let plain = FoldIn { reach: 1e9, ..FOLD_IN };
            let nobody = Fitted { bias: 0.0, factors: vec![0.0; svd.items.width] };
            let relearned = Fitted {
                bias: retrained.people.biases[person],
                factors: retrained.people.row(person).to_vec(),
            };
            let tastes = [
                (&svd, FOLD_IN.fit(&svd, &before)),
                (&svd, stepwise(&svd, &before, 20)),
                (&svd, plain.fit(&svd, &before)),
                (&svd, nobody),
                (&retrained, relearned),
            ];
            for (score, (svd, taste)) in scores.iter_mut().zip(&tastes) {
                for rated in &after {
                    let item = rated.item as usize;
                    let sum = svd.terms_of(taste.bias, &taste.factors, item).sum();
                    let error = f64::from(rated.stars) - sum.clamp(0.5, 5.0);
                    score.squared += error.powi(2);
                    score.apart += (sum - retrained.terms(person, item).sum()).powi(2);
                }
                score.count += after.len();
            }
        }
        scores
    }

    #[test]
    fn a_taste_is_as_good_as_learned() {
        let ratings = samples::bundled();
        let [this, stepwise, plain, nobody, retrained] = compared(&ratings, 20, 100);
        assert!(this.rmse() < stepwise.rmse() + 0.005, "{this:?} {stepwise:?}");
        assert!(this.rmse() < retrained.rmse(), "{this:?} {retrained:?}");
        assert!(this.rmse() < plain.rmse() - 0.02, "{this:?} {plain:?}");
        assert!(this.rmse() < nobody.rmse() - 0.05, "{this:?} {nobody:?}");
        assert!(this.distance() < stepwise.distance() + 0.01, "{this:?} {stepwise:?}");
        assert!(this.distance() < 0.5 * plain.distance(), "{this:?} {plain:?}");
    }
}
