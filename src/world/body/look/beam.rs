//! The short beam that leaves a hand where it points: it says which way, the cursor says where.

use bevy::prelude::*;

use crate::world::draw::{MeshMaterial3d, Opacity, PlainMaterial};

use super::{Handle3d, Of, form::tinted, inherited_if};
use crate::world::{
    body::{Comfort, Hand, HandInput, HandKind},
    interaction::aim::{Aim, AimedAt},
    ui::palette,
};

/// Metres from a controller, and from a bare hand, whose fingers point too; these are Meta's guidelines for rays.
const LENGTH_M: f32 = 0.35;
const BARE_LENGTH_M: f32 = 0.25;
/// Where it begins, past the tip of the nose.
const BEGINS_M: f32 = 0.035;
/// Radius at its beginning, in metres: 3 mm wide, which is 6 dmm at half an arm's length.
const RADIUS_M: f32 = 0.0015;
/// How opaque it begins.
const OPACITY: f32 = 0.9;
/// Rings along it; between them the fading is straight.
const RINGS: u8 = 8;

/// Marks the beam of a hand, a body of length 1 along -z.
#[derive(Component, Clone, Copy)]
pub(super) struct Beam;

/// What beams are made of, made once.
pub(super) fn parts(
    meshes: &mut Assets<Mesh>,
    materials: &mut Assets<PlainMaterial>,
) -> (Beam, Mesh3d, Handle3d, Visibility) {
    let light = palette::ACCENT_BRIGHT.to_linear();
    let profile: Vec<_> = (0..=RINGS)
        .map(|ring| {
            let along = f32::from(ring) / f32::from(RINGS);
            let colour = LinearRgba { alpha: opacity(along), ..light };
            (-along, RADIUS_M * (1.0 - 0.5 * along), colour)
        })
        .collect();
    let material = PlainMaterial {
        opacity: Opacity::Blend,
        // It is always before the panels that it points at, wherever their middles are.
        ahead_m: 2000.0,
        ..default()
    };
    (
        Beam,
        Mesh3d(meshes.add(tinted(&profile))),
        MeshMaterial3d(materials.add(material)),
        Visibility::Hidden,
    )
}

/// Fades to nothing, faster at first.
fn opacity(along: f32) -> f32 {
    OPACITY * (1.0 - along) * (1.0 - along)
}

/// A hand that meets something has its beam; while neither does, the main hand alone has one.
pub(super) fn show(
    hands: Query<(Entity, &Hand, &HandInput, &Aim, &AimedAt)>,
    comfort: Res<Comfort>,
    mut beams: Query<(&Of, &mut Transform, &mut Visibility), With<Beam>>,
) {
    let points = |hand: Entity| hands.get(hand).is_ok_and(|(.., aim, _)| aim.ray.is_some());
    let somebody_meets = hands.iter().any(|(.., meets)| meets.0.is_some());
    let first = hands
        .iter()
        .filter(|(hand, ..)| points(*hand))
        .min_by_key(|(_, hand, ..)| hand.0 != comfort.main_hand)
        .map(|(hand, ..)| hand);
    for (of, mut place, mut seen) in &mut beams {
        let Ok((hand, _, input, _, meets)) = hands.get(of.0) else {
            continue;
        };
        let length_m = match input.kind {
            HandKind::Controller => LENGTH_M,
            HandKind::Bare => BARE_LENGTH_M,
        };
        let end_m = meets.0.map_or(length_m, |hit| hit.distance.min(length_m));
        let shown = match meets.0 {
            Some(_) => points(hand),
            None => !somebody_meets && first == Some(hand),
        };
        seen.set_if_neq(inherited_if(shown && end_m > BEGINS_M));
        place.set_if_neq(Transform::from_xyz(0.0, 0.0, -BEGINS_M).with_scale(vec3(
            1.0,
            1.0,
            (end_m - BEGINS_M).max(f32::EPSILON),
        )));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_fades_out() {
        assert_eq!(opacity(0.0), OPACITY);
        assert_eq!(opacity(1.0), 0.0);
    }
}
