//! A network that can be run, trained and drawn, whatever it came from: operators of ONNX, what is learned of their arrays,
//! what normalisations remember, and the graph that its run declares.

use std::collections::HashMap;

use super::{First, Numbers, Parameter, Size, onnx};
use crate::stream::{LayerId, ModelGraph};
use crate::words::Phrase;

/// The fact of a model whose normalisations remember the variance of a batch itself, as Keras' do, and not that of a sample
/// from which it could be.
pub(super) const POPULATION_VARIANCE: [&str; 2] = ["running_variance", "population"];

/// Before the names of arrays that are shown as all weights are, but stay as they are, as do normalisations whose arrays
/// they are.
pub const FROZEN: &str = "frozen::";

/// The facts of a network for text that let its file be brought again: its description, and the characters that it tells
/// apart, in the order of its classes.
pub const DESCRIPTION: &str = "description";
pub const ALPHABET: &str = "alphabet";

/// How a described or a brought network is run.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// What it is called.
    pub name: String,
    /// What it is shown: images, channels × rows × columns, or text.
    pub input: Size,
    /// How many classes it tells apart.
    pub classes: usize,
    /// Its operators. Its input is `[batch, channels, rows, columns]`, its output the logits, `[batch, classes]`; of text
    /// `[batch, tokens]` and `[batch, tokens, classes]`. Of its arrays those that are learned or remembered have only names and dimensions here.
    pub model: onnx::Model,
    /// What it learns, by the names of arrays.
    pub parameters: Vec<Parameter>,
    /// What normalisations remember, by the names of arrays, with what they begin with.
    pub memories: Vec<Memory>,
    /// What is shown of an image, in the order of computation.
    pub shown: Vec<Shown>,
    /// What its run declares.
    pub graph: ModelGraph,
    /// Layers, as its author counts them.
    pub layers: usize,
    /// Multiply-adds for one image.
    pub multiply_adds: u64,
    /// Whether its file takes only one image at once.
    pub single: bool,
    /// What a visitor has to know of it.
    pub remarks: Vec<Phrase>,
}

/// What a normalisation remembers: means or variances of its channels.
#[derive(Clone, Debug, PartialEq)]
pub struct Memory {
    pub name: String,
    pub first: Vec<f32>,
}

/// A tensor that is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// The name under which snapshots show it.
    pub name: LayerId,
    /// Its name among the values of the operators.
    pub value: String,
}

impl Plan {
    /// How many numbers it learns.
    pub fn learned(&self) -> usize {
        self.parameters.iter().map(Parameter::len).sum()
    }

    /// Whether its weights came with it, instead of being drawn.
    pub fn begins_with_its_own(&self) -> bool {
        self.parameters.iter().any(|parameter| matches!(parameter.first, First::Given(_)))
    }

    /// Whether its normalisations remember the variance of a batch as that of all there is.
    pub fn remembers_population(&self) -> bool {
        let [fact, value] = POPULATION_VARIANCE;
        self.model.facts.get(fact).is_some_and(|told| told == value)
    }

    /// Numbers that its shown tensors have for one image.
    pub fn units(&self) -> usize {
        let spec = |shown: &Shown| self.graph.called(shown.name).map_or(0, |(_, spec)| spec.len());
        self.shown.iter().map(spec).sum()
    }

    /// Lets each run begin with these numbers, in the order of its parameters and its memories.
    pub fn begin_as(&mut self, learned: Vec<Numbers>, remembered: Vec<Vec<f32>>) {
        for (parameter, numbers) in self.parameters.iter_mut().zip(learned) {
            parameter.first = First::Given(numbers);
        }
        for (memory, numbers) in self.memories.iter_mut().zip(remembered) {
            memory.first = numbers;
        }
    }

    /// The names of all arrays that are learned or remembered.
    pub fn arrays(&self) -> Vec<&str> {
        let learned = self.parameters.iter().map(|parameter| parameter.name.as_str());
        learned.chain(self.memories.iter().map(|memory| memory.name.as_str())).collect()
    }

    /// The dimensions of so many examples.
    pub fn input_dims(&self, count: usize) -> Vec<usize> {
        match self.input {
            Size::Maps { channels, rows, columns } => vec![count, channels, rows, columns],
            Size::Vector(length) | Size::Text(length) => vec![count, length],
            Size::Tokens { tokens, features } => vec![count, tokens, features],
        }
    }

    /// How often it answers to one example: once to an image, at each token of a text.
    pub const fn answers(&self) -> usize {
        match self.input {
            Size::Text(tokens) => tokens,
            _ => 1,
        }
    }

    /// The place of each shown tensor by the name of its value.
    pub fn shown_by_value(&self) -> HashMap<&str, usize> {
        self.shown.iter().enumerate().map(|(at, shown)| (shown.value.as_str(), at)).collect()
    }
}
