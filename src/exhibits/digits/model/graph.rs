//! The network as a graph: what its kernels compute, in the operators that everyone knows.

use crate::{
    exhibits::digits::{
        ACTIVATION, CONVOLUTION, DENSE_BIAS_GRADIENTS, DENSE_BIASES, DENSE_WEIGHT_GRADIENTS,
        DENSE_WEIGHTS, FILTER_BIAS_GRADIENTS, FILTER_BIASES, FILTER_WEIGHT_GRADIENTS,
        FILTER_WEIGHTS, INPUT, LOGITS, POOLED, PROBABILITIES,
        model::forward_pass::{OF_GRADIENTS, OF_WEIGHTS},
        payload::Architecture,
    },
    stream::{
        Axis::{Channel, Class, Column, Row},
        Dim, GraphBuilder, LayerId, ModelGraph, Op, Role, Shape,
    },
    words::Phrase,
};

/// Every tensor that can be shown.
pub(super) fn tensors() -> impl Iterator<Item = LayerId> {
    let units = [INPUT, CONVOLUTION, ACTIVATION, POOLED, LOGITS, PROBABILITIES];
    units.into_iter().chain(OF_WEIGHTS).chain(OF_GRADIENTS)
}

/// The nodes in the order of computation, with every tensor that a snapshot shows.
pub(super) fn graph(sizes: Architecture) -> Result<ModelGraph, Phrase> {
    let maps =
        |shape: Shape| [Channel.of(shape.maps), Row.of(shape.rows), Column.of(shape.columns)];
    let (kernel, window) = (sizes.kernel(), sizes.window());
    let (convolution, of_pooled) = (maps(sizes.convolution()), maps(sizes.pooled()));
    let classes = Class.of(sizes.classes);
    let mut graph = GraphBuilder::default();
    let input = graph.tensor(INPUT, Role::Input, &maps(sizes.input()));
    let sums = graph.signed(CONVOLUTION, Role::Activation, &convolution);
    let active = graph.tensor(ACTIVATION, Role::Activation, &convolution);
    let pooled = graph.tensor(POOLED, Role::Activation, &of_pooled);
    let logits = graph.signed(LOGITS, Role::Activation, &[classes]);
    let told = graph.tensor(PROBABILITIES, Role::Activation, &[classes]);
    let filter = [
        Channel.of(sizes.filters),
        Channel.of(sizes.channels),
        Row.of(kernel[0]),
        Column.of(kernel[1]),
    ];
    let [channel, row, column] = of_pooled;
    let dense = [classes, channel, row, column];
    let mut learned = |name, gradient, dims: &[Dim]| {
        let parameter = graph.signed(name, Role::Parameter, dims);
        graph.signed(gradient, Role::Gradient(parameter), dims);
        parameter
    };
    let filters = learned(FILTER_WEIGHTS, FILTER_WEIGHT_GRADIENTS, &filter);
    let filter_biases = learned(FILTER_BIASES, FILTER_BIAS_GRADIENTS, &[Channel.of(sizes.filters)]);
    let weights = learned(DENSE_WEIGHTS, DENSE_WEIGHT_GRADIENTS, &dense);
    let biases = learned(DENSE_BIASES, DENSE_BIAS_GRADIENTS, &[classes]);

    let (one, none) = ([1, 1], [0, 0]);
    let convolution = Op::Convolution {
        kernel,
        stride: one,
        padding: none,
        dilation: one,
        groups: 1,
        transposed: false,
    };
    let pooling = Op::Pooling {
        takes: "max".to_owned(),
        kernel: window,
        stride: window,
        padding: none,
        dilation: one,
        padded: None,
    };
    graph.node("input", Op::Input, &[], &[input]);
    graph.node("convolution", convolution, &[input, filters, filter_biases], &[sums]);
    graph.node("relu", Op::Activation { name: "relu".to_owned() }, &[sums], &[active]);
    graph.node("pooling", pooling, &[active], &[pooled]);
    graph.node("dense", Op::Linear, &[pooled, weights, biases], &[logits]);
    graph.node("softmax", Op::Softmax { axes: vec![0] }, &[logits], &[told]);
    graph.node("loss", Op::Loss { name: "cross_entropy".to_owned() }, &[told], &[]);
    graph.build()
}
