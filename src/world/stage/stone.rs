//! The body of a plinth: a drum over a dark gap, with a rounded edge and a top that catch the light.

use bevy::{
    asset::RenderAssetUsages,
    mesh::{Indices, PrimitiveTopology},
    prelude::*,
};

use super::plan::{PLINTH_HEIGHT_M, PLINTH_RADIUS_M};

/// Corners around it.
const CORNERS: u32 = 64;
/// Radius of its rounded edge, in metres.
const BEVEL_M: f32 = 0.022;
/// How far it stands back above the floor, and how high, in metres: the gap in which it is dark.
const GAP_M: Vec2 = vec2(0.045, 0.03);
/// Parts of its rounded edge.
const STEPS: u8 = 5;

/// A point of the outline: distance from the axis and height in metres, the way outwards, and how bright it is.
struct Point {
    place: Vec2,
    outwards: Vec2,
    tone: f32,
}

/// A plinth around the origin; its vertices say how bright it is there, as a share of its colour.
pub fn plinth() -> Mesh {
    let outline = outline();
    let (mut places, mut normals, mut tones) = (Vec::new(), Vec::new(), Vec::new());
    for Point { place, outwards, tone } in &outline {
        for corner in 0..=CORNERS {
            let turn = std::f32::consts::TAU * corner as f32 / CORNERS as f32;
            let around = |flat: Vec2| vec3(flat.x * turn.cos(), flat.y, -flat.x * turn.sin());
            places.push(around(*place));
            normals.push(around(*outwards));
            tones.push([*tone, *tone, *tone, 1.0]);
        }
    }
    let rows = (0..outline.len() as u32 - 1).flat_map(|row| (0..CORNERS).map(move |at| (row, at)));
    let triangles = rows
        .flat_map(|(row, at)| {
            let low = row * (CORNERS + 1) + at;
            let high = low + CORNERS + 1;
            [low, low + 1, high + 1, low, high + 1, high]
        })
        .collect();
    Mesh::new(PrimitiveTopology::TriangleList, RenderAssetUsages::default())
        .with_inserted_attribute(Mesh::ATTRIBUTE_POSITION, places)
        .with_inserted_attribute(Mesh::ATTRIBUTE_NORMAL, normals)
        .with_inserted_attribute(Mesh::ATTRIBUTE_COLOR, tones)
        .with_inserted_indices(Indices::U32(triangles))
}

/// From the floor up to the middle of the top.
fn outline() -> Vec<Point> {
    let (radius, half) = (PLINTH_RADIUS_M, PLINTH_HEIGHT_M / 2.0);
    let point = |place: Vec2, outwards: Vec2, tone: f32| Point { place, outwards, tone };
    let mut outline = vec![
        point(vec2(radius - GAP_M.x, -half), Vec2::X, 0.12),
        point(vec2(radius - GAP_M.x, GAP_M.y - half), Vec2::X, 0.12),
        point(vec2(radius, GAP_M.y - half), Vec2::X, 0.5),
        point(vec2(radius, half - BEVEL_M), Vec2::X, 1.15),
    ];
    let middle = vec2(radius - BEVEL_M, half - BEVEL_M);
    for step in 0..=STEPS {
        let share = f32::from(step) / f32::from(STEPS);
        let outwards = Vec2::from_angle(std::f32::consts::FRAC_PI_2 * share);
        outline.push(point(middle + outwards * BEVEL_M, outwards, 1.6 + 1.5 * share));
    }
    // The top is darkest below what stands on it.
    for (share, tone) in [(0.985, 1.35), (0.8, 1.2), (0.55, 0.95), (0.3, 0.6), (0.0, 0.42)] {
        outline.push(point(vec2(middle.x * share, half), Vec2::Y, tone));
    }
    outline
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plinth_fills_its_place_and_looks_outwards() {
        let mesh = plinth();
        let mut volume = 0.0;
        for triangle in mesh.triangles().unwrap() {
            let [a, b, c] = triangle.vertices;
            volume += a.dot(b.cross(c)) / 6.0;
        }
        // It has no bottom, which would be a disc of the radius above the gap.
        let foot = std::f32::consts::PI * (PLINTH_RADIUS_M - GAP_M.x).powi(2);
        volume += foot * PLINTH_HEIGHT_M / 2.0 / 3.0;
        let full = std::f32::consts::PI * PLINTH_RADIUS_M.powi(2) * PLINTH_HEIGHT_M;
        assert!((volume - full).abs() < 0.04 * full, "{volume} of {full} cubic metres");
        let tones = mesh.attribute(Mesh::ATTRIBUTE_COLOR);
        assert_eq!(tones.map(bevy::mesh::VertexAttributeValues::len), Some(mesh.count_vertices()));
    }
}
