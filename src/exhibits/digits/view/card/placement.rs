//! Where the card hangs: beside its unit, on the way to the head, as large from everywhere.

use bevy::prelude::*;

use super::panel::{Card, Plate, READ_FROM_M, SIZE_M};
use crate::{
    exhibits::digits::view::{DigitsAttention, Shows, detail_view::RIGHT_EDGE_M, probe::ShowsMap},
    world::{Head, interaction::aim::AimHits, ui::panel::Panel},
};

/// How far from the unit towards the head it hangs, as a share of the way.
const NEARER: f32 = 0.35;
/// Between the unit and the card's edge, as the tangent of the angle seen.
const ASIDE: f32 = 0.06;
/// Units further to the visitor's right than this, as a tangent, have the card on their left.
const TURN_OVER: f32 = 0.45;
/// The same for units of a map that came near.
const TURN_OVER_NEAR: f32 = 0.05;
/// Its middle stays between these heights, in metres.
const HEIGHTS_M: (f32, f32) = (1.05, 2.3);

/// Where a card hangs for a unit at `unit`, seen from `head`, how large, and whether it is to the right of the unit.
///
/// `covered`: so many metres to the right of the unit must stay free too.
pub(super) fn beside(unit: Vec3, head: Vec3, covered: Option<f32>) -> (Vec3, f32, bool) {
    let way = unit - head;
    let ahead = way.normalize_or(Vec3::NEG_Z);
    let right = ahead.cross(Vec3::Y).normalize_or(Vec3::X);
    let distance = way.length() * (1.0 - NEARER);
    let half_width = SIZE_M.x / 2.0 / READ_FROM_M;
    // "Right" is meant in the hall, whose exhibit lies straight ahead of its middle.
    let bearing = unit.x / (-unit.z).max(0.1);
    let on_the_right = bearing <= if covered.is_some() { TURN_OVER_NEAR } else { TURN_OVER };
    let aside = half_width + ASIDE;
    let aside =
        if on_the_right { aside + covered.unwrap_or(0.0) / way.length().max(0.1) } else { -aside };
    let mut at = head + (ahead + right * aside) * distance;
    at.y = at.y.clamp(HEIGHTS_M.0, HEIGHTS_M.1);
    (at, distance / READ_FROM_M, on_the_right)
}

pub(super) fn place_card(
    attention: Res<DigitsAttention>,
    aims: AimHits,
    layers: Query<(), Or<(With<Shows>, With<ShowsMap>)>>,
    panels: Query<(), With<Panel>>,
    near: Query<&ChildOf, With<ShowsMap>>,
    places: Query<&GlobalTransform>,
    head: Option<Single<&GlobalTransform, With<Head>>>,
    card: Option<Single<(&mut Card, &mut Transform, &mut Visibility)>>,
    mut plates: Query<&mut Node, With<Plate>>,
) {
    let (Some(head), Some(card)) = (head, card) else {
        return;
    };
    let (mut card, mut transform, mut seen) = card.into_inner();
    let head = head.translation();
    // Several aims may be in the hall: the unit is where the first of them is on a layer, or else on no panel.
    let hits = || aims.iter();
    let hit = hits()
        .find(|hit| layers.contains(hit.surface))
        .or_else(|| hits().find(|hit| !panels.contains(hit.surface)));
    let of = attention.pointed.map(|unit| (unit, hit.map(|hit| hit.surface)));
    if card.of != of {
        card.of = of;
        if let (Some(_), Some(hit)) = (of, hit) {
            // To the right of a map that came near are its filter and its button.
            let covered = near.get(hit.surface).ok().and_then(|parent| {
                let loupe = places.get(parent.parent()).ok()?;
                let along = loupe.affine().inverse().transform_point3(hit.point).x;
                Some((RIGHT_EDGE_M - along).max(0.0))
            });
            let (at, scale, on_the_right) = beside(hit.point, head, covered);
            // The plate stands at that edge of the panel that is next to the unit.
            let edge = if on_the_right { AlignSelf::Start } else { AlignSelf::End };
            for mut plate in plates.iter_mut().filter(|plate| plate.align_self != edge) {
                plate.align_self = edge;
            }
            card.at = at;
            transform.scale = Vec3::splat(scale);
        }
        seen.set_if_neq(if of.is_some() { Visibility::Inherited } else { Visibility::Hidden });
    }
    if card.of.is_some() {
        let wanted = Transform::from_translation(card.at)
            .with_scale(transform.scale)
            .looking_to(card.at - head, Vec3::Y);
        transform.set_if_neq(wanted);
    }
}
