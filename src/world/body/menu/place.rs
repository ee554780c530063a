//! Where the menu hangs, and whether a wrist is turned to the face; everything in the space of the rig.

use std::f32::consts::PI;

use bevy::prelude::*;

use super::SIZE_M;

/// How near and how far from the eyes it hangs, in metres; nothing to be read is nearer.
pub(super) const DISTANCES_M: (f32, f32) = (0.45, 0.6);
/// How far aside of straight ahead, below and above the eyes it hangs at most, in radians, so that no neck is bent.
const MOST_ASIDE: f32 = 45.0 / 180.0 * PI;
const MOST_BELOW: f32 = 35.0 / 180.0 * PI;
const MOST_ABOVE: f32 = 15.0 / 180.0 * PI;
/// Where it hangs when no hand is there: so far below the eyes, in radians.
const BELOW: f32 = 18.0 / 180.0 * PI;
/// Between the hand and the menu's lower edge, in metres.
const ABOVE_HAND_M: f32 = 0.07;
/// A palm, or the back of a hand, is turned to the face within this angle, in radians.
const TURNED: f32 = 35.0 / 180.0 * PI;
/// Only a hand that is seen within this angle of straight ahead is a glance at the wrist, in radians.
const IN_SIGHT: f32 = 50.0 / 180.0 * PI;

/// Which way the head faces, as a turn to the left in radians; also for one that looks straight down or up.
fn heading(head: &Transform) -> f32 {
    let ahead = head.forward().with_y(0.0);
    let up = head.up().with_y(0.0);
    let way = if ahead.length() > 0.3 { ahead } else { -head.forward().y.signum() * up };
    (-way.x).atan2(-way.z)
}

/// Where the menu hangs for a head and a wrist: over the wrist, but within easy view, and facing the head.
pub(super) fn before(head: &Transform, wrist: Option<Vec3>) -> Transform {
    let eyes = head.translation;
    let heading = heading(head);
    let (aside, above, distance) = wrist.map_or((0.0, -BELOW, DISTANCES_M.1), |wrist| {
        let way = wrist + Vec3::Y * (ABOVE_HAND_M + SIZE_M.y / 2.0) - eyes;
        let way = Quat::from_rotation_y(-heading) * way;
        let flat = way.xz().length();
        let aside = if flat > 1e-3 { (-way.x).atan2(-way.z) } else { 0.0 };
        (
            aside.clamp(-MOST_ASIDE, MOST_ASIDE),
            way.y.atan2(flat).clamp(-MOST_BELOW, MOST_ABOVE),
            way.length().clamp(DISTANCES_M.0, DISTANCES_M.1),
        )
    });
    let rotation = Quat::from_rotation_y(heading + aside) * Quat::from_rotation_x(above);
    Transform::from_translation(eyes + rotation * Vec3::NEG_Z * distance).with_rotation(rotation)
}

/// Whether a hand is held as one looks at a watch, or at one's palm: in sight, and its palm's normal towards or away
/// from the eyes. That normal is the X axis of OpenXR's grip pose, for both hands.
pub(super) fn is_turned_to_face(head: &Transform, grip: &Transform) -> bool {
    let to_hand = (grip.translation - head.translation).normalize_or_zero();
    let normal = grip.rotation * Vec3::X;
    normal.dot(to_hand).abs() >= TURNED.cos() && head.forward().dot(to_hand) >= IN_SIGHT.cos()
}

/// Whether a menu that hangs here can be read from this head.
pub(super) fn is_in_view(head: &Transform, menu: &Transform) -> bool {
    let way = menu.translation - head.translation;
    let faces = (menu.rotation * Vec3::NEG_Z).dot(way.normalize_or_zero());
    way.length() < 2.0 * DISTANCES_M.1
        && head.forward().dot(way.normalize_or_zero()) >= IN_SIGHT.cos()
        && faces > 0.5
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(turn: f32, nod: f32) -> Transform {
        Transform::from_xyz(0.3, 1.6, -0.2).with_rotation(Quat::from_euler(
            EulerRot::YXZ,
            turn,
            nod,
            0.2,
        ))
    }

    #[test]
    fn it_faces_the_head_upright_at_reading_distance_wherever_the_hand_is() {
        for turn in [0.0, 1.0, 3.0, -2.0] {
            for nod in [0.0, -0.7, -1.5, 0.6, 1.5] {
                let head = head(turn, nod);
                for wrist in [
                    None,
                    Some(vec3(0.1, 1.2, -0.5)),
                    Some(vec3(0.3, 1.55, -0.3)),
                    Some(vec3(0.9, 0.8, 0.4)),
                    Some(vec3(0.3, 1.6, 1.0)),
                    Some(head.translation),
                ] {
                    let menu = before(&head, wrist);
                    let way = menu.translation - head.translation;
                    let distance = way.length();
                    assert!(
                        (DISTANCES_M.0 - 1e-4..=DISTANCES_M.1 + 1e-4).contains(&distance),
                        "{distance}"
                    );
                    assert!((menu.rotation * Vec3::Z).dot(way / distance) < -0.999);
                    assert!((menu.rotation * Vec3::X).y.abs() < 1e-5, "it is not rolled");
                    let (below, above) = (-MOST_BELOW.sin() - 1e-4, MOST_ABOVE.sin() + 1e-4);
                    assert!((below..=above).contains(&(way.y / distance)), "no neck is bent");
                }
            }
        }
    }

    #[test]
    fn it_hangs_over_a_hand_that_is_held_up() {
        let head = Transform::from_xyz(0.0, 1.6, 0.0);
        let wrist = vec3(-0.15, 1.25, -0.42);
        let menu = before(&head, Some(wrist));
        let lower_edge = menu.transform_point(vec3(0.0, -SIZE_M.y / 2.0, 0.0));
        assert!(lower_edge.y > wrist.y, "the hand hides none of it");
        assert!((menu.translation - wrist).xz().length() < 0.2, "{}", menu.translation);
    }

    #[test]
    fn looking_straight_down_has_a_heading() {
        let level = heading(&Transform::IDENTITY);
        let down = Transform::from_rotation(Quat::from_rotation_x(-1.55));
        let up = Transform::from_rotation(Quat::from_rotation_x(1.55));
        assert!(level.abs() < 1e-6 && heading(&down).abs() < 1e-3 && heading(&up).abs() < 1e-3);
    }

    #[test]
    fn a_wrist_is_turned_when_palm_or_back_face_the_eyes_in_sight() {
        let head = Transform::from_xyz(0.0, 1.6, 0.0);
        let at = vec3(-0.1, 1.35, -0.4);
        let to_head = (head.translation - at).normalize();
        let turned = |at: Vec3, normal: Vec3| {
            let rotation = Quat::from_rotation_arc(Vec3::X, normal.normalize());
            let grip = Transform::from_translation(at).with_rotation(rotation);
            is_turned_to_face(&head, &grip)
        };
        assert!(turned(at, to_head) && turned(at, -to_head));
        let aside = to_head.any_orthonormal_vector();
        let off = |degrees: f32| {
            let angle = degrees.to_radians();
            to_head * angle.cos() + aside * angle.sin()
        };
        assert!(turned(at, off(33.0)) && !turned(at, off(37.0)));
        // Held as one points: the palm is turned inwards.
        assert!(!turned(at, Vec3::X));
        let lap = vec3(-0.1, 0.8, -0.2);
        assert!(!turned(lap, head.translation - lap), "out of sight");
    }

    #[test]
    fn what_is_behind_or_far_away_is_out_of_view() {
        let head = Transform::from_xyz(0.0, 1.6, 0.0);
        let menu = before(&head, None);
        assert!(is_in_view(&head, &menu));
        assert!(!is_in_view(&Transform::from_xyz(0.0, 1.6, 2.0), &menu), "walked away");
        assert!(!is_in_view(&Transform::from_xyz(0.0, 1.6, -1.0), &menu), "walked past it");
        let turned = head.with_rotation(Quat::from_rotation_y(2.0));
        assert!(!is_in_view(&turned, &menu));
    }
}
