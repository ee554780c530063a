//! A network of the past asked anew: what it would have made of another input, from the weights of a snapshot.

use std::sync::Arc;

use super::input;
use crate::{
    operators,
    stream::{
        InputChoice, LayerValues, ModelGraph, Node, Op, Role, Shape, Snapshot, Span, TensorSpec,
    },
};

/// Products that a frame may spend on it: some milliseconds.
const MOST_PRODUCTS: usize = 8_000_000;

/// The snapshot with the activations of another input: `pixels` in the order of the graph's input tensor.
///
/// `None` where the snapshot lacks a parameter, the graph has an operator that is not calculated here, or it would take too
/// long.
pub fn forward(
    graph: &ModelGraph,
    snapshot: &Snapshot,
    choice: InputChoice,
    pixels: Arc<[f32]>,
) -> Option<Snapshot> {
    let shown = graph.tensors().iter().find(|tensor| tensor.role == Role::Input)?;
    if products(graph) > MOST_PRODUCTS || pixels.len() != shown.len() {
        return None;
    }
    let mut made = vec![LayerValues::whole(shown.name, shown.shape(), Span::Unit, pixels)];
    for node in graph.nodes() {
        if matches!(node.op, Op::Input | Op::Loss { .. }) {
            continue;
        }
        let output = graph.tensor(*node.outputs.first()?)?;
        let read = |place: usize| {
            let name = input(graph, node, place)?.name;
            made.iter().find(|layer| layer.layer == name).or_else(|| snapshot.layer(name))
        };
        let values = calculated(node, output.shape(), read)?;
        let span = if output.signed { Span::Signed } else { of_shares(node) };
        made.push(LayerValues::whole(output.name, output.shape(), span, values.into()));
    }
    // What the input does not change stays.
    let kept =
        snapshot.layers.iter().filter(|layer| made.iter().all(|new| new.layer != layer.layer));
    let layers = made.iter().chain(kept).cloned().collect();
    Some(Snapshot { input: choice, layers, answer: None, ..snapshot.clone() })
}

fn of_shares(node: &Node) -> Span {
    if matches!(node.op, Op::Softmax { .. }) { Span::Unit } else { Span::FromZero }
}

/// Products of all sums.
fn products(graph: &ModelGraph) -> usize {
    let of = |node: &Node| {
        let weights = input(graph, node, 1).map_or(0, TensorSpec::len);
        let output = node.outputs.first().and_then(|output| graph.tensor(*output));
        let places = output.map_or(1, |output| output.shape().rows * output.shape().columns);
        match node.op {
            Op::Convolution { .. } => weights.saturating_mul(places),
            _ => weights,
        }
    };
    graph.nodes().iter().map(of).fold(0, usize::saturating_add)
}

/// What a node makes of what it reads.
fn calculated<'a>(
    node: &Node,
    shape: Shape,
    read: impl Fn(usize) -> Option<&'a LayerValues>,
) -> Option<Vec<f32>> {
    let from = read(0)?;
    let biases = read(2).map_or(&[][..], |biases| &biases.values);
    Some(match &node.op {
        Op::Convolution {
            kernel,
            stride: [1, 1],
            padding: [0, 0],
            dilation: [1, 1],
            groups: 1,
            transposed: false,
        } => operators::convolution(
            [&from.values, &read(1)?.values, biases],
            from.shape,
            *kernel,
            shape,
        ),
        Op::Activation { name } if name == "relu" => operators::relu(&from.values),
        Op::Pooling { takes, kernel, stride, padding: [0, 0], dilation: [1, 1], .. }
            if takes == "max" =>
        {
            operators::max_pooling(&from.values, from.shape, *kernel, *stride, shape)
        }
        Op::Linear => operators::linear(&from.values, &read(1)?.values, biases),
        Op::Softmax { .. } if shape == Shape::flat(shape.len()) => operators::softmax(&from.values),
        _ => return None,
    })
    .filter(|values: &Vec<f32>| values.len() == shape.len())
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            Arithmetic, Unit, arithmetic,
            tests::{INPUT, LOGITS, POOLED, SHARES, SUMS, plain_graph, plain_snapshot},
        },
        *,
    };

    #[test]
    fn the_same_input_makes_the_same_activations() {
        let (graph, snapshot) = (plain_graph(), plain_snapshot());
        let pixels = snapshot.layer(INPUT).unwrap().values.clone();
        let again = forward(&graph, &snapshot, InputChoice::default(), pixels).unwrap();
        assert_eq!(again.layers.len(), snapshot.layers.len());
        for layer in [SUMS, POOLED, LOGITS, SHARES] {
            let [before, after] = [&snapshot, &again].map(|of| of.layer(layer).unwrap());
            let apart = before.values.iter().zip(&*after.values).map(|(a, b)| (a - b).abs());
            assert!(apart.fold(0.0, f32::max) < 1e-5, "{}", layer.name());
        }
    }

    #[test]
    fn another_input_is_worked_out_as_it_is_explained() {
        let (graph, snapshot) = (plain_graph(), plain_snapshot());
        let pixels: Arc<[f32]> = (0..126).map(|at| (at as f32 * 0.11).cos()).collect();
        let choice = InputChoice::Drawn(pixels.clone());
        let other = forward(&graph, &snapshot, choice.clone(), pixels).unwrap();
        assert_eq!((&other.input, other.step), (&choice, snapshot.step));
        assert_ne!(other.layer(LOGITS).unwrap().values, snapshot.layer(LOGITS).unwrap().values);
        let unit = Unit { layer: LOGITS, map: 0, row: 0, column: 2 };
        let shown = super::super::value(&other, unit).unwrap();
        let Some(Arithmetic::Linear { sum, .. }) = arithmetic(&graph, &other, unit) else {
            panic!("a logit is a sum");
        };
        assert!((shown - sum).abs() < 1e-5, "{shown} {sum}");
    }

    #[test]
    fn what_cannot_be_worked_out_is_not() {
        let (graph, mut snapshot) = (plain_graph(), plain_snapshot());
        let short: Arc<[f32]> = vec![0.0; 5].into();
        assert!(forward(&graph, &snapshot, InputChoice::default(), short).is_none());
        let pixels = snapshot.layer(INPUT).unwrap().values.clone();
        snapshot.layers.retain(|layer| layer.layer != super::super::tests::DENSE);
        assert!(forward(&graph, &snapshot, InputChoice::default(), pixels).is_none());
    }
}
