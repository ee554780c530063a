//! Smoked glass behind the progress banner and the legends: films beyond it shine through faintly, so that words can be read.

use bevy::{
    asset::RenderAssetUsages,
    mesh::{Indices, PrimitiveTopology},
    prelude::*,
};

use crate::world::draw::{MeshMaterial3d, Opacity, PlainMaterial};

use crate::{
    exhibits::recommender::EXHIBIT_ID,
    world::{stage::PlinthPlaced, ui::palette},
};

/// Its lower and upper edge above the floor, and its edges to the side, in metres.
const HEIGHTS_M: (f32, f32) = (2.98, 4.3);
const HALF_WIDTH_M: f32 = 3.45;
/// Where it stands ahead of the middle, in metres: a little behind the middle of the progress banner.
const AHEAD_M: f32 = 3.6;
/// The edges of that pane are so soft, in metres, and those of one behind a legend.
const SOFT_M: f32 = 0.22;
const SOFT_OF_LEGEND_M: f32 = 0.07;
/// How far behind a legend its pane stands, in metres.
const BEHIND_M: f32 = 0.03;
/// Drawn after the films, which are a thousand metres behind everything, and before all words, from wherever one looks.
const BEFORE_WORDS: f32 = -500.0;
/// How much light it takes, 0..=1.
const TAKES: f32 = 0.86;

pub(super) fn plugin(app: &mut App) {
    app.add_observer(hang_glass);
}

fn hang_glass(
    placed: On<PlinthPlaced>,
    mut meshes: ResMut<Assets<Mesh>>,
    mut materials: ResMut<Assets<PlainMaterial>>,
    mut commands: Commands,
) {
    if placed.exhibit != EXHIBIT_ID {
        return;
    }
    let middle = f32::midpoint(HEIGHTS_M.0, HEIGHTS_M.1);
    let half = vec2(HALF_WIDTH_M, (HEIGHTS_M.1 - HEIGHTS_M.0) / 2.0);
    let place = Transform::from_xyz(0.0, middle, -AHEAD_M);
    let glass = glass(half, SOFT_M, &mut meshes, &mut materials);
    commands.spawn((glass, place, ChildOf(placed.entity)));
}

/// A pane of this width and height in metres behind a legend, which its entity is given as a child; its middle lies so far
/// from the legend's.
pub(super) fn behind_legend(
    size_m: Vec2,
    from_middle_m: Vec2,
    meshes: &mut Assets<Mesh>,
    materials: &mut Assets<PlainMaterial>,
) -> impl Bundle {
    let half = size_m / 2.0 + SOFT_OF_LEGEND_M / 2.0;
    let place = Transform::from_translation(from_middle_m.extend(-BEHIND_M));
    (glass(half, SOFT_OF_LEGEND_M, meshes, materials), place)
}

fn glass(
    half: Vec2,
    soft: f32,
    meshes: &mut Assets<Mesh>,
    materials: &mut Assets<PlainMaterial>,
) -> impl Bundle {
    let material = PlainMaterial {
        colour: palette::NIGHT,
        opacity: Opacity::Blend,
        ahead_m: BEFORE_WORDS,
        ..default()
    };
    (
        Name::new("Smoked glass"),
        Mesh3d(meshes.add(pane(half, soft))),
        MeshMaterial3d(materials.add(material)),
    )
}

/// A rectangle that is clear at its edges.
fn pane(half: Vec2, soft: f32) -> Mesh {
    let along = |half: f32| [-half, soft - half, half - soft, half];
    let (mut positions, mut colours) = (Vec::new(), Vec::new());
    for (row, y) in along(half.y).into_iter().enumerate() {
        for (column, x) in along(half.x).into_iter().enumerate() {
            let inside = (1..3).contains(&row) && (1..3).contains(&column);
            positions.push([x, y, 0.0]);
            colours.push([1.0, 1.0, 1.0, if inside { TAKES } else { 0.0 }]);
        }
    }
    let corners = |cell: u32| {
        let first = cell / 3 * 4 + cell % 3;
        [0, 1, 5, 0, 5, 4].map(|corner| first + corner)
    };
    Mesh::new(PrimitiveTopology::TriangleList, RenderAssetUsages::RENDER_WORLD)
        .with_inserted_attribute(Mesh::ATTRIBUTE_POSITION, positions)
        .with_inserted_attribute(Mesh::ATTRIBUTE_NORMAL, vec![[0.0, 0.0, 1.0]; 16])
        .with_inserted_attribute(Mesh::ATTRIBUTE_COLOR, colours)
        .with_inserted_indices(Indices::U32((0..9).flat_map(corners).collect()))
}
