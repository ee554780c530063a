//! Boxes on a board as one mesh, which is made when they are others and never in between.

use bevy::{
    asset::RenderAssetUsages,
    camera::visibility::NoFrustumCulling,
    mesh::{Indices, PrimitiveTopology},
    prelude::*,
};

use crate::world::draw::{MeshMaterial3d, PlainMaterial};

pub(super) fn plugin(app: &mut App) {
    app.add_observer(build);
}

/// Boxes that stand on the board of their entity; insert it again to change them.
#[derive(Component, Clone, Debug, Default)]
#[require(Transform, Visibility)]
pub(super) struct Blocks {
    /// Where each stands, in metres from the middle, and its colour.
    pub(super) boxes: Vec<(Rect, Color)>,
    /// How far they stand out, in metres.
    pub(super) depth_m: f32,
    /// Whether they are as bright as their colours; else the hall's light falls on them.
    pub(super) shining: bool,
}

/// The sides of a box that can be seen: its front, and those around it.
const SIDES: [Vec3; 5] = [Vec3::Z, Vec3::X, Vec3::NEG_X, Vec3::Y, Vec3::NEG_Y];
/// How bright boxes are by themselves that the hall's light falls on, as a share of their colour.
const GLOW: f32 = 0.45;

fn build(
    inserted: On<Insert, Blocks>,
    blocks: Query<(&Blocks, Has<MeshMaterial3d<PlainMaterial>>)>,
    mut meshes: ResMut<Assets<Mesh>>,
    mut materials: ResMut<Assets<PlainMaterial>>,
    mut commands: Commands,
) -> Result {
    let (blocks, has_look) = blocks.get(inserted.entity)?;
    let mut entity = commands.entity(inserted.entity);
    if blocks.boxes.is_empty() {
        entity.remove::<Mesh3d>();
        return Ok(());
    }
    entity.insert((Mesh3d(meshes.add(mesh(blocks))), NoFrustumCulling));
    if !has_look {
        // The colours are those of the vertices.
        let look = PlainMaterial { lit: !blocks.shining, glow: GLOW, ..default() };
        entity.insert(MeshMaterial3d(materials.add(look)));
    }
    Ok(())
}

/// Five sides for each box, in its colour.
fn mesh(blocks: &Blocks) -> Mesh {
    let corners = blocks.boxes.len() * SIDES.len() * 4;
    let mut positions = Vec::with_capacity(corners);
    let mut normals = Vec::with_capacity(corners);
    let mut colours = Vec::with_capacity(corners);
    for (rect, colour) in &blocks.boxes {
        let half = rect.half_size().extend(blocks.depth_m / 2.0);
        let middle = rect.center().extend(half.z);
        let colour = colour.to_linear().to_f32_array();
        for side in SIDES {
            // Counter-clockwise seen from outside.
            let across = if side.z == 0.0 { Vec3::Z } else { Vec3::X };
            let up = side.cross(across);
            for (a, b) in [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)] {
                positions.push((middle + (side + across * a + up * b) * half).to_array());
                normals.push(side.to_array());
                colours.push(colour);
            }
        }
    }
    let sides = (0..positions.len() as u32).step_by(4);
    let indices = sides.flat_map(|first| [0, 1, 2, 0, 2, 3].map(|corner| first + corner));
    Mesh::new(PrimitiveTopology::TriangleList, RenderAssetUsages::default())
        .with_inserted_indices(Indices::U32(indices.collect()))
        .with_inserted_attribute(Mesh::ATTRIBUTE_POSITION, positions)
        .with_inserted_attribute(Mesh::ATTRIBUTE_NORMAL, normals)
        .with_inserted_attribute(Mesh::ATTRIBUTE_COLOR, colours)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::ui::palette;

    #[test]
    fn sides_look_outwards() {
        let rect = Rect::new(1.0, 2.0, 3.0, 2.5);
        let blocks = Blocks { boxes: vec![(rect, palette::INK)], depth_m: 0.5, ..default() };
        let mesh = mesh(&blocks);
        let triangles: Vec<_> = mesh.triangles().unwrap().collect();
        assert_eq!(triangles.len(), 10);
        for triangle in triangles {
            let [a, b, c] = triangle.vertices;
            let outwards = a.midpoint(c) - rect.center().extend(0.25);
            assert!((b - a).cross(c - a).dot(outwards) > 0.0, "{triangle:?}");
        }
    }
}
