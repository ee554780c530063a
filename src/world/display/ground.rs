//! Ground to stand numbers on: heights over a grid in their colours, lit, with contour lines; one mesh, one draw.

use std::sync::Arc;

use bevy::{
    asset::RenderAssetUsages,
    mesh::{Indices, PrimitiveTopology},
    prelude::*,
    render::render_resource::{AsBindGroup, Face},
};

use crate::world::draw::{Material, MaterialPlugin, MeshMaterial3d};

use super::ColourMap;
use crate::world::ui::palette;

/// Where the light comes from, before it is of length 1: from the left, above and behind the visitor.
const LIGHT: Vec3 = vec3(-0.45, 0.85, 0.35);
/// How bright ground is that no light falls on.
const SHADE: f32 = 0.38;
/// How strong contour lines are.
const CONTOUR: f32 = 0.42;
/// How bright the brightest ground is, so that what lies on it stands out.
const BRIGHTNESS: f32 = 0.62;

pub(super) fn plugin(app: &mut App) {
    app.add_plugins(MaterialPlugin::<GroundMaterial>::default()).add_observer(furnish);
}

/// Heights over a rectangle in the XZ plane of the entity, centred; +Y is up. Insert it again to change it.
#[derive(Component, Clone, Debug)]
#[require(Transform, Visibility)]
pub struct Ground {
    /// Width along x and depth along z, in metres.
    pub size: Vec2,
    /// Grid points along x.
    pub columns: usize,
    /// Grid points along z.
    pub rows: usize,
    /// Heights in metres, row by row; row 0 is the nearest (+z), column 0 the leftmost.
    pub heights: Arc<[f32]>,
    /// The place of each grid point on the colour map, 0..=1, in the order of the heights.
    pub tones: Vec<f32>,
    /// Its level: contour lines run where it passes a whole number.
    pub levels: Vec<f32>,
}

/// The light and the lines; made once.
#[derive(Asset, AsBindGroup, TypePath, Clone)]
struct GroundMaterial {
    #[uniform(0)]
    light: Vec4,
    #[uniform(1)]
    contour: Vec4,
}

impl Material for GroundMaterial {
    const SHADER: &'static str = "shaders://ground.wgsl";

    fn cull(&self) -> Option<Face> {
        // One may look at it from below.
        None
    }
}

fn furnish(
    inserted: On<Insert, Ground>,
    grounds: Query<(&Ground, Option<&MeshMaterial3d<GroundMaterial>>)>,
    mut meshes: ResMut<Assets<Mesh>>,
    mut materials: ResMut<Assets<GroundMaterial>>,
    mut commands: Commands,
) -> Result {
    let (ground, material) = grounds.get(inserted.entity)?;
    let mut entity = commands.entity(inserted.entity);
    entity.insert(Mesh3d(meshes.add(mesh(ground))));
    if material.is_none() {
        let contour = palette::INK.to_linear().to_vec4().truncate().extend(CONTOUR);
        let light = LIGHT.normalize().extend(SHADE);
        entity.insert(MeshMaterial3d(materials.add(GroundMaterial { light, contour })));
    }
    Ok(())
}

/// A vertex for each grid point, two triangles for each cell.
fn mesh(ground: &Ground) -> Mesh {
    let (columns, rows) = (ground.columns.max(2), ground.rows.max(2));
    let count = columns * rows;
    let at = |column: usize, row: usize| {
        let (column, row) = (column.min(columns - 1), row.min(rows - 1));
        let height = ground.heights.get(row * columns + column).copied().unwrap_or(0.0);
        let across = column as f32 / (columns - 1) as f32 - 0.5;
        let away = 0.5 - row as f32 / (rows - 1) as f32;
        vec3(
            across * ground.size.x,
            if height.is_finite() { height } else { 0.0 },
            away * ground.size.y,
        )
    };
    let mut positions = Vec::with_capacity(count);
    let mut normals = Vec::with_capacity(count);
    for row in 0..rows {
        for column in 0..columns {
            positions.push(at(column, row).to_array());
            let right = at(column + 1, row) - at(column.saturating_sub(1), row);
            let away = at(column, row + 1) - at(column, row.saturating_sub(1));
            normals.push(right.cross(away).normalize_or(Vec3::Y).to_array());
        }
    }
    let colour = |place: usize| {
        let tone = ground.tones.get(place).copied().unwrap_or(0.0);
        let colour = ColourMap::Sequential.colour(0.08 + 0.86 * tone).to_linear() * BRIGHTNESS;
        [colour.red, colour.green, colour.blue, 1.0]
    };
    let colours: Vec<[f32; 4]> = (0..count).map(colour).collect();
    let levels: Vec<[f32; 2]> =
        (0..count).map(|place| [ground.levels.get(place).copied().unwrap_or(0.5), 0.0]).collect();
    let corner = |column: usize, row: usize| (row * columns + column) as u32;
    let cell = |(column, row)| {
        let (a, b) = (corner(column, row), corner(column + 1, row));
        let (c, d) = (corner(column + 1, row + 1), corner(column, row + 1));
        // From near left to far right, as aims meet it.
        [a, b, c, a, c, d]
    };
    let cells = (0..rows - 1).flat_map(|row| (0..columns - 1).map(move |column| (column, row)));
    let indices: Vec<u32> = cells.flat_map(cell).collect();
    Mesh::new(PrimitiveTopology::TriangleList, RenderAssetUsages::default())
        .with_inserted_attribute(Mesh::ATTRIBUTE_POSITION, positions)
        .with_inserted_attribute(Mesh::ATTRIBUTE_NORMAL, normals)
        .with_inserted_attribute(Mesh::ATTRIBUTE_UV_0, levels)
        .with_inserted_attribute(Mesh::ATTRIBUTE_COLOR, colours)
        .with_inserted_indices(Indices::U32(indices))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ground_has_a_vertex_for_each_height_and_faces_up() {
        let heights: Vec<f32> = (0..12).map(|place| 0.01 * place as f32).collect();
        let ground = Ground {
            size: vec2(2.0, 1.0),
            columns: 4,
            rows: 3,
            heights: heights.into(),
            tones: vec![0.5; 12],
            levels: vec![0.25; 12],
        };
        let mesh = mesh(&ground);
        assert_eq!(mesh.count_vertices(), 12);
        assert_eq!(mesh.indices().map(Indices::len), Some(3 * 2 * 6));
        let normals = mesh.attribute(Mesh::ATTRIBUTE_NORMAL).and_then(|all| all.as_float3());
        assert!(normals.unwrap().iter().all(|normal| normal[1] > 0.9));
    }
}
