//! A hand and what is known of it, whatever controller or camera knows it.

use bevy::prelude::*;

use super::{Rig, point::Pointing};
use crate::world::interaction::aim::{Aim, Paired, Reach};

pub(super) fn plugin(app: &mut App) {
    app.add_message::<Pulse>().add_observer(bring_hands);
}

/// Left or right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    Left,
    Right,
}

impl Side {
    pub const BOTH: [Self; 2] = [Self::Left, Self::Right];

    /// The other one.
    pub const fn other(self) -> Self {
        match self {
            Self::Left => Self::Right,
            Self::Right => Self::Left,
        }
    }

    /// In lower case.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Right => "right",
        }
    }
}

/// One hand of the visitor, a child of the [`Rig`]; both are there for as long as the program runs.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
#[require(
    HandInput,
    HandJoints,
    Profile,
    Aim,
    Pointing,
    Paired,
    Reach(REACH_M),
    Transform,
    Visibility::Hidden
)]
pub struct Hand(pub Side);

/// How far a hand reaches with its ray, in metres, as Meta's guidelines for rays have it.
const REACH_M: f32 = 10.0;

/// What is known of a hand in this frame, written in [`AimSystems::Sense`](crate::world::interaction::AimSystems).
///
/// While the headset is not focused or the hand is not tracked this is the default: nothing is pressed.
#[derive(Component, Clone, Debug, Default, PartialEq)]
pub struct HandInput {
    /// Whether its pose is known.
    pub tracked: bool,
    /// What knows it.
    pub kind: HandKind,
    /// Where it holds things, in the rig's space: the palm's middle.
    pub grip: Transform,
    /// Where it points from, in the rig's space; along -Z.
    pub aim: Transform,
    /// How far the trigger is pulled or the pinch closed, from 0 to 1.
    pub trigger: f32,
    /// How far the grip is squeezed or the fist closed, from 0 to 1.
    pub squeeze: f32,
    /// The stick or pad; right and forward are positive, from -1 to 1.
    pub stick: Vec2,
    /// A or X.
    pub primary: bool,
    /// B or Y.
    pub secondary: bool,
    /// The menu button.
    pub menu: bool,
}

/// What knows of a hand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HandKind {
    /// A controller that it holds.
    #[default]
    Controller,
    /// Cameras that see its fingers.
    Bare,
}

/// The hand steers a teleport, so that it points at nothing.
#[derive(Component)]
pub struct Teleporting;

/// The hand holds an exhibit, so that it points at nothing.
#[derive(Component)]
pub struct Grabbing;

/// The hand's stick scrolls what it points at, so that it neither walks nor turns.
#[derive(Component)]
pub struct Scrolling;

/// Joints of a tracked hand.
pub const JOINTS: usize = 26;

/// One joint, in the rig's space, in metres; OpenXR's order (palm, wrist, thumb to little finger, root to tip).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Joint {
    pub place: Vec3,
    pub radius: f32,
}

/// The joints of a hand, while cameras see them.
#[derive(Component, Clone, Debug, Default, PartialEq)]
pub struct HandJoints(pub Option<Box<[Joint; JOINTS]>>);

/// The interaction profile that a hand answers to, as OpenXR names it; empty while there is none.
#[derive(Component, Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile(pub String);

/// Asks for a short tick in a hand's controller.
#[derive(Message, Clone, Copy, Debug, PartialEq)]
pub struct Pulse {
    pub side: Side,
    /// From 0 to 1.
    pub strength: f32,
    pub milliseconds: u32,
}

fn bring_hands(rig: On<Add, Rig>, mut commands: Commands) {
    for side in Side::BOTH {
        commands.spawn((
            Name::new(format!("Hand, {}", side.word())),
            Hand(side),
            ChildOf(rig.entity),
        ));
    }
}
