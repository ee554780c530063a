//! The hall: what is seen and what the visitor does there; it knows the stream, but no model and no tensor.

pub mod display;
pub mod ui;

use bevy::prelude::*;

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
    );
}
