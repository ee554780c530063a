//! A brought network as a description, where each of its operators has a kind there.

use std::collections::{HashMap, HashSet};

use super::{
    graph::{even_pads, int, two},
    paths::of_name,
};
use crate::network::{
    Fault, Function, Network, Operator, Plan, Stated, Takes, Training,
    onnx::{Attribute, Node},
    write::text,
};

/// Where an array of the description lies in the network that it was made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its name by the description, such as `fc.weight`.
    pub name: String,
    /// Its name among the parameters and memories of the plan.
    pub array: String,
    /// Whether it is laid out inputs × outputs there, instead of outputs × inputs.
    pub turned: bool,
}

impl Source {
    /// Of an array that the description has under the same name.
    pub fn same(name: &str) -> Self {
        Self { name: name.to_owned(), array: name.to_owned(), turned: false }
    }
}

/// The text of a description of this network, and where its weights come from.
///
/// # Errors
/// One sentence with the first operator that has no kind, or with the layer that is another there.
pub fn described(plan: &Plan, training: &Training) -> Result<(String, Vec<Source>), Fault> {
    let mut reader = Reader::new(plan);
    for node in &plan.model.nodes {
        reader.take(node)?;
    }
    let Reader { layers, sources, values, .. } = reader;
    let output = plan.model.outputs.first();
    let made = output.and_then(|name| values.get(name.as_str()));
    if made != Some(&layers.len()) {
        return Err(Fault::new("its output is not what its last layer makes"));
    }
    let empty = Network {
        name: plan.name.clone(),
        input: plan.input,
        classes: plan.classes,
        layers: Vec::new(),
    };
    let nested = text(&plan.name, plan.input, &layers, training);
    if let Ok(text) = nested
        && empty.reads(&text).is_ok()
    {
        return Ok((text, sources));
    }
    // Its author's blocks are none in which every layer could be named.
    let (layers, sources) = flat(layers, sources);
    let text = text(&plan.name, plan.input, &layers, training)?;
    empty.reads(&text)?;
    Ok((text, sources))
}

/// The same layers in no block: paths are names.
fn flat(layers: Vec<Stated>, sources: Vec<Source>) -> (Vec<Stated>, Vec<Source>) {
    let mut names: HashMap<String, String> = HashMap::new();
    let mut taken = HashSet::from(["input".to_owned()]);
    let layers = layers.into_iter().map(|mut layer| {
        let name = free(&layer.path.replace('.', "_"), &mut taken);
        names.insert(layer.path.clone(), name.clone());
        layer.path = name;
        layer
    });
    let layers = layers.collect();
    let sources = sources.into_iter().map(|mut source| {
        if let Some((path, word)) = source.name.rsplit_once('.') {
            let path = names.get(path).map_or(path, String::as_str);
            source.name = format!("{path}.{word}");
        }
        source
    });
    let sources = sources.collect();
    (layers, sources)
}

/// A name that nobody has yet.
fn free(name: &str, taken: &mut HashSet<String>) -> String {
    let mut free = name.to_owned();
    let mut at = 2;
    while !taken.insert(free.clone()) {
        free = format!("{name}_{at}");
        at += 1;
    }
    free
}

/// Node by node, what has been read.
struct Reader<'a> {
    plan: &'a Plan,
    /// The nodes that read each value.
    users: HashMap<&'a str, Vec<&'a Node>>,
    /// What layer makes a value: 0 is the network's input.
    values: HashMap<&'a str, usize>,
    /// Nodes that belong to a layer that was made of another, by what they make.
    done: HashSet<&'a str>,
    paths: HashMap<&'a str, &'a str>,
    taken: HashSet<String>,
    used: HashSet<&'a str>,
    layers: Vec<Stated>,
    sources: Vec<Source>,
}

impl<'a> Reader<'a> {
    fn new(plan: &'a Plan) -> Self {
        let mut users: HashMap<&str, Vec<&Node>> = HashMap::new();
        for node in &plan.model.nodes {
            for name in &node.inputs {
                users.entry(name).or_default().push(node);
            }
        }
        let input = plan.model.inputs.first().map(|port| (port.name.as_str(), 0));
        let paths = plan.shown.iter().map(|shown| (shown.value.as_str(), shown.name.name()));
        Self {
            plan,
            users,
            values: input.into_iter().collect(),
            done: HashSet::new(),
            paths: paths.collect(),
            taken: HashSet::from(["input".to_owned()]),
            used: HashSet::new(),
            layers: Vec::new(),
            sources: Vec::new(),
        }
    }

    fn take(&mut self, node: &'a Node) -> Result<(), Fault> {
        let Some(made) = node.outputs.first().map(String::as_str) else { return Ok(()) };
        if self.done.contains(made) {
            return Ok(());
        }
        let of = |fault: Fault| fault.of(&node.called());
        let other = || Fault::new("it has no kind in a description; save the network as .onnx");
        let read = node.inputs.first().and_then(|name| self.values.get(name.as_str()).copied());
        let read = read.ok_or_else(other).map_err(of)?;
        if node.operator == "Identity" || self.is_pooled(node, read) {
            self.values.insert(made, read);
            return Ok(());
        }
        let layer = self.layer(node, made, read).map_err(of)?;
        layer.ok_or_else(other).map_err(of)
    }

    /// Whether a node only lays out what a global pooling makes, which is a row of numbers in a description.
    fn is_pooled(&self, node: &Node, read: usize) -> bool {
        let layer = read.checked_sub(1).and_then(|at| self.layers.get(at));
        layer.is_some_and(|layer| layer.operator == Operator::GlobalAveragePool)
            && ["Flatten", "Squeeze", "Reshape"].contains(&node.operator.as_str())
    }

    /// Makes a layer of a node, and of those that belong to it; `None` where there is no kind for it.
    fn layer(&mut self, node: &'a Node, made: &'a str, read: usize) -> Result<Option<()>, Fault> {
        let mut made = made;
        let (mut from, mut outputs, mut row, mut bias) = (vec![read], 0, false, true);
        let mut arrays: Vec<(&str, Option<&'a str>, bool)> = Vec::new();
        let input =
            |at: usize| node.inputs.get(at).map(String::as_str).filter(|name| !name.is_empty());
        let operator = match node.operator.as_str() {
            "Conv" => {
                let dims = self.dims(input(1))?;
                let [out, _, rows, columns] = *dims else { return Ok(None) };
                let (Some(padding), Some(stride), Some(dilation)) =
                    (even_pads(node), two(node, "strides"), two(node, "dilations"))
                else {
                    return Ok(None);
                };
                (outputs, bias) = (out, input(2).is_some());
                arrays.push(("weight", input(1), false));
                arrays.extend(bias.then_some(("bias", input(2), false)));
                Operator::Convolution {
                    kernel: [rows, columns],
                    stride,
                    padding,
                    dilation,
                    groups: int(node, "group").unwrap_or(1).max(1) as usize,
                }
            }
            "Gemm" => {
                if int(node, "transA").unwrap_or(0) != 0
                    || float(node, "alpha", 1.0) != 1.0
                    || float(node, "beta", 1.0) != 1.0
                {
                    return Ok(None);
                }
                let turned = int(node, "transB").unwrap_or(0) == 0;
                let [first, second] = *self.dims(input(1))? else { return Ok(None) };
                (outputs, bias) = (if turned { second } else { first }, input(2).is_some());
                arrays.push(("weight", input(1), turned));
                arrays.extend(bias.then_some(("bias", input(2), false)));
                Operator::Linear
            }
            "MatMul" => {
                let [_, out] = *self.dims(input(1))? else { return Ok(None) };
                (outputs, bias) = (out, false);
                arrays.push(("weight", input(1), true));
                // The sum that follows may be its bias.
                if let Some([sum]) = self.users.get(made).map(Vec::as_slice)
                    && sum.operator == "Add"
                    && let Some(other) = sum.inputs.iter().find(|name| name.as_str() != made)
                    && self.dims(Some(other)).is_ok_and(|dims| dims == [out])
                    && let Some(summed) = sum.outputs.first()
                {
                    bias = true;
                    arrays.push(("bias", Some(other), false));
                    made = summed;
                    self.done.insert(summed);
                }
                Operator::Linear
            }
            "BatchNormalization" => {
                let kept = float(node, "momentum", 0.9);
                let words = ["weight", "bias", "running_mean", "running_var"];
                arrays.extend(
                    words.into_iter().enumerate().map(|(at, word)| (word, input(at + 1), false)),
                );
                Operator::BatchNorm {
                    epsilon: decimal(float(node, "epsilon", 1e-5)),
                    momentum: rest(kept),
                }
            }
            "LayerNormalization" if [-1, 1].contains(&int(node, "axis").unwrap_or(-1)) => {
                row = true;
                arrays.extend([("weight", input(1), false), ("bias", input(2), false)]);
                Operator::GroupNorm { groups: 1, epsilon: decimal(float(node, "epsilon", 1e-5)) }
            }
            // Before, its scales were those of groups.
            "GroupNormalization" if self.plan.model.opset >= 21 => {
                arrays.extend([("weight", input(1), false), ("bias", input(2), false)]);
                let groups = int(node, "num_groups").unwrap_or(1).max(1) as usize;
                Operator::GroupNorm { groups, epsilon: decimal(float(node, "epsilon", 1e-5)) }
            }
            "MaxPool" | "AveragePool" => {
                let sizes = ["kernel_shape", "strides"].map(|name| two(node, name));
                let ([Some(kernel), Some(stride)], Some(padding)) = (sizes, even_pads(node)) else {
                    return Ok(None);
                };
                let takes = if node.operator == "MaxPool" { Takes::Largest } else { Takes::Mean };
                let pads = padding != [0; 2] && takes == Takes::Mean;
                if (pads && int(node, "count_include_pad") != Some(1))
                    || int(node, "ceil_mode").unwrap_or(0) != 0
                    || two(node, "dilations") != Some([1; 2])
                    || node.outputs.len() > 1
                {
                    return Ok(None);
                }
                Operator::Pool { takes, kernel, stride, padding }
            }
            "GlobalAveragePool" => Operator::GlobalAveragePool,
            "ReduceMean" if self.is_over_places(node) => Operator::GlobalAveragePool,
            "Relu" => Operator::Activation(Function::Relu),
            "LeakyRelu" => {
                Operator::Activation(Function::LeakyRelu(decimal(float(node, "alpha", 0.01))))
            }
            "Gelu" if !node.attributes.contains_key("approximate") => {
                Operator::Activation(Function::Gelu)
            }
            "Tanh" => Operator::Activation(Function::Tanh),
            "Sigmoid" => {
                // What it reads times what it makes is one function.
                let product = self.users.get(made).map(Vec::as_slice);
                match (product, input(0)) {
                    (Some([product]), Some(read))
                        if product.operator == "Mul"
                            && product.inputs.len() == 2
                            && product.inputs.iter().any(|name| name == read)
                            && let Some(whole) = product.outputs.first() =>
                    {
                        made = whole;
                        self.done.insert(whole);
                        Operator::Activation(Function::Silu)
                    }
                    _ => Operator::Activation(Function::Sigmoid),
                }
            }
            "Dropout" => {
                let ratio = input(1).and_then(|name| self.plan.model.initialiser(name));
                let ratio = ratio.and_then(|ratio| ratio.to_singles().first().copied());
                Operator::Dropout {
                    probability: decimal(ratio.unwrap_or(float(node, "ratio", 0.5))),
                }
            }
            "Flatten" if int(node, "axis").unwrap_or(1) == 1 => Operator::Flatten,
            "Reshape" => {
                let shape = input(1).and_then(|name| self.plan.model.initialiser(name));
                if !shape.is_some_and(|shape| matches!(shape.to_whole()[..], [0 | -1 | 1, _])) {
                    return Ok(None);
                }
                Operator::Flatten
            }
            "Add" | "Sum" | "Concat" => {
                let all = node.inputs.iter().map(|name| self.values.get(name.as_str()).copied());
                let Some(all) = all.collect::<Option<Vec<_>>>() else { return Ok(None) };
                from = all;
                match node.operator.as_str() {
                    "Concat" if int(node, "axis").unwrap_or(1) == 1 => Operator::Concatenate,
                    "Concat" => return Ok(None),
                    _ => Operator::Add,
                }
            }
            _ => return Ok(None),
        };
        let path = self.path(node, made);
        for (word, array, turned) in arrays {
            let array = array.ok_or_else(|| Fault::new(format!("it has no {word}")))?;
            // Layers of a description have weights of their own.
            if !self.is_array(array) || !self.used.insert(array) {
                return Err(Fault::new(format!(
                    "“{array}” is no weight of its own, as a description needs"
                )));
            }
            self.sources.push(Source {
                name: format!("{path}.{word}"),
                array: array.to_owned(),
                turned,
            });
        }
        self.layers.push(Stated { path, operator, from, outputs, bias, row });
        self.values.insert(made, self.layers.len());
        Ok(Some(()))
    }

    /// Its path in the hall, else one of its operator.
    fn path(&mut self, node: &Node, made: &str) -> String {
        let word = node.operator.to_lowercase();
        // What changes no number has no place in the hall, but a name.
        let path = self.paths.get(made).map(|path| (*path).to_owned());
        let path = path.or_else(|| of_name(&node.name)).unwrap_or_else(|| word.clone());
        let empty = path.split('.').any(str::is_empty) || path.chars().any(char::is_control);
        free(if empty { &word } else { &path }, &mut self.taken)
    }

    /// The dimensions of what is learned.
    fn dims(&self, array: Option<&str>) -> Result<&'a [usize], Fault> {
        let array = array.unwrap_or_default();
        let learned = self.plan.parameters.iter().find(|one| one.name == array);
        learned.map(|one| one.dims.as_slice()).ok_or_else(|| {
            Fault::new(format!("“{array}” is no weight of its own, as a description needs"))
        })
    }

    fn is_array(&self, name: &str) -> bool {
        self.plan.parameters.iter().any(|one| one.name == name)
            || self.plan.memories.iter().any(|one| one.name == name)
    }

    /// Whether a mean is taken over rows and columns alone.
    fn is_over_places(&self, node: &Node) -> bool {
        let told = node.inputs.get(1).and_then(|name| self.plan.model.initialiser(name));
        let axes = match (node.attributes.get("axes"), told) {
            (Some(Attribute::Ints(axes)), _) => axes.clone(),
            (_, Some(axes)) => axes.to_whole(),
            _ => return false,
        };
        matches!(axes[..], [2, 3] | [3, 2] | [-2, -1] | [-1, -2])
    }
}

fn float(node: &Node, name: &str, usual: f32) -> f32 {
    match node.attributes.get(name) {
        Some(Attribute::Float(float)) => *float,
        _ => usual,
    }
}

/// The number that a person would have written, of which this is the nearest of 32 bits.
fn decimal(single: f32) -> f64 {
    single.to_string().parse().unwrap_or_else(|_| f64::from(single))
}

/// What comes where so much stays, in few digits if they stand for the same.
fn rest(kept: f32) -> f64 {
    let exact = 1.0 - f64::from(kept);
    let short = (exact * 1e6).round() / 1e6;
    if (1.0 - short) as f32 == kept { short } else { exact }
}

#[cfg(test)]
mod tests;
