//! The network as a graph: what its kernels compute, in the operators that everyone knows.

use crate::{
    exhibits::digits::{
        ACTIVATION, CLASSES, CONVOLUTION, CONVOLUTION_SIDE, DENSE_BIAS_GRADIENTS, DENSE_BIASES,
        DENSE_WEIGHT_GRADIENTS, DENSE_WEIGHTS, FILTER_BIAS_GRADIENTS, FILTER_BIASES, FILTER_SIDE,
        FILTER_WEIGHT_GRADIENTS, FILTER_WEIGHTS, FILTERS, INPUT, INPUT_SIDE, LOGITS, POOLED,
        POOLED_SIDE, PROBABILITIES,
        model::picture::{OF_GRADIENTS, OF_WEIGHTS},
    },
    stream::{
        Axis::{Channel, Class, Column, Row},
        Dim, GraphBuilder, LayerId, ModelGraph, Op, Role,
    },
};

/// Every tensor that can be shown.
pub(super) fn tensors() -> impl Iterator<Item = LayerId> {
    let units = [INPUT, CONVOLUTION, ACTIVATION, POOLED, LOGITS, PROBABILITIES];
    units.into_iter().chain(OF_WEIGHTS).chain(OF_GRADIENTS)
}

/// The nodes in the order of computation, with every tensor that a snapshot shows.
pub(super) fn graph() -> Result<ModelGraph, String> {
    let maps = |count, side| [Channel.of(count), Row.of(side), Column.of(side)];
    let mut graph = GraphBuilder::default();
    let input = graph.tensor(INPUT, Role::Input, &maps(1, INPUT_SIDE));
    let sums = graph.signed(CONVOLUTION, Role::Activation, &maps(FILTERS, CONVOLUTION_SIDE));
    let active = graph.tensor(ACTIVATION, Role::Activation, &maps(FILTERS, CONVOLUTION_SIDE));
    let pooled = graph.tensor(POOLED, Role::Activation, &maps(FILTERS, POOLED_SIDE));
    let logits = graph.signed(LOGITS, Role::Activation, &[Class.of(CLASSES)]);
    let told = graph.tensor(PROBABILITIES, Role::Activation, &[Class.of(CLASSES)]);
    let filter = maps(FILTERS, FILTER_SIDE);
    let dense =
        [Class.of(CLASSES), Channel.of(FILTERS), Row.of(POOLED_SIDE), Column.of(POOLED_SIDE)];
    let mut learned = |name, gradient, dims: &[Dim]| {
        let parameter = graph.signed(name, Role::Parameter, dims);
        graph.signed(gradient, Role::Gradient(parameter), dims);
        parameter
    };
    let filters = learned(FILTER_WEIGHTS, FILTER_WEIGHT_GRADIENTS, &filter);
    let filter_biases = learned(FILTER_BIASES, FILTER_BIAS_GRADIENTS, &[Channel.of(FILTERS)]);
    let weights = learned(DENSE_WEIGHTS, DENSE_WEIGHT_GRADIENTS, &dense);
    let biases = learned(DENSE_BIASES, DENSE_BIAS_GRADIENTS, &[Class.of(CLASSES)]);

    let convolution =
        Op::Convolution { kernel: [FILTER_SIDE; 2], stride: [1, 1], padding: [0, 0], groups: 1 };
    let pooling = Op::Pooling { takes: "max".to_owned(), kernel: [2, 2], stride: [2, 2] };
    graph.node("input", Op::Input, &[], &[input]);
    graph.node("convolution", convolution, &[input, filters, filter_biases], &[sums]);
    graph.node("relu", Op::Activation { name: "relu".to_owned() }, &[sums], &[active]);
    graph.node("pooling", pooling, &[active], &[pooled]);
    graph.node("dense", Op::Linear, &[pooled, weights, biases], &[logits]);
    graph.node("softmax", Op::Softmax, &[logits], &[told]);
    graph.node("loss", Op::Loss { name: "cross_entropy".to_owned() }, &[told], &[]);
    graph.build()
}
