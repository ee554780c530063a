//! What the card says of a number is what the network computed: every operator's arithmetic against its own numbers.

mod described;
mod field;
mod kept;
mod operators;
mod resumed;
mod texts;
mod transformer;
mod worked_out;

use std::sync::Arc;

use crate::{
    learning::{
        DeviceName,
        network::{NetworkModel, sizes},
    },
    network::{
        INPUT, PROBABILITIES, Plan, Rule,
        brought::{self, Pixels},
        interned,
        onnx::Model,
    },
    operators::softmax,
    stream::{InputChoice, LayerId, LayerValues, ModelGraph, RunId, Shape, Snapshot, Span, Step},
    world::inspect::Unit,
};

/// A network that was brought, for images of this size.
fn brought(model: Model, image: [usize; 3], classes: usize) -> Arc<Plan> {
    let fit = brought::fitted(model, image, classes, Pixels::Unit).unwrap();
    let probed = sizes(&fit, &DeviceName::Flex.device()).unwrap();
    Arc::new(brought::plan("mine".to_owned(), fit, &probed).unwrap())
}

/// Numbers that are not alike.
fn wave(count: usize, speed: f32) -> Vec<f32> {
    (0..count).map(|at| (at as f32 * speed + 0.3).sin()).collect()
}

/// Everything that a network makes of an image, with its weights, as a room shows it.
fn snapshot(plan: &Arc<Plan>, image: &[f32]) -> Snapshot {
    let rule = Rule::Sgd { momentum: 0.0, nesterov: false };
    let mut model = NetworkModel::new(plan.clone(), DeviceName::Flex.device(), rule, 0.0).unwrap();
    model.begin(3);
    let layer = |name: LayerId, numbers: &[f32]| {
        let shape = plan.graph.called(name).unwrap().1.shape();
        assert_eq!(shape.len(), numbers.len(), "{}", name.name());
        LayerValues::whole(name, shape, Span::Signed, numbers.into())
    };
    let weights = model.weights().clone();
    let mut layers = vec![layer(INPUT, image)];
    let see = |place: usize, numbers: &[f32]| layers.push(layer(plan.shown[place].name, numbers));
    let logits = model.look(&weights, image, |_| true, see).unwrap();
    layers.push(layer(PROBABILITIES, &softmax(&logits)));
    let names = plan.parameters.iter().map(|parameter| &parameter.name);
    let names = names.chain(plan.memories.iter().map(|memory| &memory.name));
    for (name, numbers) in
        names.zip(weights.parameters.iter().map(|of| &**of).chain(&weights.memories))
    {
        layers.push(layer(interned(name).unwrap(), numbers));
    }
    Snapshot {
        run: RunId::default(),
        step: Step(0),
        input: InputChoice::default(),
        layers,
        parameters: Vec::new(),
        answer: None,
    }
}

/// Some units of a layer, spread over it, or all of a small one.
fn units(graph: &ModelGraph, layer: LayerId) -> Vec<Unit> {
    let Shape { maps, rows, columns } = graph.called(layer).unwrap().1.shape();
    let count = maps * rows * columns;
    let every = (count / 97).max(1);
    let unit = |at: usize| Unit {
        layer,
        map: at / (rows * columns),
        row: at / columns % rows,
        column: at % columns,
    };
    (0..count).step_by(every).map(unit).collect()
}
