//! The building: a round floor, calm walls, soft light, and the ring of plinths.

mod carry;
mod extent;
mod footprint;
pub mod plan;
mod plinth;
mod room;

use bevy::prelude::*;

pub use carry::Holds;
#[cfg(test)]
pub(super) use carry::plugin as carrying;
pub use footprint::{Footprint, Ground, WALL_MARGIN_M};
pub use plinth::{Exhibited, Home, Placed, PlinthPlaced, Programme};

/// Builds the hall once, at the start.
pub fn plugin(app: &mut App) {
    app.add_plugins((room::plugin, plinth::plugin, carry::plugin));
}
