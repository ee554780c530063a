//! Meshes of revolution and flat rings, computed.

use std::f32::consts::TAU;

use bevy::{
    asset::RenderAssetUsages,
    mesh::{Indices, PrimitiveTopology},
    prelude::*,
};

/// Corners around.
const AROUND: u16 = 32;
/// Steps of a rounded end.
const END_STEPS: u8 = 4;

/// A profile with round ends: (z, radius) in metres, from the back (largest z) to the front.
pub(super) fn round_ends(profile: &[(f32, f32)]) -> Vec<(f32, f32)> {
    let (Some(&(back, back_radius)), Some(&(front, front_radius))) =
        (profile.first(), profile.last())
    else {
        return Vec::new();
    };
    let quarter = |step: u8| (f32::from(step) / f32::from(END_STEPS) * TAU / 4.0).sin_cos();
    let behind = (0..END_STEPS).map(|step| {
        let (sin, cos) = quarter(step);
        (back + back_radius * cos, back_radius * sin)
    });
    let before = (0..END_STEPS).rev().map(|step| {
        let (sin, cos) = quarter(step);
        (front - front_radius * cos, front_radius * sin)
    });
    behind.chain(profile.iter().copied()).chain(before).collect()
}

/// A body of revolution about z. Its profile is (z, radius) in metres, from the back (largest z) to the front.
pub(super) fn lathe(profile: &[(f32, f32)]) -> Mesh {
    let mut positions = Vec::new();
    let mut normals = Vec::new();
    for (index, &(z, radius)) in profile.iter().enumerate() {
        let before = profile[index.saturating_sub(1)];
        let after = profile[(index + 1).min(profile.len() - 1)];
        // Square to the profile's run, in (radius, z): a profile that narrows towards the front faces it.
        let outward = vec2(before.0 - after.0, after.1 - before.1).normalize_or(Vec2::X);
        for corner in 0..AROUND {
            let (sin, cos) = (f32::from(corner) / f32::from(AROUND) * TAU).sin_cos();
            positions.push([radius * cos, radius * sin, z]);
            normals.push([outward.x * cos, outward.x * sin, outward.y]);
        }
    }
    let around = u32::from(AROUND);
    let rows = (profile.len() as u32).saturating_sub(1);
    let indices = (0..rows).flat_map(|row| {
        (0..around).flat_map(move |corner| {
            let (here, next) = (row * around + corner, row * around + (corner + 1) % around);
            [here, here + around, next, next, here + around, next + around]
        })
    });
    mesh(positions, normals, indices.collect())
}

/// Flat rings about the origin that face +z: inner and outer radius, and colour.
pub(in crate::world) fn rings(rings: &[(f32, f32, Color)]) -> Mesh {
    let mut positions = Vec::new();
    let mut colours = Vec::new();
    let mut indices = Vec::new();
    for &(inner, outer, colour) in rings {
        let first = positions.len() as u32;
        for radius in [inner, outer] {
            for corner in 0..AROUND * 2 {
                let (sin, cos) = (f32::from(corner) / f32::from(AROUND * 2) * TAU).sin_cos();
                positions.push([radius * cos, radius * sin, 0.0]);
                colours.push(colour.to_linear().to_f32_array());
            }
        }
        let around = u32::from(AROUND) * 2;
        indices.extend((0..around).flat_map(|corner| {
            let next = (corner + 1) % around;
            [corner, corner + around, next + around, corner, next + around, next]
                .map(|at| first + at)
        }));
    }
    let normals = vec![[0.0, 0.0, 1.0]; positions.len()];
    mesh(positions, normals, indices).with_inserted_attribute(Mesh::ATTRIBUTE_COLOR, colours)
}

/// A thin body of revolution whose rings have colours of their own: (z, radius, colour).
pub(super) fn tinted(profile: &[(f32, f32, LinearRgba)]) -> Mesh {
    let bare: Vec<_> = profile.iter().map(|&(z, radius, _)| (z, radius)).collect();
    let colours: Vec<_> = profile
        .iter()
        .flat_map(|&(_, _, colour)| (0..AROUND).map(move |_| colour.to_f32_array()))
        .collect();
    lathe(&bare).with_inserted_attribute(Mesh::ATTRIBUTE_COLOR, colours)
}

fn mesh(positions: Vec<[f32; 3]>, normals: Vec<[f32; 3]>, indices: Vec<u32>) -> Mesh {
    Mesh::new(PrimitiveTopology::TriangleList, RenderAssetUsages::default())
        .with_inserted_attribute(Mesh::ATTRIBUTE_POSITION, positions)
        .with_inserted_attribute(Mesh::ATTRIBUTE_NORMAL, normals)
        .with_inserted_indices(Indices::U32(indices))
}

#[cfg(test)]
mod tests {
    use bevy::mesh::VertexAttributeValues;

    use super::*;

    fn vectors(mesh: &Mesh, attribute: bevy::mesh::MeshVertexAttribute) -> Vec<Vec3> {
        match mesh.attribute(attribute) {
            Some(VertexAttributeValues::Float32x3(all)) => {
                all.iter().map(|v| Vec3::from(*v)).collect()
            }
            other => panic!("{other:?}"),
        }
    }

    /// Every face must look the way that its corners' normals point, or it is not drawn.
    fn faces_look_along_their_normals(mesh: &Mesh) {
        let at = vectors(mesh, Mesh::ATTRIBUTE_POSITION);
        let normals = vectors(mesh, Mesh::ATTRIBUTE_NORMAL);
        assert!(normals.iter().all(|normal| (normal.length() - 1.0).abs() < 1e-4));
        let indices: Vec<_> = mesh.indices().unwrap().iter().collect();
        let mut seen = 0;
        for corner in indices.chunks_exact(3) {
            let [a, b, c] = [corner[0], corner[1], corner[2]];
            let face = (at[b] - at[a]).cross(at[c] - at[a]);
            // A pole is a ring without extent.
            if face.length() > 1e-9 {
                assert!(face.dot(normals[a] + normals[b] + normals[c]) > 0.0, "{corner:?}");
                seen += 1;
            }
        }
        assert!(seen > 40);
    }

    #[test]
    fn a_round_body_is_closed_and_seen_from_outside() {
        let profile = round_ends(&[(0.05, 0.01), (0.0, 0.016), (-0.03, 0.008)]);
        assert!(profile.windows(2).all(|two| two[1].0 <= two[0].0), "{profile:?}");
        assert_eq!([profile[0].1, profile[profile.len() - 1].1], [0.0, 0.0]);
        assert!((profile[0].0 - 0.06).abs() < 1e-6, "round by its radius");
        faces_look_along_their_normals(&lathe(&profile));
    }

    #[test]
    fn rings_face_the_viewer() {
        let flat = rings(&[(0.0, 0.3, Color::NONE), (0.3, 0.5, Color::NONE)]);
        faces_look_along_their_normals(&flat);
        let widest = vectors(&flat, Mesh::ATTRIBUTE_POSITION)
            .iter()
            .map(|at| at.length())
            .fold(0.0, f32::max);
        assert!((widest - 0.5).abs() < 1e-6);
    }
}
