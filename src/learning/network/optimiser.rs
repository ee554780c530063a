//! The rules that turn gradients into steps, as `PyTorch` has them (<https://docs.pytorch.org/docs/stable/optim.html>).

use std::sync::Arc;

use pulp::Arch;
use rayon::prelude::*;

use crate::network::{Numbers, Parameter, Rule};

/// Numbers that one thread takes a step for.
const PIECE: usize = 1 << 16;

/// A rule with what it remembers of earlier gradients.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Optimiser {
    rule: Rule,
    weight_decay: f64,
    /// Which parameters move.
    learns: Vec<bool>,
    /// Steps taken.
    pub(super) taken: u32,
    /// For each parameter the mean of its gradients, or its momentum; empty where the rule needs none.
    pub(super) first: Vec<Vec<f32>>,
    /// For each parameter the mean of its squared gradients; empty where the rule needs none.
    pub(super) second: Vec<Vec<f32>>,
}

impl Optimiser {
    pub(super) fn new(rule: Rule, weight_decay: f64, parameters: &[Parameter]) -> Self {
        let zeros = |wanted: bool| -> Vec<Vec<f32>> {
            let of = |length: usize| if wanted { vec![0.0; length] } else { Vec::new() };
            parameters.iter().map(|parameter| of(parameter.len())).collect()
        };
        let (first, second) = match rule {
            Rule::Sgd { momentum, .. } => (momentum > 0.0, false),
            Rule::Adam { .. } | Rule::AdamW { .. } => (true, true),
            Rule::RmsProp { momentum, .. } => (momentum > 0.0, true),
        };
        let learns = parameters.iter().map(Parameter::learns).collect();
        Self { rule, weight_decay, learns, taken: 0, first: zeros(first), second: zeros(second) }
    }

    /// The rule.
    pub(super) const fn rule(&self) -> Rule {
        self.rule
    }

    /// How much weights decay.
    pub(super) const fn weight_decay(&self) -> f64 {
        self.weight_decay
    }

    /// The same rule at the beginning of a run.
    pub(super) fn fresh(&self, parameters: &[Parameter]) -> Self {
        Self::new(self.rule, self.weight_decay, parameters)
    }

    /// Takes a step for all parameters.
    pub(super) fn step(&mut self, weights: &mut [Numbers], gradients: &[Vec<f32>], rate: f64) {
        self.taken = self.taken.saturating_add(1);
        let (rule, taken, decay) = (self.rule, self.taken, self.weight_decay as f32);
        let parameters = weights.len();
        // Number by number, so that pieces have the same bits as the whole.
        let states = self.first.iter_mut().zip(&mut self.second);
        let all = weights.iter_mut().zip(gradients).zip(states);
        let all = all.zip(&self.learns).filter(|(_, learns)| **learns).map(|(one, _)| one);
        let pieces: Vec<_> = all
            .flat_map(|((weights, gradients), (first, second))| {
                let both = Arc::make_mut(weights).chunks_mut(PIECE).zip(gradients.chunks(PIECE));
                both.zip(pieces(first).zip(pieces(second)))
            })
            .collect();
        let step = |piece: Piece<'_>| {
            let ((weights, gradients), (first, second)) = piece;
            // Each number by itself, in the widest registers that there are.
            Arch::new().dispatch(
                #[inline(always)]
                || stepped(rule, (weights, gradients), (first, second), (taken, decay, rate)),
            );
        };
        if pieces.len() > parameters {
            pieces.into_par_iter().for_each(step);
        } else {
            pieces.into_iter().for_each(step);
        }
    }
}

/// Weights and gradients, and what is remembered of both.
type Piece<'a> = ((&'a mut [f32], &'a [f32]), (&'a mut [f32], &'a mut [f32]));

/// Pieces of what is remembered, empty ones where nothing is.
fn pieces(of: &mut [f32]) -> impl Iterator<Item = &mut [f32]> {
    of.chunks_mut(PIECE).chain(std::iter::repeat_with(Default::default))
}

/// Takes a step for some numbers.
#[inline(always)]
fn stepped(
    rule: Rule,
    (weights, gradients): (&mut [f32], &[f32]),
    (first, second): (&mut [f32], &mut [f32]),
    (taken, decay, rate): (u32, f32, f64),
) {
    match rule {
        Rule::Sgd { momentum, nesterov } => {
            sgd(weights, gradients, first, (momentum as f32, nesterov), decay, rate as f32, taken);
        }
        Rule::Adam { betas, epsilon } => {
            adam(weights, gradients, (first, second), betas, epsilon, decay, rate, taken);
        }
        Rule::AdamW { betas, epsilon } => {
            let kept = (1.0 - rate * f64::from(decay)) as f32;
            weights.iter_mut().for_each(|weight| *weight *= kept);
            adam(weights, gradients, (first, second), betas, epsilon, 0.0, rate, taken);
        }
        Rule::RmsProp { alpha, epsilon, momentum } => {
            let (alpha, epsilon) = (alpha as f32, epsilon as f32);
            let (momentum, rate) = (momentum as f32, rate as f32);
            let all = weights.iter_mut().zip(gradients).zip(second.iter_mut());
            for (at, ((weight, &gradient), square)) in all.enumerate() {
                let gradient = gradient + decay * *weight;
                *square = alpha * *square + (1.0 - alpha) * gradient * gradient;
                let mut way = gradient / (square.sqrt() + epsilon);
                if let Some(before) = first.get_mut(at) {
                    *before = momentum * *before + way;
                    way = *before;
                }
                *weight -= rate * way;
            }
        }
    }
}

#[inline(always)]
fn sgd(
    weights: &mut [f32],
    gradients: &[f32],
    buffer: &mut [f32],
    (momentum, nesterov): (f32, bool),
    decay: f32,
    rate: f32,
    taken: u32,
) {
    for (at, (weight, &gradient)) in weights.iter_mut().zip(gradients).enumerate() {
        let gradient = gradient + decay * *weight;
        let way = match buffer.get_mut(at) {
            None => gradient,
            Some(kept) => {
                // The first gradient is taken as it is.
                *kept = if taken == 1 { gradient } else { momentum * *kept + gradient };
                if nesterov { gradient + momentum * *kept } else { *kept }
            }
        };
        *weight -= rate * way;
    }
}

#[expect(clippy::too_many_arguments, reason = "they are the letters of the formula")]
#[inline(always)]
fn adam(
    weights: &mut [f32],
    gradients: &[f32],
    (first, second): (&mut [f32], &mut [f32]),
    [beta1, beta2]: [f64; 2],
    epsilon: f64,
    decay: f32,
    rate: f64,
    taken: u32,
) {
    let taken = i32::try_from(taken).unwrap_or(i32::MAX);
    let step = (rate / (1.0 - beta1.powi(taken))) as f32;
    let root = (1.0 - beta2.powi(taken)).sqrt() as f32;
    let (beta1, beta2, epsilon) = (beta1 as f32, beta2 as f32, epsilon as f32);
    let state = first.iter_mut().zip(second.iter_mut());
    for ((weight, &gradient), (mean, square)) in weights.iter_mut().zip(gradients).zip(state) {
        let gradient = gradient + decay * *weight;
        *mean = beta1 * *mean + (1.0 - beta1) * gradient;
        *square = beta2 * *square + (1.0 - beta2) * gradient * gradient;
        *weight -= step * *mean / (square.sqrt() / root + epsilon);
    }
}
