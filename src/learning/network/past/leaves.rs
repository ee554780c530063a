//! A network's numbers on a device as a loss is differentiated by them, each time its own: two who share one would wait for each
//! other.

use burn::{
    backend::DispatchTensor,
    tensor::{Device, Tensor},
};

use super::super::{Weights, weights::Leaves};
use crate::{
    learning::{
        TrainError,
        onnx::{gradient, leaf},
    },
    network::{Numbers, Plan},
};

/// Numbers that a loss is differentiated by.
pub(super) struct Differentiated {
    /// Of the whole network; empty of a frozen one.
    all: Leaves,
    /// Of the last layer of a frozen one, by their places among the plan's parameters.
    head: Vec<(usize, DispatchTensor)>,
    /// Whether what is remembered is differentiated by as well.
    by_memories: bool,
}

impl Differentiated {
    /// What learns.
    pub(super) fn new(weights: &Weights, plan: &Plan, device: &Device) -> Self {
        Self { all: weights.leaves(plan, device, true), head: Vec::new(), by_memories: false }
    }

    /// What learns, and what is remembered.
    pub(super) fn with_memories(weights: &Weights, plan: &Plan, device: &Device) -> Self {
        let mut leaves = Self::new(weights, plan, device);
        let memories = weights.memories.iter();
        leaves.all.remembered = memories
            .map(|numbers| leaf(&Numbers::new(numbers.clone()), &[numbers.len()], device))
            .collect();
        Self { by_memories: true, ..leaves }
    }

    /// The last layer of a frozen network, with these places of its parameters.
    pub(super) fn of_head(places: &[usize], leaves: Vec<DispatchTensor>) -> Self {
        let head = places.iter().copied().zip(leaves).collect();
        let all = Leaves { learned: Vec::new(), remembered: Vec::new() };
        Self { all, head, by_memories: false }
    }

    /// Of the whole network.
    pub(super) const fn all(&self) -> &Leaves {
        &self.all
    }

    /// The gradient of a number by what learns at these places, one array after the other, and behind it by what is
    /// remembered; zeros where it does not depend on them.
    ///
    /// # Errors
    /// If burn refuses a calculation.
    pub(super) fn gradient(
        &self,
        of: Tensor<1>,
        weights: &Weights,
        learning: &[usize],
    ) -> Result<Vec<f32>, TrainError> {
        let mut found = of.backward();
        let mut row = Vec::new();
        let mut add = |leaf: Option<&DispatchTensor>, length: usize| -> Result<(), TrainError> {
            let slopes = leaf.map(|leaf| gradient(leaf, &mut found)).transpose()?.flatten();
            match slopes {
                Some(slopes) => row.extend(slopes),
                None => row.resize(row.len() + length, 0.0),
            }
            Ok(())
        };
        for at in learning {
            let own = self.head.iter().find(|(place, _)| place == at).map(|(_, leaf)| leaf);
            let length = weights.parameters.get(*at).map_or(0, |numbers| numbers.len());
            add(own.or_else(|| self.all.learned.get(*at)), length)?;
        }
        for (at, numbers) in weights.memories.iter().enumerate() {
            let leaf = self.all.remembered.get(at).filter(|_| self.by_memories);
            add(leaf, numbers.len())?;
        }
        Ok(row)
    }
}
