//! The body of a board: its page in front, rounded edges that reach back, and a closed back.

use bevy::{
    asset::RenderAssetUsages,
    mesh::{Indices, PrimitiveTopology},
    prelude::*,
};

/// How thick a board is, in dmm: as thick to the eye however far away it is read.
pub(super) const THICK_DMM: f32 = 7.0;
/// The radius of its corners, in dmm.
pub(super) const CORNER_DMM: f32 = 18.0;
/// Parts of a quarter turn.
const STEPS: usize = 5;
/// The u of what is not the page; v there is 0 in front and 1 behind.
const BESIDE_PAGE: f32 = 2.0;

/// A board of this width and height that faces +z, all in metres; u and v of its front are those of its page.
pub(super) fn board(size: Vec2, thick: f32, corner: f32) -> Mesh {
    let mut body = Body::default();
    let outline = outline(size, corner.min(size.min_element() / 2.0));
    // What is behind comes first: a board that fades in is mixed with it.
    let behind: Vec<u32> = outline
        .iter()
        .map(|(place, _)| body.add(place.extend(-thick), Vec3::NEG_Z, vec2(BESIDE_PAGE, 1.0)))
        .collect();
    for pair in behind.windows(2).skip(1) {
        body.triangles.extend([behind[0], pair[1], pair[0]]);
    }
    let edge: Vec<[u32; 2]> = outline
        .iter()
        .chain(outline.first())
        .map(|(place, outwards)| {
            [(0.0, 0.0), (-thick, 1.0)].map(|(back, v)| {
                body.add(place.extend(back), outwards.extend(0.0), vec2(BESIDE_PAGE, v))
            })
        })
        .collect();
    for pair in edge.windows(2) {
        let ([a, b], [c, d]) = (pair[0], pair[1]);
        body.triangles.extend([a, b, d, a, d, c]);
    }
    let page = [(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)]
        .map(|(x, y)| body.add((size * vec2(x, y)).extend(0.0), Vec3::Z, vec2(x + 0.5, 0.5 - y)));
    body.triangles.extend([0, 1, 2, 0, 2, 3].map(|corner: usize| page[corner]));
    body.mesh()
}

/// The outline from the lower right corner on, counter-clockwise, each point with the way outwards.
fn outline(size: Vec2, corner: f32) -> Vec<(Vec2, Vec2)> {
    let inner = size / 2.0 - corner;
    let corners = [(1.0, -1.0, 3.0), (1.0, 1.0, 0.0), (-1.0, 1.0, 1.0), (-1.0, -1.0, 2.0)];
    corners
        .iter()
        .flat_map(|&(x, y, quarter)| {
            (0..=STEPS).map(move |step| {
                let turn = std::f32::consts::FRAC_PI_2 * (quarter + step as f32 / STEPS as f32);
                let outwards = Vec2::from_angle(turn);
                (inner * vec2(x, y) + outwards * corner, outwards)
            })
        })
        .collect()
}

#[derive(Default)]
struct Body {
    places: Vec<Vec3>,
    normals: Vec<Vec3>,
    uvs: Vec<Vec2>,
    triangles: Vec<u32>,
}

impl Body {
    fn add(&mut self, place: Vec3, normal: Vec3, uv: Vec2) -> u32 {
        self.places.push(place);
        self.normals.push(normal);
        self.uvs.push(uv);
        (self.places.len() - 1) as u32
    }

    fn mesh(self) -> Mesh {
        Mesh::new(PrimitiveTopology::TriangleList, RenderAssetUsages::default())
            .with_inserted_attribute(Mesh::ATTRIBUTE_POSITION, self.places)
            .with_inserted_attribute(Mesh::ATTRIBUTE_NORMAL, self.normals)
            .with_inserted_attribute(Mesh::ATTRIBUTE_UV_0, self.uvs)
            .with_inserted_indices(Indices::U32(self.triangles))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_board_is_closed_but_for_its_corners_and_looks_outwards() {
        let (size, thick) = (vec2(1.2, 0.8), 0.02);
        let mesh = board(size, thick, 0.05);
        let inside = vec3(0.0, 0.0, -thick / 2.0);
        let mut volume = 0.0;
        for triangle in mesh.triangles().unwrap() {
            let [a, b, c] = triangle.vertices;
            let normal = (b - a).cross(c - a);
            assert!(normal.length() < 1e-9 || normal.dot(a - inside) > 0.0, "{triangle:?}");
            volume += a.dot(b.cross(c)) / 6.0;
        }
        // The page is a full rectangle: beyond the rounded corners it is clear.
        let full = size.x * size.y * thick;
        assert!((volume - full).abs() < 0.02 * full, "{volume} of {full}");
        assert_eq!(mesh.count_vertices(), 4 * (STEPS + 1) * 3 + 2 + 4);
    }
}
