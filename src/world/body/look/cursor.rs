//! The cursor where a hand's ray meets something: as large to the eye wherever it is, flat on what it meets.

use bevy::prelude::*;

use super::{Handle3d, Of, form::rings};
use crate::world::{
    Head,
    body::Hand,
    interaction::aim::{Aim, AimedAt},
    ui::palette,
};

use crate::world::draw::{MeshMaterial3d, PlainMaterial};

/// Width of the disc as a share of its distance: 10 dmm.
const WIDTH_PER_M: f32 = 0.010;
/// How much wider the ring around a press is than the disc.
const RING_WIDER: f32 = 2.2;
/// How far it lies before what it meets, towards the eye, in metres.
const BEFORE_M: f32 = 0.004;
/// It is sized for this distance at least, in metres, so that an eye close by does not lose it.
const NEAREST_M: f32 = 0.2;
/// After this many seconds 95 % of the ring is there or gone.
const EASE_SECS: f32 = 0.15;

/// Light on dark and ringed with dark, so that it is seen before the night and before the brightest cell.
const DISC: [(f32, f32, Color); 2] = [(0.0, 0.38, palette::INK), (0.38, 0.5, palette::NIGHT)];
const RING: [(f32, f32, Color); 3] = [
    (0.39, 0.42, palette::NIGHT),
    (0.42, 0.47, palette::ACCENT_BRIGHT),
    (0.47, 0.5, palette::NIGHT),
];

/// A cursor in the hall; it is no child of the rig, since what it lies on does not move with the visitor.
#[derive(Component, Default)]
pub(super) struct Cursor {
    /// How much of the ring is there, from 0 to 1.
    swell: f32,
}

/// The ring of a cursor while its hand presses.
#[derive(Component)]
pub(super) struct PressRing;

/// What cursors are made of.
pub(super) struct CursorParts {
    disc: Mesh3d,
    ring: Mesh3d,
    material: Handle3d,
}

/// Made once. It is opaque: panels are blended in no order that it could join, but never over what is before them.
pub(super) fn parts(
    meshes: &mut Assets<Mesh>,
    materials: &mut Assets<PlainMaterial>,
) -> CursorParts {
    CursorParts {
        disc: Mesh3d(meshes.add(rings(&DISC))),
        ring: Mesh3d(meshes.add(rings(&RING))),
        material: MeshMaterial3d(materials.add(PlainMaterial { ..default() })),
    }
}

pub(super) fn spawn(commands: &mut Commands, hand: Entity, parts: &CursorParts) {
    commands
        .spawn((
            Name::new("Cursor"),
            Cursor::default(),
            Of(hand),
            Visibility::Hidden,
            parts.disc.clone(),
            parts.material.clone(),
        ))
        .with_child((
            Name::new("Press ring"),
            PressRing,
            Visibility::Hidden,
            parts.ring.clone(),
            parts.material.clone(),
        ));
}

pub(super) fn show(
    time: Res<Time<Real>>,
    hands: Query<(&Aim, &AimedAt), With<Hand>>,
    head: Option<Single<&GlobalTransform, With<Head>>>,
    surfaces: Query<&GlobalTransform>,
    mut cursors: Query<(Entity, &Of, &Children, &mut Cursor, &mut Transform, &mut Visibility)>,
    mut press_rings: Query<(&mut Transform, &mut Visibility), (With<PressRing>, Without<Cursor>)>,
    mut commands: Commands,
) {
    for (entity, of, children, mut cursor, mut place, mut seen) in &mut cursors {
        let Ok((aim, meets)) = hands.get(of.0) else {
            commands.entity(entity).despawn();
            continue;
        };
        let met = meets
            .0
            .zip(aim.ray)
            .and_then(|(hit, ray)| Some((hit, ray, surfaces.get(hit.surface).ok()?)));
        let Some((hit, ray, surface)) = met else {
            seen.set_if_neq(Visibility::Hidden);
            cursor.swell = 0.0;
            continue;
        };
        let eye = head.as_ref().map_or(ray.origin, |head| head.translation());
        let to_eye = eye - hit.point;
        *place = Transform {
            translation: hit.point
                + to_eye.normalize_or_zero() * BEFORE_M.min(to_eye.length() / 2.0),
            // A point has no face of its own.
            rotation: match hit.part {
                Some(_) => Transform::IDENTITY.looking_to(-to_eye, Vec3::Y).rotation,
                None => surface.rotation(),
            },
            scale: Vec3::splat(WIDTH_PER_M * to_eye.length().max(NEAREST_M)),
        };
        seen.set_if_neq(Visibility::Inherited);

        let goal = if aim.pressed { 1.0 } else { 0.0 };
        let left = (-3.0 * time.delta_secs() / EASE_SECS).exp();
        cursor.swell = goal + (cursor.swell - goal) * left;
        for child in children.iter() {
            if let Ok((mut place, mut seen)) = press_rings.get_mut(child) {
                let wider = 1.0 + (RING_WIDER - 1.0) * cursor.swell;
                place.set_if_neq(Transform::from_scale(Vec3::splat(wider)));
                seen.set_if_neq(super::inherited_if(cursor.swell > 0.05));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contrast(a: Color, b: Color) -> f32 {
        let [a, b] = [a, b].map(|colour| colour.to_linear().luminance() + 0.05);
        a.max(b) / a.min(b)
    }

    #[test]
    fn it_stands_out_on_any_ground() {
        // WCAG 2.2 asks for 3 to 1 of what is not text (1.4.11). Of two colours that are 9 to 1 apart, one has that
        // before every ground.
        let [(.., core), (.., rim)] = DISC;
        assert!(contrast(core, rim) > 9.0);
        let [(.., outside), (.., light), ..] = RING;
        assert!(contrast(outside, light) > 9.0);
    }

    #[test]
    fn hands_and_beams_stand_out_in_the_hall() {
        for light in [palette::ACCENT, palette::ACCENT_BRIGHT, palette::INK_QUIET] {
            assert!(contrast(light, palette::NIGHT) > 3.0);
        }
    }
}
