//! What a unit depends on: in every tensor before it, walked back along the graph through all that a node reads.

mod before;
mod bounds;

use std::collections::BTreeMap;

use super::{Region, Unit, index, input, maker};
use crate::stream::{ModelGraph, Op, Role, TensorId, TensorSpec};

use bounds::Bounds;

/// Maps that are shown each for itself; of more, all maps are meant.
const MOST_MAPS: usize = 8;

/// The receptive field: what a unit depends on, in every tensor before it, nearest first.
///
/// Where ways meet, all of them are followed; what lies in it is at least what the unit depends on, as bounds along each
/// dimension.
pub fn receptive_field(graph: &ModelGraph, unit: Unit) -> Vec<Region> {
    let mut regions = Vec::new();
    let Some((id, spec)) = graph.called(unit.layer) else {
        return regions;
    };
    let flat = index::flat(spec, unit);
    let mut needed: BTreeMap<TensorId, Bounds> = BTreeMap::new();
    let of_linear = graph.nodes().iter().find(|node| node.inputs.get(1) == Some(&id));
    match of_linear.filter(|node| node.op == Op::Linear && maker(graph, id).is_none()) {
        // A weight meets the one number that it is multiplied with.
        Some(node) => {
            if let (Some(from), Some(read)) = (input(graph, node, 0), node.inputs.first()) {
                let place = flat % from.len().max(1);
                needed.insert(*read, Bounds::of_one(&index::along(place, &index::sizes(from))));
            }
        }
        None => {
            needed.insert(id, Bounds::of_one(&index::along(flat, &index::sizes(spec))));
        }
    }
    // Whoever reads a tensor stands behind its maker, so that all that is needed of it is known there.
    for node in graph.nodes().iter().rev() {
        for made in &node.outputs {
            let (Some(bounds), Some(of)) = (needed.remove(made), graph.tensor(*made)) else {
                continue;
            };
            if *made != id {
                regions.extend(told(of, &bounds, false));
            }
            for (place, read) in node.inputs.iter().enumerate() {
                let Some(from) = graph.tensor(*read) else { continue };
                let Some(before) = before::before(graph, node, (place, from), (of, &bounds)) else {
                    continue;
                };
                match from.role {
                    Role::Constant => {}
                    Role::Input | Role::Activation => {
                        let known = needed.remove(read);
                        needed.insert(*read, before.with(known));
                    }
                    // Filters are a by-way; the weights of a linear layer are all its own.
                    _ if place == 1 && node.op != Op::Linear => {
                        regions.extend(told(from, &before, true));
                    }
                    _ => {}
                }
            }
        }
    }
    // What nobody makes is the input.
    let given = needed.iter().filter(|(given, _)| **given != id);
    regions.extend(
        given
            .filter_map(|(given, bounds)| Some(told(graph.tensor(*given)?, bounds, false)))
            .flatten(),
    );
    regions
}

/// Bounds as rectangles of maps.
fn told(spec: &TensorSpec, bounds: &Bounds, is_parameter: bool) -> Vec<Region> {
    let sizes = index::sizes(spec);
    let maps = spec.shape().maps;
    let (outer, [rows, columns]) = bounds.maps();
    let region = |map| Region {
        layer: spec.name,
        map,
        rows: (rows.start, rows.len()),
        columns: (columns.start, columns.len()),
        is_parameter,
    };
    let before = sizes.get(..sizes.len().saturating_sub(2)).unwrap_or(&[]);
    let count = outer.count();
    if maps == 1 {
        vec![region(Some(0))]
    } else if count == maps || count > MOST_MAPS {
        vec![region(None)]
    } else {
        outer.places(before).map(|map| region(Some(map))).collect()
    }
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
}
