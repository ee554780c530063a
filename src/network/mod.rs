//! Networks of any kind as plain data: layers with their settings, their parameters and what each makes of one example.
//!
//! A [`description`] in TOML is read into a [`Network`], whose sizes are inferred on the way; a file of [ONNX](onnx) is
//! [fitted](brought) to the data. Both become a [`Plan`], which is run, trained, drawn and saved.

pub mod brought;
mod describe;
mod expand;
mod fault;
mod graph;
mod infer;
pub mod onnx;
mod optimiser;
mod plan;
mod settings;
pub mod weights;
mod write;

use std::{fmt, sync::Arc};

pub use describe::{Description, description};
pub use fault::Fault;
pub use graph::{GRADIENTS, INPUT, PROBABILITIES, interned};
pub use optimiser::{Rule, Schedule, Training};
pub use plan::{Memory, Plan, Shown};
pub use write::Stated;

/// The most layers of a network, repeated ones counted.
pub const MOST_LAYERS: usize = 4096;
/// The most numbers that a network learns, or that one of its layers makes of an example.
pub const MOST_NUMBERS: usize = 1 << 28;

/// A network that is fed forward, each layer after those that it reads.
#[derive(Clone, Debug, PartialEq)]
pub struct Network {
    /// What it is called.
    pub name: String,
    /// What it is shown: images, channels × rows × columns.
    pub input: Size,
    /// How many classes it tells apart: the units of its last layer.
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

    /// Multiply-adds for one example, of convolutions and linear layers.
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
            (Operator::Linear, _) => weights,
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
    /// How many numbers it has.
    pub fn len(&self) -> usize {
        self.dims.iter().product()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// What a parameter begins with.
#[derive(Clone, Debug, PartialEq)]
pub enum First {
    /// All the same.
    Constant(f32),
    /// Evenly within ± this bound: 1 / √(inputs of a unit), as `PyTorch` begins
    /// (<https://docs.pytorch.org/docs/stable/generated/torch.nn.Linear.html>).
    Within(f32),
    /// These numbers, in their order.
    Given(Arc<[f32]>),
}

/// What a layer makes of one example.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// Maps of rows × columns.
    Maps { channels: usize, rows: usize, columns: usize },
    /// A row of numbers.
    Vector(usize),
}

impl Size {
    /// How many numbers.
    pub const fn len(self) -> usize {
        match self {
            Self::Maps { channels, rows, columns } => channels * rows * columns,
            Self::Vector(length) => length,
        }
    }

    /// Whether there are none.
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Channels of maps, or numbers of a row: what a normalisation or a bias has one for.
    pub const fn channels(self) -> usize {
        match self {
            Self::Maps { channels, .. } => channels,
            Self::Vector(length) => length,
        }
    }
}

impl fmt::Display for Size {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Maps { channels, rows, columns } => {
                write!(out, "{channels} × {rows} × {columns}")
            }
            Self::Vector(1) => out.write_str("one number"),
            Self::Vector(length) => write!(out, "{length} numbers"),
        }
    }
}

#[cfg(test)]
mod tests;
