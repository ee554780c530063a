//! Networks as ONNX has them: operators with attributes that read and make named arrays
//! (<https://onnx.ai/onnx/repo-docs/IR.html>).
//!
//! What is read is plain data within limits; nothing is computed here. Names are the file's own.

mod array;
mod formats;
mod read;
mod scan;
#[cfg(test)]
mod tests;
mod write;

use std::collections::BTreeMap;

use crate::words::Phrase;

pub use array::{Array, Cells, Kind};
pub(super) use read::named;
pub use read::{array, model};
pub use write::bytes;

use super::Fault;

/// The oldest and the newest version of the operators that are looked at. Before 6 many had other settings, which are not
/// known one by one.
pub const OPSETS: [i64; 2] = [1, 28];

/// A network with its numbers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    /// Who wrote it, such as `pytorch 1.13.1`.
    pub producer: String,
    /// The version of its operators.
    pub opset: i64,
    /// What it is given, without what it has itself.
    pub inputs: Vec<Port>,
    /// What it gives.
    pub outputs: Vec<String>,
    /// How many dimensions they are told to have; 0 where the file does not say.
    pub output_rank: usize,
    /// In the order of computation.
    pub nodes: Vec<Node>,
    /// The arrays that it has, in the file's order.
    pub initialisers: Vec<(String, Array)>,
    /// What else is said of it.
    pub facts: BTreeMap<String, String>,
}

/// What a network is given.
#[derive(Clone, Debug, PartialEq)]
pub struct Port {
    /// Its name.
    pub name: String,
    /// What its numbers are; `None` where the file does not say or says what no array is.
    pub kind: Option<Kind>,
    /// Its dimensions, where they are numbers.
    pub dims: Vec<Option<usize>>,
}

/// One computation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Node {
    /// Its name, which may be empty.
    pub name: String,
    /// What it does, such as `Conv`.
    pub operator: String,
    /// Whose operator it is: empty for ONNX's own.
    pub domain: String,
    /// What it reads; an empty name is left out.
    pub inputs: Vec<String>,
    /// What it makes; an empty name is asked for by nobody.
    pub outputs: Vec<String>,
    /// Its settings by name.
    pub attributes: BTreeMap<String, Attribute>,
}

impl Node {
    /// Its name, or its operator and the first that it makes.
    pub fn called(&self) -> Phrase {
        let made = self.outputs.first().map_or(phrase!("onnx-nothing"), Phrase::from);
        match self.name.as_str() {
            "" => phrase!("onnx-of", operator = self.operator, made),
            name => format!("{} “{name}”", self.operator).into(),
        }
    }
}

/// A setting of a node.
#[derive(Clone, Debug, PartialEq)]
pub enum Attribute {
    Int(i64),
    Float(f32),
    Text(String),
    Array(Array),
    Ints(Vec<i64>),
    Floats(Vec<f32>),
    Texts(Vec<String>),
    /// A network within the network, as loops and conditions have; what is in it is not kept.
    Graph,
}

impl Model {
    /// An array that it has.
    pub fn initialiser(&self, name: &str) -> Option<&Array> {
        self.initialisers.iter().find(|(called, _)| called == name).map(|(_, array)| array)
    }
}
