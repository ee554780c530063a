//! What a unit depends on, and what depends on it, walked along the graph.

use super::{Unit, arithmetic::is_of_whole_maps, input, maker};
use crate::stream::{LayerId, ModelGraph, Node, Op, TensorSpec};

/// Channels of one filter that are shown each for itself; of more, all maps are meant.
const MOST_CHANNELS: usize = 16;

/// A rectangle of units in a tensor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// The tensor.
    pub layer: LayerId,
    /// The map, or `None` for every map.
    pub map: Option<usize>,
    /// First row, and how many.
    pub rows: (usize, usize),
    /// First column, and how many.
    pub columns: (usize, usize),
    /// Whether it is a parameter: a by-way, behind which nothing lies.
    pub is_parameter: bool,
}

impl Region {
    fn all(spec: &TensorSpec, map: Option<usize>, is_parameter: bool) -> Self {
        let shape = spec.shape();
        let (rows, columns) = ((0, shape.rows), (0, shape.columns));
        Self { layer: spec.name, map, rows, columns, is_parameter }
    }

    /// The unit itself.
    pub fn of(unit: Unit) -> Self {
        let (map, rows, columns) = (Some(unit.map), (unit.row, 1), (unit.column, 1));
        Self { layer: unit.layer, map, rows, columns, is_parameter: false }
    }

    /// The windows of these outputs, along one side: from where on, and how many, within what there is.
    fn windows(
        (first, count): (usize, usize),
        (kernel, stride, padding): (usize, usize, usize),
        of: usize,
    ) -> (usize, usize) {
        let from = (first * stride).saturating_sub(padding).min(of);
        let to = ((first + count).saturating_sub(1) * stride + kernel).saturating_sub(padding);
        (from, to.clamp(from, of) - from)
    }
}

/// The receptive field: what a unit depends on, in every tensor before it, nearest first.
///
/// Where ways part, as at a sum, the first input is followed.
pub fn receptive_field(graph: &ModelGraph, unit: Unit) -> Vec<Region> {
    let mut regions = Vec::new();
    let mut at = Region::of(unit);
    if let Some((id, _)) = graph.called(unit.layer)
        && maker(graph, id).is_none()
        && let Some(node) = graph.nodes().iter().find(|node| node.inputs.get(1) == Some(&id))
        && node.op == Op::Linear
        && let Some(from) = input(graph, node, 0)
    {
        // A weight meets the one number that it is multiplied with.
        let map = unit.map % from.shape().maps.max(1);
        at = Region { layer: from.name, map: Some(map), ..at };
        regions.push(at.clone());
    }
    // Each node lies before the one that reads it, so that this ends.
    for _ in graph.nodes() {
        let made = graph.called(at.layer).and_then(|(id, _)| maker(graph, id));
        let Some((node, from)) = made.and_then(|node| Some((node, input(graph, node, 0)?))) else {
            break;
        };
        at = before(graph, node, from, &at, &mut regions);
        regions.push(at.clone());
    }
    regions
}

/// What one node reads for a region of what it makes; its parameters are added on the way.
fn before(
    graph: &ModelGraph,
    node: &Node,
    from: &TensorSpec,
    at: &Region,
    regions: &mut Vec<Region>,
) -> Region {
    let shape = from.shape();
    let windows = |kernel: [usize; 2], stride: [usize; 2], padding: [usize; 2]| {
        let rows = Region::windows(at.rows, (kernel[0], stride[0], padding[0]), shape.rows);
        let columns =
            Region::windows(at.columns, (kernel[1], stride[1], padding[1]), shape.columns);
        (rows, columns)
    };
    match &node.op {
        Op::Convolution { kernel, stride, padding, groups } => {
            let per_group = (shape.maps / (*groups).max(1)).max(1);
            if let Some(weights) = input(graph, node, 1) {
                match at.map.filter(|_| per_group <= MOST_CHANNELS) {
                    Some(map) => regions.extend((0..per_group).map(|channel| {
                        Region::all(weights, Some(map * per_group + channel), true)
                    })),
                    None => regions.push(Region::all(weights, None, true)),
                }
            }
            let (rows, columns) = windows(*kernel, *stride, *padding);
            let map = if shape.maps == 1 { Some(0) } else { None };
            Region { layer: from.name, map, rows, columns, is_parameter: false }
        }
        Op::Pooling { .. } if made_of_whole_maps(graph, node, from) => {
            // A region of a row of means: the maps of these columns.
            let map = (at.columns.1 == 1).then_some(at.columns.0);
            Region::all(from, map, false)
        }
        Op::Pooling { kernel, stride, .. } => {
            let (rows, columns) = windows(*kernel, *stride, [0, 0]);
            Region { layer: from.name, rows, columns, ..at.clone() }
        }
        Op::Activation { .. } | Op::Normalisation { .. } | Op::Add => {
            Region { layer: from.name, ..at.clone() }
        }
        _ => Region::all(from, None, false),
    }
}

fn made_of_whole_maps(graph: &ModelGraph, node: &Node, from: &TensorSpec) -> bool {
    let made = node.outputs.first().and_then(|made| graph.tensor(*made));
    made.is_some_and(|made| is_of_whole_maps(from, made))
}

/// What a unit feeds directly, node after node, where that is one rectangle of one map.
pub fn feeds(graph: &ModelGraph, unit: Unit) -> Vec<Region> {
    let mut regions = Vec::new();
    let Some((mut id, _)) = graph.called(unit.layer) else {
        return regions;
    };
    let mut at = Region::of(unit);
    for node in graph.nodes() {
        let Some(place) = node.inputs.iter().position(|input| *input == id) else {
            continue;
        };
        let made = node.outputs.first().and_then(|made| Some((*made, graph.tensor(*made)?)));
        let Some((next, made)) = made else {
            break;
        };
        let shape = made.shape();
        at = match (&node.op, place) {
            (Op::Convolution { groups, .. }, 1) => {
                let per_group =
                    input(graph, node, 0).map_or(1, |from| from.shape().maps / (*groups).max(1));
                return vec![Region::all(made, Some(unit.map / per_group.max(1)), false)];
            }
            (Op::Activation { .. }, 0) => Region { layer: made.name, ..at },
            (Op::Pooling { stride, .. }, 0) => {
                let (row, column) = (at.rows.0 / stride[0].max(1), at.columns.0 / stride[1].max(1));
                if row >= shape.rows || column >= shape.columns {
                    break;
                }
                Region { layer: made.name, rows: (row, 1), columns: (column, 1), ..at }
            }
            _ => break,
        };
        regions.push(at.clone());
        id = next;
    }
    regions
}

#[cfg(test)]
mod tests {
    use super::{
        super::tests::{ACTIVE, DENSE, FILTERS, INPUT, POOLED, SHARES, SUMS, graph, snapshot},
        *,
    };
    use crate::world::inspect::value;

    #[test]
    fn a_pooled_unit_sees_the_windows_of_its_window() {
        let field = receptive_field(&graph(), Unit { layer: POOLED, map: 2, row: 1, column: 0 });
        let told: Vec<_> = field.iter().map(|region| (region.layer, region.map)).collect();
        let expected = [
            (ACTIVE, Some(2)),
            (SUMS, Some(2)),
            (FILTERS, Some(4)),
            (FILTERS, Some(5)),
            (INPUT, None),
        ];
        assert_eq!(told, expected);
        assert_eq!((field[0].rows, field[0].columns), ((2, 2), (0, 2)));
        // Rows 2 and 3 of stride 2, less the padding: 3 to 7; columns 0 and 1, cut at the edge: 0 to 2.
        assert_eq!((field[4].rows, field[4].columns), ((3, 5), (0, 3)));
    }

    #[test]
    fn nothing_outside_of_it_matters() {
        // What a unit depends on is found by changing every number and seeing which ones count.
        let (graph, unit) = (graph(), Unit { layer: SUMS, map: 1, row: 4, column: 3 });
        let field = receptive_field(&graph, unit);
        let seen = field.iter().find(|region| region.layer == INPUT).unwrap();
        let sum = |changed: Option<usize>| {
            let mut snapshot = snapshot();
            if let Some(at) = changed {
                let mut values = snapshot.layers[0].values.to_vec();
                values[at] += 1.0;
                snapshot.layers[0].values = values.into();
            }
            match super::super::arithmetic(&graph, &snapshot, unit) {
                Some(super::super::Arithmetic::Convolution { sum, .. }) => sum,
                other => panic!("{other:?}"),
            }
        };
        for at in 0..126 {
            let (row, column) = (at / 7 % 9, at % 7);
            let within = |(first, count): (usize, usize), at| (first..first + count).contains(&at);
            let matters = sum(Some(at)) != sum(None);
            assert_eq!(matters, within(seen.rows, row) && within(seen.columns, column), "{at}");
        }
        assert!(value(&snapshot(), unit).is_some());
    }

    #[test]
    fn an_output_sees_everything_and_a_weight_its_factor() {
        let field = receptive_field(&graph(), Unit { layer: SHARES, map: 0, row: 0, column: 3 });
        // But for the last row of sums, which is in no pool, and so for the last row of the input.
        let last = field.last().unwrap();
        assert_eq!((last.layer, last.rows, last.columns), (INPUT, (0, 8), (0, 7)));
        let field = receptive_field(&graph(), Unit { layer: DENSE, map: 5, row: 1, column: 1 });
        assert_eq!((field[0].layer, field[0].map, field[0].rows), (POOLED, Some(2), (1, 1)));
        assert!(
            receptive_field(&graph(), Unit { layer: INPUT, map: 0, row: 0, column: 0 }).is_empty()
        );
    }

    #[test]
    fn a_unit_lies_in_the_receptive_field_of_what_it_feeds() {
        for (row, column) in (0..5).flat_map(|row| (0..4).map(move |column| (row, column))) {
            let unit = Unit { layer: SUMS, map: 1, row, column };
            for fed in feeds(&graph(), unit) {
                let fed = Unit { layer: fed.layer, map: 1, row: fed.rows.0, column: fed.columns.0 };
                let seen = receptive_field(&graph(), fed);
                let within =
                    |(first, count): (usize, usize), at| (first..first + count).contains(&at);
                assert!(seen.iter().any(|region| region.layer == SUMS
                    && within(region.rows, row)
                    && within(region.columns, column)));
            }
        }
    }

    #[test]
    fn a_unit_feeds_what_reads_it() {
        let fed = feeds(&graph(), Unit { layer: SUMS, map: 2, row: 3, column: 1 });
        let told: Vec<_> =
            fed.iter().map(|region| (region.layer, region.rows, region.columns)).collect();
        assert_eq!(told, [(ACTIVE, (3, 1), (1, 1)), (POOLED, (1, 1), (0, 1))]);
        // The last row is in no pool.
        assert_eq!(feeds(&graph(), Unit { layer: ACTIVE, map: 2, row: 4, column: 1 }), []);
        let fed = feeds(&graph(), Unit { layer: FILTERS, map: 3, row: 0, column: 0 });
        assert_eq!((fed[0].layer, fed[0].map, fed[0].rows), (SUMS, Some(1), (0, 5)));
    }
}
