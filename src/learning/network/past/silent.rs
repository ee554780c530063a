//! Biases that a normalisation by the batch takes away again.
//!
//! What is added to all numbers of a channel right before its mean is subtracted changes nothing of what a training network says:
//! its gradient over a batch is zero but for rounding. Rules that divide by what gradients were make steps of that all the same,
//! and they are heard once the network is asked, since normalisations then go by what they remember. No image did it: the
//! gradients of single images are none of rounding, but cancel each other.

use std::ops::Range;

use super::{super::NetworkModel, layout::begins};
use crate::network::{FROZEN, Plan, onnx::Node};

/// Where such biases stand among all trainable numbers.
pub(super) fn silent(model: &NetworkModel) -> Vec<Range<usize>> {
    let plan = model.plan();
    let nodes = &plan.model.nodes;
    let by_batch = nodes.iter().filter(|node| {
        let mean = node.inputs.get(3).map_or("", String::as_str);
        node.operator == "BatchNormalization" && !mean.starts_with(FROZEN)
    });
    let taken_away: Vec<&String> = by_batch.filter_map(|node| added_before(plan, node)).collect();
    let own = begins(model).into_iter().filter(|(at, _)| {
        plan.parameters.get(*at).is_some_and(|of| taken_away.contains(&&of.name))
    });
    own.filter_map(|(at, first)| Some(first..first + plan.parameters.get(at)?.len())).collect()
}

/// What is added right before a normalisation, and for it alone, with a number for each channel.
fn added_before<'a>(plan: &'a Plan, normalises: &Node) -> Option<&'a String> {
    let nodes = &plan.model.nodes;
    let value = normalises.inputs.first()?;
    let readers = |name: &String| nodes.iter().filter(|node| node.inputs.contains(name)).count();
    let before = nodes.iter().find(|node| node.outputs.first() == Some(value))?;
    let added = match before.operator.as_str() {
        "Conv" | "ConvTranspose" | "Gemm" => before.inputs.get(2)?,
        // A product that is followed by its bias.
        "Add" => {
            let is_product = |name: &&String| {
                nodes
                    .iter()
                    .any(|node| node.operator == "MatMul" && node.outputs.first() == Some(*name))
            };
            before.inputs.iter().find(is_product)?;
            before.inputs.iter().find(|name| !is_product(name))?
        }
        _ => return None,
    };
    let is_alone =
        readers(value) == 1 && readers(added) == 1 && !plan.model.outputs.contains(value);
    let length = |name: &String| {
        let of = plan.parameters.iter().find(|parameter| parameter.name == *name)?;
        Some(of.len())
    };
    let fits = length(added)? == length(normalises.inputs.get(1)?)?;
    (is_alone && fits).then_some(added)
}
