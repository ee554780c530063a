//! The ways between plates: faint lines to the next, bright ones past others, as the shortcut of a residual block.

use bevy::prelude::*;

use super::{
    ON_STAGE,
    chosen::plate_of,
    plates::{Hung, PlateSystems},
};
use crate::{
    exhibits::network::EXHIBIT_ID,
    stream::ModelGraph,
    world::{
        WorldSystems,
        classifier::{MakesWay, arc::Spot},
        display::Wires,
        stage::PlinthPlaced,
        ui::palette,
    },
};

/// Lines at once; of more, the first.
const MOST_LINES: usize = 256;
/// Width of a line, in metres.
const LINE_M: f32 = 0.004;
/// How far before the plates they run, in metres: those past others further, so that they cross none.
const BEFORE_M: [f32; 2] = [0.02, 0.10];
/// How strong they are.
const STRENGTH: [f32; 2] = [0.3, 0.9];

pub(super) fn plugin(app: &mut App) {
    app.add_observer(hang)
        .add_systems(Update, draw.after(PlateSystems).in_set(WorldSystems::Show).in_set(ON_STAGE));
}

#[derive(Component)]
struct Edges;

fn hang(placed: On<PlinthPlaced>, mut commands: Commands) {
    if placed.exhibit != EXHIBIT_ID {
        return;
    }
    let mut wires = Wires::new(MOST_LINES);
    wires.colour = palette::ACCENT;
    wires.width = LINE_M;
    commands.spawn((Name::new("Ways"), Edges, wires, MakesWay(EXHIBIT_ID), ChildOf(placed.entity)));
}

fn draw(
    hung: Res<Hung>,
    wires: Option<Single<&mut Wires, With<Edges>>>,
    mut lines: Local<Vec<(Vec3, Vec3, f32)>>,
) {
    let Some(mut wires) = wires.filter(|_| hung.is_changed()) else {
        return;
    };
    lines.clear();
    for (from, to) in edges(&hung.graph, &hung) {
        if let (Some(a), Some(b)) = (hung.spots.get(from), hung.spots.get(to)) {
            let past = usize::from(to > from + 1);
            lines.extend(way(*a, *b, past));
        }
    }
    if wires.lines() != lines.as_slice() {
        wires.set(&lines);
    }
}

/// From which plate to which, each once.
fn edges(graph: &ModelGraph, hung: &Hung) -> Vec<(usize, usize)> {
    let mut edges = Vec::new();
    for (to, node) in graph.nodes().iter().enumerate() {
        let Some(to) = plate_of(graph, &hung.plates, to) else {
            continue;
        };
        for read in &node.inputs {
            let from = origin(graph, hung, *read);
            if let Some(from) = from.filter(|from| *from != to && !edges.contains(&(*from, to))) {
                edges.push((from, to));
            }
        }
    }
    edges
}

/// The plate of what makes a tensor; past nodes without one, that of what they read.
fn origin(graph: &ModelGraph, hung: &Hung, tensor: crate::stream::TensorId) -> Option<usize> {
    let mut tensor = tensor;
    // Each node lies before the one that reads it, so that this ends.
    for _ in graph.nodes() {
        let at = graph.nodes().iter().position(|node| node.outputs.contains(&tensor))?;
        if let Some(plate) = plate_of(graph, &hung.plates, at) {
            return Some(plate);
        }
        tensor = *graph.nodes().get(at)?.inputs.first()?;
    }
    None
}

/// From edge to edge: to the plate below, or to the next column.
fn way(from: Spot, to: Spot, past: usize) -> [(Vec3, Vec3, f32); 3] {
    let below = (from.along_m - to.along_m).abs() < 1e-3;
    let (a, b) = if below && past == 0 {
        (
            Spot { up_m: from.up_m - from.size_m.y / 2.0, ..from },
            Spot { up_m: to.up_m + to.size_m.y / 2.0, ..to },
        )
    } else {
        (
            Spot { along_m: from.along_m + from.size_m.x / 2.0, ..from },
            Spot {
                along_m: to.along_m + if below { to.size_m.x } else { -to.size_m.x } / 2.0,
                ..to
            },
        )
    };
    let (near, out) = (BEFORE_M[0], BEFORE_M[past]);
    let at = |spot: Spot, before: f32| spot.before(before).translation;
    let strength = STRENGTH[past];
    [
        (at(a, near), at(a, out), strength),
        (at(a, out), at(b, out), strength),
        (at(b, out), at(b, near), strength),
    ]
}
