//! A network as the graph that its run declares: every layer's output, every parameter and its gradient by name.

use std::{borrow::Cow, collections::HashMap};

use super::{Function, Layer, Network, Operator, Parameter, Size, Takes};
use crate::stream::{
    Axis, Dim, GraphBuilder, LayerId, ModelGraph, Op, Role, TensorId,
    names::{BadName, interned as kept},
};
use crate::words::Phrase;

/// What the network is shown: channels × rows × columns, brightness 0..=1.
pub const INPUT: LayerId = LayerId::new("Image");
/// The text that the network is shown: for each token its place in the alphabet.
pub const TEXT: LayerId = LayerId::new("Text");
/// The logits of the character behind the last one that a network for text is shown.
pub const NEXT: LayerId = LayerId::new("Next character");
/// Shares of the classes.
pub const PROBABILITIES: LayerId = LayerId::new("Probabilities");
/// Behind the name of a parameter, the name of its gradient.
pub const GRADIENTS: &str = " gradient";

/// Bytes of a name that is kept whole; of longer ones the middle is left out.
const WHOLE_NAME: usize = 160;

/// A name as it is shown: a long one by its beginning, a number that is its own, and its end.
pub(super) fn label(name: &str) -> Cow<'_, str> {
    if name.len() <= WHOLE_NAME {
        return Cow::Borrowed(name);
    }
    let start: String = name.chars().take(24).collect();
    let end: String = name.chars().skip(name.chars().count().saturating_sub(24)).collect();
    Cow::Owned(format!("{start}…{:08x}…{end}", crc32fast::hash(name.as_bytes())))
}

/// The name of a tensor, for good.
///
/// # Errors
/// If it is too long, or there are too many.
pub fn interned(name: &str) -> Result<LayerId, BadName> {
    kept(&label(name)).map(LayerId::new)
}

impl Network {
    /// What is computed from what, with softmax and loss behind the last layer.
    ///
    /// # Errors
    /// If a name is too long or there are too many.
    pub fn graph(&self) -> Result<ModelGraph, Phrase> {
        let mut graph = GraphBuilder::default();
        let name = if let Size::Text(_) = self.input { TEXT } else { INPUT };
        let input = graph.tensor(name, Role::Input, &dims(self.input));
        let mut values = vec![input];
        let mut signed = vec![false];
        graph.node("input", Op::Input, &[], &[input]);
        for layer in &self.layers {
            let reads = |of: &[TensorId]| -> Vec<TensorId> {
                layer.from.iter().filter_map(|value| of.get(*value).copied()).collect()
            };
            let mut inputs = reads(&values);
            for (at, parameter) in layer.parameters.iter().enumerate() {
                let dims = self.parameter_dims(&layer.operator, &layer.from, parameter);
                let name = interned(&parameter.name)?;
                let id = graph.signed(name, Role::Parameter, &dims);
                let name = format!("{}{GRADIENTS}", parameter.name);
                let name = interned(&name)?;
                graph.signed(name, Role::Gradient(id), &dims);
                if at < 2 {
                    inputs.push(id);
                }
            }
            if let Operator::BatchNorm { .. } = layer.operator {
                for name in super::expand::remembered(&layer.path) {
                    let name = interned(&name)?;
                    let dims = [Axis::Channel.of(Self::channels_of(layer))];
                    inputs.push(graph.signed(name, Role::Statistic, &dims));
                }
            }
            let of_read =
                layer.from.iter().any(|value| signed.get(*value).copied().unwrap_or(true));
            let below_zero = layer.operator.is_signed(of_read);
            let path = kept(&layer.path)?;
            let size = match (&layer.operator, layer.size) {
                (Operator::AttentionWeights { .. }, Size::Maps { channels, rows, columns }) => {
                    vec![Axis::Head.of(channels), Axis::Token.of(rows), Axis::Token.of(columns)]
                }
                (_, size) => dims(size),
            };
            let output = if below_zero {
                graph.signed(LayerId::new(path), Role::Activation, &size)
            } else {
                graph.tensor(LayerId::new(path), Role::Activation, &size)
            };
            graph.node(path, self.op(layer), &inputs, &[output]);
            values.push(output);
            signed.push(below_zero);
        }
        let mut logits = values.last().copied().unwrap_or(input);
        if let Size::Text(tokens) = self.input {
            // What the last token tells.
            let next = graph.signed(NEXT, Role::Activation, &[Axis::Class.of(self.classes)]);
            let last = Op::Strided {
                name: "last token".to_owned(),
                sizes: vec![self.classes],
                strides: vec![1],
                offset: tokens.saturating_sub(1) * self.classes,
            };
            graph.node("next", last, &[logits], &[next]);
            logits = next;
        }
        let shares = [Axis::Class.of(self.classes)];
        let shares = graph.tensor(PROBABILITIES, Role::Activation, &shares);
        graph.node("softmax", Op::Softmax { axes: vec![0] }, &[logits], &[shares]);
        graph.node("loss", Op::Loss { name: "cross_entropy".to_owned() }, &[shares], &[]);
        graph.build()
    }

    /// What the dimensions of a parameter are; weights to a row that was maps are laid out as these.
    fn parameter_dims(&self, of: &Operator, from: &[usize], parameter: &Parameter) -> Vec<Dim> {
        match (of, &parameter.dims[..]) {
            (Operator::Convolution { .. }, [out, inputs, rows, columns]) => vec![
                Axis::Channel.of(*out),
                Axis::Channel.of(*inputs),
                Axis::Row.of(*rows),
                Axis::Column.of(*columns),
            ],
            (Operator::Linear, [out, inputs]) => {
                let flat = from.first().and_then(|value| value.checked_sub(1));
                let flat = flat.and_then(|layer| self.layers.get(layer));
                let maps = flat.filter(|layer| layer.operator == Operator::Flatten);
                let maps = maps.and_then(|layer| self.size_of(*layer.from.first()?));
                match maps {
                    Some(maps @ Size::Maps { .. }) => {
                        let mut all = vec![Axis::Feature.of(*out)];
                        all.extend(dims(maps));
                        all
                    }
                    _ => vec![Axis::Feature.of(*out), Axis::Feature.of(*inputs)],
                }
            }
            (Operator::Embedding, [characters, features]) => {
                vec![Axis::Class.of(*characters), Axis::Feature.of(*features)]
            }
            (Operator::Positions, [tokens, features]) => {
                vec![Axis::Token.of(*tokens), Axis::Feature.of(*features)]
            }
            (_, sizes) => sizes.iter().map(|size| Axis::Channel.of(*size)).collect(),
        }
    }

    /// The operator in the words of the contract; what it has no words for is told by name.
    fn op(&self, layer: &Layer) -> Op {
        let other = |name: &str| Op::Other { name: name.to_owned() };
        let read = layer.from.first().and_then(|value| self.size_of(*value));
        let pooling = |takes: Takes, kernel, stride, padding: [usize; 2]| Op::Pooling {
            takes: takes.word().to_owned(),
            kernel,
            stride,
            padding,
            dilation: [1, 1],
            padded: match read {
                Some(Size::Maps { rows, columns, .. }) if takes == Takes::Mean => {
                    Some([rows + 2 * padding[0], columns + 2 * padding[1]])
                }
                _ => None,
            },
        };
        match &layer.operator {
            Operator::Convolution { kernel, stride, padding, dilation, groups } => {
                Op::Convolution {
                    kernel: *kernel,
                    stride: *stride,
                    padding: *padding,
                    dilation: *dilation,
                    groups: *groups,
                    transposed: false,
                }
            }
            Operator::Linear => match layer.size {
                Size::Tokens { .. } => Op::MatMul { transposed: [false, true] },
                _ => Op::Linear,
            },
            Operator::BatchNorm { epsilon, .. } => Op::Normalisation {
                over: "batch".to_owned(),
                together: 0,
                epsilon: *epsilon as f32,
            },
            Operator::GroupNorm { groups, epsilon } => Op::Normalisation {
                over: if *groups == 1 { "layer" } else { "group" }.to_owned(),
                together: match layer.size {
                    Size::Tokens { features, .. } => features,
                    size => size.len() / (*groups).max(1),
                },
                epsilon: *epsilon as f32,
            },
            Operator::Pool { takes, kernel, stride, padding } => {
                pooling(*takes, *kernel, *stride, *padding)
            }
            Operator::GlobalAveragePool => match read {
                Some(Size::Maps { rows, columns, .. }) => {
                    pooling(Takes::Mean, [rows, columns], [rows, columns], [0, 0])
                }
                _ => other("pooling"),
            },
            Operator::Activation(function) => Op::Activation { name: function.name().to_owned() },
            Operator::Dropout { .. } => other("dropout"),
            Operator::Flatten => Op::Reshape,
            Operator::Concatenate => Op::Concatenate { axis: 0 },
            Operator::Embedding => Op::Embedding,
            // A table of positions has a number for each that it reads.
            Operator::Add | Operator::Positions => Op::Add,
            Operator::AttentionWeights { heads, .. } => Op::Attention { heads: *heads },
            Operator::AttentionValues { heads } => Op::Attended { heads: *heads },
        }
    }

    /// How many numbers a normalisation remembers: one for each map, or each number of a row.
    const fn channels_of(layer: &Layer) -> usize {
        layer.size.channels()
    }

    /// The layer that makes each named output.
    pub fn by_path(&self) -> HashMap<&str, usize> {
        self.layers.iter().enumerate().map(|(at, layer)| (layer.path.as_str(), at)).collect()
    }
}

impl Operator {
    /// Whether it makes numbers below zero, where what it reads has some or not.
    const fn is_signed(&self, of_read: bool) -> bool {
        match self {
            Self::Convolution { .. }
            | Self::Linear
            | Self::BatchNorm { .. }
            | Self::GroupNorm { .. }
            | Self::Embedding
            | Self::Positions
            | Self::AttentionValues { .. } => true,
            Self::Activation(Function::Relu | Function::Sigmoid)
            | Self::AttentionWeights { .. } => false,
            Self::Activation(_)
            | Self::Pool { .. }
            | Self::GlobalAveragePool
            | Self::Dropout { .. }
            | Self::Flatten
            | Self::Add
            | Self::Concatenate => of_read,
        }
    }
}

impl Takes {
    /// Its name in the contract.
    const fn word(self) -> &'static str {
        match self {
            Self::Largest => "max",
            Self::Mean => "average",
        }
    }
}

/// What the dimensions of a layer's output are.
fn dims(size: Size) -> Vec<Dim> {
    match size {
        Size::Maps { channels, rows, columns } => {
            vec![Axis::Channel.of(channels), Axis::Row.of(rows), Axis::Column.of(columns)]
        }
        Size::Vector(length) => vec![Axis::Feature.of(length)],
        Size::Text(tokens) => vec![Axis::Token.of(tokens)],
        Size::Tokens { tokens, features } => {
            vec![Axis::Token.of(tokens), Axis::Feature.of(features)]
        }
    }
}
