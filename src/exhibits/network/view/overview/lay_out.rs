//! Lays the model out when another network is declared, and never in between.

use std::sync::Arc;

use bevy::prelude::*;

use super::{
    Boxes, Overview, OverviewSystems, Ways, blocks::Blocks, family, grid::Grid, hang::room_m,
    plan::Plan,
};
use crate::{
    exhibits::network::view::plates::Hung,
    world::{display::Wires, ui::palette},
};

/// How far boxes stand out, in metres.
pub(super) const DEPTH_M: f32 = 0.014;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, lay_out.in_set(OverviewSystems::LayOut));
}

fn lay_out(
    hung: Res<Hung>,
    mut overview: ResMut<Overview>,
    boxes: Query<(Entity, &Boxes)>,
    wires: Option<Single<&mut Wires, With<Ways>>>,
    mut commands: Commands,
) {
    let Some(mut wires) = wires.filter(|_| !Arc::ptr_eq(&hung.graph, &overview.graph)) else {
        return;
    };
    let graph = &hung.graph;
    if **graph == *overview.graph {
        // One that says the same, as after a restart, is compared once.
        overview.bypass_change_detection().graph = graph.clone();
        return;
    }
    let plan = Plan::of(graph);
    let grid = Grid::new(&plan, room_m());
    let colour = |node: usize| {
        graph.nodes().get(node).map_or(palette::INK_QUIET, |node| family::colour(&node.op))
    };
    let all = plan.boxes.iter().map(|place| (grid.rect(place), colour(place.node))).collect();
    let blocks = Blocks { boxes: all, depth_m: DEPTH_M, shining: false };
    for (entity, _) in boxes.iter().filter(|(_, boxes)| **boxes == Boxes::All) {
        commands.entity(entity).insert(blocks.clone());
    }
    let lines: Vec<_> = grid.lines(&plan);
    let lines: Vec<_> = lines
        .iter()
        .map(|(from, to, strength)| (from.extend(0.0), to.extend(0.0), *strength))
        .collect();
    wires.set(&lines);
    *overview = Overview { graph: graph.clone(), plan, grid, ..default() };
}
