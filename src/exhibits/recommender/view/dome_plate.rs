//! A name on the dome: what it says, where it stands beside its place, and whose goes before whose.

use bevy::prelude::*;

use crate::world::stage::plan::EYE_HEIGHT_M;

/// Width and height of a name, and the distance it is read from, in metres.
pub(super) const NAME_M: Vec2 = vec2(1.9, 0.17);
pub(super) const READ_FROM_M: f32 = 4.6;
/// From a film to its name, in metres.
const ASIDE_M: f32 = 0.06;
/// A window sees the hall from so far behind its middle, in metres.
const BACK_M: f32 = 1.0;

/// A name in the dome, and the place that it stands beside, in the space of the exhibit; none is not seen.
#[derive(Component, Clone, Debug, Default, PartialEq)]
pub(super) struct NamePlate(pub Option<(String, Vec3)>);

/// The name of a film: the first of them is the chosen one's.
#[derive(Component)]
pub(super) struct FilmName(pub(super) usize);

/// Whose name stays where two meet: people's, then the chosen film's, then those of the others in their order.
pub(super) fn plate_order(film: Option<&FilmName>) -> usize {
    film.map_or(0, |FilmName(place)| place + 1)
}

/// Where the middle of a name stands: on that side of its place that is nearer to straight ahead, turned to the
/// middle of the hall.
pub(super) fn beside(place: Vec3) -> Transform {
    let from_eye = place - Vec3::Y * EYE_HEIGHT_M;
    let turned = Transform::IDENTITY.looking_to(from_eye, Vec3::Y);
    let scale = (from_eye.length() + BACK_M) / READ_FROM_M;
    let inwards = if place.x > 0.0 { -1.0 } else { 1.0 };
    let aside = turned.right() * inwards * (ASIDE_M + NAME_M.x / 2.0) * scale;
    Transform { translation: place + aside, rotation: turned.rotation, scale: Vec3::splat(scale) }
}
