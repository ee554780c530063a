//! What the model says of a place that no row lies at, so that its boundary can be drawn.

use std::sync::Arc;

use crate::exhibits::logistic::payload::{Table, TableAnswer};

/// How the terms of a model are made from features, and what it says of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Scorer {
    /// Mean and standard deviation of each feature.
    features: Vec<(f64, f64)>,
    /// Whether the model sees standardised features.
    standardise: bool,
    terms: Vec<TermOf>,
    classes: usize,
}

/// The scorer of the last table that was asked for.
#[derive(Default)]
pub(super) struct KnownScorer(Option<Arc<Table>>, Scorer);

impl KnownScorer {
    pub(super) fn of(&mut self, table: &Arc<Table>) -> &Scorer {
        if self.0.as_ref().is_none_or(|known| !Arc::ptr_eq(known, table)) {
            *self = Self(Some(table.clone()), Scorer::of(table));
        }
        &self.1
    }
}

/// A feature, or a product of two: (a·b − shift) · scale.
#[derive(Clone, Copy, Debug)]
struct TermOf {
    feature: usize,
    other: Option<usize>,
    shift: f64,
    scale: f64,
}

impl Scorer {
    /// For the terms of a table.
    ///
    /// Products are standardised themselves; their means and deviations are those of the drawn rows that are learned,
    /// which are all of them unless the table is too long to be drawn whole.
    pub(super) fn of(table: &Table) -> Self {
        let features = table.features.iter().map(|known| (known.mean, known.deviation)).collect();
        let mut scorer = Self {
            features,
            standardise: table.settings.standardise,
            terms: Vec::with_capacity(table.terms.len()),
            classes: table.classes.len(),
        };
        let rows = if table.terms.iter().any(|term| term.features.1.is_some()) {
            scorer.learned_rows(table)
        } else {
            Vec::new()
        };
        for term in table.terms.iter() {
            let (feature, other) = term.features;
            let mut of = TermOf { feature, other, shift: 0.0, scale: 1.0 };
            if let (Some(other), true) = (other, scorer.standardise) {
                let width = scorer.features.len().max(1);
                let products = || {
                    let product = |row: &[f64]| Some(row.get(feature)? * row.get(other)?);
                    rows.chunks_exact(width).filter_map(product)
                };
                let count = (rows.len() / width).max(1) as f64;
                of.shift = products().sum::<f64>() / count;
                let square = products().map(|value| (value - of.shift).powi(2)).sum::<f64>();
                let deviation = (square / count).sqrt();
                of.scale = if deviation > 0.0 { deviation.recip() } else { 0.0 };
            }
            scorer.terms.push(of);
        }
        scorer
    }

    /// The features of the drawn rows that are not held out, as the model sees them: rows × features.
    fn learned_rows(&self, table: &Table) -> Vec<f64> {
        let width = self.features.len().max(1);
        let rows = table.drawn.values.chunks_exact(width).zip(table.drawn.held_out.iter());
        let learned = rows.filter(|(_, held_out)| !**held_out);
        learned
            .flat_map(|(row, _)| {
                let standard = row.iter().zip(&self.features).map(|(value, (mean, deviation))| {
                    standardised(f64::from(*value), *mean, *deviation)
                });
                standard.enumerate().map(|(place, value)| self.seen(place, value))
            })
            .collect()
    }

    /// How many features there are, whether the model uses them or not.
    pub(super) fn features(&self) -> usize {
        self.features.len()
    }

    /// A value of a feature, in standard deviations from its mean.
    pub(super) fn standardised(&self, feature: usize, value: f64) -> f64 {
        let (mean, deviation) = self.features.get(feature).copied().unwrap_or((0.0, 1.0));
        standardised(value, mean, deviation)
    }

    /// A standardised value as the model sees it.
    fn seen(&self, feature: usize, standard: f64) -> f64 {
        if self.standardise {
            return standard;
        }
        let (mean, deviation) = self.features.get(feature).copied().unwrap_or((0.0, 1.0));
        mean + deviation * standard
    }

    /// What each term adds to a score at a place in the standardised features.
    pub(super) fn parts<'a>(
        &'a self,
        answer: &'a TableAnswer,
        row: usize,
        place: &'a [f64],
    ) -> impl Iterator<Item = f64> + 'a {
        let terms = self.terms.len();
        let weights = answer.coefficients.get(row * terms..(row + 1) * terms).unwrap_or(&[]);
        let value = |feature: usize| self.seen(feature, place.get(feature).copied().unwrap_or(0.0));
        weights.iter().zip(&self.terms).map(move |(weight, term)| match term.other {
            None => weight * value(term.feature),
            Some(other) => weight * (value(term.feature) * value(other) - term.shift) * term.scale,
        })
    }

    /// The standardised features of a drawn row.
    pub(super) fn place_of(&self, table: &Table, row: usize) -> Vec<f64> {
        let width = self.features.len();
        let values = table.drawn.values.get(row * width..(row + 1) * width).unwrap_or(&[]);
        let standard =
            |(feature, value): (usize, &f32)| self.standardised(feature, f64::from(*value));
        values.iter().enumerate().map(standard).collect()
    }

    /// All scores at a place in the standardised features.
    fn scores(&self, answer: &TableAnswer, place: &[f64]) -> Vec<f64> {
        let score = |(row, intercept): (usize, &f64)| {
            self.parts(answer, row, place).sum::<f64>() + intercept
        };
        answer.intercepts.iter().enumerate().map(score).collect()
    }

    /// The logarithm of the odds of a class from all scores.
    fn odds(&self, class: usize, scores: &[f64]) -> f64 {
        if let [score] = scores {
            return if class == 0 && self.classes == 2 { -score } else { *score };
        }
        let others: Vec<f64> = scores
            .iter()
            .enumerate()
            .filter(|(row, _)| *row != class)
            .map(|(_, score)| *score)
            .collect();
        scores.get(class).copied().unwrap_or(0.0) - log_sum_exp(&others)
    }

    /// The logarithm of the odds that the model gives a class at a place in the standardised features.
    #[cfg(test)]
    pub(super) fn log_odds(&self, answer: &TableAnswer, class: usize, place: &[f64]) -> f64 {
        self.odds(class, &self.scores(answer, place))
    }

    /// The odds of a class at places that few numbers tell.
    ///
    /// Thousands of places are asked for, and there may be thousands of features; without products a score is linear in
    /// the numbers where the features are, and then is known from one place more than there are numbers.
    pub(super) fn odds_along<'a, const N: usize>(
        &'a self,
        answer: &'a TableAnswer,
        class: usize,
        features_at: impl Fn([f64; N]) -> Vec<f64> + 'a,
    ) -> impl Fn([f64; N]) -> f64 + 'a {
        let is_linear = self.terms.iter().all(|term| term.other.is_none());
        let base = self.scores(answer, &features_at([0.0; N]));
        let slopes: [Vec<f64>; N] = std::array::from_fn(|at| {
            let mut one = [0.0; N];
            one[at] = 1.0;
            if !is_linear {
                return Vec::new();
            }
            let there = self.scores(answer, &features_at(one));
            there.iter().zip(&base).map(|(there, base)| there - base).collect()
        });
        move |place| {
            if !is_linear {
                return self.odds(class, &self.scores(answer, &features_at(place)));
            }
            let mut scores = base.clone();
            for (slopes, along) in slopes.iter().zip(place) {
                scores.iter_mut().zip(slopes).for_each(|(score, slope)| *score += slope * along);
            }
            self.odds(class, &scores)
        }
    }
}

fn standardised(value: f64, mean: f64, deviation: f64) -> f64 {
    if deviation > 0.0 { (value - mean) / deviation } else { 0.0 }
}

/// ln Σ exp, without overflow.
fn log_sum_exp(values: &[f64]) -> f64 {
    let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if !most.is_finite() {
        return most;
    }
    most + values.iter().map(|value| (value - most).exp()).sum::<f64>().ln()
}

/// The probability of odds.
pub(super) fn sigmoid(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}

/// The odds of a probability, kept away from certainty.
pub(super) fn log_odds_of(probability: f64) -> f64 {
    let within = probability.clamp(1e-4, 1.0 - 1e-4);
    (within / (1.0 - within)).ln()
}

#[cfg(test)]
mod tests {
    use super::{
        super::board::tests::{answer, table},
        *,
    };

    #[test]
    fn two_classes_have_opposite_odds() {
        let scorer = Scorer::of(&table());
        let answer = answer(&[2.0, -1.0], 0.5);
        // Two deviations above the mean of the first feature, one above that of the second.
        let place = [2.0, 1.0, 9.0];
        assert!((scorer.log_odds(&answer, 1, &place) - 3.5).abs() < 1e-12);
        assert!((scorer.log_odds(&answer, 0, &place) + 3.5).abs() < 1e-12);
    }

    #[test]
    fn the_rows_of_a_table_are_told_as_the_model_tells_them() {
        let table = table();
        let scorer = Scorer::of(&table);
        let answer = answer(&[2.0, -1.0], 0.5);
        for row in 0..4 {
            let place = scorer.place_of(&table, row);
            let told = sigmoid(scorer.log_odds(&answer, 1, &place));
            assert!((told - f64::from(answer.probabilities[row * 2 + 1])).abs() < 1e-6, "{row}");
        }
    }

    #[test]
    fn several_classes_share_one_softmax() {
        let mut table = (*table()).clone();
        table.classes = ["a", "b", "c"].map(str::to_owned).into();
        let scorer = Scorer::of(&table);
        let answer = TableAnswer {
            coefficients: [1.0, 0.0, 0.0, 1.0, -1.0, -1.0].into(),
            intercepts: [0.1, 0.2, 0.3].into(),
            ..answer(&[0.0, 0.0], 0.0)
        };
        let place = [0.4, -0.7, 0.0];
        let told: f64 = (0..3).map(|class| sigmoid(scorer.log_odds(&answer, class, &place))).sum();
        assert!((told - 1.0).abs() < 1e-12);
    }

    #[test]
    fn odds_and_probabilities_are_inverse_and_stay_finite() {
        assert!((sigmoid(log_odds_of(0.3)) - 0.3).abs() < 1e-12);
        assert!(log_odds_of(0.0).is_finite() && log_odds_of(1.0).is_finite());
        assert!((log_sum_exp(&[1000.0, 1000.0]) - 1000.0 - 2.0_f64.ln()).abs() < 1e-9);
    }
}
