//! The ring at an aim that rests: it closes clockwise as the time goes, and what it closes around is pressed.
//!
//! One quad and one draw call while something is rested on, none otherwise.

use bevy::{
    camera::visibility::NoFrustumCulling,
    mesh::MeshTag,
    prelude::*,
    reflect::TypePath,
    render::render_resource::{AsBindGroup, Face},
};

use super::{Access, Reticle, rest::Rest};
use crate::world::{
    Head, WorldSystems,
    draw::{Material, MaterialPlugin, MeshMaterial3d, Opacity},
    interaction::aim::AimedAt,
    ui::palette,
};

/// Its width as a share of its distance: 34 dmm, so that a cursor of 10 has room within.
const WIDTH_PER_M: f32 = 0.034;
/// How far it lies before what it meets, towards the eye, in metres.
const BEFORE_M: f32 = 0.006;
/// Sized for this distance at least, in metres.
const NEAREST_M: f32 = 0.2;
/// Drawn after pages, and before nothing that is read.
const AHEAD_M: f32 = 2000.0;

pub(super) fn plugin(app: &mut App) {
    app.add_plugins(MaterialPlugin::<RingMaterial>::default()).add_systems(
        Update,
        show.in_set(WorldSystems::Show).run_if(
            |access: Res<Access>, rings: Query<(), With<Ring>>| {
                access.dwell_secs.is_some() || !rings.is_empty()
            },
        ),
    );
}

#[derive(Component)]
struct Ring;

/// Colours; how far it is closed comes with the mesh's tag, so that no asset changes from frame to frame.
#[derive(Asset, AsBindGroup, TypePath, Clone)]
struct RingMaterial {
    #[uniform(0)]
    lit: LinearRgba,
    #[uniform(0)]
    dark: LinearRgba,
}

impl Material for RingMaterial {
    const SHADER: &'static str = "shaders://ring.wgsl";
    const OWN_VERTICES: bool = true;

    fn opacity(&self) -> Opacity {
        Opacity::Blend
    }

    fn ahead_m(&self) -> f32 {
        AHEAD_M
    }

    fn cull(&self) -> Option<Face> {
        None
    }
}

/// The share as the shader unpacks it: 16 bits, the upper half of the tag is free.
fn packed(share: f32) -> MeshTag {
    MeshTag((share.clamp(0.0, 1.0) * f32::from(u16::MAX)).round() as u32)
}

/// Of several aims that rest, the ring is at the one that has rested longest.
fn show(
    access: Res<Access>,
    aims: Query<(&AimedAt, &Rest, Has<Reticle>)>,
    head: Option<Single<&GlobalTransform, With<Head>>>,
    ring: Option<Single<(&mut Transform, &mut MeshTag, &mut Visibility), With<Ring>>>,
    meshes: Option<ResMut<Assets<Mesh>>>,
    materials: Option<ResMut<Assets<RingMaterial>>>,
    mut commands: Commands,
) {
    let Some(ring) = ring else {
        if let (Some(mut meshes), Some(mut materials)) = (meshes, materials) {
            spawn(&mut commands, &mut meshes, &mut materials);
        }
        return;
    };
    let (mut place, mut tag, mut seen) = ring.into_inner();
    let resting = aims.iter().filter_map(|(meets, rest, reticle)| {
        let share = rest.share().or(reticle.then_some(0.0))?;
        Some((meets.0?.point, share))
    });
    let longest = resting.max_by(|a, b| a.1.total_cmp(&b.1));
    let (Some((point, share)), Some(head), Some(_)) = (longest, head, access.dwell_secs) else {
        seen.set_if_neq(Visibility::Hidden);
        return;
    };
    let to_eye = head.translation() - point;
    let facing = Transform::IDENTITY.looking_to(-to_eye.normalize_or(Vec3::Z), Vec3::Y);
    place.set_if_neq(Transform {
        translation: point + to_eye.normalize_or_zero() * BEFORE_M.min(to_eye.length() / 2.0),
        rotation: facing.rotation,
        scale: Vec3::splat(WIDTH_PER_M * to_eye.length().max(NEAREST_M)),
    });
    tag.set_if_neq(packed(share));
    seen.set_if_neq(Visibility::Inherited);
}

fn spawn(commands: &mut Commands, meshes: &mut Assets<Mesh>, materials: &mut Assets<RingMaterial>) {
    commands.spawn((
        Name::new("Ring of a rest"),
        Ring,
        Mesh3d(meshes.add(Rectangle::new(1.0, 1.0))),
        MeshMaterial3d(
            materials.add(RingMaterial {
                lit: palette::ACCENT_BRIGHT.into(),
                dark: palette::NIGHT.into(),
            }),
        ),
        MeshTag::default(),
        NoFrustumCulling,
        Visibility::Hidden,
    ));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_packed_as_wgsl_unpacks_it() {
        assert_eq!([0.0, 1.0, 2.0, -1.0].map(|share| packed(share).0), [0, 0xffff, 0xffff, 0]);
    }
}
