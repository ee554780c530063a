//! A described network as operators of ONNX: what runs it and what its file holds are the same.

use std::collections::BTreeMap;

use crate::words::Phrase;

use super::{
    Fault, First, Function, Layer, Network, Numbers, Operator, Size, Takes,
    expansion::{Expansion, ints},
    interned,
    onnx::{Array, Attribute, Cells, Kind, Model, Port},
    plan::{Memory, Plan, Shown},
    weights::Given,
};

/// The version of the operators that is written: the first in which groups are scaled channel by channel.
const OPSET: i64 = 21;
/// What the network is shown, among its values.
const IMAGES: &str = "images";
const TOKENS: &str = "tokens";
/// What a network for text ends in: a row of logits for each token of each example.
const LOGITS: &str = "logits";

impl Network {
    /// How it is run.
    ///
    /// # Errors
    /// If a name is too long or there are too many.
    pub fn plan(&self) -> Result<Plan, Phrase> {
        let graph = self.graph()?;
        let mut expansion = Expansion::default();
        let mut shown = Vec::with_capacity(self.layers.len());
        let mut memories = Vec::new();
        for layer in &self.layers {
            expansion.layer(self, layer);
            if matches!(layer.operator, Operator::BatchNorm { .. }) {
                let channels = layer.size.channels();
                for (name, first) in remembered(&layer.path).into_iter().zip([0.0, 1.0]) {
                    memories.push(Memory { name, first: vec![first; channels] });
                }
            }
            let name = interned(&layer.path)?;
            shown.push(Shown { name, value: layer.path.clone() });
        }
        let last = self.layers.last().map(|layer| layer.path.clone()).unwrap_or_default();
        let (kind, dims, output) = match self.input {
            Size::Maps { channels, rows, columns } => {
                (Kind::F32, vec![None, Some(channels), Some(rows), Some(columns)], last)
            }
            Size::Text(tokens) => {
                expansion.reshaped(
                    last,
                    LOGITS.to_owned(),
                    &[-1, tokens as i64, self.classes as i64],
                );
                (Kind::I64, vec![None, Some(tokens)], LOGITS.to_owned())
            }
            other => return Err(phrase!("network-files-a-network-is-shown-images", other)),
        };
        let output_rank = if let Size::Text(_) = self.input { 3 } else { 2 };
        let parameters: Vec<_> = self.parameters().cloned().collect();
        let model = Model {
            producer: "perceptarium".to_owned(),
            opset: OPSET,
            inputs: vec![Port { name: self.value(0), kind: Some(kind), dims }],
            outputs: vec![output],
            output_rank,
            nodes: expansion.nodes,
            initialisers: expansion.constants,
            facts: BTreeMap::new(),
        };
        Ok(Plan {
            name: self.name.clone(),
            input: self.input,
            classes: self.classes,
            model,
            parameters,
            memories,
            shown,
            graph,
            layers: self.layers.len(),
            multiply_adds: self.multiply_adds(),
            single: false,
            remarks: Vec::new(),
        })
    }

    /// The value that a layer reads, by its place.
    fn value(&self, from: usize) -> String {
        match from.checked_sub(1).and_then(|layer| self.layers.get(layer)) {
            Some(layer) => layer.path.clone(),
            None => if let Size::Text(_) = self.input { TOKENS } else { IMAGES }.to_owned(),
        }
    }
}

/// The names under which `PyTorch` keeps what a batch normalisation remembers.
pub(super) fn remembered(path: &str) -> [String; 2] {
    ["running_mean", "running_var"].map(|word| format!("{path}.{word}"))
}

impl Expansion {
    fn layer(&mut self, network: &Network, layer: &Layer) {
        let mut reads: Vec<String> = layer.from.iter().map(|from| network.value(*from)).collect();
        reads.extend(layer.parameters.iter().map(|parameter| parameter.name.clone()));
        let made = layer.path.clone();
        match &layer.operator {
            Operator::Convolution { kernel, stride, padding, dilation, groups } => {
                let [top, left] = *padding;
                let attributes = [
                    ("kernel_shape", ints(kernel)),
                    ("strides", ints(stride)),
                    ("pads", ints(&[top, left, top, left])),
                    ("dilations", ints(dilation)),
                    ("group", Attribute::Int(*groups as i64)),
                ];
                self.node("Conv", reads, made, &attributes);
            }
            Operator::Linear => {
                self.node("Gemm", reads, made, &[("transB", Attribute::Int(1))]);
            }
            Operator::BatchNorm { epsilon, momentum } => {
                reads.extend(remembered(&layer.path));
                let attributes = [
                    ("epsilon", Attribute::Float(*epsilon as f32)),
                    // What stays, where PyTorch says what comes.
                    ("momentum", Attribute::Float((1.0 - momentum) as f32)),
                ];
                self.node("BatchNormalization", reads, made, &attributes);
            }
            Operator::GroupNorm { groups, epsilon } => {
                let epsilon = ("epsilon", Attribute::Float(*epsilon as f32));
                match layer.size {
                    Size::Vector(_) | Size::Tokens { .. } if *groups == 1 => {
                        self.node("LayerNormalization", reads, made, &[epsilon]);
                    }
                    _ => {
                        let groups = ("num_groups", Attribute::Int(*groups as i64));
                        self.node("GroupNormalization", reads, made, &[epsilon, groups]);
                    }
                }
            }
            Operator::Pool { takes, kernel, stride, padding } => {
                let [top, left] = *padding;
                let mut attributes = vec![
                    ("kernel_shape", ints(kernel)),
                    ("strides", ints(stride)),
                    ("pads", ints(&[top, left, top, left])),
                ];
                if *takes == Takes::Mean {
                    attributes.push(("count_include_pad", Attribute::Int(1)));
                }
                let operator = if *takes == Takes::Mean { "AveragePool" } else { "MaxPool" };
                self.node(operator, reads, made, &attributes);
            }
            Operator::GlobalAveragePool => {
                let means = format!("{made}/maps");
                self.node("GlobalAveragePool", reads, means.clone(), &[]);
                self.node("Flatten", vec![means], made, &[]);
            }
            Operator::Activation(function) => self.function(*function, reads, made),
            Operator::Dropout { probability } => {
                let ratio = format!("{made}/ratio");
                self.constants
                    .push((ratio.clone(), Array::singles(Vec::new(), vec![*probability as f32])));
                reads.push(ratio);
                self.node("Dropout", reads, made, &[]);
            }
            Operator::Flatten => self.node("Flatten", reads, made, &[]),
            Operator::Add => self.node("Sum", reads, made, &[]),
            Operator::Concatenate => {
                self.node("Concat", reads, made, &[("axis", Attribute::Int(1))]);
            }
            Operator::Embedding | Operator::Positions => self.table(layer, &reads, made),
            Operator::AttentionWeights { heads, features } => {
                let tokens = layer.size.tokens();
                self.attention_weights([*heads, *features, tokens], &reads, made);
            }
            Operator::AttentionValues { heads } => {
                let sizes = [*heads, layer.size.channels(), layer.size.tokens()];
                self.attention_values(sizes, &reads, made);
            }
        }
    }

    fn function(&mut self, function: Function, reads: Vec<String>, made: String) {
        let operator = match function {
            Function::Relu => "Relu",
            Function::LeakyRelu(slope) => {
                let slope = ("alpha", Attribute::Float(slope as f32));
                return self.node("LeakyRelu", reads, made, &[slope]);
            }
            Function::Gelu => "Gelu",
            Function::Silu => {
                let gate = format!("{made}/gate");
                self.node("Sigmoid", reads.clone(), gate.clone(), &[]);
                return self.node("Mul", [reads, vec![gate]].concat(), made, &[]);
            }
            Function::Sigmoid => "Sigmoid",
            Function::Tanh => "Tanh",
        };
        self.node(operator, reads, made, &[]);
    }
}

impl Plan {
    /// Lets each run of a described network begin with what a file has for it; only what is missing is drawn.
    pub fn begin_with(&mut self, network: &Network, given: Given) {
        for (parameter, numbers) in self.parameters.iter_mut().zip(given.parameters) {
            if let Some(numbers) = numbers.filter(|numbers| numbers.len() == parameter.len()) {
                parameter.first = First::Given(numbers.into());
            }
        }
        for (layer, running) in network.layers.iter().zip(given.running) {
            for (name, numbers) in remembered(&layer.path).iter().zip(running.into_iter().flatten())
            {
                let memory = self.memories.iter_mut().find(|memory| memory.name == *name);
                if let Some(memory) = memory.filter(|memory| memory.first.len() == numbers.len()) {
                    memory.first = numbers;
                }
            }
        }
        self.remarks.extend(given.remarks);
    }

    /// The network with these numbers, as a file of ONNX holds it: in the order of its parameters and its memories.
    ///
    /// # Errors
    /// If it has something that is not written.
    pub fn file(&self, learned: &[Numbers], remembered: &[Vec<f32>]) -> Result<Vec<u8>, Fault> {
        let mut model = self.model.clone();
        let parameters = self.parameters.iter().zip(learned);
        let parameters = parameters.map(|(parameter, numbers)| {
            let cells = Cells::Singles(numbers.clone());
            (parameter.name.clone(), Array { kind: Kind::F32, dims: parameter.dims.clone(), cells })
        });
        let memories = self.memories.iter().zip(remembered).map(|(memory, numbers)| {
            (memory.name.clone(), Array::singles(vec![numbers.len()], numbers.clone()))
        });
        model.initialisers.extend(parameters.chain(memories));
        super::onnx::bytes(&model)
    }
}
