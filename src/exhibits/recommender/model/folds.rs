//! Cross-validation in slices: folds learn side by side, a little of as many as there are threads at a time.
//!
//! The ratings are shuffled and dealt out as Surprise's `KFold` does
//! (<https://surprise.readthedocs.io/en/stable/model_selection.html>): folds of one size but for one rating. Which
//! ratings a fold learns from depends on the seed alone, and no number of threads changes a bit of what it learns.

use std::{sync::Arc, time::Instant};

use rand::{SeedableRng as _, seq::SliceRandom as _};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

use crate::{
    exhibits::recommender::{
        model::fold::{Course, Fold},
        payload::{FoldOutcome, FoldReport, ListQuality, Ratings, RatingsVerdict},
    },
    learning::TrainError,
};

/// The stream of the generator that shuffles; see [`Fold`].
const SHUFFLING_STREAM: u64 = 1;

/// A cross-validation that is going on.
pub(super) struct Folds {
    ratings: Arc<Ratings>,
    course: Course,
    /// The places of all ratings in the order in which they are dealt out.
    dealt: Vec<u32>,
    /// Those that have begun.
    folds: Vec<Fold>,
    begun: Instant,
}

impl Folds {
    /// Deals out the ratings.
    pub(super) fn new(ratings: Arc<Ratings>, course: Course) -> Self {
        let dealt = dealt(ratings.len(), course.seed);
        Self { ratings, course, dealt, folds: Vec::new(), begun: Instant::now() }
    }

    /// Does some hundredths of a second of what is left, and tells what came of it.
    pub(super) fn go_on(&mut self) -> Result<Vec<FoldReport>, TrainError> {
        let threads = rayon::current_num_threads().max(1);
        let begun = self.folds.len();
        if begun < self.course.folds {
            let new: Vec<_> = (begun..self.course.folds.min(begun + threads)).collect();
            let begin = |number| Fold::new(&self.ratings, &self.dealt, number, self.course);
            let new: Vec<_> = new.into_par_iter().map(begin).collect();
            self.folds.extend(new);
            return Ok(Vec::new());
        }
        let mut going: Vec<_> =
            self.folds.iter_mut().filter(|fold| fold.outcome().is_none()).collect();
        going.sort_by_key(|fold| fold.progress());
        going.truncate(threads);
        let reports: Result<Vec<_>, _> = going.into_par_iter().map(Fold::go_on).collect();
        Ok(reports?.into_iter().flatten().collect())
    }

    /// Means over the folds, when all are judged.
    pub(super) fn verdict(&self) -> Option<RatingsVerdict> {
        let outcomes: Option<Vec<_>> = self.folds.iter().map(Fold::outcome).collect();
        let outcomes = outcomes.filter(|outcomes| outcomes.len() == self.course.folds)?;
        let spread = |value: fn(&FoldOutcome) -> f64| mean_and_std(&outcomes, value);
        let lists = |lists: fn(&FoldOutcome) -> ListQuality| {
            let mean = |value: fn(ListQuality) -> f64| {
                outcomes.iter().map(|outcome| value(lists(outcome))).sum::<f64>()
                    / outcomes.len() as f64
            };
            ListQuality {
                precision: mean(|lists| lists.precision),
                recall: mean(|lists| lists.recall),
                ndcg: mean(|lists| lists.ndcg),
            }
        };
        let (rmse, rmse_std) = spread(|outcome| outcome.rmse);
        let (mae, mae_std) = spread(|outcome| outcome.mae);
        Some(RatingsVerdict {
            folds: outcomes.len(),
            rmse,
            rmse_std,
            mae,
            mae_std,
            bias_rmse: spread(|outcome| outcome.bias_rmse).0,
            lists: lists(|outcome| outcome.lists),
            bias_lists: lists(|outcome| outcome.bias_lists),
            popular_lists: lists(|outcome| outcome.popular_lists),
            seconds: self.begun.elapsed().as_secs_f64(),
        })
    }
}

/// The places of all ratings, shuffled.
fn dealt(ratings: usize, seed: u64) -> Vec<u32> {
    let mut generator = ChaCha8Rng::seed_from_u64(seed);
    generator.set_stream(SHUFFLING_STREAM);
    let mut places: Vec<u32> = (0..ratings as u32).collect();
    places.shuffle(&mut generator);
    places
}

/// Mean and standard deviation from fold to fold, with all folds as the population, as Surprise prints them.
fn mean_and_std(outcomes: &[&FoldOutcome], value: fn(&FoldOutcome) -> f64) -> (f64, f64) {
    let count = outcomes.len().max(1) as f64;
    let mean = outcomes.iter().map(|outcome| value(outcome)).sum::<f64>() / count;
    let squares = outcomes.iter().map(|outcome| (value(outcome) - mean).powi(2)).sum::<f64>();
    (mean, (squares / count).sqrt())
}

#[cfg(test)]
mod tests {
    use super::{
        super::{samples, svd::Rates},
        *,
    };

    const COURSE: Course = Course {
        folds: 5,
        epochs: 20,
        factors: 100,
        init_std: 0.1,
        rates: Rates { learning: 0.005, regularisation: 0.02 },
        seed: 42,
    };

    fn judged(ratings: Arc<Ratings>, course: Course) -> (Vec<FoldReport>, RatingsVerdict) {
        let mut folds = Folds::new(ratings, course);
        let mut reports = Vec::new();
        loop {
            reports.extend(folds.go_on().unwrap());
            if let Some(verdict) = folds.verdict() {
                return (reports, verdict);
            }
        }
    }

    #[test]
    fn ratings_are_shuffled_by_the_seed() {
        let mut places = dealt(1003, 42);
        assert_eq!(places, dealt(1003, 42));
        assert_ne!(places, dealt(1003, 43));
        places.sort_unstable();
        assert!(places.into_iter().eq(0..1003));
    }

    #[test]
    fn the_bundled_ratings_are_predicted_as_well_as_surprise_does() {
        let ratings = samples::bundled();
        let (reports, verdict) = judged(ratings.clone(), COURSE);
        // Surprise: 0.8961 and 0.6900.
        assert!((verdict.rmse - 0.896).abs() <= 0.008, "{verdict:?}");
        assert!((verdict.mae - 0.690).abs() <= 0.008, "{verdict:?}");
        assert!(verdict.rmse_std > 0.0 && verdict.rmse_std < 0.02, "{verdict:?}");
        assert_eq!(reports.len(), 100);
        let outcomes: Vec<_> =
            reports.iter().filter_map(|report| report.outcome.as_ref()).collect();
        assert_eq!(outcomes.iter().map(|outcome| outcome.ratings).sum::<usize>(), ratings.len());
        for outcome in outcomes {
            let table: u32 = outcome.predicted.iter().sum();
            assert_eq!(table as usize, outcome.ratings);
        }
        for report in &reports {
            assert_eq!(report.outcome.is_some(), report.epoch == 20);
        }
    }

    #[test]
    fn planted_taste_is_found_where_biases_see_nothing() {
        let ratings = samples::planted(200, 100, 60, 3);
        let course = Course { epochs: 60, factors: 8, ..COURSE };
        let course = Course { rates: Rates { learning: 0.02, ..course.rates }, ..course };
        let (reports, verdict) = judged(ratings.clone(), course);
        assert!(verdict.rmse < 0.75 * verdict.bias_rmse, "{verdict:?}");
        assert!(verdict.lists.ndcg > verdict.bias_lists.ndcg, "{verdict:?}");
        let rmse = |reports: &[FoldReport]| -> Vec<u64> {
            reports.iter().map(|report| report.test_rmse.to_bits()).collect()
        };
        let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        let (mut again, _) = alone.install(|| judged(ratings, course));
        let mut reports = reports;
        for reports in [&mut reports, &mut again] {
            reports.sort_by_key(|report| (report.fold, report.epoch));
        }
        assert_eq!(rmse(&reports), rmse(&again));
    }

    #[test]
    fn a_fold_that_diverges_says_so() {
        let ratings = samples::planted(50, 40, 20, 3);
        let rates = Rates { learning: 50.0, ..COURSE.rates };
        let mut folds = Folds::new(ratings, Course { rates, ..COURSE });
        let error = (0..100).find_map(|_| folds.go_on().err()).unwrap().to_string();
        assert!(error.contains("learning rate of 50"), "{error}");
    }
}
