//! A bare hand: a ball at each joint and a bone between neighbours, out of one pool that is filled once.

use bevy::prelude::*;

use super::{Handle3d, Of, inherited_if, within};
use crate::world::body::{Hand, HandInput, HandJoints, HandKind, JOINTS};

/// The first joint of each finger, root first, and of which the last is the tip; the thumb has one joint less.
const FINGERS: [(usize, usize); 5] = [(2, 5), (6, 10), (11, 15), (16, 20), (21, 25)];
/// The wrist.
const WRIST: usize = 1;
/// The second joints of the four fingers, which are the knuckles.
const KNUCKLES: [usize; 4] = [7, 12, 17, 22];
/// Joints are drawn a little thinner than they are, so that fingers stay apart.
const THINNER: f32 = 0.8;
/// A bone is this much thinner than the thinner of its ends.
const BONE_THINNER: f32 = 0.7;
/// Radii that a tracker may claim, in metres.
const RADII_M: (f32, f32) = (0.003, 0.02);

/// What hands are made of: a ball of radius 1, a bone of radius and length 1 along y, and a skin.
#[derive(Component, Clone)]
pub(super) struct FingerParts {
    ball: Mesh3d,
    bone: Mesh3d,
    skin: Handle3d,
}

/// The root of a hand's joints: within it places are the rig's.
#[derive(Component)]
#[require(Transform, Visibility::Hidden)]
pub(super) struct Fingers;

#[derive(Component, Clone, Copy, Debug, PartialEq)]
pub(super) enum FingerPart {
    Ball(usize),
    Bone(usize, usize),
}

/// Made once.
pub(super) fn parts(meshes: &mut Assets<Mesh>, skin: Handle3d) -> FingerParts {
    FingerParts {
        ball: Mesh3d(meshes.add(Sphere::new(1.0).mesh().uv(16, 10))),
        bone: Mesh3d(meshes.add(Cylinder::new(1.0, 1.0).mesh().resolution(12).without_caps())),
        skin,
    }
}

fn all_parts() -> impl Iterator<Item = FingerPart> {
    let balls = (0..JOINTS).map(FingerPart::Ball);
    let along = FINGERS.iter().flat_map(|&(root, tip)| {
        std::iter::once(FingerPart::Bone(WRIST, root))
            .chain((root..tip).map(|joint| FingerPart::Bone(joint, joint + 1)))
    });
    let across = KNUCKLES.windows(2).map(|two| FingerPart::Bone(two[0], two[1]));
    balls.chain(along).chain(across)
}

pub(super) fn show(
    hands: Query<(Entity, &Transform, &HandInput, &HandJoints, &FingerParts), With<Hand>>,
    mut roots: Query<
        (&Of, &Children, &mut Transform, &mut Visibility),
        (With<Fingers>, Without<Hand>),
    >,
    mut pool: Query<(&FingerPart, &mut Transform), (Without<Fingers>, Without<Hand>)>,
    mut commands: Commands,
) {
    for (hand, grip, input, joints, parts) in &hands {
        let joints = joints.0.as_ref().filter(|_| input.kind == HandKind::Bare);
        let root = roots.iter_mut().find(|(of, ..)| of.0 == hand);
        let Some((_, children, mut place, mut seen)) = root else {
            // Most visits never see a bare hand, so its pool is filled when the first one comes.
            if joints.is_some() {
                fill_pool(&mut commands, hand, parts);
            }
            continue;
        };
        seen.set_if_neq(inherited_if(joints.is_some()));
        let Some(joints) = joints else {
            continue;
        };
        place.set_if_neq(within(grip, Transform::IDENTITY));
        let radius = |joint: usize| THINNER * joints[joint].radius.clamp(RADII_M.0, RADII_M.1);
        for child in children.iter() {
            let Ok((part, mut place)) = pool.get_mut(child) else {
                continue;
            };
            *place = match *part {
                FingerPart::Ball(joint) => Transform::from_translation(joints[joint].place)
                    .with_scale(Vec3::splat(radius(joint))),
                FingerPart::Bone(from, to) => bone(
                    joints[from].place,
                    joints[to].place,
                    BONE_THINNER * radius(from).min(radius(to)),
                ),
            };
        }
    }
}

fn fill_pool(commands: &mut Commands, hand: Entity, parts: &FingerParts) {
    let root = commands.spawn((Name::new("Fingers"), Fingers, Of(hand), ChildOf(hand))).id();
    for part in all_parts() {
        let mesh = match part {
            FingerPart::Ball(_) => parts.ball.clone(),
            FingerPart::Bone(..) => parts.bone.clone(),
        };
        commands.spawn((part, mesh, parts.skin.clone(), ChildOf(root)));
    }
}

/// Stands a bone between two places, in metres.
fn bone(from: Vec3, to: Vec3, radius: f32) -> Transform {
    let way = to - from;
    Transform {
        translation: from.midpoint(to),
        rotation: Quat::from_rotation_arc(Vec3::Y, way.normalize_or(Vec3::Y)),
        scale: vec3(radius, way.length().max(1e-4), radius),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_joint_is_there_once_and_every_finger_hangs_on_the_wrist() {
        let parts: Vec<_> = all_parts().collect();
        for joint in 0..JOINTS {
            assert_eq!(parts.iter().filter(|part| **part == FingerPart::Ball(joint)).count(), 1);
        }
        let bones: Vec<_> = parts
            .iter()
            .filter_map(|part| match part {
                FingerPart::Bone(from, to) => Some((*from, *to)),
                FingerPart::Ball(_) => None,
            })
            .collect();
        let mut reached = vec![WRIST];
        for (from, to) in &bones {
            if reached.contains(from) {
                reached.push(*to);
            }
        }
        // All but the palm, which is no bone's end.
        assert!((1..JOINTS).all(|joint| reached.contains(&joint)), "{reached:?}");
        assert_eq!(bones.len(), 4 + 4 * 5 + 3);
    }

    #[test]
    fn a_bone_reaches_from_joint_to_joint() {
        let (from, to) = (vec3(0.1, 1.0, -0.2), vec3(0.13, 1.02, -0.25));
        let place = bone(from, to, 0.005);
        assert!(place.transform_point(vec3(0.0, -0.5, 0.0)).abs_diff_eq(from, 1e-6));
        assert!(place.transform_point(vec3(0.0, 0.5, 0.0)).abs_diff_eq(to, 1e-6));
        assert!(bone(from, from, 0.005).is_finite());
    }
}
