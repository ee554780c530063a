//! The visitor's body in a headset: hands, feet and comfort, in words that no OpenXR appears in.

mod buttons;
mod comfort;
mod gaze;
mod grab;
mod hand;
mod haptics;
#[cfg(test)]
mod harness;
mod look;
mod menu;
mod point;
mod presence;
mod recentre;
mod seat;
mod smooth_locomotion;
mod steady;
mod stick;
mod teleport;
#[cfg(test)]
mod tests;
mod travel;
mod turn;
mod vignette;
mod visitor;

pub use comfort::Comfort;
pub use hand::{
    Grabbing, Hand, HandInput, HandJoints, HandKind, JOINTS, Joint, Profile, Pulse, Scrolling,
    Side, Teleporting,
};
pub(super) use look::rings;
pub use recentre::SystemRecentred;

use bevy::prelude::*;

use super::WorldSystems;

/// The space that the headset is tracked in: its origin is on the floor of the visitor's room. Hands and eyes are
/// its children; teleporting, turning and recentring move it. There is one, brought by the headset.
#[derive(Component, Clone, Copy, Debug, Default)]
#[require(Transform, Visibility)]
pub struct Rig;

/// The order of travelling within [`WorldSystems::Steer`], chained once in [`feet`].
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum TravelSystems {
    /// Sticks are felt.
    Feel,
    /// Wishes are understood.
    Want,
    /// The rig moves.
    Go,
}

pub fn plugin(app: &mut App) {
    app.add_plugins((
        comfort::plugin,
        hand::plugin,
        (point::plugin, gaze::plugin),
        look::plugin,
        haptics::plugin,
        presence::plugin,
        buttons::plugin,
        grab::plugin,
        menu::plugin,
        feet,
        vignette::plugin,
        teleport::look::plugin,
    ));
}

/// What moves the rig; nothing of it is seen.
fn feet(app: &mut App) {
    app.configure_sets(
        Update,
        (TravelSystems::Feel, TravelSystems::Want, TravelSystems::Go)
            .chain()
            .in_set(WorldSystems::Steer),
    )
    .init_resource::<vignette::Vignette>()
    .add_plugins((
        stick::plugin,
        teleport::plugin,
        seat::plugin,
        recentre::plugin,
        turn::plugin,
        smooth_locomotion::plugin,
        travel::plugin,
    ));
}
