//! Where each node of a network stands, such as `layer1.0.conv2`: from the names of its weights, else from its own name.

use std::collections::{HashMap, HashSet};

use crate::network::onnx::{Model, Node};

/// A path for each node, and of one that splits what it reads for each part; no two alike.
pub(super) fn paths(model: &Model) -> Vec<Vec<String>> {
    let weights: HashSet<&str> = model.initialisers.iter().map(|(name, _)| name.as_str()).collect();
    // What every graph has besides its network.
    let mut taken: HashSet<String> = ["input", "softmax", "loss"].map(str::to_owned).into();
    let mut counts: HashMap<String, usize> = HashMap::new();
    let mut paths = Vec::with_capacity(model.nodes.len());
    for node in &model.nodes {
        let path = of_weights(node, &weights).or_else(|| of_name(&node.name));
        let word = node.operator.to_lowercase();
        let path = path.unwrap_or_else(|| {
            let count = counts.entry(word.clone()).or_default();
            *count += 1;
            format!("{word}{count}")
        });
        let parts = if node.operator == "Split" { node.outputs.len() } else { 1 };
        let mut at = 1;
        let free = (0..parts).map(|_| {
            let mut free = path.clone();
            while !taken.insert(free.clone()) {
                at += 1;
                free = format!("{path}_{at}");
            }
            free
        });
        paths.push(free.collect());
    }
    paths
}

/// `layer1.0.conv1` of `layer1.0.conv1.weight`.
fn of_weights(node: &Node, weights: &HashSet<&str>) -> Option<String> {
    let of = |name: &String| {
        let (path, word) = name.rsplit_once('.')?;
        let known = ["weight", "bias", "gamma", "beta", "kernel"].contains(&word);
        (known && weights.contains(name.as_str())).then(|| path.to_owned())
    };
    node.inputs.iter().find_map(of)
}

/// `layer1.0.relu` of `/layer1/layer1.0/relu/Relu`, as torch.onnx names nodes.
pub(super) fn of_name(name: &str) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    for part in name.split('/').filter(|part| !part.is_empty()) {
        let part = part.replace(char::is_whitespace, "_");
        match parts.last_mut() {
            // A module's name holds that of the one around it.
            Some(last) if part.starts_with(&format!("{last}.")) => *last = part,
            _ => parts.push(part),
        }
    }
    // The last part is the operator, unless it stands alone.
    if parts.len() > 1 && parts.last().is_some_and(|last| last.starts_with(char::is_uppercase)) {
        let operator = parts.pop().unwrap_or_default().to_lowercase();
        let module = parts.last().map_or("", String::as_str);
        let own = module.rsplit('.').next().unwrap_or(module).to_lowercase();
        if !own.starts_with(
            operator.trim_end_matches(|letter: char| letter.is_ascii_digit() || letter == '_'),
        ) {
            parts.push(operator);
        }
    }
    let path = parts.join(".").to_owned();
    (!path.is_empty()).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_exporters_become_paths() {
        for (name, path) in [
            ("/layer1/layer1.0/relu/Relu", "layer1.0.relu"),
            ("/layer1/layer1.0/relu_1/Relu_1", "layer1.0.relu_1"),
            ("/encoder/layers/encoder_layer_0/Add", "encoder.layers.encoder_layer_0.add"),
            ("/Flatten", "Flatten"),
            ("node_conv2d", "node_conv2d"),
        ] {
            assert_eq!(of_name(name).as_deref(), Some(path), "{name}");
        }
        assert_eq!(of_name(""), None);
    }
}
