//! Where a sound comes from: how loud it is in each ear, by where its source lies from the head.

use std::f32::consts::FRAC_PI_4;

use bevy::prelude::*;

/// Nearer than this a source is no louder, in metres.
const REFERENCE_M: f32 = 1.5;
/// How fast it falls off beyond: 1 is as in the open, halved with each doubling of the distance.
const ROLLOFF: f32 = 0.5;

/// The level left and right, each 0..=1, of a source at this place in the space of the head, in metres (x to the right, −z
/// ahead).
///
/// Between the ears it goes along the sine and cosine of an angle, so that the power of both together stays the same
/// (constant-power panning: Roads, *The Computer Music Tutorial*, 1996, chapter 11), by the sine of the bearing;
/// with distance as OpenAL 1.1 has it (`AL_INVERSE_DISTANCE_CLAMPED`, section 3.4.2).
pub(super) fn gains(source: Vec3) -> [f32; 2] {
    let distance_m = source.length();
    let lateral = if distance_m > f32::EPSILON { source.x / distance_m } else { 0.0 };
    let (right, left) = ((lateral + 1.0) * FRAC_PI_4).sin_cos();
    let beyond_m = (distance_m - REFERENCE_M).max(0.0);
    let falloff = REFERENCE_M / (REFERENCE_M + ROLLOFF * beyond_m);
    [left, right].map(|side| side.max(0.0) * falloff)
}

/// The same for a source in the hall; of one that is nowhere in particular, or where nobody listens, as if it were close
/// before the head.
pub(super) fn heard(head: Option<&GlobalTransform>, source: Option<Vec3>) -> [f32; 2] {
    let local = head.zip(source).map(|(head, source)| {
        let (_, turn, place) = head.to_scale_rotation_translation();
        turn.inverse() * (source - place)
    });
    gains(local.unwrap_or(Vec3::NEG_Z))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn power([left, right]: [f32; 2]) -> f32 {
        left * left + right * right
    }

    #[test]
    fn it_comes_from_where_it_is_with_the_same_power_all_around() {
        let at = |x, y, z| gains(vec3(x, y, z));
        let ahead = at(0.0, 0.0, -1.0);
        assert!((ahead[0] - ahead[1]).abs() < 1e-6 && (power(ahead) - 1.0).abs() < 1e-6);
        let right = at(1.0, 0.0, 0.0);
        assert!(right[0] < 1e-6 && (right[1] - 1.0).abs() < 1e-6, "{right:?}");
        let left = at(-0.5, 0.0, -0.5);
        assert!(left[0] > 2.0 * left[1], "{left:?}");
        for degrees in 0..360 {
            let (sin, cos) = (degrees as f32).to_radians().sin_cos();
            let gains = at(sin, 0.0, -cos);
            assert!((power(gains) - 1.0).abs() < 1e-5, "{degrees}°: {gains:?}");
        }
        // Within the head it is in the middle.
        assert_eq!(at(0.0, 0.0, 0.0)[0], ahead[0]);
    }

    #[test]
    fn what_is_far_is_fainter_and_what_is_near_no_louder() {
        let level = |metres: f32| power(gains(vec3(0.0, 0.0, -metres))).sqrt();
        assert_eq!(level(0.3), level(REFERENCE_M));
        // 1.5 / (1.5 + 0.5 · 2.5)
        assert!((level(4.0) - 0.545_454).abs() < 1e-5);
        assert!(level(9.0) < level(4.0));
    }

    #[test]
    fn it_turns_with_the_head() {
        let turned = Transform::from_xyz(1.0, 1.6, 0.0).with_rotation(Quat::from_rotation_y(
            // To the left.
            std::f32::consts::FRAC_PI_2,
        ));
        let head = GlobalTransform::from(turned);
        // What lies to the north is now at the right.
        let [left, right] = heard(Some(&head), Some(vec3(1.0, 1.6, -1.0)));
        assert!(left < 1e-6 && right > 0.99);
        let ahead = heard(None, Some(Vec3::X));
        assert_eq!(ahead, heard(Some(&head), None));
        assert!((ahead[0] - ahead[1]).abs() < 1e-6);
    }
}
