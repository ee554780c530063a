//! The hall: what is seen and what the visitor does there; it knows the stream, but no model and no tensor.

pub mod acts;
pub mod adaptive_quality;
pub mod body;
pub mod desk;
pub mod desktop;
pub mod display;
pub mod draw;
pub mod frame_watch;
mod head;
#[cfg(test)]
pub(crate) mod headless;
pub mod headset;
pub mod inspect;
pub mod interaction;
pub mod link;
mod marquee;
pub mod picture;
pub mod pointed_at;
#[cfg(test)]
pub(crate) mod rehearsal;
pub mod scrub;
pub mod spectator;
pub mod stage;
pub mod subscriptions;
pub mod timeline;
pub mod told;
pub mod ui;
pub mod xr;

use bevy::prelude::*;

pub use head::{Head, NEAR_M, SPECTATOR_ONLY, VISITOR_ONLY, WindowCamera, eye_camera};

/// The order of a frame, chained once in [`plugin`].
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WorldSystems {
    /// What the trainer sent is put into the run.
    Receive,
    /// What the visitor wants: point, travel, grab, scrub.
    Steer,
    /// Furniture moves.
    Arrange,
    /// What is seen is written from the run at the shown step.
    Show,
}

/// Everything of the hall but the devices one moves in it with.
pub fn plugin(app: &mut App) {
    app.configure_sets(
        Update,
        (WorldSystems::Receive, WorldSystems::Steer, WorldSystems::Arrange, WorldSystems::Show)
            .chain(),
    )
    // What is told within a frame is of no order.
    .allow_ambiguous_resource::<told::Told>()
    .add_plugins((
        draw::plugin,
        adaptive_quality::plugin,
        frame_watch::plugin,
        interaction::plugin,
        ui::plugin,
        display::plugin,
        stage::plugin,
        head::plugin,
        (link::plugin, subscriptions::plugin),
        timeline::plugin,
        picture::plugin,
        pointed_at::plugin,
        desk::plugin,
        marquee::plugin,
        acts::plugin,
    ));
}
