//! What is minimised: scikit-learn's objective, divided by C and the number of rows so that it does not grow with them.
//!
//! J(w, b) = 1/n Σ ℓᵢ + r(w) / (C n), with the cross-entropy ℓ, r = ½ Σ w² or Σ |w|, and no penalty on b. Its minimum is
//! that of `C Σ ℓᵢ + r(w)`, as in scikit-learn's user guide,
//! <https://scikit-learn.org/stable/modules/linear_model.html#logistic-regression>.

use std::ops::Range;

use crate::exhibits::logistic::{
    model::{
        design::Design,
        kernels::{Sums, Weights, Which, pass, soften},
    },
    payload::Penalty,
};

/// Rows that are learned from, and how.
#[derive(Clone, Debug)]
pub(super) struct Objective<'a> {
    pub(super) design: &'a Design,
    /// The class of each row.
    pub(super) labels: &'a [u16],
    /// The rows that count.
    pub(super) ranges: Vec<Range<usize>>,
    pub(super) shape: ParameterLayout,
    pub(super) penalty: Penalty,
    /// Inverse strength of the penalty.
    pub(super) c: f64,
    /// Standard deviations of the terms if it is the weight per unit that is penalised: u/σ instead of u.
    pub(super) deviations: Option<&'a [f64]>,
}

/// How many numbers a model has, and how they lie in a list: score by score its coefficients, then its intercept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ParameterLayout {
    pub(super) classes: usize,
    pub(super) terms: usize,
}

impl ParameterLayout {
    /// Rows of scores: one for two classes.
    pub(super) const fn scores(self) -> usize {
        if self.classes == 2 { 1 } else { self.classes }
    }

    /// How many numbers a model has.
    pub(super) const fn parameters(self) -> usize {
        self.scores() * (self.terms + 1)
    }

    /// Whether a number of the list is an intercept, which is never penalised.
    pub(super) const fn is_intercept(self, at: usize) -> bool {
        at % (self.terms + 1) == self.terms
    }

    /// The list as padded weights.
    pub(super) fn weights(self, list: &[f64], stride: usize) -> Weights {
        let mut weights = Weights::zeros(self.scores(), stride);
        for (at, part) in list.chunks_exact(self.terms + 1).enumerate() {
            weights.coefficients[at * stride..at * stride + self.terms]
                .copy_from_slice(&part[..self.terms]);
            weights.intercepts[at] = part[self.terms];
        }
        weights
    }

    /// Coefficients and intercepts apart.
    pub(super) fn apart(self, list: &[f64]) -> (Vec<f64>, Vec<f64>) {
        let parts = list.chunks_exact(self.terms + 1);
        let coefficients = parts.clone().flat_map(|part| &part[..self.terms]).copied().collect();
        (coefficients, parts.map(|part| part[self.terms]).collect())
    }

    /// Probabilities of the classes from the scores.
    pub(super) fn probabilities(self, scores: &[f64]) -> Vec<f64> {
        if let [score] = scores {
            let small = (-score.abs()).exp();
            let (likely, unlikely) = (1.0 / (1.0 + small), small / (1.0 + small));
            return if *score >= 0.0 { vec![unlikely, likely] } else { vec![likely, unlikely] };
        }
        let mut probabilities = scores.to_vec();
        soften(&mut probabilities);
        probabilities
    }
}

/// The objective at a point.
#[derive(Clone, Debug)]
pub(super) struct Value {
    /// Mean cross-entropy, in nats.
    pub(super) loss: f64,
    /// The penalty, divided by C n.
    pub(super) penalty: f64,
    /// Rows that are told rightly.
    pub(super) right: usize,
    /// Whether every row's true class has the greatest score.
    pub(super) parted: bool,
    /// The gradient; of the L1 penalty, which has none everywhere, without it.
    pub(super) gradient: Vec<f64>,
}

impl Value {
    /// J.
    pub(super) fn total(&self) -> f64 {
        self.loss + self.penalty
    }
}

impl Objective<'_> {
    /// Rows that count.
    pub(super) fn rows(&self) -> usize {
        self.ranges.iter().map(ExactSizeIterator::len).sum()
    }

    /// What the penalty is multiplied with: 1 / (C n), or 0 where there is none.
    pub(super) fn strength(&self) -> f64 {
        match self.penalty {
            Penalty::None => 0.0,
            Penalty::L2 | Penalty::L1 => 1.0 / (self.c * self.rows() as f64),
        }
    }

    /// What the penalty divides a number of the list by before it measures it.
    fn divisor(&self, at: usize) -> f64 {
        self.deviations.map_or(1.0, |deviations| deviations[at % (self.shape.terms + 1)])
    }

    /// One over about the greatest curvature along a number of the list, as a share of that along an intercept: a quarter
    /// of the variance of its term, which is 1, and the penalty's.
    pub(super) fn spread(&self, at: usize) -> f64 {
        if self.penalty != Penalty::L2 || self.deviations.is_none() || self.shape.is_intercept(at) {
            return 1.0;
        }
        1.0 / (1.0 + 4.0 * self.strength() / self.divisor(at).powi(2))
    }

    /// The largest component of a gradient, in numbers along which J curves about as much as along an intercept.
    pub(super) fn steepest(&self, slope: &[f64]) -> f64 {
        let scaled =
            slope.iter().enumerate().map(|(at, slope)| slope.abs() * self.spread(at).sqrt());
        scaled.fold(0.0, f64::max)
    }

    /// An upper bound of how far J is above its minimum where the intercepts are level: as the penalty L2 curves J by at
    /// least m = 1 / (C n) along each weight, J − J* ≤ ‖∇J‖² / (2 m) (Boyd and Vandenberghe, Convex Optimization, equation
    /// 9.9).
    pub(super) fn gap(&self, gradient: &[f64], level: f64) -> Option<f64> {
        let is_intercept = |at: &usize| self.shape.is_intercept(*at);
        let mut intercepts = (0..gradient.len()).filter(is_intercept);
        if self.penalty != Penalty::L2 || intercepts.any(|at| gradient[at].abs() > level) {
            return None;
        }
        let weights = (0..gradient.len()).filter(|at| !is_intercept(at));
        let square: f64 = weights.map(|at| (gradient[at] * self.divisor(at)).powi(2)).sum();
        Some(square / (2.0 * self.strength()))
    }

    /// J and its gradient.
    pub(super) fn at(&self, point: &[f64]) -> Value {
        self.over(point, Which::Ranges(&self.ranges))
    }

    /// The same with the loss of some rows only.
    pub(super) fn over(&self, point: &[f64], which: Which<'_>) -> Value {
        let weights = self.shape.weights(point, self.design.stride());
        let sums = pass(self.design, self.labels, which, &weights, true);
        let Sums { loss, right, parted, gradient } = sums;
        let rows = which.len().max(1) as f64;
        let (terms, strength) = (self.shape.terms, self.strength());
        let mut list = Vec::with_capacity(point.len());
        let parts = gradient.coefficients.chunks_exact(self.design.stride().max(1));
        for (part, intercept) in parts.zip(&gradient.intercepts) {
            list.extend(part[..terms].iter().map(|sum| sum / rows));
            list.push(intercept / rows);
        }
        let mut penalty = 0.0;
        for (at, (gradient, value)) in list.iter_mut().zip(point).enumerate() {
            if self.shape.is_intercept(at) {
                continue;
            }
            match self.penalty {
                Penalty::None => {}
                Penalty::L2 => {
                    let divisor = self.divisor(at);
                    let weight = value / divisor;
                    *gradient += strength * weight / divisor;
                    penalty += 0.5 * strength * weight * weight;
                }
                Penalty::L1 => penalty += strength * value.abs() / self.divisor(at),
            }
        }
        Value { loss: loss / rows, penalty, right, parted, gradient: list }
    }

    /// The least of all subgradients: the gradient where there is one, and 0 where only the corner of |w| holds a number
    /// at 0. Equation 4 of Andrew and Gao, Scalable training of L1-regularized log-linear models, ICML 2007.
    pub(super) fn least_subgradient(&self, point: &[f64], gradient: &[f64]) -> Vec<f64> {
        if self.penalty != Penalty::L1 {
            return gradient.to_vec();
        }
        let whole = self.strength();
        let one = |(at, (value, slope)): (usize, (&f64, &f64))| {
            if self.shape.is_intercept(at) {
                return *slope;
            }
            let strength = whole / self.divisor(at);
            if *value != 0.0 {
                slope + strength * value.signum()
            } else if slope.abs() <= strength {
                0.0
            } else {
                slope - strength * slope.signum()
            }
        };
        point.iter().zip(gradient).enumerate().map(one).collect()
    }

    /// A step of gradient descent at this rate, in place and per unit of the terms: θ ← θ − α∇J. Under L1 what the penalty pulls at is brought
    /// nearer to 0 by α / (C n) afterwards and stops there (proximal step; Beck and Teboulle, SIAM J. Imaging Sciences 2,
    /// 2009, section 1.1).
    pub(super) fn descend(&self, point: &mut [f64], gradient: &[f64], rate: f64) {
        let pull = rate * self.strength();
        for (at, (value, slope)) in point.iter_mut().zip(gradient).enumerate() {
            *value -= rate * slope;
            if self.penalty == Penalty::L1 && !self.shape.is_intercept(at) {
                *value = value.signum() * (value.abs() - pull).max(0.0);
            }
        }
    }
}
