//! Going elsewhere at once: the view darkens, the rig moves, the view comes back.

use bevy::prelude::*;

use super::{
    Comfort, TravelSystems,
    comfort::lift,
    vignette::Vignette,
    visitor::{Pose, Visitor},
};
use crate::world::headset::{Headset, worn};

/// How long the view takes to darken before a move, in seconds.
const DARKEN_SECS: f32 = 0.1;
/// How long it takes to come back, in seconds.
const LIGHTEN_SECS: f32 = 0.15;
/// The longest wait for a head that is not known yet, in seconds, before the hall is shown all the same.
const PATIENCE_SECS: f32 = 2.0;

pub(super) fn plugin(app: &mut App) {
    app.add_message::<Travel>()
        .init_resource::<Journey>()
        .add_systems(Update, (arrive, set_out, go).chain().in_set(TravelSystems::Go));
}

/// Asks for the visitor to be elsewhere, with a fade; what is asked while it darkens is done together.
#[derive(Message, Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Travel {
    /// The point (x, z) of the floor that the head will be over; none to stay.
    pub to: Option<Vec2>,
    pub facing: Facing,
    /// Whether the height of a seated visitor is measured anew.
    pub measure: bool,
}

impl Travel {
    /// To the middle of the hall, facing this way.
    pub(super) fn to_the_middle(heading: f32) -> Self {
        Self { to: Some(Vec2::ZERO), facing: Facing::Heading(heading), measure: true }
    }

    /// To this point (x, z) of the floor, facing something.
    pub(super) fn before(place: Vec2, look_at: Vec3) -> Self {
        let way = look_at.xz() - place;
        Self { to: Some(place), facing: Facing::Heading((-way.x).atan2(-way.y)), measure: false }
    }

    fn applied(self, mut pose: Pose, comfort: &Comfort) -> Pose {
        if self.measure {
            pose.rig.translation.y = lift(comfort, pose.head.translation.y);
        }
        let pose = match self.facing {
            Facing::Turned(0.0) => pose,
            Facing::Turned(radians) => pose.turned(radians),
            Facing::Heading(heading) => pose.facing(heading),
        };
        self.to.map_or(pose, |place| pose.over(place))
    }
}

/// Where the visitor looks after a move, in radians to the left.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Facing {
    /// So much further than before.
    Turned(f32),
    /// So much from straight ahead.
    Heading(f32),
}

impl Default for Facing {
    fn default() -> Self {
        Self::Turned(0.0)
    }
}

/// Where a visitor is on the way.
#[derive(Resource, Clone, Debug, Default, PartialEq)]
pub(super) enum Journey {
    #[default]
    Arrived,
    Darkening {
        then: Vec<Travel>,
        /// How long it has been as dark as it gets, in seconds.
        waited: f32,
    },
    Lightening,
}

impl Journey {
    /// Whether the view is dark or darkening, so that steps and turns would go unseen.
    pub(super) fn is_dark(&self) -> bool {
        matches!(self, Self::Darkening { .. })
    }

    fn add(&mut self, travel: Travel) {
        if let Self::Darkening { then, .. } = self {
            then.push(travel);
        } else {
            *self = Self::Darkening { then: vec![travel], waited: 0.0 };
        }
    }
}

/// Who puts the headset on stands in the middle of the hall, and sees it brighten from black.
fn arrive(
    headset: Option<Res<Headset>>,
    mut was_worn: Local<bool>,
    mut journey: ResMut<Journey>,
    mut vignette: ResMut<Vignette>,
) {
    let is_worn = worn(headset);
    if is_worn && !*was_worn {
        *journey = Journey::default();
        journey.add(Travel::to_the_middle(0.0));
        vignette.dark = 1.0;
    } else if !is_worn && *was_worn {
        *journey = Journey::Arrived;
        *vignette = Vignette::default();
    }
    *was_worn = is_worn;
}

fn set_out(
    mut travels: MessageReader<Travel>,
    mut journey: ResMut<Journey>,
    headset: Option<Res<Headset>>,
) {
    if !worn(headset) {
        travels.clear();
        return;
    }
    for travel in travels.read() {
        journey.add(*travel);
    }
}

pub(super) fn go(
    time: Res<Time<Real>>,
    comfort: Res<Comfort>,
    mut journey: ResMut<Journey>,
    mut vignette: ResMut<Vignette>,
    mut visitor: Visitor,
) {
    match &mut *journey {
        Journey::Arrived => {}
        Journey::Darkening { then, waited } => {
            vignette.dark = (vignette.dark + time.delta_secs() / DARKEN_SECS).min(1.0);
            if vignette.dark < 1.0 {
                return;
            }
            if let Some(pose) = visitor.pose() {
                let pose = then.iter().fold(pose, |pose, travel| travel.applied(pose, &comfort));
                visitor.put(pose);
                visitor.tell();
                *journey = Journey::Lightening;
            } else {
                *waited += time.delta_secs();
                if *waited > PATIENCE_SECS {
                    *journey = Journey::Lightening;
                }
            }
        }
        Journey::Lightening => {
            vignette.dark = (vignette.dark - time.delta_secs() / LIGHTEN_SECS).max(0.0);
            if vignette.dark == 0.0 {
                *journey = Journey::Arrived;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::body::harness::{Rehearsal, frames_of};

    #[test]
    fn the_view_is_black_when_the_rig_moves() {
        let mut hall = Rehearsal::started();
        let before = hall.rig();
        hall.send(Travel { to: Some(vec2(2.0, 1.0)), ..default() });
        let mut darks = Vec::new();
        for _ in 0..frames_of(0.3) {
            hall.frame();
            darks.push(hall.vignette().dark);
            if hall.vignette().dark < 1.0 && !darks.contains(&1.0) {
                assert_eq!(hall.rig(), before, "moved in the light");
            }
        }
        let blackest = darks.iter().position(|dark| *dark == 1.0).unwrap();
        // 100 ms at 100 frames a second, and 150 ms back.
        assert!((9..=11).contains(&blackest), "{darks:?}");
        let light = darks[blackest..].iter().position(|dark| *dark == 0.0).unwrap();
        assert!((14..=16).contains(&light), "{darks:?}");
        assert!(hall.pose().floor_point().distance(vec2(2.0, 1.0)) < 1e-5);
        assert_eq!(hall.pose().rig.rotation, before.rotation, "not turned");
        assert_eq!(hall.stands().len(), 1);
    }

    #[test]
    fn the_head_of_the_moment_counts() {
        let mut hall = Rehearsal::started();
        hall.send(Travel { to: Some(vec2(0.0, 3.0)), ..default() });
        hall.frames(0.05);
        hall.set_head(
            Transform::from_xyz(1.5, 1.7, -0.5).with_rotation(Quat::from_rotation_y(2.0)),
        );
        hall.frames(0.3);
        assert!(hall.pose().floor_point().distance(vec2(0.0, 3.0)) < 1e-5);
    }

    #[test]
    fn what_is_asked_while_it_darkens_is_done_together() {
        let mut hall = Rehearsal::started();
        hall.send(Travel { facing: Facing::Heading(1.0), ..default() });
        hall.frames(0.05);
        hall.send(Travel { to: Some(vec2(1.0, 2.0)), ..default() });
        hall.frames(0.3);
        assert!(hall.pose().floor_point().distance(vec2(1.0, 2.0)) < 1e-5);
        assert!((hall.pose().heading() - 1.0).abs() < 1e-5);
        assert_eq!(hall.stands().len(), 1);
    }

    #[test]
    fn who_puts_it_on_stands_in_the_middle_and_faces_the_exhibit() {
        let mut hall = Rehearsal::new();
        // The runtime knows nothing of the head yet, and the visitor will turn out to stand askew in the own room.
        hall.set_head(Transform::IDENTITY);
        hall.frames(0.5);
        assert_eq!(hall.vignette().dark, 1.0);
        hall.set_head(
            Transform::from_xyz(0.8, 1.7, -0.3).with_rotation(Quat::from_rotation_y(1.2)),
        );
        hall.frames(0.5);
        assert_eq!(hall.vignette().dark, 0.0);
        assert!(hall.pose().floor_point().length() < 1e-5);
        assert!(hall.pose().heading().abs() < 1e-5);
        assert_eq!(hall.stands().len(), 1);
        // Hidden and back is no arrival.
        let rig = hall.rig();
        hall.set_head(Transform::from_xyz(0.2, 1.7, -0.3));
        hall.set_headset(Headset::Worn { visible: false, focused: false });
        hall.frames(0.2);
        hall.set_headset(Headset::Worn { visible: true, focused: true });
        hall.frames(0.5);
        assert_eq!(hall.rig(), rig);
    }

    #[test]
    fn a_head_that_is_never_known_does_not_keep_it_dark() {
        let mut hall = Rehearsal::new();
        hall.set_head(Transform::IDENTITY);
        hall.frames(2.4);
        assert_eq!(hall.vignette().dark, 0.0);
    }

    #[test]
    fn leaving_ends_the_journey() {
        let mut hall = Rehearsal::started();
        let before = hall.rig();
        hall.send(Travel { to: Some(vec2(0.0, 3.0)), ..default() });
        hall.frames(0.05);
        hall.set_headset(Headset::Ready);
        hall.send(Travel { to: Some(vec2(0.0, 3.0)), ..default() });
        hall.frames(0.5);
        assert_eq!(hall.vignette().dark, 0.0);
        assert_eq!(hall.rig(), before);
    }
}
