//! A network that goes its own way from here, and the phases of a step that a clock may hear of.

use std::sync::Arc;

use super::{NetworkModel, zeros};

/// A part of a step that is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// The loss is known.
    Forward,
    /// Gradients are known.
    Backward,
    /// Weights have changed.
    Optimiser,
}

impl NetworkModel {
    /// The same network at the same place of its training.
    pub fn copy(&self) -> Self {
        Self {
            forward: Arc::clone(&self.forward),
            seed: self.seed,
            weights: Arc::clone(&self.weights),
            optimiser: self.optimiser.clone(),
            class_weights: self.class_weights.clone(),
            frozen: self.frozen.clone(),
            gradients: zeros(&self.forward.plan),
        }
    }
}
