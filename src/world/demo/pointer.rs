//! The pointer that nobody holds, as it is seen: a ring that is as large to the eye wherever it is, and closes on a press.

use bevy::prelude::*;

use super::DemoHand;
use crate::world::{
    Head,
    body::rings,
    draw::{MeshMaterial3d, PlainMaterial},
    interaction::aim::{Aim, AimedAt},
    ui::palette,
};

/// Its width as a share of its distance: it is seen from the back of a room.
const WIDTH_PER_M: f32 = 0.026;
/// How wide it is while it presses, as a share of that.
const PRESSED: f32 = 0.65;
/// How far it lies before what it meets, towards the eye, and where it is while it meets nothing, in metres.
const BEFORE_M: f32 = 0.02;
const NOTHING_AT_M: f32 = 2.0;

/// Light and dark beside each other, so that it stands out on any ground; the middle stays free for what is pointed at.
const RINGS: [(f32, f32, Color); 3] = [
    (0.34, 0.38, palette::NIGHT),
    (0.38, 0.46, palette::ACCENT_BRIGHT),
    (0.46, 0.5, palette::NIGHT),
];

/// What is seen of the pointer.
#[derive(Component)]
pub(super) struct Ring;

/// Made once, out of sight.
pub(super) fn make(
    meshes: Option<ResMut<Assets<Mesh>>>,
    materials: Option<ResMut<Assets<PlainMaterial>>>,
    mut commands: Commands,
) {
    commands.spawn((Name::new("Demo hand"), DemoHand));
    if let (Some(mut meshes), Some(mut materials)) = (meshes, materials) {
        commands.spawn((
            Name::new("Demo pointer"),
            Ring,
            Visibility::Hidden,
            Mesh3d(meshes.add(rings(&RINGS))),
            MeshMaterial3d(materials.add(PlainMaterial::default())),
        ));
    }
}

/// Lays it on what is pointed at, facing the eye.
pub(super) fn show(
    hand: Option<Single<(&Aim, &AimedAt), With<DemoHand>>>,
    head: Option<Single<&GlobalTransform, With<Head>>>,
    ring: Option<Single<(&mut Transform, &mut Visibility), With<Ring>>>,
) {
    let (Some(hand), Some(head), Some(ring)) = (hand, head, ring) else {
        return;
    };
    let (aim, meets) = *hand;
    let (mut place, mut seen) = ring.into_inner();
    let Some(ray) = aim.ray else {
        seen.set_if_neq(Visibility::Hidden);
        return;
    };
    let point = meets.0.map_or_else(|| ray.get_point(NOTHING_AT_M), |hit| hit.point);
    let to_eye = head.translation() - point;
    let size = WIDTH_PER_M * to_eye.length() * if aim.pressed { PRESSED } else { 1.0 };
    place.set_if_neq(Transform {
        translation: point + to_eye.normalize_or_zero() * BEFORE_M,
        rotation: Transform::IDENTITY.looking_to(-to_eye, Vec3::Y).rotation,
        scale: Vec3::splat(size),
    });
    seen.set_if_neq(Visibility::Inherited);
}
