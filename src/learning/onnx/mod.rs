//! Runs networks as ONNX has them on burn, node by node, with automatic differentiation.
//!
//! What is run is what the file holds: no node is fused or dropped, so that each can be looked at.

pub mod conformance;
mod node;
mod operators;
#[cfg(test)]
mod tests;
mod value;

use std::collections::{HashMap, HashSet};

use burn::tensor::Device;

pub use node::Moments;
pub use operators::reach;
pub use value::Value;
pub(super) use value::{constant, gradient, leaf, numbers, shared};

use node::{Context, Run};

use crate::network::{
    Fault,
    onnx::{Model, Node},
};

/// A network whose operators are all known.
pub struct Program {
    steps: Vec<Step>,
    outputs: Vec<String>,
}

struct Step {
    node: Node,
    run: Run,
    /// Names that nobody reads after it.
    done: Vec<String>,
}

/// How a network is run.
pub enum Mode<'a> {
    /// Dropout leaves out by this generator, and normalisations look at their batch.
    Training(&'a mut rand_chacha::ChaCha8Rng),
    /// The same of one example of a batch: what is left out of it there is left out of it here.
    OneOf(&'a mut rand_chacha::ChaCha8Rng, Seat),
    /// By what it has learned.
    Evaluation,
    /// As each node is marked in the file.
    AsMarked,
}

/// The place of an example in its batch, and how many there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seat {
    pub place: usize,
    pub of: usize,
}

/// What a node makes of other values than a run gives it.
///
/// # Errors
/// If it is not known or cannot be computed.
pub fn moved(
    node: &Node,
    opset: i64,
    reads: Vec<Option<Value>>,
    device: &Device,
) -> Result<Vec<Value>, Fault> {
    let run = operators::operator(node, opset)?;
    let mut context =
        Context { device, training: None, seat: None, as_marked: false, moments: Vec::new() };
    node::run(node, &run, reads, &mut context)
}

impl Program {
    /// Looks at every node.
    ///
    /// # Errors
    /// One sentence with the first node whose operator or setting is not known, or that reads what nobody has made.
    pub fn new(model: &Model) -> Result<Self, Fault> {
        Self::of(model, &[])
    }

    /// The same, where some arrays are given at each run.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn of(model: &Model, given: &[&str]) -> Result<Self, Fault> {
        let mut last = HashMap::new();
        let mut made: HashSet<&str> = given.iter().copied().collect();
        made.extend(model.initialisers.iter().map(|(name, _)| name.as_str()));
        made.extend(model.inputs.iter().map(|input| input.name.as_str()));
        for (at, node) in model.nodes.iter().enumerate() {
            for name in node.inputs.iter().filter(|name| !name.is_empty()) {
                if !made.contains(name.as_str()) {
                    return Err(Fault::new(phrase!(
                        "onnx-it-reads-which-nobody-has",
                        called = node.called(),
                        name
                    )));
                }
                last.insert(name.as_str(), at);
            }
            made.extend(node.outputs.iter().map(String::as_str));
        }
        if let Some(missing) = model.outputs.iter().find(|name| !made.contains(name.as_str())) {
            return Err(Fault::new(phrase!("onnx-its-output-is-made-by", missing)));
        }
        let ends = |at: usize, node: &Node| -> Vec<String> {
            let names = node.inputs.iter().chain(&node.outputs);
            let done = names.filter(|name| {
                last.get(name.as_str()).copied().unwrap_or(at) == at
                    && !model.outputs.contains(*name)
            });
            done.cloned().collect()
        };
        let steps = model.nodes.iter().enumerate().map(|(at, node)| {
            let run = operators::operator(node, model.opset)?;
            Ok(Step { node: node.clone(), run, done: ends(at, node) })
        });
        Ok(Self { steps: steps.collect::<Result<_, _>>()?, outputs: model.outputs.clone() })
    }

    /// Runs it on named values, parameters among them; `see` hears what each node makes, in their order.
    ///
    /// # Errors
    /// One sentence with the node that cannot be computed.
    pub fn run(
        &self,
        mut values: HashMap<String, Value>,
        device: &Device,
        mode: Mode<'_>,
        see: &mut dyn FnMut(usize, &str, &Value) -> Result<(), Fault>,
    ) -> Result<(Vec<Value>, Vec<Moments>), Fault> {
        let as_marked = matches!(mode, Mode::AsMarked);
        let (training, seat) = match mode {
            Mode::Training(generator) => (Some(generator), None),
            Mode::OneOf(generator, seat) => (Some(generator), Some(seat)),
            Mode::Evaluation | Mode::AsMarked => (None, None),
        };
        let mut context = Context { device, training, seat, as_marked, moments: Vec::new() };
        for (at, step) in self.steps.iter().enumerate() {
            let reads = step.node.inputs.iter().map(|name| values.get(name).cloned()).collect();
            let made = node::run(&step.node, &step.run, reads, &mut context)?;
            for (name, value) in step.node.outputs.iter().zip(made) {
                if !name.is_empty() {
                    see(at, name, &value)?;
                    values.insert(name.clone(), value);
                }
            }
            for name in &step.done {
                values.remove(name);
            }
        }
        let outputs = self.outputs.iter().map(|name| {
            let missing = || Fault::new(phrase!("onnx-its-output-is-made-by-nobody", name));
            values.get(name).cloned().ok_or_else(missing)
        });
        Ok((outputs.collect::<Result<_, _>>()?, context.moments))
    }
}
