//! The building: a round floor below a far horizon, a sky of the run's own steps, and the ring of plinths.

mod carry;
pub mod emblem;
mod extent;
pub mod fold;
mod footprint;
mod glide;
mod look;
mod opening;
pub mod plan;
mod plinth;
mod room;
mod shade;
mod sky;
pub mod stone;

use bevy::prelude::*;

use crate::stream::ExhibitId;

pub use carry::Holds;
#[cfg(test)]
pub(super) use carry::plugin as carrying;
pub use footprint::{Footprint, Ground, WALL_MARGIN_M};
pub use glide::Glides;
pub use opening::Opening;
pub use plinth::{ExhibitList, Exhibited, Home, Placed, Plinth, PlinthPlaced, place_exhibit};
pub use shade::FloorLook;

/// The exhibit on the stage: its systems run, it can be seen and aimed at, and the desk is its own.
#[derive(Resource, Clone, Copy, Debug, PartialEq, Eq)]
pub struct ActiveExhibit(pub ExhibitId);

/// The systems of an exhibit's view: they run only while it is on the stage.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct OnStage(pub ExhibitId);

/// Lets the systems of an exhibit run while it is on the stage.
pub fn gate(app: &mut App, exhibit: ExhibitId) {
    let on_stage = move |playing: Option<Res<ActiveExhibit>>| {
        playing.is_none_or(|playing| playing.0 == exhibit)
    };
    app.configure_sets(Update, OnStage(exhibit).run_if(on_stage));
}

/// Builds the hall once, at the start.
pub fn plugin(app: &mut App) {
    app.add_plugins((
        opening::plugin,
        room::plugin,
        shade::plugin,
        sky::plugin,
        plinth::plugin,
        carry::plugin,
        fold::plugin,
    ));
}
