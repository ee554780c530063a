//! The graph of a brought network: its nodes in the words of the contract, without what only handles shapes.

use std::collections::{HashMap, HashSet};

use super::Sizes;
use crate::{
    network::{
        GRADIENTS, INPUT, PROBABILITIES, Parameter,
        graph::label,
        interned,
        onnx::{Attribute, Model, Node},
    },
    stream::{Axis, Dim, GraphBuilder, LayerId, ModelGraph, Op, Role, TensorId, names},
};

/// Operators that change no number: what they make is called as what they read.
fn is_alias(node: &Node) -> bool {
    ["Identity", "Dropout", "Cast"].contains(&node.operator.as_str())
}

/// Paths and values of what is shown, in the order of computation.
pub(super) fn shown(model: &Model, paths: &[String], sizes: &Sizes) -> Vec<(String, String)> {
    let nodes = model.nodes.iter().zip(paths).filter(|(node, _)| !is_alias(node));
    nodes
        .filter_map(|(node, path)| {
            let made = node.outputs.first()?;
            let depends = sizes.contains_key(made);
            depends.then(|| (path.clone(), made.clone()))
        })
        .collect()
}

pub(super) fn graph(
    model: &Model,
    [channels, rows, columns]: [usize; 3],
    classes: usize,
    learned: &HashSet<String>,
    paths: &[String],
    sizes: &Sizes,
) -> Result<ModelGraph, String> {
    let kept = |text: &str| names::interned(&label(text)).map_err(|error| error.to_string());
    let mut graph = GraphBuilder::default();
    let dims = [Axis::Channel.of(channels), Axis::Row.of(rows), Axis::Column.of(columns)];
    let input = graph.tensor(INPUT, Role::Input, &dims);
    graph.node("input", Op::Input, &[], &[input]);
    let mut values: HashMap<&str, TensorId> = HashMap::new();
    values.extend(model.inputs.first().map(|port| (port.name.as_str(), input)));
    // Whether a value can be below zero.
    let mut unsigned = HashSet::from([input]);
    for (name, array) in &model.initialisers {
        if learned.contains(name) {
            let dims = parameter_dims(&array.dims);
            let called = LayerId::new(kept(name)?);
            let id = graph.signed(called, Role::Parameter, &dims);
            let gradient = LayerId::new(kept(&format!("{name}{GRADIENTS}"))?);
            graph.signed(gradient, Role::Gradient(id), &dims);
            values.insert(name, id);
        }
    }
    for (node, path) in model.nodes.iter().zip(paths) {
        let Some(made) = node.outputs.first() else { continue };
        if is_alias(node) {
            if let Some(id) = node.inputs.first().and_then(|name| values.get(name.as_str())) {
                values.insert(made, *id);
            }
            continue;
        }
        let Some(size) = sizes.get(made) else { continue };
        let reads: Vec<TensorId> =
            node.inputs.iter().filter_map(|name| values.get(name.as_str()).copied()).collect();
        let below_zero = signed(node, reads.iter().all(|read| unsigned.contains(read)));
        let (name, dims) = (interned(path).map_err(|error| error.to_string())?, value_dims(size));
        let id = if below_zero {
            graph.signed(name, Role::Activation, &dims)
        } else {
            graph.tensor(name, Role::Activation, &dims)
        };
        if !below_zero {
            unsigned.insert(id);
        }
        graph.node(kept(path)?, op(node, model, learned, sizes), &reads, &[id]);
        values.insert(made, id);
    }
    let logits = model.outputs.first().and_then(|name| values.get(name.as_str()).copied());
    let logits = logits.ok_or("its output is made by nobody")?;
    let shares = graph.tensor(PROBABILITIES, Role::Activation, &[Axis::Class.of(classes)]);
    graph.node("softmax", Op::Softmax, &[logits], &[shares]);
    graph.node("loss", Op::Loss { name: "cross_entropy".to_owned() }, &[shares], &[]);
    graph.build()
}

fn parameter_dims(sizes: &[usize]) -> Vec<Dim> {
    let axes: &[Axis] = match sizes.len() {
        4 => &[Axis::Channel, Axis::Channel, Axis::Row, Axis::Column],
        2 => &[Axis::Feature, Axis::Feature],
        _ => &[Axis::Channel; 8],
    };
    let dims: Vec<Dim> = sizes.iter().zip(axes).map(|(size, axis)| axis.of(*size)).collect();
    if dims.is_empty() { vec![Axis::Feature.of(1)] } else { dims }
}

/// The dimensions of a value for one image: a leading one is the batch.
fn value_dims(sizes: &[usize]) -> Vec<Dim> {
    let sizes = match sizes {
        [1, rest @ ..] if !rest.is_empty() => rest,
        all => all,
    };
    let axes: &[Axis] = match sizes.len() {
        1 => &[Axis::Feature],
        2 => &[Axis::Token, Axis::Feature],
        3 => &[Axis::Channel, Axis::Row, Axis::Column],
        _ => &[Axis::Head, Axis::Channel, Axis::Channel, Axis::Row, Axis::Column, Axis::Feature],
    };
    let dims: Vec<Dim> = sizes.iter().zip(axes).map(|(size, axis)| axis.of(*size)).collect();
    if dims.is_empty() { vec![Axis::Feature.of(1)] } else { dims }
}

fn signed(node: &Node, of_unsigned: bool) -> bool {
    match node.operator.as_str() {
        "Relu" | "Sigmoid" | "HardSigmoid" | "Softmax" | "Exp" | "Sqrt" | "Abs" | "Softplus" => {
            false
        }
        "MaxPool" | "AveragePool" | "GlobalAveragePool" | "GlobalMaxPool" | "Flatten"
        | "Reshape" | "Transpose" | "Concat" | "Slice" | "Split" | "Gather" | "Squeeze"
        | "Unsqueeze" | "Add" | "Sum" | "Expand" => !of_unsigned,
        _ => true,
    }
}

fn ints(node: &Node, name: &str) -> Option<Vec<usize>> {
    match node.attributes.get(name) {
        Some(Attribute::Ints(ints)) => ints.iter().map(|int| usize::try_from(*int).ok()).collect(),
        _ => None,
    }
}

pub(super) fn int(node: &Node, name: &str) -> Option<i64> {
    match node.attributes.get(name) {
        Some(Attribute::Int(int)) => Some(*int),
        _ => None,
    }
}

pub(super) fn two(node: &Node, name: &str) -> Option<[usize; 2]> {
    ints(node, name).map_or(Some([1; 2]), |sizes| sizes.try_into().ok())
}

/// Pads that are alike on both sides of both dimensions.
pub(super) fn even_pads(node: &Node) -> Option<[usize; 2]> {
    let plain = match node.attributes.get("auto_pad") {
        Some(Attribute::Text(text)) => ["NOTSET", "VALID"].contains(&text.as_str()),
        _ => true,
    };
    match ints(node, "pads").as_deref() {
        _ if !plain => None,
        None => Some([0; 2]),
        Some([top, left, bottom, right]) if top == bottom && left == right => Some([*top, *left]),
        Some(_) => None,
    }
}

/// The operator in the words of the contract; what it has no words for is told by its name.
fn op(node: &Node, model: &Model, learned: &HashSet<String>, sizes: &Sizes) -> Op {
    let other = || Op::Other { name: node.operator.to_lowercase() };
    let read = |at: usize| node.inputs.get(at);
    let size = |at: usize| read(at).and_then(|name| sizes.get(name));
    let is_learned = |at: usize| read(at).is_some_and(|name| learned.contains(name));
    match node.operator.as_str() {
        "Conv" => {
            let kernel = read(1).and_then(|name| model.initialiser(name));
            let kernel = kernel.and_then(|array| array.dims.get(2..)?.try_into().ok());
            let pads = even_pads(node);
            let (stride, dilation) = (two(node, "strides"), two(node, "dilations"));
            match (kernel, stride, pads, dilation) {
                (Some(kernel), Some(stride), Some(padding), Some([1, 1])) if is_learned(1) => {
                    let groups = int(node, "group").unwrap_or(1).max(1) as usize;
                    Op::Convolution { kernel, stride, padding, groups }
                }
                _ => other(),
            }
        }
        "Gemm"
            if int(node, "transB") == Some(1)
                && is_learned(1)
                && !node.attributes.contains_key("alpha") =>
        {
            Op::Linear
        }
        "Gemm" if int(node, "transB") == Some(1) && is_learned(1) => {
            let one = |name: &str| match node.attributes.get(name) {
                Some(Attribute::Float(float)) => *float == 1.0,
                _ => true,
            };
            if one("alpha") && one("beta") { Op::Linear } else { other() }
        }
        "BatchNormalization" => Op::Normalisation { over: "batch".to_owned() },
        "LayerNormalization" => Op::Normalisation { over: "layer".to_owned() },
        "GroupNormalization" | "InstanceNormalization" => {
            Op::Normalisation { over: "group".to_owned() }
        }
        "MaxPool" | "AveragePool" => {
            let takes = if node.operator == "MaxPool" { "max" } else { "average" };
            let kernel = ints(node, "kernel_shape").and_then(|kernel| kernel.try_into().ok());
            let plain = even_pads(node) == Some([0; 2]) && int(node, "ceil_mode").unwrap_or(0) == 0;
            match (kernel, two(node, "strides"), two(node, "dilations")) {
                (Some(kernel), Some(stride), Some([1, 1])) if plain => {
                    Op::Pooling { takes: takes.to_owned(), kernel, stride }
                }
                _ => other(),
            }
        }
        "GlobalAveragePool" => match size(0).map(Vec::as_slice) {
            Some([_, _, rows, columns]) => Op::Pooling {
                takes: "average".to_owned(),
                kernel: [*rows, *columns],
                stride: [*rows, *columns],
            },
            _ => other(),
        },
        "Relu" | "Sigmoid" | "Tanh" | "Gelu" => {
            Op::Activation { name: node.operator.to_lowercase() }
        }
        "Add" | "Sum" if node.inputs.len() > 1 && size(0).is_some() && size(0) == size(1) => {
            Op::Add
        }
        "Concat"
            if int(node, "axis") == Some(1)
                && node.inputs.iter().all(|name| sizes.contains_key(name)) =>
        {
            Op::Concatenate { axis: 0 }
        }
        "Flatten" | "Reshape" | "Squeeze" | "Unsqueeze" => Op::Reshape,
        _ => other(),
    }
}

/// Of convolutions and products of matrices, for one image.
pub(super) fn multiply_adds(model: &Model, parameters: &[Parameter], sizes: &Sizes) -> u64 {
    let dims = |name: &String| {
        let parameter = parameters.iter().find(|parameter| parameter.name == *name);
        parameter.map(|parameter| parameter.dims.clone()).or_else(|| sizes.get(name).cloned())
    };
    let of = |node: &Node| -> Option<u64> {
        let made = sizes.get(node.outputs.first()?)?.iter().product::<usize>() as u64;
        let each = match node.operator.as_str() {
            "Conv" => dims(node.inputs.get(1)?)?.iter().skip(1).product::<usize>(),
            "Gemm" => {
                let dims = dims(node.inputs.get(1)?)?;
                let at = usize::from(int(node, "transB") == Some(1));
                dims.get(at).copied()?
            }
            "MatMul" => dims(node.inputs.first()?)?.last().copied()?,
            _ => return None,
        };
        Some(made.saturating_mul(each as u64))
    };
    model.nodes.iter().filter_map(of).sum()
}
