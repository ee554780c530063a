//! The way of a map: from its place on the wall to before the visitor, and back.

use bevy::prelude::*;

use super::panel::DetailView;
use crate::{
    exhibits::digits::view::{DigitsAttention, theatre},
    world::{display::Field, inspect::Unit},
};

/// How long a map takes to come near or to go back, in seconds.
const TRAVEL_SECS: f32 = 0.25;

/// Its middle hangs so far below the visitor's eye, between these heights, in metres: above the desk, within reach.
const BELOW_EYE_M: f32 = 0.1;
pub(super) const HEIGHTS_M: (f32, f32) = (1.4, 1.7);
/// Whoever stands further from the middle than this, in metres, has the map brought before them.
const MIDDLE_M: f32 = 0.5;
/// How far before such a visitor, in metres.
const BEFORE_HEAD_M: f32 = 1.6;

/// Where a map comes to that hangs at `place`: near the middle, or before a visitor who stands elsewhere.
pub(super) fn near_place(place: Vec3, head: Vec3) -> Transform {
    let feet = head.with_y(0.0);
    let (from, distance) = if feet.length() < MIDDLE_M {
        (Vec3::ZERO, theatre::LOUPE_DISTANCE_M)
    } else {
        (feet, BEFORE_HEAD_M)
    };
    let ahead = (place - from).with_y(0.0).normalize_or(Vec3::NEG_Z);
    let height = (head.y - BELOW_EYE_M).clamp(HEIGHTS_M.0, HEIGHTS_M.1);
    Transform::from_translation(from + ahead * distance + Vec3::Y * height)
        .looking_to(ahead, Vec3::Y)
}

/// Where the map is on its wall, as large as it is there, and where it comes to.
pub(super) fn ends(
    chosen: Unit,
    wall: &Field,
    place: &GlobalTransform,
    head: Vec3,
) -> [Transform; 2] {
    let layout = wall.layout();
    let map = chosen.map.saturating_sub(wall.first_map) % layout.maps.max(1);
    let rect = layout.rect_of_map(map);
    let flat = (rect.center() - 0.5) * Vec2::new(1.0, -1.0) * wall.size();
    let middle = place.transform_point(flat.extend(0.02));
    let scale = rect.width() * wall.size().x / theatre::LOUPE_SIDE_M;
    let on_wall = Transform::from_translation(middle)
        .with_rotation(place.rotation())
        .with_scale(Vec3::splat(scale));
    [on_wall, near_place(middle, head)]
}

/// Slow at both ends of the way.
fn smooth(way: f32) -> f32 {
    way * way * (3.0 - 2.0 * way)
}

pub(super) fn travel(
    time: Res<Time<Real>>,
    attention: Res<DigitsAttention>,
    loupe: Option<Single<(&mut DetailView, &mut Transform, &mut Visibility)>>,
) {
    let Some(loupe) = loupe else {
        return;
    };
    let (mut loupe, mut transform, mut seen) = loupe.into_inner();
    if loupe.map.is_none() {
        return;
    }
    let step = time.delta_secs() / TRAVEL_SECS;
    let near = attention.chosen.is_some();
    let way = (loupe.way + if near { step } else { -step }).clamp(0.0, 1.0);
    if way != loupe.way {
        loupe.way = way;
    }
    let share = smooth(way);
    let [from, to] = loupe.ends;
    transform.set_if_neq(Transform {
        translation: from.translation.lerp(to.translation, share),
        rotation: from.rotation.slerp(to.rotation, share),
        scale: from.scale.lerp(to.scale, share),
    });
    if !near && way == 0.0 {
        loupe.map = None;
        *seen = Visibility::Hidden;
    }
}
