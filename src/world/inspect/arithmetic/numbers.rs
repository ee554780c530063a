//! Numbers of tensors as a snapshot shows them, and of constants as the graph has them.

use crate::stream::{ModelGraph, Role, Snapshot, TensorSpec};

#[derive(Clone, Copy)]
pub(super) struct Numbers<'a> {
    pub(super) graph: &'a ModelGraph,
    pub(super) snapshot: &'a Snapshot,
}

impl<'a> Numbers<'a> {
    /// All numbers of a tensor, if they are here.
    pub(super) fn all(&self, spec: &'a TensorSpec) -> Option<&'a [f32]> {
        match spec.role {
            Role::Constant => Some(&spec.constant),
            _ => self.snapshot.layer(spec.name).map(|layer| &*layer.values),
        }
    }

    /// One of them.
    pub(super) fn get(&self, spec: &'a TensorSpec, flat: usize) -> Option<f32> {
        self.all(spec)?.get(flat).copied()
    }
}

/// Those of the largest magnitude first.
pub(super) fn largest_first(mut numbers: Vec<f32>) -> Vec<f32> {
    numbers.sort_by(|a, b| b.abs().total_cmp(&a.abs()));
    numbers
}

/// A sum that is as exact as it can be shown.
pub(super) fn sum_of(numbers: impl Iterator<Item = f32>) -> f32 {
    numbers.map(f64::from).sum::<f64>() as f32
}
