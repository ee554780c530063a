//! A hand points: what is known of it becomes an aim as the mouse's is.

use bevy::{picking::pointer::PointerInteraction, prelude::*, ui_widgets::ScrollArea};

use super::{Comfort, Grabbing, Hand, HandInput, Rig, Scrolling, Teleporting, steady::Steady};
use crate::world::{
    interaction::{
        AimSystems,
        aim::{Aim, Leads},
    },
    ui::controls::mark,
};

/// A trigger that is pulled so far presses.
const PRESS_AT: f32 = 0.7;
/// A trigger that has pressed must come back so far to let go.
const RELEASE_AT: f32 = 0.3;
/// A stick that is pushed less than this rests.
const STICK_RESTS: f32 = 0.2;
/// What a stick scrolls when it is pushed all the way; a line is 100 dmm, as Bevy counts them.
const LINES_PER_SEC: f32 = 5.0;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        PreUpdate,
        (place_hands, find_scrolled, lead, aim_with_hands).chain().in_set(AimSystems::Point),
    );
}

/// How a hand points.
#[derive(Component, Clone, Copy, Debug, Default)]
pub(super) struct Pointing {
    /// Where it points from, in the rig's space, steadied; along -Z.
    pub(super) pose: Transform,
    trigger: Latch,
    squeeze: Latch,
    steady: Steady,
}

/// A trigger as a button.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Latch {
    /// Nobody has seen it let go yet: whoever comes back with a pulled trigger does not press with it.
    #[default]
    Unseen,
    Open,
    Closed,
}

impl Latch {
    /// Whether it is pressed, now that it is pulled by `pull`, from 0 to 1.
    fn follow(&mut self, pull: f32) -> bool {
        if pull <= RELEASE_AT {
            *self = Self::Open;
        } else if pull >= PRESS_AT && *self == Self::Open {
            *self = Self::Closed;
        }
        *self == Self::Closed
    }
}

fn place_hands(mut hands: Query<(&HandInput, &mut Transform, &mut Visibility), With<Hand>>) {
    for (input, mut place, mut seen) in &mut hands {
        seen.set_if_neq(if input.tracked { Visibility::Inherited } else { Visibility::Hidden });
        if input.tracked {
            place.set_if_neq(input.grip);
        }
    }
}

/// Finds the hands over something that scrolls; one that scrolls goes on until its stick rests.
fn find_scrolled(
    hands: Query<(Entity, &HandInput, Option<&PointerInteraction>, Has<Scrolling>), With<Hand>>,
    parents: Query<&ChildOf>,
    areas: Query<(), With<ScrollArea>>,
    mut commands: Commands,
) {
    for (hand, input, over, scrolling) in &hands {
        let on_area = over.is_some_and(|over| {
            over.iter().any(|(part, _)| {
                areas.contains(*part)
                    || parents.iter_ancestors(*part).any(|whole| areas.contains(whole))
            })
        });
        let pushed = input.stick.length() >= STICK_RESTS;
        // Whoever is on the way somewhere else, or turning, does not start to scroll.
        let scrolls = if pushed { scrolling } else { on_area };
        if scrolls && !scrolling {
            commands.entity(hand).insert(Scrolling);
        } else if scrolling && !scrolls {
            commands.entity(hand).remove::<Scrolling>();
        }
    }
}

/// The main hand's aim leads.
fn lead(comfort: Res<Comfort>, hands: Query<(Entity, &Hand, Has<Leads>)>, mut commands: Commands) {
    for (entity, hand, leads) in &hands {
        mark::<Leads>(&mut commands, entity, leads, hand.0 == comfort.main_hand);
    }
}

fn aim_with_hands(
    time: Res<Time<Real>>,
    mut hands: Query<(
        &HandInput,
        &ChildOf,
        Has<Grabbing>,
        Has<Teleporting>,
        Has<Scrolling>,
        &mut Pointing,
        &mut Aim,
    )>,
    rigs: Query<&GlobalTransform, With<Rig>>,
) {
    let delta_secs = time.delta_secs();
    for (input, rig, grabbing, teleporting, scrolling, mut pointing, mut aim) in &mut hands {
        let Some(rig) = rigs.get(rig.parent()).ok().filter(|_| input.tracked) else {
            *pointing = Pointing::default();
            *aim = Aim::default();
            continue;
        };
        let rotation = pointing.steady.follow(input.aim.rotation, delta_secs);
        pointing.pose = Transform { rotation, ..input.aim };
        // The hand's own place in the hall lags by a frame, the rig's does not.
        let pose = rig.mul_transform(pointing.pose);
        let direction = Dir3::new(pose.affine().transform_vector3(Vec3::NEG_Z)).ok();
        let origin = Some(pose.translation()).filter(|origin| origin.is_finite());
        aim.ray = origin
            .zip(direction)
            .filter(|_| !grabbing && !teleporting)
            .map(|(origin, direction)| Ray3d::new(origin, direction));
        aim.pressed = pointing.trigger.follow(input.trigger);
        aim.secondary = pointing.squeeze.follow(input.squeeze);
        let lines = if scrolling && aim.ray.is_some() {
            LINES_PER_SEC * delta_secs * past_rest(input.stick.y)
        } else {
            0.0
        };
        aim.scroll = vec2(0.0, lines);
    }
}

/// How far a stick is pushed beyond where it rests, from -1 to 1.
fn past_rest(push: f32) -> f32 {
    let beyond = (push.abs() - STICK_RESTS) / (1.0 - STICK_RESTS);
    beyond.clamp(0.0, 1.0).copysign(push)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trigger_presses_late_and_lets_go_late() {
        let mut latch = Latch::default();
        let pulls = [0.0, 0.5, 0.69, 0.7, 0.5, 0.31, 0.3, 0.5, 0.69, 0.9];
        let pressed = pulls.map(|pull| latch.follow(pull));
        assert_eq!(pressed, [false, false, false, true, true, true, false, false, false, true]);
    }

    #[test]
    fn a_trigger_that_comes_pulled_presses_only_when_pulled_again() {
        let mut latch = Latch::default();
        assert_eq!([1.0, 0.5, 1.0].map(|pull| latch.follow(pull)), [false; 3]);
        assert_eq!([0.2, 1.0].map(|pull| latch.follow(pull)), [false, true]);
        assert!(latch.follow(f32::NAN), "a number that is none changes nothing");
    }

    #[test]
    fn a_stick_scrolls_from_where_it_no_longer_rests() {
        assert_eq!([0.0, 0.2, -0.1].map(past_rest).map(f32::abs), [0.0; 3]);
        assert_eq!([1.0, -1.0].map(past_rest), [1.0, -1.0]);
        assert!((past_rest(-0.6) + 0.5).abs() < 1e-6);
    }
}
