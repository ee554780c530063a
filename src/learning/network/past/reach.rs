//! How far the steps of each rule go for what they remember of gradients, as `PyTorch` has the rules
//! (<https://docs.pytorch.org/docs/stable/optim.html>), with what they divide by taken as it was, in single precision as it was.

use super::{super::NetworkModel, moment::Moment};
use crate::{
    learning::inside::{Beside, Reach},
    network::{Parameter, Rule},
};

impl NetworkModel {
    /// How far the step between two moments went at this rate; `None` where it moved nothing.
    pub(super) fn reach(&self, [before, after]: [&Moment; 2], rate: f64) -> Option<Reach> {
        let optimiser = &after.optimiser;
        if before.optimiser.taken == optimiser.taken {
            return None;
        }
        let learning = self.learning();
        let squares = learning.iter().filter_map(|at| optimiser.second.get(*at)).flatten();
        let parameters = learning.iter().filter_map(|at| self.plan().parameters.get(*at));
        let learned: usize = parameters.map(Parameter::len).sum();
        let alike = |far: f32| vec![far; learned];
        let plain =
            Reach { each: Vec::new(), kept: 0.0, added: 1.0, ahead: 0.0, taken: Vec::new() };
        let mut reach = match optimiser.rule() {
            Rule::Sgd { momentum, nesterov } if momentum > 0.0 => {
                let (rate, momentum) = (rate as f32, momentum as f32);
                let kept = f64::from(momentum);
                let (far, ahead) =
                    if nesterov { (rate * momentum, 1.0 / kept) } else { (rate, 0.0) };
                Reach { each: alike(far), kept, ahead, ..plain }
            }
            Rule::Sgd { .. } => Reach { each: alike(rate as f32), ..plain },
            Rule::Adam { betas: [first, second], epsilon }
            | Rule::AdamW { betas: [first, second], epsilon } => {
                let taken = i32::try_from(optimiser.taken).unwrap_or(i32::MAX);
                let step = (rate / (1.0 - first.powi(taken))) as f32;
                let root = (1.0 - second.powi(taken)).sqrt() as f32;
                let (first, epsilon) = (first as f32, epsilon as f32);
                let far = |square: &f32| step / (square.sqrt() / root + epsilon);
                let (kept, added) = (f64::from(first), f64::from(1.0 - first));
                Reach { each: squares.map(far).collect(), kept, added, ..plain }
            }
            Rule::RmsProp { epsilon, momentum, .. } => {
                let (rate, epsilon, kept) =
                    (rate as f32, epsilon as f32, f64::from(momentum as f32));
                let least = |square: &f32| square.sqrt() + epsilon;
                match momentum > 0.0 {
                    false => Reach { each: squares.map(|of| rate / least(of)).collect(), ..plain },
                    true => {
                        let taken = squares.map(|of| 1.0 / least(of)).collect();
                        Reach { each: alike(rate), kept, taken, ..plain }
                    }
                }
            }
        };
        // What normalisations remember is moved by no gradient.
        reach.each.resize(learned + self.remembered(), 0.0);
        Some(reach)
    }

    /// What a step at this rate moves besides.
    pub(super) fn beside(&self, rate: f64) -> Beside {
        // As the rule takes it.
        let decay = f64::from(self.optimiser.weight_decay() as f32);
        let (decay, shrunk) = match self.optimiser.rule() {
            Rule::AdamW { .. } => (0.0, rate * decay),
            _ => (decay, 0.0),
        };
        Beside { decay, shrunk, remembered: self.remembered(), ..Beside::default() }
    }

    /// How many numbers its normalisations remember.
    fn remembered(&self) -> usize {
        self.weights.memories.iter().map(Vec::len).sum()
    }
}
