//! A network's training between two steps: all that a step changes.

use std::sync::Arc;

use super::super::{NetworkModel, Weights, inside::flat, optimiser::Optimiser, zeros};

/// What a network has learned and remembers, and what its rule remembers of gradients.
#[derive(Clone, Debug)]
pub struct Moment {
    pub(super) weights: Arc<Weights>,
    pub(super) optimiser: Optimiser,
}

impl NetworkModel {
    /// Before the first step of a run of the network's seed.
    pub(super) fn beginning(&self) -> Moment {
        let plan = &self.forward.plan;
        // What is frozen could be parted.
        let moved = plan.moved(self.frozen.is_some());
        let parameters = moved.as_ref().unwrap_or(&plan.parameters);
        Moment {
            weights: Arc::new(Weights::first(plan, self.seed)),
            optimiser: self.optimiser.fresh(parameters),
        }
    }

    /// The same network at a moment.
    pub(super) fn at(&self, moment: &Moment) -> Self {
        Self {
            forward: Arc::clone(&self.forward),
            seed: self.seed,
            weights: Arc::clone(&moment.weights),
            optimiser: moment.optimiser.clone(),
            class_weights: self.class_weights.clone(),
            frozen: self.frozen.clone(),
            gradients: zeros(&self.forward.plan),
        }
    }

    /// The moment that the network is at.
    pub(super) fn moment(self) -> Moment {
        Moment { weights: self.weights, optimiser: self.optimiser }
    }

    /// Bytes of a moment.
    pub(super) fn bytes_of_moment(&self) -> usize {
        let Optimiser { first, second, .. } = &self.optimiser;
        let remembered = first.iter().chain(second).map(Vec::len).sum::<usize>();
        let learned = flat(&self.weights, &self.learning()).len();
        size_of::<f32>() * (learned + remembered)
    }
}
