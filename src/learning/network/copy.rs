//! A network that goes its own way from here, and the phases of a step that a clock may hear of.

use std::sync::Arc;

use super::{Frozen, NetworkModel, zeros};
use crate::network::Fault;

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
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn copy(&self) -> Result<Self, Fault> {
        let frozen = match &self.frozen {
            Some(_) => Some(Frozen::of(&self.forward.plan)?),
            None => None,
        };
        Ok(Self {
            forward: Arc::clone(&self.forward),
            seed: self.seed,
            weights: Arc::clone(&self.weights),
            optimiser: self.optimiser.clone(),
            class_weights: self.class_weights.clone(),
            frozen,
            gradients: zeros(&self.forward.plan),
        })
    }
}
