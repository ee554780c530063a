//! A network of the past asked anew: what it would have made of another input, from the weights of a snapshot.

use std::sync::Arc;

use super::input;
use crate::stream::{
    InputChoice, LayerValues, ModelGraph, Node, Op, Role, Shape, Snapshot, Span, TensorSpec,
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
    if node.op == Op::Softmax { Span::Unit } else { Span::FromZero }
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
        Op::Convolution { kernel, stride: [1, 1], padding: [0, 0], groups: 1 } => {
            convolved(from, &read(1)?.values, biases, *kernel, shape)
        }
        Op::Activation { name } if name == "relu" => {
            // Not a number stays what it is, so that it is seen.
            from.values.iter().map(|&unit| if unit <= 0.0 { 0.0 } else { unit }).collect()
        }
        Op::Pooling { takes, kernel, stride } if takes == "max" => {
            let at = |map: usize, row: usize, column: usize| {
                let columns = from.shape.columns;
                let first =
                    (map * from.shape.rows + row * stride[0]) * columns + column * stride[1];
                let rows = (0..kernel[0]).map(|down| first + down * columns);
                let window = rows.flat_map(|row| from.values.iter().skip(row).take(kernel[1]));
                window.copied().fold(f32::NEG_INFINITY, f32::max)
            };
            let places = (0..shape.len()).map(|place| {
                let (row, column) = (place / shape.columns % shape.rows, place % shape.columns);
                at(place / (shape.rows * shape.columns), row, column)
            });
            places.collect()
        }
        Op::Linear => {
            let rows = read(1)?.values.chunks_exact(from.values.len().max(1));
            let sum = |row: &[f32]| row.iter().zip(&*from.values).map(|(a, b)| a * b).sum::<f32>();
            let sums = rows.map(sum).enumerate();
            sums.map(|(at, sum)| sum + biases.get(at).copied().unwrap_or(0.0)).collect()
        }
        Op::Softmax => {
            let largest = from.values.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            let powers: Vec<f32> =
                from.values.iter().map(|logit| (logit - largest).exp()).collect();
            let total: f32 = powers.iter().sum();
            powers.into_iter().map(|power| power / total).collect()
        }
        _ => return None,
    })
    .filter(|values: &Vec<f32>| values.len() == shape.len())
}

/// The convolution without padding, map after map.
fn convolved(
    from: &LayerValues,
    weights: &[f32],
    biases: &[f32],
    kernel: [usize; 2],
    shape: Shape,
) -> Vec<f32> {
    let (size, of_filter) = (shape.rows * shape.columns, kernel[0] * kernel[1]);
    let mut sums = vec![0.0; shape.len()];
    let filters = weights.chunks_exact((from.shape.maps * of_filter).max(1));
    for (map, (sums, filter)) in sums.chunks_exact_mut(size.max(1)).zip(filters).enumerate() {
        sums.fill(biases.get(map).copied().unwrap_or(0.0));
        let channels = from.values.chunks_exact((from.shape.rows * from.shape.columns).max(1));
        for (pixels, taps) in channels.zip(filter.chunks_exact(of_filter.max(1))) {
            for (row, units) in sums.chunks_exact_mut(shape.columns.max(1)).enumerate() {
                for (at, weight) in taps.iter().enumerate() {
                    let (down, right) = (at / kernel[1], at % kernel[1]);
                    let pixels = pixels.iter().skip((row + down) * from.shape.columns + right);
                    for (unit, pixel) in units.iter_mut().zip(pixels) {
                        *unit += weight * pixel;
                    }
                }
            }
        }
    }
    sums
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
