//! Units of any network, one by one: their values, how they came to be, and what they depend on, all derived from the
//! graph that the run declares.

mod arithmetic;
mod explanation;
mod factors;
mod feeds;
mod forward;
mod index;
mod receptive_field;
mod region;

pub use arithmetic::{Arithmetic, Moments, Product, arithmetic};
pub use explanation::{Explanation, explanation};
pub use feeds::feeds;
pub use forward::forward;
pub use receptive_field::receptive_field;
pub use region::Region;

use crate::stream::{LayerId, ModelGraph, Node, Shape, Snapshot, TensorId, TensorSpec};

/// One number of one tensor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    /// The tensor.
    pub layer: LayerId,
    /// Which map: its dimensions but the last two, counted through.
    pub map: usize,
    /// Row in the map.
    pub row: usize,
    /// Column in the map.
    pub column: usize,
}

impl Unit {
    /// Where in its layer it is, in words.
    pub fn place(self, shape: Option<Shape>) -> String {
        let Self { map, row, column, .. } = self;
        match shape {
            Some(Shape { maps: 1, rows: 1, .. }) => say!("inspect-number", column),
            Some(Shape { maps: 1, .. }) => say!("inspect-row-column", row, column),
            _ => say!("inspect-map-row-column", map, row, column),
        }
    }
}

/// The value of a unit, if the snapshot has it.
pub fn value(snapshot: &Snapshot, unit: Unit) -> Option<f32> {
    let layer = snapshot.layer(unit.layer)?;
    let Shape { maps, rows, columns } = layer.shape;
    let inside = unit.map < maps && unit.row < rows && unit.column < columns;
    let index = (unit.map * rows + unit.row) * columns + unit.column;
    inside.then(|| layer.values.get(index).copied()).flatten()
}

/// The node that makes a tensor.
fn maker(graph: &ModelGraph, tensor: TensorId) -> Option<&Node> {
    graph.nodes().iter().find(|node| node.outputs.contains(&tensor))
}

/// What a node reads at a place of its inputs.
fn input<'a>(graph: &'a ModelGraph, node: &Node, place: usize) -> Option<&'a TensorSpec> {
    graph.tensor(*node.inputs.get(place)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stream::{
        Axis, Dim, GraphBuilder, InputChoice, LayerValues, Op, Role, RunId, Span, Step,
    };

    pub(super) const INPUT: LayerId = LayerId::new("input");
    pub(super) const SUMS: LayerId = LayerId::new("sums");
    pub(super) const ACTIVE: LayerId = LayerId::new("active");
    pub(super) const POOLED: LayerId = LayerId::new("pooled");
    pub(super) const LOGITS: LayerId = LayerId::new("logits");
    pub(super) const SHARES: LayerId = LayerId::new("shares");
    pub(super) const FILTERS: LayerId = LayerId::new("filters");
    pub(super) const DENSE: LayerId = LayerId::new("dense");
    const FILTER_BIASES: LayerId = LayerId::new("filter biases");
    const BIASES: LayerId = LayerId::new("biases");

    /// Two channels of 9 × 7, three filters of 3 × 2 with stride 2 and padding 1, pools of 2 × 2, four classes.
    pub(super) fn graph() -> ModelGraph {
        graph_of(2, 1)
    }

    /// A snapshot of it whose activations are computed here, the slow and obvious way.
    pub(super) fn snapshot() -> Snapshot {
        snapshot_of(2, 1)
    }

    /// The same without stride and padding.
    pub(super) fn plain_graph() -> ModelGraph {
        graph_of(1, 0)
    }

    pub(super) fn plain_snapshot() -> Snapshot {
        snapshot_of(1, 0)
    }

    /// Rows and columns of a map of sums.
    const fn sums_of(stride: usize, padding: usize) -> (usize, usize) {
        ((6 + 2 * padding) / stride + 1, (5 + 2 * padding) / stride + 1)
    }

    fn graph_of(stride: usize, padding: usize) -> ModelGraph {
        let maps = |maps, rows, columns| {
            [Axis::Channel.of(maps), Axis::Row.of(rows), Axis::Column.of(columns)]
        };
        let (rows, columns) = sums_of(stride, padding);
        let of_pooled = maps(3, rows / 2, columns / 2);
        let mut graph = GraphBuilder::default();
        let input = graph.tensor(INPUT, Role::Input, &maps(2, 9, 7));
        let sums = graph.signed(SUMS, Role::Activation, &maps(3, rows, columns));
        let active = graph.tensor(ACTIVE, Role::Activation, &maps(3, rows, columns));
        let pooled = graph.tensor(POOLED, Role::Activation, &of_pooled);
        let logits = graph.signed(LOGITS, Role::Activation, &[Axis::Class.of(4)]);
        let shares = graph.tensor(SHARES, Role::Activation, &[Axis::Class.of(4)]);
        let of = |out: Dim, [a, b, c]: [Dim; 3]| [out, a, b, c];
        let filters =
            graph.signed(FILTERS, Role::Parameter, &of(Axis::Channel.of(3), maps(2, 3, 2)));
        let filter_biases = graph.signed(FILTER_BIASES, Role::Parameter, &[Axis::Channel.of(3)]);
        let dense = graph.signed(DENSE, Role::Parameter, &of(Axis::Class.of(4), of_pooled));
        let biases = graph.signed(BIASES, Role::Parameter, &[Axis::Class.of(4)]);
        let op = Op::Convolution {
            kernel: [3, 2],
            stride: [stride; 2],
            padding: [padding; 2],
            dilation: [1, 1],
            groups: 1,
            transposed: false,
        };
        graph.node("conv", op, &[input, filters, filter_biases], &[sums]);
        graph.node("relu", Op::Activation { name: "relu".to_owned() }, &[sums], &[active]);
        let op = Op::Pooling {
            takes: "max".to_owned(),
            kernel: [2, 2],
            stride: [2, 2],
            padding: [0, 0],
            dilation: [1, 1],
            padded: None,
        };
        graph.node("pool", op, &[active], &[pooled]);
        graph.node("dense", Op::Linear, &[pooled, dense, biases], &[logits]);
        graph.node("softmax", Op::Softmax { axes: vec![0] }, &[logits], &[shares]);
        graph.build().unwrap()
    }

    fn snapshot_of(stride: usize, padding: usize) -> Snapshot {
        let wave = |count: usize, speed: f32| -> Vec<f32> {
            (0..count).map(|index| (index as f32 * speed).sin()).collect()
        };
        let (rows, columns) = sums_of(stride, padding);
        let (down, across) = (rows / 2, columns / 2);
        let units = 3 * down * across;
        let (input, filters, filter_biases) = (wave(126, 0.37), wave(36, 0.71), wave(3, 0.13));
        let (dense, biases) = (wave(4 * units, 0.29), wave(4, 0.5));
        let mut sums = vec![0.0; 3 * rows * columns];
        for (place, sum) in sums.iter_mut().enumerate() {
            let (map, row, column) =
                (place / (rows * columns), place / columns % rows, place % columns);
            *sum = filter_biases[map];
            for (channel, tap) in (0..2).flat_map(|channel| (0..6).map(move |tap| (channel, tap))) {
                let at = (stride * row + tap / 2).checked_sub(padding).filter(|at| *at < 9);
                let to = (stride * column + tap % 2).checked_sub(padding).filter(|to| *to < 7);
                if let (Some(at), Some(to)) = (at, to) {
                    *sum +=
                        filters[(map * 2 + channel) * 6 + tap] * input[(channel * 9 + at) * 7 + to];
                }
            }
        }
        let active: Vec<f32> = sums.iter().map(|value| value.max(0.0)).collect();
        let pooled: Vec<f32> = (0..units)
            .map(|place| {
                let (map, row, column) =
                    (place / (down * across), place / across % down, place % across);
                let at = |(below, right)| {
                    active[(map * rows + 2 * row + below) * columns + 2 * column + right]
                };
                [(0, 0), (0, 1), (1, 0), (1, 1)].map(at).into_iter().fold(0.0, f32::max)
            })
            .collect();
        let logits: Vec<f32> = (0..4)
            .map(|class| {
                let products = (0..units).map(|at| pooled[at] * dense[class * units + at]);
                products.sum::<f32>() + biases[class]
            })
            .collect();
        let total: f32 = logits.iter().map(|logit| logit.exp()).sum();
        let shares: Vec<f32> = logits.iter().map(|logit| logit.exp() / total).collect();
        let layer = |layer, shape, values: Vec<f32>| {
            LayerValues::whole(layer, shape, Span::Signed, values.into())
        };
        Snapshot {
            run: RunId::default(),
            step: Step(0),
            input: InputChoice::default(),
            layers: vec![
                layer(INPUT, Shape::maps(2, 9, 7), input),
                layer(SUMS, Shape::maps(3, rows, columns), sums),
                layer(ACTIVE, Shape::maps(3, rows, columns), active),
                layer(POOLED, Shape::maps(3, down, across), pooled),
                layer(LOGITS, Shape::flat(4), logits),
                layer(SHARES, Shape::flat(4), shares),
                layer(FILTERS, Shape::maps(6, 3, 2), filters),
                layer(FILTER_BIASES, Shape::flat(3), filter_biases),
                layer(DENSE, Shape::maps(12, down, across), dense),
                layer(BIASES, Shape::flat(4), biases),
            ],
            parameters: Vec::new(),
            answer: None,
        }
    }

    #[test]
    fn what_is_not_there_has_no_value() {
        let unit = Unit { layer: SUMS, map: 3, row: 0, column: 0 };
        assert_eq!(value(&snapshot(), unit), None);
        assert!(value(&snapshot(), Unit { map: 2, ..unit }).is_some());
        assert_eq!(value(&snapshot(), Unit { layer: LayerId::new("other"), ..unit }), None);
    }
}
