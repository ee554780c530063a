//! L-BFGS, an iteration at a time, with its orthant-wise kin where the penalty has corners.
//!
//! The direction is algorithm 7.4 of Nocedal and Wright, Numerical Optimization (2006). Steps fulfil the weak Wolfe
//! conditions, found by halving and doubling: algorithm 4.6 of Lewis and Overton, Nonsmooth optimization via
//! quasi-Newton methods, Mathematical Programming 141 (2013). Under L1 it is OWL-QN: Andrew and Gao, ICML 2007.

use std::collections::VecDeque;

use crate::exhibits::logistic::{
    model::objective::{Objective, Value},
    payload::Penalty,
};

/// Pairs of steps and changes of the gradient that are remembered, as scikit-learn has it.
const MEMORY: usize = 10;
/// The share of the promised descent that a step must bring.
const DESCENT: f64 = 1e-4;
/// The share of its steepness that the way down may keep at the end of a step.
const CURVATURE: f64 = 0.9;
/// A step is halved or doubled at most so often.
const MOST_TRIES: usize = 50;
/// J changes no more: 64 times the spacing of numbers at 1, as scikit-learn has it.
const LEAST_CHANGE: f64 = 64.0 * f64::EPSILON;
/// So often in a row; once may be a step that happened to be short, far from the minimum of a long valley.
const MOST_STALLS: usize = 10;

/// When to stop.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Limits {
    /// The greatest number of the gradient is at most this.
    pub(super) tolerance: f64,
    /// Iterations.
    pub(super) iterations: usize,
    /// Whether to stop when all rows are parted, as no penalty ends the growth of the weights then.
    pub(super) until_parted: bool,
}

/// Where a search stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// The gradient is as small as was asked for.
    Converged,
    /// The gradient is larger, but no step makes J any smaller in double precision.
    Stalled,
    /// All iterations are used up.
    TooLong,
    /// All rows are parted: the weights would grow without bound.
    Parted,
}

/// A search for the minimum.
#[derive(Clone, Debug)]
pub(super) struct Lbfgs {
    pub(super) point: Vec<f64>,
    /// J there, once it is known.
    value: Option<Value>,
    /// Steps, changes of the gradient, and one over the products of both; the newest last.
    memory: VecDeque<(Vec<f64>, Vec<f64>, f64)>,
    pub(super) iterations: usize,
    /// How many of the last iterations have changed J hardly.
    stalls: usize,
    end: Option<End>,
}

impl Lbfgs {
    /// Begins anywhere.
    pub(super) fn new(start: Vec<f64>) -> Self {
        let memory = VecDeque::new();
        Self { point: start, value: None, memory, iterations: 0, stalls: 0, end: None }
    }

    /// The objective where the search stands.
    pub(super) fn value(&mut self, objective: &Objective<'_>) -> &Value {
        self.value.get_or_insert_with(|| objective.at(&self.point))
    }

    /// Searches to the end.
    #[cfg(test)]
    pub(super) fn finish(&mut self, objective: &Objective<'_>, limits: Limits) -> End {
        loop {
            if let Some(end) = self.go_on(objective, limits) {
                return end;
            }
        }
    }

    /// Takes one iteration; the end once there is one.
    pub(super) fn go_on(&mut self, objective: &Objective<'_>, limits: Limits) -> Option<End> {
        if self.end.is_none() {
            self.end = self.iterate(objective, limits);
        }
        self.end
    }

    fn iterate(&mut self, objective: &Objective<'_>, limits: Limits) -> Option<End> {
        let value = match self.value.take() {
            Some(value) => value,
            None => objective.at(&self.point),
        };
        let slope = objective.least_subgradient(&self.point, &value.gradient);
        let steepest = objective.steepest(&slope);
        let end = if limits.until_parted && value.parted {
            Some(End::Parted)
        } else if steepest <= limits.tolerance {
            Some(End::Converged)
        } else if self.iterations >= limits.iterations {
            Some(End::TooLong)
        } else {
            None
        };
        if end.is_some() {
            self.value = Some(value);
            return end;
        }
        self.iterations += 1;
        let direction = self.direction(objective, &slope);
        let found =
            search(objective, &self.point, &value, &slope, &direction, self.memory.is_empty());
        let Some((point, next)) = found else {
            // No step of any length goes down: this is as far as numbers go, or the memory misleads.
            self.value = Some(value);
            if self.memory.is_empty() {
                return Some(End::Stalled);
            }
            self.memory.clear();
            return None;
        };
        let step: Vec<f64> = point.iter().zip(&self.point).map(|(new, old)| new - old).collect();
        let change: Vec<f64> =
            next.gradient.iter().zip(&value.gradient).map(|(new, old)| new - old).collect();
        let curvature = dot(&step, &change);
        if curvature > f64::EPSILON * dot(&change, &change) {
            if self.memory.len() == MEMORY {
                self.memory.pop_front();
            }
            self.memory.push_back((step, change, 1.0 / curvature));
        }
        let (before, after) = (value.total(), next.total());
        let least = LEAST_CHANGE * before.abs().max(after.abs()).max(1.0);
        self.point = point;
        self.value = Some(next);
        self.stalls = if before - after <= least { self.stalls + 1 } else { 0 };
        (self.stalls == MOST_STALLS).then_some(End::Stalled)
    }

    /// The greatest number of the gradient where the search stands, and an upper bound of how far J is above its minimum,
    /// where one is known and the intercepts are as level as asked for.
    pub(super) fn distance(&mut self, objective: &Objective<'_>, level: f64) -> (f64, Option<f64>) {
        let point = self.point.clone();
        let value = self.value(objective);
        let slope = objective.least_subgradient(&point, &value.gradient);
        (objective.steepest(&slope), objective.gap(&slope, level))
    }

    /// Where to go from here, by what was learned of the curvature on the way.
    fn direction(&self, objective: &Objective<'_>, slope: &[f64]) -> Vec<f64> {
        let mut direction: Vec<f64> = slope.iter().map(|slope| -slope).collect();
        let mut shares = Vec::with_capacity(self.memory.len());
        for (step, change, inverse) in self.memory.iter().rev() {
            let share = inverse * dot(step, &direction);
            add(&mut direction, -share, change);
            shares.push(share);
        }
        // Where to begin from is a multiple of a diagonal, which does for numbers of different sizes what the memory
        // would need as many iterations for (Nocedal and Wright, equation 7.20, of the identity).
        let spread = |(at, value): (usize, &mut f64)| *value *= objective.spread(at);
        direction.iter_mut().enumerate().for_each(spread);
        if let Some((_, change, inverse)) = self.memory.back() {
            let squares =
                change.iter().enumerate().map(|(at, part)| part * objective.spread(at) * part);
            let scale = 1.0 / (inverse * squares.sum::<f64>());
            direction.iter_mut().for_each(|value| *value *= scale);
        }
        for ((step, change, inverse), share) in self.memory.iter().zip(shares.iter().rev()) {
            let back = inverse * dot(change, &direction);
            add(&mut direction, share - back, step);
        }
        if objective.penalty == Penalty::L1 {
            // Only what also goes down along its own axis.
            for (value, slope) in direction.iter_mut().zip(slope) {
                if *value * slope >= 0.0 {
                    *value = 0.0;
                }
            }
        }
        direction
    }
}

/// A point along the direction that is lower by enough, and the objective there; `None` if there is none.
fn search(
    objective: &Objective<'_>,
    from: &[f64],
    value: &Value,
    slope: &[f64],
    direction: &[f64],
    is_first: bool,
) -> Option<(Vec<f64>, Value)> {
    let steepness = dot(slope, direction);
    // A slope that is no number ends the search, too.
    if steepness.is_nan() || steepness >= 0.0 {
        return None;
    }
    let cornered = objective.penalty == Penalty::L1;
    let (mut low, mut high) = (0.0, f64::INFINITY);
    let mut length = if is_first { 1.0_f64.min(1.0 / dot(slope, slope).sqrt()) } else { 1.0 };
    let mut best = None;
    for _ in 0..MOST_TRIES {
        let mut point: Vec<f64> =
            from.iter().zip(direction).map(|(from, to)| from + length * to).collect();
        if cornered {
            stay_in_orthant(objective, &mut point, from, slope);
        }
        let there = objective.at(&point);
        // Under L1 what was stopped at a corner counts as the way that was gone.
        let promised = if cornered {
            slope
                .iter()
                .zip(point.iter().zip(from))
                .map(|(slope, (to, from))| slope * (to - from))
                .sum()
        } else {
            length * steepness
        };
        let low_enough = there.total() <= value.total() + DESCENT * promised;
        if !low_enough {
            high = length;
        } else if !cornered && dot(&there.gradient, direction) < CURVATURE * steepness {
            low = length;
            best = Some((point, there));
        } else {
            return Some((point, there));
        }
        length = if high.is_finite() { f64::midpoint(low, high) } else { 2.0 * low };
    }
    best
}

/// Stops at 0 whatever would change its sign.
fn stay_in_orthant(objective: &Objective<'_>, point: &mut [f64], from: &[f64], slope: &[f64]) {
    for (at, (value, (from, slope))) in point.iter_mut().zip(from.iter().zip(slope)).enumerate() {
        let side = if *from == 0.0 { -slope } else { *from };
        if !objective.shape.is_intercept(at) && *value * side <= 0.0 {
            *value = 0.0;
        }
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn add(sum: &mut [f64], times: f64, values: &[f64]) {
    sum.iter_mut().zip(values).for_each(|(sum, value)| *sum += times * value);
}
