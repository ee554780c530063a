//! A runtime's numbers, made fit to be used: poses that are known whole, pulls and pushes within their bounds.

use bevy::prelude::*;
use openxr::{Posef, SpaceLocationFlags, Vector2f};

/// How much lower than along its handle a hand points that is known by its grip alone, in radians: half way between
/// the handle (the grip's -Z) and the straight wrist (its -Y).
const GRIP_TO_AIM_RADIANS: f32 = -std::f32::consts::FRAC_PI_4;

/// A pose that is known whole. Controllers out of the cameras' sight keep one that the runtime infers.
pub(in crate::world::xr) fn place(flags: SpaceLocationFlags, pose: Posef) -> Option<Transform> {
    let known = SpaceLocationFlags::POSITION_VALID | SpaceLocationFlags::ORIENTATION_VALID;
    if !flags.contains(known) {
        return None;
    }
    let openxr::Quaternionf { x, y, z, w } = pose.orientation;
    let rotation = Quat::from_xyzw(x, y, z, w);
    let length = rotation.length();
    let translation = vec3(pose.position.x, pose.position.y, pose.position.z);
    (length.is_finite() && length > 0.5 && translation.is_finite())
        .then(|| Transform::from_translation(translation).with_rotation(rotation.normalize()))
}

/// Aim and grip, each told from the other where a runtime knows but one.
pub(super) fn complete(
    aim: Option<Transform>,
    grip: Option<Transform>,
) -> Option<(Transform, Transform)> {
    let turned =
        |from: Transform, by| from.with_rotation(from.rotation * Quat::from_rotation_x(by));
    match (aim, grip) {
        (Some(aim), Some(grip)) => Some((aim, grip)),
        (Some(aim), None) => Some((aim, turned(aim, -GRIP_TO_AIM_RADIANS))),
        (None, Some(grip)) => Some((turned(grip, GRIP_TO_AIM_RADIANS), grip)),
        (None, None) => None,
    }
}

/// A pull from 0 to 1, whatever the runtime says.
pub(super) fn pull(value: f32) -> f32 {
    if value.is_nan() { 0.0 } else { value.clamp(0.0, 1.0) }
}

/// A push with each part from -1 to 1, whatever the runtime says; of a pad, which alone has a press, only while pressed.
pub(super) fn push(value: Vector2f, pressed: Option<bool>) -> Vec2 {
    let value = vec2(value.x, value.y);
    if value.is_nan() || pressed == Some(false) {
        return Vec2::ZERO;
    }
    value.clamp(Vec2::NEG_ONE, Vec2::ONE)
}

#[cfg(test)]
mod tests {
    use openxr::{Quaternionf, Vector3f};

    use super::*;

    const PLACED: SpaceLocationFlags = SpaceLocationFlags::POSITION_VALID;

    fn pose(w: f32, y: f32) -> Posef {
        Posef {
            orientation: Quaternionf { x: 0.0, y, z: 0.0, w },
            position: Vector3f { x: 1.0, y: 2.0, z: 3.0 },
        }
    }

    #[test]
    fn a_pose_counts_only_when_it_is_known_whole() {
        let both = PLACED | SpaceLocationFlags::ORIENTATION_VALID;
        let at = place(both, pose(2.0, 0.0)).unwrap();
        assert_eq!(at.translation, vec3(1.0, 2.0, 3.0));
        assert!(at.rotation.is_normalized());
        assert_eq!(place(PLACED, pose(1.0, 0.0)), None);
        assert_eq!(place(SpaceLocationFlags::ORIENTATION_VALID, pose(1.0, 0.0)), None);
        assert_eq!(place(both, pose(0.0, 0.0)), None, "no rotation at all");
        assert_eq!(place(both, pose(f32::NAN, 0.0)), None);
    }

    #[test]
    fn what_a_runtime_leaves_out_is_told_from_the_rest() {
        let at = Transform::from_xyz(0.2, 1.3, -0.5);
        let (aim, grip) = complete(None, Some(at)).unwrap();
        assert_eq!(grip, at);
        assert_eq!(aim.translation, at.translation);
        let down = (-aim.forward().y).asin().to_degrees();
        assert!((down - 45.0).abs() < 1e-3, "{down} degrees below the handle");
        let (_, again) = complete(Some(aim), None).unwrap();
        assert!(again.rotation.abs_diff_eq(at.rotation, 1e-6));
        let other = Transform::from_xyz(0.0, 1.0, 0.0);
        assert_eq!(complete(Some(other), Some(at)), Some((other, at)));
        assert_eq!(complete(None, None), None);
    }

    #[test]
    fn pulls_and_pushes_stay_within_their_bounds() {
        assert_eq!([pull(-0.1), pull(0.4), pull(1.2), pull(f32::NAN)], [0.0, 0.4, 1.0, 0.0]);
        assert_eq!(push(Vector2f { x: -1.5, y: 0.5 }, None), vec2(-1.0, 0.5));
        assert_eq!(push(Vector2f { x: f32::NAN, y: 0.5 }, None), Vec2::ZERO);
    }

    #[test]
    fn a_thumb_that_rests_on_a_pad_goes_nowhere() {
        let ahead = Vector2f { x: 0.0, y: 0.9 };
        assert_eq!(push(ahead, Some(false)), Vec2::ZERO);
        assert_eq!(push(ahead, Some(true)), vec2(0.0, 0.9));
    }
}
