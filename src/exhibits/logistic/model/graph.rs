//! The regression as a graph: a score for each class, their probabilities, and the cross-entropy.

use crate::stream::{
    Axis::{Class, Feature},
    GraphBuilder, LayerId, ModelGraph, Op, Role,
};
use crate::words::Phrase;

const TERMS: LayerId = LayerId::new("Terms");
const COEFFICIENTS: LayerId = LayerId::new("Coefficients");
const INTERCEPTS: LayerId = LayerId::new("Intercepts");
const SCORES: LayerId = LayerId::new("Scores");
const PROBABILITIES: LayerId = LayerId::new("Probability of each class");

/// The nodes in the order of computation, of a model with so many parameters; two classes share one score.
pub(super) fn graph(parameters: usize, terms: usize, classes: usize) -> Result<ModelGraph, Phrase> {
    let scores = parameters / (terms + 1);
    let mut graph = GraphBuilder::default();
    let row = graph.signed(TERMS, Role::Input, &[Feature.of(terms)]);
    let dims = [Class.of(scores), Feature.of(terms)];
    let coefficients = graph.signed(COEFFICIENTS, Role::Parameter, &dims);
    let intercepts = graph.signed(INTERCEPTS, Role::Parameter, &[Class.of(scores)]);
    let score = graph.signed(SCORES, Role::Activation, &[Class.of(scores)]);
    let told = graph.tensor(PROBABILITIES, Role::Activation, &[Class.of(classes)]);
    let function = if scores == 1 {
        Op::Activation { name: "sigmoid".to_owned() }
    } else {
        Op::Softmax { axes: vec![0] }
    };
    graph.node("terms", Op::Input, &[], &[row]);
    graph.node("scores", Op::Linear, &[row, coefficients, intercepts], &[score]);
    graph.node("probabilities", function, &[score], &[told]);
    graph.node("loss", Op::Loss { name: "cross_entropy".to_owned() }, &[told], &[]);
    graph.build()
}
