//! Which of a network's trainable numbers belong together: those of a layer, and of one convolution those of each map.

use std::ops::Range;

use super::super::{NetworkModel, inside::filters_of};
use crate::{
    learning::inside::Part,
    network::{Parameter, Plan},
};

/// The layers that learn, and the parts in which their numbers are booked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) layers: Vec<String>,
    /// Each with the numbers that belong to it, by their places among all.
    pub(super) parts: Vec<(Part, Vec<Range<usize>>)>,
    /// The layer whose maps are told apart, if there is one.
    pub(super) mapped: Option<usize>,
}

/// An array: where its numbers begin among all, and how many filters it has, one behind the other.
struct Placed<'a> {
    first: usize,
    of: &'a Parameter,
    filters: usize,
    is_of_convolution: bool,
}

impl Layout {
    /// Of a network. Maps are told apart of the last convolution all of whose arrays have a row for each of them.
    pub(super) fn of(model: &NetworkModel) -> Self {
        let plan = model.plan();
        let begins = begins(model);
        let placed = |at: &usize| {
            let (_, first) = *begins.iter().find(|(own, _)| own == at)?;
            Placed::of(plan, plan.parameters.get(*at)?, first)
        };
        let layers: Vec<(String, Vec<Placed<'_>>)> = model
            .learning_layers()
            .into_iter()
            .map(|layer| (layer.name, layer.parameters.iter().filter_map(placed).collect()))
            .collect();
        let mapped = layers.iter().rposition(|(_, arrays)| maps(arrays).is_some());
        let parts = layers.iter().enumerate().flat_map(|(layer, (_, arrays))| {
            let whole =
                || vec![(Part { layer, map: None }, arrays.iter().map(Placed::all).collect())];
            match maps(arrays).filter(|_| mapped == Some(layer)) {
                None => whole(),
                Some(maps) => (0..maps)
                    .map(|map| {
                        let rows = arrays.iter().map(|array| array.filter(map)).collect();
                        (Part { layer, map: Some(map) }, rows)
                    })
                    .collect(),
            }
        });
        let parts = parts.collect();
        Self { layers: layers.into_iter().map(|(name, _)| name).collect(), parts, mapped }
    }
}

/// The arrays that learn, by their places among the plan's parameters, and where each begins among all trainable numbers.
pub(super) fn begins(model: &NetworkModel) -> Vec<(usize, usize)> {
    let mut next = 0;
    let begin = |at: &usize| {
        let begin = next;
        next += model.plan().parameters.get(*at).map_or(0, Parameter::len);
        (*at, begin)
    };
    model.learning().iter().map(begin).collect()
}

/// How many maps a convolution's arrays make, if it is one and each array has a row for each.
fn maps(arrays: &[Placed<'_>]) -> Option<usize> {
    let filters = arrays.iter().find(|array| array.is_of_convolution)?.filters;
    let fits = arrays.iter().all(|array| array.filters == filters);
    (fits && filters > 0).then_some(filters)
}

impl<'a> Placed<'a> {
    fn of(plan: &Plan, of: &'a Parameter, first: usize) -> Option<Self> {
        let [before, filters, _] = filters_of(plan, of);
        let is_read = |node: &&crate::network::onnx::Node| node.inputs.get(1) == Some(&of.name);
        let reader = plan.model.nodes.iter().find(is_read);
        let is_of_convolution =
            reader.is_some_and(|node| node.operator == "Conv") && of.dims.len() > 2;
        // Rows of a filter that lie apart belong to no map.
        let filters = if before == 1 { filters } else { 0 };
        Some(Self { first, of, filters, is_of_convolution })
    }

    fn all(&self) -> Range<usize> {
        self.first..self.first + self.of.len()
    }

    /// The numbers of a filter.
    fn filter(&self, filter: usize) -> Range<usize> {
        let length = self.of.len() / self.filters.max(1);
        let begin = self.first + filter * length;
        begin..begin + length
    }
}
