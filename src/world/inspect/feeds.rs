//! What depends on a unit, walked along the graph.

use super::{Region, Unit, input};
use crate::stream::{ModelGraph, Op};

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
        super::{
            receptive_field,
            tests::{ACTIVE, FILTERS, POOLED, SUMS, graph},
        },
        *,
    };

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
