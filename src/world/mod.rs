//! The hall: what is seen and what the visitor does there; it knows the stream, but no model and no tensor.

pub mod access;
pub mod adaptive_quality;
pub mod body;
pub mod classifier;
pub mod demo;
pub mod desk;
pub mod desktop;
pub mod display;
pub mod draw;
pub mod elsewhere;
pub mod exhibit_sessions;
pub mod frame_watch;
pub mod guide;
pub mod hall_events;
#[cfg(test)]
pub(crate) mod harness;
mod head;
#[cfg(test)]
pub(crate) mod headless;
pub mod headset;
pub mod inspect;
pub mod interaction;
pub mod kept_runs;
pub mod keyboard;
pub mod link;
pub mod motion;
pub mod pointed_at;
mod progress_banner;
pub mod recorder;
pub mod replay;
pub mod screenshot;
pub mod scrub;
pub mod sound;
pub mod spectator;
pub mod stage;
pub mod subscriptions;
pub mod timeline;
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
    .allow_ambiguous_resource::<hall_events::HallListener>()
    .add_plugins((
        draw::plugin,
        adaptive_quality::plugin,
        frame_watch::plugin,
        interaction::plugin,
        ui::plugin,
        display::plugin,
        (motion::plugin, stage::plugin),
        head::plugin,
        (link::plugin, subscriptions::plugin, recorder::plugin, replay::plugin),
        (keyboard::plugin, sound::plugin, timeline::plugin),
        screenshot::plugin,
        (pointed_at::plugin, access::plugin),
        (desk::plugin, elsewhere::plugin),
        progress_banner::plugin,
        exhibit_sessions::plugin,
    ))
    .add_plugins((guide::plugin, demo::plugin));
}
