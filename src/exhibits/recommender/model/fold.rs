//! One fold of the cross-validation: it learns from most ratings and is judged by those that are held out.

use std::{ops::Range, time::Instant};

use rand::SeedableRng as _;
use rand_chacha::ChaCha8Rng;

use crate::{
    exhibits::recommender::{
        model::{
            order::{Drawn, Order},
            quality::Lists,
            svd::{Rates, Svd},
        },
        payload::{FoldOutcome, FoldReport, Ratings, StarScale},
    },
    learning::TrainError,
};

/// Ratings that are learned in one go: some hundredths of a second.
const RATINGS_AT_ONCE: usize = 100_000;
/// Streams of the generator: the model that is shown draws from stream 0, the shuffling of the folds from stream 1.
const FIRST_FOLD_STREAM: u64 = 2;

/// How a fold learns.
#[derive(Clone, Copy, Debug)]
pub(super) struct Course {
    /// Of how many folds.
    pub(super) folds: usize,
    /// Passes over its ratings.
    pub(super) epochs: u32,
    /// Factors of each person and each item.
    pub(super) factors: usize,
    /// Standard deviation of the first factors.
    pub(super) init_std: f64,
    /// How fast.
    pub(super) rates: Rates,
    /// Seed of the first factors.
    pub(super) seed: u64,
}

/// One fold.
pub(super) struct Fold {
    /// From 0.
    number: usize,
    course: Course,
    scale: StarScale,
    train: Drawn,
    held_out: Drawn,
    svd: Svd,
    /// The same model without factors, for comparison.
    biases: Svd,
    epoch: u32,
    /// The next rating of the epoch.
    at: usize,
    /// Sum of the squared errors of the epoch so far.
    squared_error: f64,
    /// Made when all is learned, and filled list by list.
    lists: Option<Lists>,
    last: Option<FoldReport>,
    learning_seconds: f64,
    seconds: f64,
    done: Option<FoldOutcome>,
}

impl Fold {
    /// Draws its first factors; `dealt` are the places of all ratings in the order in which they are dealt out.
    pub(super) fn new(ratings: &Ratings, dealt: &[u32], number: usize, course: Course) -> Self {
        let start = Instant::now();
        let mut generator = ChaCha8Rng::seed_from_u64(course.seed);
        generator.set_stream(FIRST_FOLD_STREAM + number as u64);
        let held = held_out(dealt.len(), course.folds, number);
        let drawn = |places: [&[u32]; 2]| {
            let places = places.into_iter().flatten();
            Drawn::new(Order::of(ratings), places.map(|&place| place as usize))
        };
        // In the order dealt, as Surprise does.
        let train = drawn([&dealt[..held.start], &dealt[held.end..]]);
        let items = ratings.items.len();
        let mut init =
            |factors| Svd::init(train.order(), items, factors, course.init_std, &mut generator);
        Self {
            svd: init(course.factors),
            biases: init(0),
            held_out: drawn([&dealt[held], &[]]),
            train,
            number,
            course,
            scale: ratings.scale,
            epoch: 0,
            at: 0,
            squared_error: 0.0,
            lists: None,
            last: None,
            learning_seconds: 0.0,
            seconds: start.elapsed().as_secs_f64(),
            done: None,
        }
    }

    /// How far it has come, to be compared with other folds.
    pub(super) fn progress(&self) -> (u32, usize, usize) {
        (self.epoch, self.at, self.lists.as_ref().map_or(0, Lists::progress))
    }

    /// How it is judged, when it is.
    pub(super) fn outcome(&self) -> Option<&FoldOutcome> {
        self.done.as_ref()
    }

    /// Learns or judges a little more; a report ends every epoch.
    pub(super) fn go_on(&mut self) -> Result<Option<FoldReport>, TrainError> {
        let start = Instant::now();
        let learning = self.epoch < self.course.epochs;
        let report = if learning { self.learn()? } else { None };
        if learning {
            self.learning_seconds += start.elapsed().as_secs_f64();
        }
        let report = report.map(|train_rmse| self.report(train_rmse));
        if !learning {
            self.judge();
        }
        self.seconds += start.elapsed().as_secs_f64();
        if self.epoch < self.course.epochs {
            return Ok(report);
        }
        // The last report waits for the judgement.
        self.last = report.or(self.last.take());
        Ok(self.finished())
    }

    /// Learns from the next ratings; at the end of an epoch, the root of its mean squared error.
    fn learn(&mut self) -> Result<Option<f64>, TrainError> {
        let order = self.train.order();
        let end = (self.at + RATINGS_AT_ONCE).min(order.len());
        let learned = self.svd.learn(order, self.at..end, self.course.rates, self.scale);
        self.biases.learn(order, self.at..end, self.course.rates, self.scale);
        if learned.ratings < end - self.at {
            return Err(TrainError::Calculation(phrase!(
                "recommender-model-fold-diverged-at-a-learning",
                number = self.number + 1,
                learning = self.course.rates.learning
            )));
        }
        self.squared_error += learned.squared_error;
        self.at = end;
        if self.at < order.len() {
            return Ok(None);
        }
        let rmse = (self.squared_error / order.len().max(1) as f64).sqrt();
        (self.epoch, self.at, self.squared_error) = (self.epoch + 1, 0, 0.0);
        Ok(Some(rmse))
    }

    fn report(&self, train_rmse: f64) -> FoldReport {
        let held_out = self.held_out.order();
        let predicted = self.svd.predictions(held_out, self.scale);
        FoldReport {
            fold: self.number + 1,
            folds: self.course.folds,
            epoch: self.epoch,
            train_rmse,
            test_rmse: Errors::of(held_out, &predicted).rmse(),
            outcome: None,
        }
    }

    /// Makes and judges some more lists.
    fn judge(&mut self) {
        let (train, held_out) = (self.train.order(), self.held_out.order());
        let lists = self
            .lists
            .get_or_insert_with(|| Lists::new(train, held_out, &self.biases.items, self.scale));
        lists.judge_some(&self.svd, train, held_out);
    }

    /// The last report, when all lists are judged.
    fn finished(&mut self) -> Option<FoldReport> {
        let lists = self.lists.as_ref().filter(|lists| lists.is_done())?;
        let held_out = self.held_out.order();
        let predicted = self.svd.predictions(held_out, self.scale);
        let errors = Errors::of(held_out, &predicted);
        let biases = Errors::of(held_out, &self.biases.predictions(held_out, self.scale));
        let [learned, bias_lists, popular_lists] = lists.quality();
        let outcome = FoldOutcome {
            ratings: held_out.len(),
            rmse: errors.rmse(),
            mae: errors.absolute,
            bias_rmse: biases.rmse(),
            lists: learned,
            bias_lists,
            popular_lists,
            predicted: table(held_out, &predicted, self.scale).into(),
            scale: self.scale,
            seconds: (self.learning_seconds, self.seconds),
        };
        self.done = Some(outcome.clone());
        self.last.take().map(|last| FoldReport { outcome: Some(outcome), ..last })
    }
}

/// Which of the ratings a fold holds out, by the order in which they are dealt: the first folds take one more where
/// they do not come out even.
fn held_out(ratings: usize, folds: usize, number: usize) -> Range<usize> {
    let start = |number: usize| ratings / folds * number + (ratings % folds).min(number);
    start(number)..start(number + 1)
}

/// How far predictions are from the truth; they are clipped to the scale, as Surprise does.
#[derive(Clone, Debug, Default)]
struct Errors {
    squared: f64,
    absolute: f64,
}

impl Errors {
    /// Of held-out ratings and what was predicted for them.
    fn of(held_out: Order<'_>, predicted: &[f64]) -> Self {
        let mut errors = Self::default();
        for (&truth, predicted) in held_out.stars.iter().zip(predicted) {
            let error = f64::from(truth) - predicted;
            errors.squared += error * error;
            errors.absolute += error.abs();
        }
        let count = predicted.len().max(1) as f64;
        Self { squared: errors.squared / count, absolute: errors.absolute / count }
    }

    fn rmse(&self) -> f64 {
        self.squared.sqrt()
    }
}

/// How often what was predicted: `table[truth * scale.count() + nearest]`.
fn table(held_out: Order<'_>, predicted: &[f64], scale: StarScale) -> Vec<u32> {
    let mut table = vec![0; scale.count() * scale.count()];
    for (&truth, &predicted) in held_out.stars.iter().zip(predicted) {
        table[scale.nearest(truth) * scale.count() + scale.nearest(predicted as f32)] += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rating_is_held_out_once() {
        let held: Vec<_> = (0..5).map(|number| held_out(1003, 5, number)).collect();
        assert_eq!(held, [0..201, 201..402, 402..603, 603..803, 803..1003]);
    }
}
