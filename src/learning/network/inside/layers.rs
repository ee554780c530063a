//! The layers of a network that have weights, with all that each learns: a convolution or a product, and the biases and
//! normalisations behind it.

use crate::network::{Plan, onnx::Node};

/// A layer with weights.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::learning::network) struct WeightedLayer {
    pub(in crate::learning::network) name: String,
    /// Its parameters, by their places among the plan's.
    pub(in crate::learning::network) parameters: Vec<usize>,
}

/// In the order of computation. What has only one number for each channel belongs to the layer before it, if there is one.
pub(super) fn weighted(plan: &Plan) -> Vec<WeightedLayer> {
    let mut layers: Vec<WeightedLayer> = Vec::new();
    let mut taken = vec![false; plan.parameters.len()];
    for node in &plan.model.nodes {
        let mut own = Vec::new();
        for name in &node.inputs {
            let at = plan.parameters.iter().position(|parameter| parameter.name == *name);
            if let Some(at) = at
                && let Some(taken) = taken.get_mut(at)
                && !*taken
            {
                *taken = true;
                own.push(at);
            }
        }
        let Some(first) = own.first() else { continue };
        let is_wide = |at: &usize| plan.parameters.get(*at).is_some_and(|of| of.dims.len() > 1);
        match layers.last_mut().filter(|_| !own.iter().any(is_wide)) {
            Some(layer) => layer.parameters.extend(own),
            None => {
                let name = called(plan, node, *first);
                layers.push(WeightedLayer { name, parameters: own });
            }
        }
    }
    layers
}

/// The path of the layer, as its weights are called by; else its node's name.
fn called(plan: &Plan, node: &Node, first: usize) -> String {
    let weights = plan.parameters.get(first).map_or("", |parameter| parameter.name.as_str());
    match weights.rsplit_once('.') {
        Some((path, _)) => path.to_owned(),
        None => node.called().to_string(),
    }
}
