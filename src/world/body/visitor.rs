//! Where the visitor stands and faces, and where the rig has to be for them to stand and face elsewhere.

use bevy::{ecs::system::SystemParam, prelude::*};

use super::Rig;
use crate::world::{
    Head,
    hall_events::{HallEvent, HallListener},
};

/// The rig and the head in it, at one moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Pose {
    /// In the hall.
    pub rig: Transform,
    /// In the rig's space.
    pub head: Transform,
}

impl Pose {
    /// The point (x, z) of the floor under the head, in metres.
    pub(super) fn floor_point(self) -> Vec2 {
        (self.rig * self.head).translation.xz()
    }

    /// Which way the head looks, in radians to the left of -Z.
    pub(super) fn heading(self) -> f32 {
        yaw_of(self.rig.rotation * self.head.rotation)
    }

    /// The rig for a head that is this much further to the left, in radians, and still over the same point.
    pub(super) fn turned(mut self, radians: f32) -> Self {
        let place = self.floor_point();
        // Made anew from the angle, so that the floor stays level after any number of turns.
        self.rig.rotation = Quat::from_rotation_y(yaw_of(self.rig.rotation) + radians);
        self.over(place)
    }

    /// The rig for a head that looks this way.
    pub(super) fn facing(self, heading: f32) -> Self {
        self.turned(heading - self.heading())
    }

    /// The rig for a head over this point of the floor, at the same height.
    pub(super) fn over(mut self, place: Vec2) -> Self {
        let way = place - self.floor_point();
        self.rig.translation += vec3(way.x, 0.0, way.y);
        self
    }
}

/// How far a pose is turned to the left of -Z, seen from above, in radians.
///
/// Who looks straight up or down is turned the way the crown of the head is, or away from it.
pub(super) fn yaw_of(rotation: Quat) -> f32 {
    let gaze = rotation * Vec3::NEG_Z;
    let level = if gaze.y.abs() < 0.95 { gaze } else { rotation * Vec3::Y * -gaze.y.signum() };
    (-level.x).atan2(-level.z)
}

/// Reads where the visitor stands, and puts them elsewhere.
#[derive(SystemParam)]
pub(super) struct Visitor<'w, 's> {
    rigs: Query<'w, 's, (Entity, &'static mut Transform), With<Rig>>,
    heads: Query<'w, 's, (&'static Transform, &'static ChildOf), (With<Head>, Without<Rig>)>,
    told: Option<ResMut<'w, HallListener>>,
}

impl Visitor<'_, '_> {
    /// None without a rig and a head in it, and until the head is known: before that it lies on the rig's origin.
    pub(super) fn pose(&self) -> Option<Pose> {
        let (entity, rig) = self.rigs.single().ok()?;
        let (head, _) = self.heads.iter().find(|(_, parent)| parent.parent() == entity)?;
        (head.translation != Vec3::ZERO).then_some(Pose { rig: *rig, head: *head })
    }

    /// Moves the rig, without a word.
    pub(super) fn put(&mut self, pose: Pose) {
        if let Ok((_, mut rig)) = self.rigs.single_mut() {
            rig.set_if_neq(pose.rig);
        }
    }

    /// Tells listeners outside where the visitor stands now.
    pub(super) fn tell(&mut self) {
        let Some(pose) = self.pose() else {
            return;
        };
        if let Some(told) = &mut self.told {
            let place = pose.floor_point();
            told.tell(HallEvent::Stands {
                x: place.x,
                z: place.y,
                turn_degrees: yaw_of(pose.rig.rotation).to_degrees(),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use std::f32::consts::{FRAC_PI_2, FRAC_PI_3, FRAC_PI_6};

    use super::*;

    /// A head well off the rig's origin, looking aside and down, in a rig that is somewhere itself.
    fn pose() -> Pose {
        Pose {
            rig: Transform::from_xyz(1.0, 0.2, -2.0)
                .with_rotation(Quat::from_rotation_y(FRAC_PI_3)),
            head: Transform::from_xyz(0.7, 1.5, 0.4)
                .with_rotation(Quat::from_rotation_y(0.4) * Quat::from_rotation_x(-0.5)),
        }
    }

    #[test]
    fn a_turn_leaves_the_head_where_it_is() {
        let turned = pose().turned(FRAC_PI_6);
        let (before, after) = (pose().rig * pose().head, turned.rig * turned.head);
        assert!(before.translation.distance(after.translation) < 1e-5);
        assert!((turned.heading() - pose().heading() - FRAC_PI_6).abs() < 1e-5);
        // The floor stays level.
        assert!((turned.rig.rotation * Vec3::Y).distance(Vec3::Y) < 1e-6);
        assert_eq!(turned.rig.translation.y, pose().rig.translation.y);
    }

    #[test]
    fn the_head_is_put_over_a_point_and_faces_as_asked() {
        let put = pose().facing(-2.5).over(vec2(-3.0, 4.0));
        assert!(put.floor_point().distance(vec2(-3.0, 4.0)) < 1e-5);
        assert!((put.heading() + 2.5).abs() < 1e-5);
        assert!((put.rig.translation.y - 0.2).abs() < 1e-6);
    }

    #[test]
    fn who_looks_at_the_feet_or_at_the_stars_still_faces_somewhere() {
        for pitch in [-FRAC_PI_2, -1.5, -0.3, 0.0, 0.3, 1.5, FRAC_PI_2] {
            let rotation = Quat::from_rotation_y(0.8) * Quat::from_rotation_x(pitch);
            assert!((yaw_of(rotation) - 0.8).abs() < 1e-4, "pitch {pitch}");
        }
    }
}
