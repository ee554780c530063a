//! The receptive field of a transformer's units against what really changes with a pixel.

use super::{snapshot, transformer::transformer, units};
use crate::{
    network::INPUT,
    stream::{LayerId, Role},
    world::inspect::{Region, Unit, receptive_field, value},
};

fn holds(region: &Region, unit: Unit) -> bool {
    let within = |(first, count): (usize, usize), at| (first..first + count).contains(&at);
    region.layer == unit.layer
        && region.map.is_none_or(|map| map == unit.map)
        && within(region.rows, unit.row)
        && within(region.columns, unit.column)
}

#[test]
fn what_changes_with_a_pixel_has_it_in_its_field() {
    let (plan, before) = transformer();
    let graph = &plan.graph;
    let pixel = Unit { layer: INPUT, map: 1, row: 9, column: 30 };
    let mut image = before.layer(INPUT).unwrap().values.to_vec();
    image[(pixel.map * 32 + pixel.row) * 32 + pixel.column] += 1.0;
    let after = snapshot(&plan, &image);
    let (mut changed, mut without) = (0, 0);
    for tensor in graph.tensors().iter().filter(|tensor| tensor.role == Role::Activation) {
        for unit in units(graph, tensor.name) {
            let field = receptive_field(graph, unit);
            let seen = field.iter().any(|region| holds(region, pixel));
            let changes = value(&before, unit) != value(&after, unit);
            assert!(seen || !changes, "{unit:?} changes with a pixel beside its field");
            changed += usize::from(changes);
            without += usize::from(!seen);
        }
    }
    assert!(changed > 1000 && without > 300, "{changed} change, {without} do not see it");
}

#[test]
fn ways_that_meet_are_all_followed() {
    let (plan, _) = transformer();
    let graph = &plan.graph;
    let named = |ending: &str| {
        let all = graph.tensors().iter().map(|tensor| tensor.name);
        all.filter(|name| name.name().ends_with(ending)).collect::<Vec<LayerId>>()
    };
    let softmax = named("encoder_layer_0.self_attention.softmax")[0];
    // Head 1, the share that token 3 gives to token 5.
    let field = receptive_field(graph, Unit { layer: softmax, map: 1, row: 3, column: 5 });
    let of = |name: LayerId| field.iter().filter(|region| region.layer == name).collect::<Vec<_>>();
    let scores = of(named("encoder_layer_0.self_attention.matmul_1")[0]);
    assert_eq!(scores.len(), 1);
    assert_eq!((scores[0].map, scores[0].rows, scores[0].columns), (Some(1), (3, 1), (0, 17)));
    // Of its query a row, of all keys everything; values are not read.
    let query = of(named("encoder_layer_0.self_attention.div_2")[0]);
    assert_eq!((query[0].map, query[0].rows, query[0].columns), (Some(1), (3, 1), (0, 16)));
    let keys = of(named("encoder_layer_0.self_attention.transpose_3")[0]);
    assert_eq!((keys[0].map, keys[0].rows, keys[0].columns), (Some(1), (0, 16), (0, 17)));
    assert!(of(named("encoder_layer_0.self_attention.slice_2")[0]).is_empty());
    // A patch sees its own pixels only, in all colours.
    let patch = Unit { layer: named("conv_proj")[0], map: 7, row: 1, column: 2 };
    let field = receptive_field(graph, patch);
    let image: Vec<_> = field.iter().filter(|region| region.layer == INPUT).collect();
    assert_eq!(image.len(), 1);
    assert_eq!((image[0].map, image[0].rows, image[0].columns), (None, (8, 8), (16, 8)));
}
