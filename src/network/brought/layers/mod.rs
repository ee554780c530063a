//! A brought network as a description, where each of its operators has a kind there.

mod plain;
mod reader;
#[cfg(test)]
mod tests;
mod weighted;

use std::collections::{HashMap, HashSet};

use self::reader::{Reader, free};
use crate::network::{
    Fault, Network, Operator, Plan, Stated, Training,
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
    let (layers, sources) = reader.done()?;
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

/// The layer that an operator is.
struct Made<'a> {
    operator: Operator,
    /// What it makes: its own output, or that of an operator which belongs to it.
    value: &'a str,
    /// Channels or units, where the operator does not say it itself.
    outputs: usize,
    /// Whether what it normalises is a row of numbers.
    row: bool,
    /// Its arrays: what they are of a layer, their names, and whether they lie inputs × outputs.
    arrays: Vec<(&'static str, Option<&'a str>, bool)>,
}

impl<'a> Made<'a> {
    /// Without weights.
    fn plain(operator: Operator, value: &'a str) -> Self {
        Self { operator, value, outputs: 0, row: false, arrays: Vec::new() }
    }
}

/// The nodes that read each value.
type Users<'a> = HashMap<&'a str, Vec<&'a Node>>;

/// The name of what a node reads at a place, if it does.
fn input(node: &Node, at: usize) -> Option<&str> {
    node.inputs.get(at).map(String::as_str).filter(|name| !name.is_empty())
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
