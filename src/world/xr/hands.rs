//! Bare hands: their joints as cameras see them, and what the fingers say where no controller does.

use bevy::prelude::*;
use openxr::{AnyGraphics, HandJoint, HandTracker, Session, Space, Time};

use super::actions::{index, place};
use crate::world::body::{HandInput, HandJoints, HandKind, JOINTS, Joint, Side};

/// The tips of thumb and finger touch at this distance, in metres: the tips' joints lie inside the skin.
const PINCH_CLOSED_M: f32 = 0.012;
/// Farther apart than this a pinch has not begun, in metres.
const PINCH_OPEN_M: f32 = 0.04;
/// From palm to fingertip in palm lengths (wrist to middle knuckle): so near, a finger is closed into the fist.
const FIST_CLOSED_PALMS: f32 = 0.6;
/// So far, it is open. A stretched finger reaches about 1.3 palm lengths, one that pinches about 1.
const FIST_OPEN_PALMS: f32 = 0.9;
/// From the eyes to the shoulder on the right of an upright body, in metres; about the mean of the adults measured in
/// the U.S. Army's anthropometric survey (ANSUR II, 2012): half the biacromial breadth to the side, sitting eye
/// height less sitting acromial height down, and the depth of half a head back.
const SHOULDER_M: Vec3 = vec3(0.195, -0.2, 0.09);

/// Cameras that follow both hands, left and right, for one session.
pub struct HandTrackers([HandTracker; 2]);

impl HandTrackers {
    /// Begins to follow both hands.
    ///
    /// # Errors
    /// Where `XR_EXT_hand_tracking` is off, or the headset cannot see hands.
    pub fn new(session: &Session<AnyGraphics>) -> openxr::Result<Self> {
        Ok(Self([
            session.create_hand_tracker(openxr::Hand::LEFT)?,
            session.create_hand_tracker(openxr::Hand::RIGHT)?,
        ]))
    }

    /// A hand's joints in `base` at `time`, while it is seen.
    ///
    /// # Errors
    /// What the runtime answers.
    ///
    /// # Panics
    /// Inside `openxr`, when `base` is of another session.
    pub fn read(&self, side: Side, base: &Space, time: Time) -> openxr::Result<HandJoints> {
        let Some(found) = base.locate_hand_joints(&self.0[index(side)], time)? else {
            return Ok(HandJoints(None));
        };
        let mut joints = Box::new([Joint::default(); JOINTS]);
        for (joint, found) in joints.iter_mut().zip(&found) {
            let Some(place) = place(found.location_flags, found.pose) else {
                return Ok(HandJoints(None));
            };
            *joint = Joint { place: place.translation, radius: found.radius };
        }
        Ok(HandJoints(Some(joints)))
    }
}

/// What a hand without a controller does: a pinch presses, a fist grabs.
///
/// It points along the line from the shoulder, as told from the `head`, through the knuckle of the index finger. Both
/// hold still while thumb and finger close, so that a press does not move what it aims at, as a ray along the finger
/// would (the "Heisenberg effect" of Bowman et al., "Using Pinch Gloves for both Natural and Abstract Interaction
/// Techniques in Virtual Environments", 2001). Without a head it is the line from the wrist through the knuckle.
pub fn fingers(side: Side, joints: &[Joint; JOINTS], head: Option<Transform>) -> HandInput {
    let at =
        |joint: HandJoint| joints.get(joint.into_raw() as usize).map_or(Vec3::ZERO, |it| it.place);
    let wrist = at(HandJoint::WRIST);
    let palm = at(HandJoint::PALM);
    let knuckle = at(HandJoint::INDEX_PROXIMAL);
    let middle = at(HandJoint::MIDDLE_PROXIMAL);

    let from = head.map_or(wrist, |head| shoulder(side, head));
    let Some(along) = (knuckle - from).try_normalize() else {
        return HandInput::default();
    };
    let aim = Transform::from_translation(knuckle).looking_to(along, Vec3::Y);
    let thumbward = at(HandJoint::INDEX_PROXIMAL) - at(HandJoint::LITTLE_PROXIMAL);
    let grip = Transform::from_translation(palm)
        .with_rotation(grip_rotation(middle - wrist, thumbward).unwrap_or(aim.rotation));

    let palm_length = middle.distance(wrist);
    let tips =
        [HandJoint::INDEX_TIP, HandJoint::MIDDLE_TIP, HandJoint::RING_TIP, HandJoint::LITTLE_TIP];
    // The most open finger counts, the index finger among them: it is what tells a fist from a pinch.
    let reach = tips.into_iter().map(|tip| at(tip).distance(palm)).fold(0.0, f32::max);
    let fist = falling(reach / palm_length.max(f32::EPSILON), FIST_CLOSED_PALMS, FIST_OPEN_PALMS);
    let gap = at(HandJoint::THUMB_TIP).distance(at(HandJoint::INDEX_TIP));
    let pinch = falling(gap, PINCH_CLOSED_M, PINCH_OPEN_M);

    HandInput {
        tracked: true,
        kind: HandKind::Bare,
        grip,
        aim,
        // In a fist the tips lie close together too.
        trigger: pinch * (1.0 - fist),
        squeeze: fist,
        ..default()
    }
}

/// Where the shoulder is of somebody who holds their head so; the body turns with the head but does not nod.
fn shoulder(side: Side, head: Transform) -> Vec3 {
    let ahead = *head.forward();
    // Who looks straight down or up has their forehead or their chin ahead.
    let ahead = if ahead.y.abs() < 0.9 { ahead } else { *head.up() * -ahead.y.signum() };
    let body = Transform::IDENTITY.looking_to(ahead.with_y(0.0), Vec3::Y).rotation;
    let outward = if side == Side::Left { vec3(-1.0, 1.0, 1.0) } else { Vec3::ONE };
    head.translation + body * (SHOULDER_M * outward)
}

/// How OpenXR turns a grip (specification, "Standard pose identifiers"): -Z from the little finger's side to the
/// thumb's, X through the palm from left to right where the thumb is up, the same on both hands.
fn grip_rotation(fingerward: Vec3, thumbward: Vec3) -> Option<Quat> {
    let back = -thumbward.try_normalize()?;
    let right = fingerward.cross(thumbward).try_normalize()?;
    Some(Quat::from_mat3(&Mat3::from_cols(right, back.cross(right), back)))
}

/// 1 up to `low`, 0 from `high`, even between.
fn falling(value: f32, low: f32, high: f32) -> f32 {
    ((high - value) / (high - low)).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A flat right hand, palm down at (0.2, 1.1, -0.4), fingers ahead, thumb to the left; or its mirror image.
    fn flat(side: Side) -> [Joint; JOINTS] {
        let mirror = if side == Side::Left { -1.0 } else { 1.0 };
        let mut joints = [Joint { place: Vec3::ZERO, radius: 0.008 }; JOINTS];
        let mut put = |joint: HandJoint, x: f32, z: f32| {
            joints[joint.into_raw() as usize].place = vec3(mirror * (0.2 + x), 1.1, -0.4 - z);
        };
        put(HandJoint::PALM, 0.0, 0.0);
        put(HandJoint::WRIST, 0.0, -0.06);
        put(HandJoint::THUMB_TIP, -0.08, 0.06);
        for (knuckle, tip, x) in [
            (HandJoint::INDEX_PROXIMAL, HandJoint::INDEX_TIP, -0.025),
            (HandJoint::MIDDLE_PROXIMAL, HandJoint::MIDDLE_TIP, 0.0),
            (HandJoint::RING_PROXIMAL, HandJoint::RING_TIP, 0.02),
            (HandJoint::LITTLE_PROXIMAL, HandJoint::LITTLE_TIP, 0.04),
        ] {
            put(knuckle, x, 0.035);
            put(tip, x, 0.12);
        }
        joints
    }

    fn place_of(joints: &mut [Joint; JOINTS], joint: HandJoint) -> &mut Vec3 {
        &mut joints[joint.into_raw() as usize].place
    }

    #[test]
    fn an_open_hand_presses_and_grabs_nothing() {
        for side in Side::BOTH {
            let input = fingers(side, &flat(side), None);
            assert!(input.tracked && input.kind == HandKind::Bare);
            assert_eq!((input.trigger, input.squeeze), (0.0, 0.0));
        }
    }

    #[test]
    fn a_pinch_closes_from_four_centimetres_to_a_touch() {
        let mut joints = flat(Side::Right);
        let tip = *place_of(&mut joints, HandJoint::INDEX_TIP);
        for (gap, expected) in [(0.05, 0.0), (0.04, 0.0), (0.026, 0.5), (0.012, 1.0), (0.0, 1.0)] {
            *place_of(&mut joints, HandJoint::THUMB_TIP) = tip + Vec3::X * -gap;
            let input = fingers(Side::Right, &joints, None);
            assert!((input.trigger - expected).abs() < 1e-4, "{} at {gap} m", input.trigger);
            assert_eq!(input.squeeze, 0.0);
        }
    }

    #[test]
    fn a_fist_grabs_and_does_not_press() {
        let mut joints = flat(Side::Right);
        let palm = *place_of(&mut joints, HandJoint::PALM);
        let curled = [HandJoint::MIDDLE_TIP, HandJoint::RING_TIP, HandJoint::LITTLE_TIP];
        for tip in curled {
            *place_of(&mut joints, tip) = palm + Vec3::NEG_Y * 0.04;
        }
        let thumb = palm + vec3(-0.01, -0.05, 0.0);
        *place_of(&mut joints, HandJoint::THUMB_TIP) = thumb;
        assert_eq!(
            fingers(Side::Right, &joints, None).squeeze,
            0.0,
            "the index finger still points"
        );
        *place_of(&mut joints, HandJoint::INDEX_TIP) = thumb + Vec3::Y * 0.02;
        let input = fingers(Side::Right, &joints, None);
        assert_eq!((input.trigger, input.squeeze), (0.0, 1.0));
    }

    #[test]
    fn the_ray_runs_from_the_shoulder_through_the_knuckle_and_a_pinch_does_not_move_it() {
        let head = Transform::from_xyz(0.0, 1.6, 0.0);
        for side in Side::BOTH {
            let mut joints = flat(side);
            let before = fingers(side, &joints, Some(head)).aim;
            let knuckle = *place_of(&mut joints, HandJoint::INDEX_PROXIMAL);
            let mirror = if side == Side::Left { -1.0 } else { 1.0 };
            let shoulder = vec3(0.195 * mirror, 1.4, 0.09);
            assert!(before.translation.abs_diff_eq(knuckle, 1e-6));
            assert!(before.forward().abs_diff_eq((knuckle - shoulder).normalize(), 1e-5));
            *place_of(&mut joints, HandJoint::THUMB_TIP) =
                *place_of(&mut joints, HandJoint::INDEX_TIP);
            assert_eq!(fingers(side, &joints, Some(head)).aim, before);
        }
    }

    #[test]
    fn shoulders_turn_with_the_head_and_do_not_nod() {
        let upright = Transform::from_xyz(0.0, 1.6, 0.0);
        let still = shoulder(Side::Right, upright);
        for nod_degrees in [-85.0_f32, -60.0, -20.0, 30.0, 80.0] {
            let head = upright.with_rotation(Quat::from_rotation_x(nod_degrees.to_radians()));
            assert!(
                shoulder(Side::Right, head).abs_diff_eq(still, 1e-4),
                "at {nod_degrees} degrees"
            );
        }
        let left = upright.with_rotation(Quat::from_rotation_y(90.0_f32.to_radians()));
        // Who looks left has the right shoulder ahead in the room, which is -Z.
        assert!(shoulder(Side::Right, left).abs_diff_eq(vec3(0.09, 1.4, -0.195), 1e-4));
    }

    #[test]
    fn a_grip_is_turned_as_openxr_says() {
        // Hands as if to be shaken: fingers ahead, thumbs up.
        let rotation = grip_rotation(Vec3::NEG_Z, Vec3::Y).unwrap();
        assert!((rotation * Vec3::NEG_Z).abs_diff_eq(Vec3::Y, 1e-5));
        assert!((rotation * Vec3::X).abs_diff_eq(Vec3::X, 1e-5));
        assert!((rotation * Vec3::NEG_Y).abs_diff_eq(Vec3::NEG_Z, 1e-5));
        assert_eq!(grip_rotation(Vec3::ZERO, Vec3::Y), None);
    }

    #[test]
    fn a_hand_whose_joints_are_all_in_one_place_is_no_hand() {
        let joints = [Joint::default(); JOINTS];
        assert!(!fingers(Side::Left, &joints, None).tracked);
    }
}
