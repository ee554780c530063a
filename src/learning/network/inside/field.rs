//! Where in the input the places of a network's maps look: receptive fields, carried from operator to operator (Araujo,
//! Norris and Sim 2019, <https://doi.org/10.23915/distill.00021>, equations 1 to 4).

use std::collections::{HashMap, HashSet};

use super::spatial::KEEP_MAPS;
use crate::{
    learning::{inside::Field, onnx::reach},
    network::{Plan, onnx::Node},
};

/// Operators among those that keep maps maps whose numbers depend on all of a map.
const LOOK_AT_ALL: [&str; 3] = ["InstanceNormalization", "GroupNormalization", "Pad"];

/// The fields of the values whose places look at a part of the input; of all others nothing is known, and they may look at
/// all of it.
pub(super) fn fields(plan: &Plan, sizes: &HashMap<String, Vec<usize>>) -> HashMap<String, Field> {
    let initialisers = plan.model.initialisers.iter().map(|(name, _)| name.as_str());
    let mut constant: HashSet<&str> = plan.arrays().into_iter().chain(initialisers).collect();
    let mut fields = HashMap::new();
    if let Some(input) = plan.model.inputs.first() {
        fields.insert(input.name.clone(), Field::OWN);
    }
    for node in &plan.model.nodes {
        let is_constant = |name: &String| name.is_empty() || constant.contains(name.as_str());
        if node.inputs.iter().all(is_constant) {
            constant.extend(node.outputs.iter().map(String::as_str));
            continue;
        }
        let moving: Vec<&String> = node.inputs.iter().filter(|name| !is_constant(name)).collect();
        let read: Option<Vec<(&String, Field)>> =
            moving.into_iter().map(|name| Some((name, *fields.get(name)?))).collect();
        let Some(field) = read.and_then(|read| field(plan, node, &read, sizes)) else { continue };
        if let Some(made) = node.outputs.first() {
            fields.insert(made.clone(), field);
        }
    }
    fields
}

/// The field of what a node makes, where it reads what has these.
fn field(
    plan: &Plan,
    node: &Node,
    read: &[(&String, Field)],
    sizes: &HashMap<String, Vec<usize>>,
) -> Option<Field> {
    let operator = node.operator.as_str();
    let windows = ["Conv", "MaxPool", "AveragePool", "LpPool"].contains(&operator);
    if windows {
        let [(_, field)] = read else { return None };
        return windowed(plan, node, *field, sizes);
    }
    let keeps = KEEP_MAPS.contains(&operator) && !LOOK_AT_ALL.contains(&operator);
    // What is joined row by row or column by column lies elsewhere than where it came from, and so does what is spread.
    let place = |name: &String| sizes.get(name).and_then(|dims| dims.get(2..4));
    let made = node.outputs.first().and_then(place)?;
    let is_placed = read.iter().all(|(name, _)| place(name) == Some(made));
    (keeps && is_placed).then_some(())?;
    let ((_, first), others) = read.split_first()?;
    others.iter().try_fold(*first, |one, (_, other)| joined(one, *other))
}

/// What a window makes that moves over what has this field.
fn windowed(
    plan: &Plan,
    node: &Node,
    field: Field,
    sizes: &HashMap<String, Vec<usize>>,
) -> Option<Field> {
    let &[_, _, rows, columns] = sizes.get(node.inputs.first()?)?.as_slice() else { return None };
    let weights = node.inputs.get(1).and_then(|name| {
        let parameter = plan.parameters.iter().find(|parameter| parameter.name == *name);
        let array = || plan.model.initialiser(name).map(|array| array.dims.clone());
        parameter.map(|parameter| parameter.dims.clone()).or_else(array)
    });
    let kernel = weights.as_deref().and_then(|dims| dims.get(2..)).unwrap_or_default();
    let reach = reach(node, plan.model.opset, &[rows, columns], kernel)?;
    let mut made = field;
    for (axis, reach) in reach.iter().enumerate().take(2) {
        let step = field.step[axis];
        made.first[axis] = field.first[axis] - reach.before as i64 * step;
        made.size[axis] = field.size[axis] + (reach.size as i64 - 1) * step;
        made.step[axis] = step * reach.step as i64;
    }
    Some(made)
}

/// All that either looks at, where places of both go on alike.
fn joined(one: Field, other: Field) -> Option<Field> {
    let mut both = one;
    for axis in 0..2 {
        let end = |field: Field| field.first[axis] + field.size[axis];
        both.first[axis] = one.first[axis].min(other.first[axis]);
        both.size[axis] = end(one).max(end(other)) - both.first[axis];
    }
    (one.step == other.step).then_some(both)
}
