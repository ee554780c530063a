//! Keeps who walks in the window out of what hangs in the hall: one stands before a board or beside it, never in it.

use bevy::{
    camera::visibility::RenderLayers, ecs::system::SystemParam, math::Affine3A, prelude::*,
};

use crate::world::interaction::aim::{Surface, Untouchable};

/// How near an eye comes to what hangs, in metres: what is read is still seen whole letter by letter.
const NEAREST_M: f32 = 0.5;
/// How near it comes to its edges, so that one gets by beside a board and over the desk, in metres.
const BESIDE_M: f32 = 0.3;

/// Everything that hangs in the hall and can be met by an aim: boards, words and displays.
#[derive(SystemParam)]
pub(super) struct Hanging<'w, 's> {
    surfaces: Query<
        'w,
        's,
        (&'static Surface, &'static GlobalTransform, &'static InheritedVisibility),
        // What only one of visitor and spectators sees goes with them.
        (Without<Untouchable>, Without<RenderLayers>),
    >,
}

impl Hanging<'_, '_> {
    /// Where a way from one place to another ends if it leads through nothing that can be seen: it slides along boards.
    pub(super) fn keep_clear(&self, from: Vec3, to: Vec3) -> Vec3 {
        let reach = from.distance(to) + NEAREST_M;
        let near = self.surfaces.iter().filter(|(surface, place, seen)| {
            let radius = place.affine().transform_vector3((surface.size / 2.0).extend(0.0));
            seen.get() && place.translation().distance(from) < radius.length() + reach
        });
        near.fold(to, |to, (surface, place, _)| clear_of(surface.size, place.affine(), from, to))
    }
}

/// The same for one flat thing of this size, in metres, that hangs here.
fn clear_of(size: Vec2, place: Affine3A, from: Vec3, to: Vec3) -> Vec3 {
    let inwards = place.inverse();
    // What is scaled is as much larger, and the room before it is not.
    let scale = place.transform_vector3(Vec3::Z).length().max(f32::EPSILON);
    let half = (size / 2.0 + BESIDE_M / scale).extend(NEAREST_M / scale);
    let [old, mut new] = [from, to].map(|point| inwards.transform_point3(point));
    let is_in = |point: Vec3| point.abs().cmplt(half).all();
    if !is_in(new) && !crosses(size / 2.0, old, new) {
        return to;
    }
    if is_in(old) {
        // Whoever stands there already, as where a board has been unfolded, gets out, but no further in.
        new.z = old.z.abs().max(new.z.abs()).copysign(old.z);
    } else if old.z.abs() >= half.z {
        new.z = half.z.copysign(old.z);
    } else if old.x.abs() >= half.x {
        new.x = half.x.copysign(old.x);
    } else {
        new.y = half.y.copysign(old.y);
    }
    place.transform_point3(new)
}

/// Whether a way leads through a flat thing of this half size, in its own space.
fn crosses(half: Vec2, from: Vec3, to: Vec3) -> bool {
    if from.z * to.z >= 0.0 {
        return false;
    }
    let at = from.lerp(to, from.z / (from.z - to.z));
    at.truncate().abs().cmple(half).all()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A board of 2 m by 1 m at eye height, three metres ahead, turned to the right.
    fn board() -> Transform {
        Transform::from_xyz(0.0, 1.6, -3.0).with_rotation(Quat::from_rotation_y(0.3))
    }

    fn walked(from: Vec3, to: Vec3) -> Vec3 {
        let place = board();
        let outwards = |point: Vec3| place.transform_point(point);
        let kept = clear_of(vec2(2.0, 1.0), place.compute_affine(), outwards(from), outwards(to));
        place.compute_affine().inverse().transform_point3(kept)
    }

    #[test]
    fn a_way_ends_before_a_board_and_slides_along_it() {
        let before = walked(vec3(0.0, 0.0, 2.0), vec3(0.3, 0.1, 0.1));
        assert!(before.abs_diff_eq(vec3(0.3, 0.1, NEAREST_M), 1e-4), "{before}");
        let through = walked(vec3(0.0, 0.0, 2.0), vec3(0.0, 0.0, -4.0));
        assert!(through.abs_diff_eq(vec3(0.0, 0.0, NEAREST_M), 1e-4), "{through}");
        let behind = walked(vec3(0.0, 0.0, -2.0), vec3(0.0, 0.0, -0.2));
        assert!(behind.abs_diff_eq(vec3(0.0, 0.0, -NEAREST_M), 1e-4), "{behind}");
        let beside = walked(vec3(2.0, 0.0, 0.1), vec3(1.1, 0.0, 0.1));
        assert!(beside.abs_diff_eq(vec3(1.0 + BESIDE_M, 0.0, 0.1), 1e-4), "{beside}");
    }

    #[test]
    fn past_a_board_and_away_from_it_the_way_is_free() {
        for (from, to) in [
            (vec3(2.0, 0.0, 2.0), vec3(2.0, 0.0, -2.0)),
            (vec3(0.0, 2.0, 2.0), vec3(0.0, 2.0, -2.0)),
            (vec3(0.0, 0.0, 0.6), vec3(0.0, 0.0, 3.0)),
        ] {
            assert!(walked(from, to).abs_diff_eq(to, 1e-4), "{from} to {to}");
        }
        let out = walked(vec3(0.0, 0.0, 0.2), vec3(0.1, 0.0, 0.3));
        assert!(out.abs_diff_eq(vec3(0.1, 0.0, 0.3), 1e-4), "whoever is in it gets out: {out}");
        let further_in = walked(vec3(0.0, 0.0, 0.2), vec3(0.1, 0.0, 0.0));
        assert!(further_in.abs_diff_eq(vec3(0.1, 0.0, 0.2), 1e-4), "but not further in");
    }
}
