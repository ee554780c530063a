//! Which arrays of a network are learned, which are remembered by normalisations, and whether it can be trained honestly.

use std::collections::{HashMap, HashSet};

use crate::network::{
    Parameter,
    onnx::{Kind, Model, Node},
};
use crate::words::Phrase;

/// Before the names of arrays that are never learned, wherever they stand.
pub const FIXED: &str = "fixed::";

/// The inputs of an operator that are weights.
fn places(node: &Node) -> &'static [usize] {
    match node.operator.as_str() {
        "Conv"
        | "ConvTranspose"
        | "BatchNormalization"
        | "LayerNormalization"
        | "GroupNormalization"
        | "InstanceNormalization" => &[1, 2],
        "Gemm" => &[0, 1, 2],
        "MatMul" | "Add" | "Mul" | "Sub" | "Div" => &[0, 1],
        "PRelu" => &[1],
        "Gather" => &[0],
        _ => &[],
    }
}

/// Operators that only lay a weight out differently.
fn passes(node: &Node) -> bool {
    ["Identity", "Transpose", "Reshape", "Unsqueeze", "Squeeze", "Cast"]
        .contains(&node.operator.as_str())
}

/// The arrays that are learned and those that are remembered, by name.
pub(super) fn names(model: &Model) -> (HashSet<String>, HashSet<String>) {
    // What each value was before it was laid out differently.
    let mut origin: HashMap<&str, &str> = HashMap::new();
    let arrays: HashMap<&str, _> =
        model.initialisers.iter().map(|(name, array)| (name.as_str(), array)).collect();
    let (mut learned, mut remembered) = (HashSet::new(), HashSet::new());
    for node in &model.nodes {
        let of = |name: &str| {
            let name = origin.get(name).copied().unwrap_or(name);
            arrays.get_key_value(name).map(|(name, array)| (*name, *array))
        };
        let read = |at: usize| node.inputs.get(at).and_then(|name| of(name));
        if node.operator == "BatchNormalization" {
            remembered.extend([3, 4].into_iter().filter_map(read).map(|(name, _)| name.to_owned()));
        }
        for at in places(node) {
            let Some((name, array)) = read(*at) else { continue };
            let sums = matches!(node.operator.as_str(), "Add" | "Mul" | "Sub" | "Div");
            // A single number is a constant of the arithmetic; a row is a bias or a scale.
            let learns = array.kind == Kind::F32
                && (!sums || array.len() > 1)
                && ![super::adapt::PIXELS, FIXED].iter().any(|fixed| name.starts_with(fixed));
            if learns {
                learned.insert(name.to_owned());
            }
        }
        if passes(node)
            && let (Some(first), Some(made)) = (node.inputs.first(), node.outputs.first())
            && let Some((name, _)) = of(first)
        {
            origin.insert(made, name);
        }
    }
    learned.retain(|name| !remembered.contains(name));
    (learned, remembered)
}

/// What keeps a network from learning as its author's did.
pub(super) fn remark(model: &Model, parameters: &[Parameter]) -> Option<Phrase> {
    let count = |name: &str| model.nodes.iter().filter(|node| node.operator == name).count();
    // torch.onnx names a weight so when it was folded with what came behind it.
    let folded = |parameter: &&Parameter| parameter.name.starts_with("onnx::Conv_");
    let folded = parameters.iter().filter(folded).count();
    (count("BatchNormalization") == 0 && folded > 1)
        .then(|| phrase!("network-files-folded-its-normalisations-are-part"))
}
