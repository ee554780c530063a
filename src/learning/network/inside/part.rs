//! Parts of a network, parted at what one of its layers makes: what leads to it, and what follows from it. Both are the
//! network's own operators; nothing is computed in another way.

use std::collections::HashSet;

use crate::{
    learning::{TrainError, onnx::Program},
    network::{
        Plan,
        onnx::{Model, Node},
    },
};

/// What a node makes that is given instead; no name of a file begins so.
const UNREAD: &str = "\u{0}unread";

/// The operators that make a value of the input.
pub(super) fn leading_to(plan: &Plan, value: &str) -> Result<Program, TrainError> {
    let nodes = needed(plan, value, None);
    program(plan, nodes, vec![value.to_owned()], None)
}

/// The operators that make the logits where a value is given; what else the logits need of the input is made as ever.
pub(super) fn following(plan: &Plan, value: &str) -> Result<Program, TrainError> {
    let output = plan.model.outputs.first().cloned().unwrap_or_default();
    let mut nodes = needed(plan, &output, Some(value));
    // A node that makes the value and something else beside it is needed for that alone.
    for name in nodes.iter_mut().flat_map(|node| &mut node.outputs).filter(|name| *name == value) {
        UNREAD.clone_into(name);
    }
    program(plan, nodes, vec![output], Some(value))
}

/// The nodes that a value needs, in their order, where one value is given.
fn needed(plan: &Plan, output: &str, given: Option<&str>) -> Vec<Node> {
    let mut wanted = HashSet::from([output]);
    let mut nodes = Vec::new();
    for node in plan.model.nodes.iter().rev() {
        let made = node.outputs.iter().map(String::as_str);
        if made.into_iter().any(|name| wanted.contains(name) && Some(name) != given) {
            wanted.extend(node.inputs.iter().map(String::as_str).filter(|name| !name.is_empty()));
            nodes.push(node.clone());
        }
    }
    nodes.reverse();
    nodes
}

fn program(
    plan: &Plan,
    nodes: Vec<Node>,
    outputs: Vec<String>,
    given: Option<&str>,
) -> Result<Program, TrainError> {
    let model = Model {
        opset: plan.model.opset,
        inputs: plan.model.inputs.clone(),
        outputs,
        nodes,
        ..Model::default()
    };
    let constants = plan.model.initialisers.iter().map(|(name, _)| name.as_str());
    let arrays: Vec<&str> = plan.arrays().into_iter().chain(constants).chain(given).collect();
    Ok(Program::of(&model, &arrays)?)
}
