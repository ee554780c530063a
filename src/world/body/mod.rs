//! The visitor's body in a headset: hands, feet and comfort, in words that no OpenXR appears in.

mod comfort;
mod hand;
mod look;
mod point;
mod presence;
mod pulse;
mod steady;
#[cfg(test)]
mod tests;

pub use comfort::Comfort;
pub use hand::{
    Grabbing, Hand, HandInput, HandJoints, HandKind, JOINTS, Joint, Profile, Pulse, Scrolling,
    Side, Teleporting,
};

use bevy::prelude::*;

/// The space that the headset is tracked in: its origin is on the floor of the visitor's room. Hands and eyes are
/// its children; teleporting, turning and recentring move it. There is one, brought by the headset.
#[derive(Component, Clone, Copy, Debug, Default)]
#[require(Transform, Visibility)]
pub struct Rig;

pub fn plugin(app: &mut App) {
    app.add_plugins((
        comfort::plugin,
        hand::plugin,
        point::plugin,
        look::plugin,
        pulse::plugin,
        presence::plugin,
    ));
}
