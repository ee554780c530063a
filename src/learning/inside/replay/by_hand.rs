//! What is changed by hand in a run that is taken again: once after a step, or after each from a step on.

use std::sync::Arc;

use crate::inside::{Edit, PlannedEdit};

/// Edits of a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ByHand {
    /// Made once, in the order in which they were.
    once: Arc<[PlannedEdit]>,
    /// Made after their step and after each that follows.
    held: Arc<[PlannedEdit]>,
}

impl ByHand {
    /// Edits that were made once.
    pub fn of(once: &[PlannedEdit]) -> Self {
        Self { once: once.into(), held: Arc::default() }
    }

    /// Whether there are none.
    pub fn is_nothing(&self) -> bool {
        self.once.is_empty() && self.held.is_empty()
    }

    /// Those after a step, in their order.
    pub fn after(&self, step: u64) -> impl Iterator<Item = &Edit> {
        let once = self.once.iter().filter(move |planned| planned.step == step);
        let held = self.held.iter().filter(move |planned| planned.step <= step);
        once.chain(held).map(|planned| &planned.edit)
    }

    /// Makes another, behind those of the same step.
    pub(super) fn make(&mut self, step: u64, edit: Edit) {
        let planned = PlannedEdit { step, edit };
        self.once = self.once.iter().cloned().chain([planned]).collect();
    }

    /// Makes another from a step on.
    pub(super) fn hold(&mut self, step: u64, edit: Edit) {
        let planned = PlannedEdit { step, edit };
        self.held = self.held.iter().cloned().chain([planned]).collect();
    }
}
