//! A loss of two parameters as a graph: all there is is the loss.

use crate::{
    exhibits::descent::payload::Loss,
    stream::{Axis::Coordinate, GraphBuilder, LayerId, ModelGraph, Op, Role},
    words::Phrase,
};

/// The parameters, and the derivative of the loss by them.
const THETA: LayerId = LayerId::new("θ");
const GRADIENT: LayerId = LayerId::new("∇J");

/// One node, and what it derives.
pub(super) fn graph(loss: Loss) -> Result<ModelGraph, Phrase> {
    let name = match loss {
        Loss::MeanSquaredError => "mean_squared_error",
        Loss::CrossEntropy => "cross_entropy",
        Loss::TestFunction => "test_function",
    };
    let mut graph = GraphBuilder::default();
    let theta = graph.signed(THETA, Role::Parameter, &[Coordinate.of(2)]);
    graph.signed(GRADIENT, Role::Gradient(theta), &[Coordinate.of(2)]);
    graph.node("loss", Op::Loss { name: name.to_owned() }, &[theta], &[]);
    graph.build()
}
