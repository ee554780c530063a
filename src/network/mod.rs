//! Networks of any kind as plain data: layers with their settings, their parameters and what each makes of one example.
//!
//! A [`description`] in TOML is read into a [`Network`], whose sizes are inferred on the way; a file of [ONNX](onnx) or
//! [Keras](keras) is [fitted](brought) to the data. Both become a [`Plan`], which is run, trained, drawn and saved.

mod augmentation;
pub mod brought;
mod class_weights;
mod describe;
mod expand;
mod expansion;
mod fault;
mod graph;
mod head;
mod infer;
pub mod keras;
mod made;
pub mod onnx;
mod optimiser;
mod plan;
mod settings;
mod tokens;
pub mod weights;
mod write;

use std::{fmt, sync::Arc};

use crate::words::{InPhrase, Phrase};

pub use augmentation::Augmentation;
pub use class_weights::{ClassWeights, SETTING as CLASS_WEIGHTS_SETTING};
pub use describe::{Description, description};
pub use fault::Fault;
pub use graph::{GRADIENTS, INPUT, NEXT, PROBABILITIES, TEXT, interned};
pub use head::Head;
pub use optimiser::{Rule, Schedule, Training};
pub use plan::{ALPHABET, DESCRIPTION, FROZEN, Memory, Plan, Shown};
pub use write::Stated;

/// The most layers of a network, repeated ones counted.
pub const MOST_LAYERS: usize = 4096;
/// The most numbers that a network learns, or that one of its layers makes of an example.
pub const MOST_NUMBERS: usize = 1 << 28;

/// The layer that gives grey images to all three colours that a network is for.
const COLOURS: &str = "input.colours";

/// A network that is fed forward, each layer after those that it reads.
#[derive(Clone, Debug, PartialEq)]
pub struct Network {
    /// What it is called.
    pub name: String,
    /// What it is shown: images, channels × rows × columns, or text.
    pub input: Size,
    /// How many classes it tells apart: the units of its last layer, for each token of a text.
    pub classes: usize,
    /// Its layers, in the order of computation.
    pub layers: Vec<Layer>,
}

impl Network {
    /// What it learns, layer by layer.
    pub fn parameters(&self) -> impl Iterator<Item = &Parameter> {
        self.layers.iter().flat_map(|layer| &layer.parameters)
    }

    /// How many numbers it learns.
    pub fn learned(&self) -> usize {
        self.parameters().map(Parameter::len).sum()
    }

    /// Numbers that its layers make of one example.
    pub fn units(&self) -> usize {
        self.layers.iter().map(|layer| layer.size.len()).sum()
    }

    /// Multiply-adds for one example, of convolutions, linear layers and attention.
    pub fn multiply_adds(&self) -> u64 {
        self.layers.iter().map(Layer::multiply_adds).sum()
    }

    /// What a layer reads, where 0 is the input and n the layer n − 1.
    pub fn size_of(&self, value: usize) -> Option<Size> {
        match value.checked_sub(1) {
            None => Some(self.input),
            Some(layer) => self.layers.get(layer).map(|layer| layer.size),
        }
    }
}

/// One layer.
#[derive(Clone, Debug, PartialEq)]
pub struct Layer {
    /// Where it stands, such as `layer1.0.conv2`.
    pub path: String,
    /// What it does.
    pub operator: Operator,
    /// What it reads: 0 is the network's input, n the output of layer n − 1.
    pub from: Vec<usize>,
    /// What it makes of one example.
    pub size: Size,
    /// What it learns: the weights first.
    pub parameters: Vec<Parameter>,
}

impl Layer {
    /// Multiply-adds for one example.
    pub fn multiply_adds(&self) -> u64 {
        let weights = self.parameters.first().map_or(0, Parameter::len) as u64;
        match (&self.operator, self.size) {
            (Operator::Convolution { .. }, Size::Maps { rows, columns, .. }) => {
                weights * (rows * columns) as u64
            }
            (Operator::Linear, Size::Tokens { tokens, .. }) => weights * tokens as u64,
            (Operator::Linear, _) => weights,
            (Operator::AttentionWeights { features, .. }, Size::Maps { rows, columns, .. }) => {
                (rows * columns * features) as u64
            }
            (Operator::AttentionValues { .. }, Size::Tokens { tokens, features }) => {
                (tokens * tokens * features) as u64
            }
            _ => 0,
        }
    }
}

/// What a layer does, with `PyTorch`'s settings; two numbers are of rows and of columns.
#[derive(Clone, Debug, PartialEq)]
pub enum Operator {
    /// Sums of products over windows: weights are outputs × inputs per group × rows × columns.
    Convolution {
        kernel: [usize; 2],
        stride: [usize; 2],
        padding: [usize; 2],
        dilation: [usize; 2],
        groups: usize,
    },
    /// y = W x + b, weights are outputs × inputs.
    Linear,
    /// Brings each channel to mean 0 and variance 1 over batch and places; running means are kept by 1 − momentum.
    BatchNorm { epsilon: f64, momentum: f64 },
    /// Brings groups of channels of one example to mean 0 and variance 1; with one group, all of them.
    GroupNorm { groups: usize, epsilon: f64 },
    /// One number for each window.
    Pool { takes: Takes, kernel: [usize; 2], stride: [usize; 2], padding: [usize; 2] },
    /// The mean of each map.
    GlobalAveragePool,
    /// A function of each number.
    Activation(Function),
    /// Leaves out numbers at random while it trains.
    Dropout { probability: f64 },
    /// Maps as one row of numbers.
    Flatten,
    /// The sum of what it reads.
    Add,
    /// The maps of what it reads, behind each other.
    Concatenate,
    /// The row of a table for each character: weights are characters × features.
    Embedding,
    /// A row of a table for each place, added: weights are tokens × features.
    Positions,
    /// softmax (Q Kᵀ / √d) of queries and keys, heads × tokens × tokens; no token looks at those behind it. It reads
    /// queries, keys and values of so many features each.
    AttentionWeights { heads: usize, features: usize },
    /// Means of the values by the weights, which it reads first; behind them queries, keys and values.
    AttentionValues { heads: usize },
}

/// What a pooling takes of its window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    Largest,
    Mean,
}

/// A function of one number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Function {
    Relu,
    /// A ReLU that lets this share of what is below zero through.
    LeakyRelu(f64),
    /// x Φ(x).
    Gelu,
    /// x σ(x).
    Silu,
    Sigmoid,
    Tanh,
}

impl Function {
    /// Its name, as `PyTorch` has it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Relu => "relu",
            Self::LeakyRelu(_) => "leaky_relu",
            Self::Gelu => "gelu",
            Self::Silu => "silu",
            Self::Sigmoid => "sigmoid",
            Self::Tanh => "tanh",
        }
    }
}

/// Numbers that a layer learns.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// The layer's path and what it is of it, such as `conv1.weight`.
    pub name: String,
    /// Its dimensions, the last one fastest.
    pub dims: Vec<usize>,
    /// What it begins with.
    pub first: First,
}

impl Parameter {
    /// Whether steps change it: what its author froze stays as it came.
    pub fn learns(&self) -> bool {
        !self.name.starts_with(FROZEN)
    }

    /// How many numbers it has.
    pub fn len(&self) -> usize {
        self.dims.iter().product()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Numbers that a file, a plan, a network, its snapshots and burn share until one of them changes them: a large network lies
/// in memory once.
pub type Numbers = Arc<Vec<f32>>;

/// What a parameter begins with.
#[derive(Clone, Debug, PartialEq)]
pub enum First {
    /// All the same.
    Constant(f32),
    /// Evenly within ± this bound: 1 / √(inputs of a unit), as `PyTorch` begins
    /// (<https://docs.pytorch.org/docs/stable/generated/torch.nn.Linear.html>).
    Within(f32),
    /// Normally distributed around 0 with this deviation.
    Normal(f32),
    /// These numbers, in their order.
    Given(Numbers),
}

/// What a layer makes of one example.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// Maps of rows × columns.
    Maps { channels: usize, rows: usize, columns: usize },
    /// A row of numbers.
    Vector(usize),
    /// So many characters of a text, each the number of its place in the alphabet.
    Text(usize),
    /// A row of numbers for each token.
    Tokens { tokens: usize, features: usize },
}

impl Size {
    /// How many numbers.
    pub const fn len(self) -> usize {
        match self {
            Self::Maps { channels, rows, columns } => channels * rows * columns,
            Self::Vector(length) | Self::Text(length) => length,
            Self::Tokens { tokens, features } => tokens * features,
        }
    }

    /// Whether there are none.
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Tokens: rows, each of which is one of them.
    pub const fn tokens(self) -> usize {
        match self {
            Self::Maps { rows, .. } => rows,
            Self::Vector(_) => 1,
            Self::Text(tokens) | Self::Tokens { tokens, .. } => tokens,
        }
    }

    /// Channels of maps, or numbers of a row: what a normalisation or a bias has one for.
    pub const fn channels(self) -> usize {
        match self {
            Self::Maps { channels, .. } => channels,
            Self::Vector(length) | Self::Text(length) => length,
            Self::Tokens { features, .. } => features,
        }
    }
}

impl InPhrase for Size {
    fn in_phrase(&self) -> Phrase {
        match self {
            Self::Maps { channels, rows, columns } => {
                Phrase::plain(&format_args!("{channels} × {rows} × {columns}"))
            }
            Self::Vector(1) => phrase!("network-files-one-number"),
            Self::Vector(length) => phrase!("network-files-numbers", length),
            Self::Text(length) => phrase!("network-files-characters", length),
            Self::Tokens { tokens, features } => {
                phrase!("network-files-tokens", tokens, features)
            }
        }
    }
}

impl fmt::Display for Size {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.in_phrase().fmt(out)
    }
}

#[cfg(test)]
mod tests;
