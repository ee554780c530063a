//! Floor, horizon and dome: dark, still, and in one draw call behind everything that stands in the hall.

use bevy::{
    asset::{AssetEventSystems, RenderAssetUsages},
    camera::visibility::NoFrustumCulling,
    mesh::{Indices, PrimitiveTopology},
    prelude::*,
};

use super::{
    look::{HallLook, HallMaterial, take_contrast},
    plan::DOME_RADIUS_M,
};
use crate::world::{
    draw::{MaterialPlugin, MeshMaterial3d},
    ui::contrast::Contrast,
};

/// Corners around the horizon.
const CORNERS: u16 = 64;
/// Heights at which the dome has corners, in degrees above the floor.
const RINGS_DEGREES: [f32; 7] = [0.0, 4.0, 10.0, 20.0, 36.0, 58.0, 90.0];

pub(super) fn plugin(app: &mut App) {
    app.add_plugins(MaterialPlugin::<HallMaterial>::default())
        .add_systems(Startup, build_room)
        .add_systems(
            PostUpdate,
            take_contrast
                .run_if(resource_exists_and_changed::<Contrast>)
                .before(TransformSystems::Propagate)
                .before(AssetEventSystems),
        );
}

fn build_room(
    mut commands: Commands,
    mut meshes: ResMut<Assets<Mesh>>,
    mut materials: ResMut<Assets<HallMaterial>>,
) {
    let material = materials.add(HallMaterial::default());
    commands.spawn((
        Name::new("Floor and dome"),
        Mesh3d(meshes.add(floor_and_dome())),
        MeshMaterial3d(material.clone()),
        NoFrustumCulling,
    ));
    commands.insert_resource(HallLook(material));
}

/// A disc whose normals point up, and half a sphere over it whose normals are level, seen from inside; on the sphere u goes
/// once around from the visitor's left, clockwise seen from above, and v is the height in radians.
fn floor_and_dome() -> Mesh {
    let mut corners = Corners::default();
    let rim = |corner: u16| {
        let share = f32::from(corner) / f32::from(CORNERS);
        let bearing = std::f32::consts::TAU * (share - 0.25);
        (share, vec3(bearing.sin(), 0.0, -bearing.cos()))
    };
    let middle = corners.add(Vec3::ZERO, Vec3::Y, Vec2::ZERO);
    let floor: Vec<u16> = (0..=CORNERS)
        .map(|corner| corners.add(rim(corner).1 * DOME_RADIUS_M, Vec3::Y, Vec2::ZERO))
        .collect();
    for pair in floor.windows(2) {
        corners.triangles.extend([middle, pair[1], pair[0]]);
    }
    let rings: Vec<Vec<u16>> = RINGS_DEGREES
        .iter()
        .map(|degrees| {
            let height = degrees.to_radians();
            let ring = (0..=CORNERS).map(|corner| {
                let (share, away) = rim(corner);
                let place = (away * height.cos() + Vec3::Y * height.sin()) * DOME_RADIUS_M;
                corners.add(place, -away, vec2(share, height))
            });
            ring.collect()
        })
        .collect();
    for two in rings.windows(2) {
        for (low, high) in two[0].windows(2).zip(two[1].windows(2)) {
            corners.triangles.extend([low[0], low[1], high[1], low[0], high[1], high[0]]);
        }
    }
    corners.mesh()
}

#[derive(Default)]
struct Corners {
    places: Vec<Vec3>,
    normals: Vec<Vec3>,
    uvs: Vec<Vec2>,
    triangles: Vec<u16>,
}

impl Corners {
    fn add(&mut self, place: Vec3, normal: Vec3, uv: Vec2) -> u16 {
        self.places.push(place);
        self.normals.push(normal);
        self.uvs.push(uv);
        (self.places.len() - 1) as u16
    }

    fn mesh(self) -> Mesh {
        Mesh::new(PrimitiveTopology::TriangleList, RenderAssetUsages::default())
            .with_inserted_attribute(Mesh::ATTRIBUTE_POSITION, self.places)
            .with_inserted_attribute(Mesh::ATTRIBUTE_NORMAL, self.normals)
            .with_inserted_attribute(Mesh::ATTRIBUTE_UV_0, self.uvs)
            .with_inserted_indices(Indices::U16(self.triangles))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floor_and_dome_are_seen_from_inside_and_leave_no_gap() {
        let mesh = floor_and_dome();
        let eye = vec3(0.3, 1.6, -0.2);
        let mut seen = 0.0;
        for triangle in mesh.triangles().unwrap() {
            let [a, b, c] = triangle.vertices;
            let normal = (b - a).cross(c - a);
            // At the top the two corners of a quad are one.
            assert!(normal.length() < 1e-2 || normal.dot(eye - a) > 0.0, "{triangle:?}");
            // The solid angle of the triangle (Van Oosterom and Strackee 1983).
            let [a, b, c] = [a - eye, b - eye, c - eye].map(Vec3::normalize_or_zero);
            let over = a.dot(b.cross(c)).abs();
            seen += 2.0 * over.atan2(1.0 + a.dot(b) + b.dot(c) + c.dot(a));
        }
        assert!((seen - 4.0 * std::f32::consts::PI).abs() < 1e-2, "{seen} sr around the eye");
    }
}
