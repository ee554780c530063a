//! The meshes that displays are drawn on: a flat plate and a shallow box, centred, facing +z.

use bevy::{
    asset::RenderAssetUsages,
    mesh::{Indices, PrimitiveTopology},
    prelude::*,
};

/// A rectangle of `size` metres in the plane z = 0, with uv from the top left corner.
pub(super) fn plate(size: Vec2) -> Mesh {
    Mesh::from(Rectangle::from_size(size))
}

/// So many quads of two triangles each, for shaders that know where they belong: x says which, y and z which corner.
///
/// A vertex says itself whose it is: meshes share buffers, so the index of a vertex would be another mesh's too.
pub(super) fn quads(count: usize, corners: [[f32; 2]; 4]) -> Mesh {
    let positions: Vec<[f32; 3]> =
        (0..count).flat_map(|quad| corners.map(|[y, z]| [quad as f32, y, z])).collect();
    let indices =
        (0..count as u32).flat_map(|quad| [0, 1, 2, 0, 2, 3].map(|corner| 4 * quad + corner));
    Mesh::new(PrimitiveTopology::TriangleList, RenderAssetUsages::RENDER_WORLD)
        .with_inserted_attribute(Mesh::ATTRIBUTE_POSITION, positions)
        .with_inserted_indices(Indices::U32(indices.collect()))
}

/// A box of `size` metres from z = 0 to z = `depth`: twelve triangles, positions and nothing else.
pub(super) fn shallow_box(size: Vec2, depth: f32) -> Mesh {
    let half = size / 2.0;
    let positions: Vec<[f32; 3]> = (0..8)
        .map(|corner| {
            let side = |bit: usize| corner >> bit & 1 == 1;
            [
                if side(0) { half.x } else { -half.x },
                if side(1) { half.y } else { -half.y },
                if side(2) { depth } else { 0.0 },
            ]
        })
        .collect();
    // Counter-clockwise seen from outside.
    let faces: [[u16; 4]; 6] =
        [[4, 5, 7, 6], [1, 0, 2, 3], [5, 1, 3, 7], [0, 4, 6, 2], [6, 7, 3, 2], [0, 1, 5, 4]];
    let indices = faces.iter().flat_map(|&[a, b, c, d]| [a, b, c, a, c, d]).collect();
    Mesh::new(PrimitiveTopology::TriangleList, RenderAssetUsages::default())
        .with_inserted_attribute(Mesh::ATTRIBUTE_POSITION, positions)
        .with_inserted_indices(Indices::U16(indices))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faces_of_the_box_look_outwards() {
        let mesh = shallow_box(Vec2::new(2.0, 1.0), 0.5);
        let centre = Vec3::new(0.0, 0.0, 0.25);
        let triangles: Vec<_> = mesh.triangles().unwrap().collect();
        assert_eq!(triangles.len(), 12);
        for triangle in triangles {
            let [a, b, c] = triangle.vertices;
            assert!((b - a).cross(c - a).dot(a - centre) > 0.0);
        }
    }
}
