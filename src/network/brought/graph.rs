//! The graph of a brought network: its nodes in the words of the contract, without what only handles shapes.

use std::collections::{HashMap, HashSet};

use super::{
    Probed,
    op::{Reading, int, is_batched},
};
use crate::{
    network::{
        GRADIENTS, INPUT, PROBABILITIES, Parameter,
        graph::label,
        interned,
        onnx::{Model, Node},
    },
    stream::{Axis, Dim, GraphBuilder, LayerId, ModelGraph, Op, Role, TensorId, names},
    words::{InPhrase, Phrase},
};

/// Numbers of a constant, at most, that comes with the graph.
const MOST_CONSTANT: usize = 4096;

/// Operators that change no number: what they make is called as what they read.
fn is_alias(node: &Node) -> bool {
    ["Identity", "Dropout", "Cast"].contains(&node.operator.as_str())
}

/// The path and the value of each that a node makes and that is shown.
fn made<'a>(
    node: &'a Node,
    paths: &'a [String],
    probed: &Probed,
) -> impl Iterator<Item = (&'a String, &'a String)> {
    let all = paths.iter().zip(&node.outputs);
    all.filter(|(_, made)| probed.sizes.contains_key(*made)).collect::<Vec<_>>().into_iter()
}

/// Paths and values of what is shown, in the order of computation.
pub(super) fn shown(
    model: &Model,
    paths: &[Vec<String>],
    probed: &Probed,
) -> Vec<(String, String)> {
    let nodes = model.nodes.iter().zip(paths).filter(|(node, _)| !is_alias(node));
    let made = nodes.flat_map(|(node, paths)| made(node, paths, probed));
    made.map(|(path, made)| (path.clone(), made.clone())).collect()
}

/// The graph while it is put together.
struct Building<'a> {
    model: &'a Model,
    probed: &'a Probed,
    graph: GraphBuilder,
    /// What is declared, by its name in the file.
    values: HashMap<&'a str, TensorId>,
    /// Names of tensors.
    taken: HashSet<LayerId>,
}

fn kept(text: &str) -> Result<&'static str, Phrase> {
    names::interned(&label(text)).map_err(|error| error.in_phrase())
}

impl<'a> Building<'a> {
    /// The tensor of a value; what never changes is declared where it is read first.
    fn read(&mut self, name: &'a str) -> Option<TensorId> {
        if let Some(id) = self.values.get(name) {
            return Some(*id);
        }
        let array = self.model.initialiser(name).or_else(|| self.probed.constants.get(name));
        let array = array.filter(|array| array.len() <= MOST_CONSTANT && !array.is_empty())?;
        let mut called = LayerId::new(kept(name).ok()?);
        if !self.taken.insert(called) {
            called = LayerId::new(kept(&format!("{name} constant")).ok()?);
            self.taken.insert(called).then_some(())?;
        }
        let id =
            self.graph.constant(called, &parameter_dims(&array.dims), array.to_singles().into());
        self.values.insert(name, id);
        Some(id)
    }
}

pub(super) fn graph(
    model: &Model,
    [channels, rows, columns]: [usize; 3],
    classes: usize,
    (learned, remembered): (&HashSet<String>, &HashSet<String>),
    paths: &[Vec<String>],
    probed: &Probed,
) -> Result<ModelGraph, Phrase> {
    let mut graph = GraphBuilder::default();
    let dims = [Axis::Channel.of(channels), Axis::Row.of(rows), Axis::Column.of(columns)];
    let input = graph.tensor(INPUT, Role::Input, &dims);
    graph.node("input", Op::Input, &[], &[input]);
    let mut values: HashMap<&str, TensorId> = HashMap::new();
    values.extend(model.inputs.first().map(|port| (port.name.as_str(), input)));
    // Whether a value can be below zero.
    let mut unsigned = HashSet::from([input]);
    let mut taken = HashSet::from([INPUT, PROBABILITIES]);
    for path in paths.iter().flatten() {
        taken.insert(LayerId::new(kept(path)?));
    }
    for (name, array) in &model.initialisers {
        let (dims, called) = (parameter_dims(&array.dims), LayerId::new(kept(name)?));
        if remembered.contains(name) {
            values.insert(name, graph.signed(called, Role::Statistic, &dims));
            taken.insert(called);
        }
        if learned.contains(name) {
            let id = graph.signed(called, Role::Parameter, &dims);
            let gradient = LayerId::new(kept(&format!("{name}{GRADIENTS}"))?);
            graph.signed(gradient, Role::Gradient(id), &dims);
            taken.extend([called, gradient]);
            values.insert(name, id);
        }
    }
    let mut building = Building { model, probed, graph, values, taken };
    let reading = Reading { model, learned, probed };
    for (node, paths) in model.nodes.iter().zip(paths) {
        if is_alias(node) {
            let read = node.inputs.first().and_then(|name| building.values.get(name.as_str()));
            if let (Some(id), Some(made)) = (read.copied(), node.outputs.first()) {
                building.values.insert(made, id);
            }
            continue;
        }
        for (path, made) in made(node, paths, probed) {
            let Some(size) = probed.sizes.get(made) else { continue };
            let told = reading.op(node, made).and_then(|(op, places)| {
                let names = places.into_iter().map(|at| node.inputs.get(at));
                let reads = names.map(|name| building.read(name?)).collect::<Option<Vec<_>>>()?;
                Some((op, reads))
            });
            // What the contract has no words for is told by its name, with what is known of what it reads.
            let (op, reads) = told.unwrap_or_else(|| {
                let known =
                    node.inputs.iter().filter_map(|name| building.values.get(name.as_str()));
                (Op::Other { name: node.operator.to_lowercase() }, known.copied().collect())
            });
            let below_zero = signed(node, reads.iter().all(|read| unsigned.contains(read)));
            let name = interned(path).map_err(|error| error.in_phrase())?;
            let dims = value_dims(size);
            let id = if below_zero {
                building.graph.signed(name, Role::Activation, &dims)
            } else {
                building.graph.tensor(name, Role::Activation, &dims)
            };
            if !below_zero {
                unsigned.insert(id);
            }
            building.graph.node(kept(path)?, op, &reads, &[id]);
            building.values.insert(made, id);
        }
    }
    let Building { mut graph, values, .. } = building;
    let logits = model.outputs.first().and_then(|name| values.get(name.as_str()).copied());
    let logits = logits.ok_or(phrase!("network-files-its-output-is-made-by"))?;
    let shares = graph.tensor(PROBABILITIES, Role::Activation, &[Axis::Class.of(classes)]);
    graph.node("softmax", Op::Softmax { axes: vec![0] }, &[logits], &[shares]);
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

/// The dimensions of a value for one image.
fn value_dims(sizes: &[usize]) -> Vec<Dim> {
    let sizes = sizes.get(usize::from(is_batched(sizes))..).unwrap_or(&[]);
    let axes: &[Axis] = match sizes.len() {
        1 => &[Axis::Feature],
        2 => &[Axis::Token, Axis::Feature],
        3 => &[Axis::Channel, Axis::Row, Axis::Column],
        _ => &[Axis::Head, Axis::Channel, Axis::Row, Axis::Column],
    };
    let axes = axes.iter().chain(std::iter::repeat(&Axis::Feature));
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

/// Of convolutions and products of matrices, for one image.
pub(super) fn multiply_adds(model: &Model, parameters: &[Parameter], probed: &Probed) -> u64 {
    let dims = |name: &String| {
        let parameter = parameters.iter().find(|parameter| parameter.name == *name);
        parameter
            .map(|parameter| parameter.dims.clone())
            .or_else(|| probed.sizes.get(name).cloned())
    };
    let of = |node: &Node| -> Option<u64> {
        let made = probed.sizes.get(node.outputs.first()?)?.iter().product::<usize>() as u64;
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
