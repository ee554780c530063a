//! The graph: what is computed from what, as a run declares it before its first step.
//!
//! Nodes stand in the order of computation, each with an operator and its attributes; tensors are the named arrays that
//! snapshots show, each with its role and what its dimensions are. What learns without a network has a graph, too: a
//! lookup, a dot product, a loss.

use std::{collections::BTreeSet, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::words::Phrase;

use super::{LayerId, Shape, names::Name};

/// What is trained.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Unchecked")]
pub struct ModelGraph {
    nodes: Vec<Node>,
    tensors: Vec<TensorSpec>,
}

/// A tensor of a graph, by its place in [`ModelGraph::tensors`]; it is valid for one run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct TensorId(pub u32);

/// One computation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Node {
    /// Where it stands, such as `layer1.0.conv2`: nodes whose paths begin alike are a block.
    #[serde(deserialize_with = "super::names::read")]
    pub path: Name,
    /// What it does.
    pub op: Op,
    /// What it reads, in the operator's order: activations first, then parameters.
    pub inputs: Vec<TensorId>,
    /// What it makes.
    pub outputs: Vec<TensorId>,
}

/// An operator with what its arithmetic needs; two numbers are of rows and of columns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Op {
    /// What the model is shown.
    Input,
    /// Sums of products over windows: weights are of output channels × input channels per group × rows × columns.
    Convolution {
        /// Rows and columns of a filter.
        kernel: [usize; 2],
        /// From one window to the next; of a transposed one, from the place of one number to that of the next.
        stride: [usize; 2],
        /// Zeros before the first row and column.
        padding: [usize; 2],
        /// From one number of a window to the next.
        #[serde(default = "one_each", skip_serializing_if = "is_one_each")]
        dilation: [usize; 2],
        /// Groups of channels that do not meet.
        groups: usize,
        /// Whether each number is spread over a window instead: weights are of input channels × output channels per group.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        transposed: bool,
    },
    /// y = W x + b, with W of outputs × inputs.
    Linear,
    /// Products of rows and columns; matrices lie in the last two dimensions, and those before them go together. What is
    /// read third is added.
    MatMul {
        /// Whether the first and the second matrix are read with rows as columns.
        transposed: [bool; 2],
    },
    /// Brings numbers to mean 0 and variance 1 and scales them.
    Normalisation {
        /// Over what: `batch`, `layer` or `group`.
        over: String,
        /// How many numbers that lie together have one mean and variance; 0 if these are read behind scale and shift.
        together: usize,
        /// What is added to the variance.
        epsilon: f32,
    },
    /// One number for each window.
    Pooling {
        /// `max` or `average`.
        takes: String,
        /// Rows and columns of a window.
        kernel: [usize; 2],
        /// From one window to the next.
        stride: [usize; 2],
        /// What is beside the input, before the first row and column.
        #[serde(default)]
        padding: [usize; 2],
        /// From one number of a window to the next.
        #[serde(default = "one_each", skip_serializing_if = "is_one_each")]
        dilation: [usize; 2],
        /// Where an average divides by all places of a window, the places that there are, padding included.
        padded: Option<[usize; 2]>,
    },
    /// A function of each number, such as `relu`.
    Activation {
        /// Its name.
        name: String,
    },
    /// The share of each token in what another sees: softmax of the products of queries and keys over itself and those before
    /// it, heads × tokens × tokens. Queries, keys and values lie beside each other in each row of what is read.
    Attention {
        /// How many at once.
        heads: usize,
    },
    /// The means of the values by such shares, which are read first; behind them queries, keys and values.
    Attended {
        /// How many at once.
        heads: usize,
    },
    /// A row of a table.
    Embedding,
    /// The sum of its inputs; smaller ones are repeated along dimensions of one.
    Add,
    /// A function of the numbers at the same place, such as `mul`; smaller inputs are repeated along dimensions of one.
    Elementwise {
        /// Its name.
        name: String,
    },
    /// One number for all along some dimensions.
    Reduction {
        /// `sum`, `mean`, `max` or `min`.
        takes: String,
        /// Which dimensions.
        axes: Vec<usize>,
    },
    /// Numbers taken from other places, `offset` + Σ index × stride, where the indices count what is made by `sizes`.
    Strided {
        /// What does it, such as `transpose`.
        name: String,
        /// As if it were of these dimensions.
        sizes: Vec<usize>,
        /// From one to the next along each.
        strides: Vec<isize>,
        /// The place of the first.
        offset: usize,
    },
    /// Its inputs behind each other.
    Concatenate {
        /// Along which dimension.
        axis: usize,
    },
    /// The same numbers in other dimensions.
    Reshape,
    /// exp over the sum of all exps along some dimensions.
    Softmax {
        /// Which dimensions.
        axes: Vec<usize>,
    },
    /// What is to become small, such as `cross_entropy`.
    Loss {
        /// Its name.
        name: String,
    },
    /// Whatever else, by its name.
    Other {
        /// Its name.
        name: String,
    },
}

/// A named array of the run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TensorSpec {
    /// Its name, under which snapshots show it.
    pub name: LayerId,
    /// What it is for.
    pub role: Role,
    /// What its dimensions are, the last one fastest.
    pub dims: Vec<Dim>,
    /// Whether numbers below zero mean the opposite of those above.
    pub signed: bool,
    /// The numbers of a constant; of others, which snapshots show, none.
    #[serde(default = "no_numbers", skip_serializing_if = "is_empty", with = "super::array")]
    pub constant: Arc<[f32]>,
}

const fn one_each() -> [usize; 2] {
    [1, 1]
}

fn is_one_each(steps: &[usize; 2]) -> bool {
    *steps == one_each()
}

fn no_numbers() -> Arc<[f32]> {
    [].into()
}

fn is_empty(numbers: &[f32]) -> bool {
    numbers.is_empty()
}

impl TensorSpec {
    /// How many numbers it has; none where that is more than memory has addresses for.
    fn count(&self) -> Option<usize> {
        let sizes = self.dims.iter().map(|dim| dim.size);
        // A size of 0 must not hide what overflows beside it.
        sizes.clone().map(|size| size.max(1)).try_fold(1_usize, usize::checked_mul)?;
        Some(sizes.product())
    }

    /// How many numbers it has.
    pub fn len(&self) -> usize {
        self.dims.iter().map(|dim| dim.size).product()
    }

    /// The maps, rows and columns as which it is shown: the last two dimensions are rows and columns.
    pub fn shape(&self) -> Shape {
        let mut sizes = self.dims.iter().rev().map(|dim| dim.size);
        let (columns, rows) = (sizes.next().unwrap_or(1), sizes.next().unwrap_or(1));
        Shape::maps(sizes.product(), rows, columns)
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// One dimension.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dim {
    /// How many.
    pub size: usize,
    /// Of what.
    pub axis: Axis,
}

/// What a dimension counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Axis {
    /// Maps of a layer.
    Channel,
    /// Rows of a map.
    Row,
    /// Columns of a map.
    Column,
    /// Words of a sequence.
    Token,
    /// Heads of an attention.
    Head,
    /// Numbers that describe something.
    Feature,
    /// What something can be told to be.
    Class,
    /// What is recommended.
    Item,
    /// Who it is recommended to.
    Person,
    /// Examples of a batch.
    Example,
    /// Coordinates of a place.
    Coordinate,
}

impl Axis {
    /// A dimension of so many of them.
    pub const fn of(self, size: usize) -> Dim {
        Dim { size, axis: self }
    }
}

/// What a tensor is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// What the model is shown.
    Input,
    /// What a node makes.
    Activation,
    /// What is learned.
    Parameter,
    /// What never changes, and comes with the graph.
    Constant,
    /// The derivative of the loss by another tensor.
    Gradient(TensorId),
    /// What a step adds to another tensor.
    Update(TensorId),
    /// What an optimiser remembers of another tensor.
    OptimiserState(TensorId),
    /// What is worked out of them to be shown.
    Statistic,
}

impl Role {
    /// The tensor that it belongs to, if it belongs to one.
    pub const fn of(self) -> Option<TensorId> {
        match self {
            Self::Gradient(of) | Self::Update(of) | Self::OptimiserState(of) => Some(of),
            Self::Input | Self::Activation | Self::Parameter | Self::Constant | Self::Statistic => {
                None
            }
        }
    }
}

impl ModelGraph {
    /// Makes a graph.
    ///
    /// # Errors
    /// If a node reads what nobody has made, a tensor that is not there is named, or two things have one name.
    pub fn new(nodes: Vec<Node>, tensors: Vec<TensorSpec>) -> Result<Self, Phrase> {
        let names: BTreeSet<_> = tensors.iter().map(|tensor| tensor.name).collect();
        let paths: BTreeSet<_> = nodes.iter().map(|node| node.path).collect();
        if names.len() != tensors.len() || paths.len() != nodes.len() {
            return Err(phrase!("stream-two-tensors-or-two-nodes"));
        }
        let spec = |id: TensorId| {
            tensors.get(id.0 as usize).ok_or_else(|| {
                phrase!("stream-a-graph-names-tensor-but", id = id.0, tensors_count = tensors.len())
            })
        };
        for tensor in &tensors {
            if tensor.count().is_none() {
                return Err(phrase!("stream-tensor-is-too-large", name = tensor.name.name()));
            }
            let holds = if tensor.role == Role::Constant { tensor.len() } else { 0 };
            if tensor.constant.len() != holds {
                let (name, has) = (tensor.name.name(), tensor.constant.len());
                return Err(phrase!("stream-comes-with-numbers-instead-of", name, has, holds));
            }
            if let Some(of) = tensor.role.of() {
                let of = spec(of)?;
                if of.dims != tensor.dims {
                    let (name, of) = (tensor.name.name(), of.name.name());
                    return Err(phrase!("stream-has-not-the-dimensions-of", name, of));
                }
            }
        }
        let mut made = BTreeSet::new();
        for node in &nodes {
            for input in &node.inputs {
                if spec(*input)?.role == Role::Activation && !made.contains(input) {
                    return Err(phrase!("stream-reads-what-nobody-has-made", path = node.path));
                }
            }
            for output in &node.outputs {
                spec(*output)?;
                made.insert(*output);
            }
        }
        Ok(Self { nodes, tensors })
    }

    /// All nodes, in the order of computation.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// All tensors.
    pub fn tensors(&self) -> &[TensorSpec] {
        &self.tensors
    }

    /// A tensor by its id.
    pub fn tensor(&self, id: TensorId) -> Option<&TensorSpec> {
        self.tensors.get(id.0 as usize)
    }

    /// A tensor by the name under which snapshots show it.
    pub fn called(&self, name: LayerId) -> Option<(TensorId, &TensorSpec)> {
        let at = self.tensors.iter().position(|tensor| tensor.name == name)?;
        Some((TensorId(at as u32), self.tensors.get(at)?))
    }

    /// Whether a tensor's numbers are what is made of the one input that is looked at: activations and their gradients are, what
    /// is learned is not.
    pub fn follows_the_input(&self, tensor: &TensorSpec) -> bool {
        match tensor.role {
            Role::Input | Role::Activation => true,
            Role::Gradient(of) => {
                let of = self.tensors.get(of.0 as usize);
                of.is_some_and(|of| matches!(of.role, Role::Input | Role::Activation))
            }
            _ => false,
        }
    }

    /// Whether each node reads what the one before it has made, so that they can be told as one chain.
    pub fn is_chain(&self) -> bool {
        self.nodes.windows(2).all(|two| match two {
            [before, node] => node.inputs.first().is_some_and(|read| before.outputs.contains(read)),
            _ => true,
        })
    }

    /// Numbers that are learned.
    pub fn parameters(&self) -> usize {
        let learned = self.tensors.iter().filter(|tensor| tensor.role == Role::Parameter);
        learned.map(TensorSpec::len).sum()
    }
}

/// A graph as it comes from outside.
#[derive(Deserialize)]
struct Unchecked {
    nodes: Vec<Node>,
    tensors: Vec<TensorSpec>,
}

impl TryFrom<Unchecked> for ModelGraph {
    type Error = Phrase;

    fn try_from(graph: Unchecked) -> Result<Self, Phrase> {
        Self::new(graph.nodes, graph.tensors)
    }
}

/// Puts a graph together, node by node.
#[derive(Debug, Default)]
pub struct GraphBuilder {
    nodes: Vec<Node>,
    tensors: Vec<TensorSpec>,
}

impl GraphBuilder {
    /// Declares a tensor whose numbers cannot be negative, or mean the same on both sides of zero.
    pub fn tensor(&mut self, name: LayerId, role: Role, dims: &[Dim]) -> TensorId {
        self.declare(name, role, dims, false)
    }

    /// Declares a tensor whose numbers below zero mean the opposite of those above.
    pub fn signed(&mut self, name: LayerId, role: Role, dims: &[Dim]) -> TensorId {
        self.declare(name, role, dims, true)
    }

    /// Declares numbers that never change.
    pub fn constant(&mut self, name: LayerId, dims: &[Dim], numbers: Arc<[f32]>) -> TensorId {
        let id = self.declare(name, Role::Constant, dims, true);
        if let Some(tensor) = self.tensors.last_mut() {
            tensor.constant = numbers;
        }
        id
    }

    fn declare(&mut self, name: LayerId, role: Role, dims: &[Dim], signed: bool) -> TensorId {
        let (dims, constant) = (dims.to_vec(), [].into());
        self.tensors.push(TensorSpec { name, role, dims, signed, constant });
        TensorId(self.tensors.len() as u32 - 1)
    }

    /// Adds a node that reads and makes these.
    pub fn node(&mut self, path: Name, op: Op, inputs: &[TensorId], outputs: &[TensorId]) {
        self.nodes.push(Node { path, op, inputs: inputs.to_vec(), outputs: outputs.to_vec() });
    }

    /// The graph.
    ///
    /// # Errors
    /// See [`ModelGraph::new`].
    pub fn build(self) -> Result<ModelGraph, Phrase> {
        ModelGraph::new(self.nodes, self.tensors)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two_layers() -> GraphBuilder {
        let mut graph = GraphBuilder::default();
        let input = graph.tensor(LayerId::new("x"), Role::Input, &[Axis::Feature.of(3)]);
        let dims = [Axis::Class.of(2), Axis::Feature.of(3)];
        let weights = graph.signed(LayerId::new("w"), Role::Parameter, &dims);
        let output = graph.signed(LayerId::new("y"), Role::Activation, &[Axis::Class.of(2)]);
        graph.signed(LayerId::new("dw"), Role::Gradient(weights), &dims);
        graph.node("linear", Op::Linear, &[input, weights], &[output]);
        graph
    }

    #[test]
    fn a_graph_is_found_by_name_and_counts_what_is_learned() {
        let graph = two_layers().build().unwrap();
        assert_eq!(graph.parameters(), 6);
        assert!(graph.is_chain());
        let (id, gradient) = graph.called(LayerId::new("dw")).unwrap();
        assert_eq!((id, gradient.role), (TensorId(3), Role::Gradient(TensorId(1))));
        assert_eq!(graph.tensor(TensorId(4)), None);
        let text = serde_json::to_string(&graph).unwrap();
        assert_eq!(serde_json::from_str::<ModelGraph>(&text).unwrap(), graph);
    }

    #[test]
    fn what_cannot_be_computed_is_no_graph() {
        let nobody = |change: fn(&mut GraphBuilder)| {
            let mut graph = two_layers();
            change(&mut graph);
            graph.build().unwrap_err()
        };
        let missing = nobody(|graph| graph.node("late", Op::Add, &[TensorId(9)], &[]));
        assert!(missing.contains("names tensor 9, but has only 4"), "{missing}");
        let twice = nobody(|graph| graph.node("linear", Op::Add, &[], &[]));
        assert!(twice.contains("one name"), "{twice}");
        let early = nobody(|graph| {
            let node = graph.nodes.remove(0);
            graph.node("softmax", Op::Softmax { axes: vec![0] }, &[TensorId(2)], &[]);
            graph.nodes.push(node);
        });
        assert!(early.contains("softmax reads what nobody has made before it"), "{early}");
        let other = nobody(|graph| graph.tensors[3].dims.truncate(1));
        assert!(other.contains("dw has not the dimensions of w"), "{other}");
        let short = nobody(|graph| {
            graph.constant(LayerId::new("c"), &[Axis::Feature.of(2)], [1.0].into());
        });
        assert!(short.contains("c comes with 1 numbers instead of 2"), "{short}");
    }
}
