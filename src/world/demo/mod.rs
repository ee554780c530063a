//! The hall shows itself, at a fair or on an open day: it visits its exhibits, points, presses and goes back in time by
//! itself, stops as soon as somebody touches anything, and comes back a minute after the last touch.

mod captions;
mod gesture;
mod growth;
mod play;
mod pointer;
mod programme;
#[cfg(test)]
mod tests;
mod things;
mod touch;

use bevy::prelude::*;

pub use programme::Demo;

use super::{
    WorldSystems,
    interaction::{
        AimSystems,
        aim::{Aim, Leads},
    },
    stage::Opening,
};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        PreUpdate,
        play::play
            .in_set(AimSystems::Point)
            .run_if(resource_exists::<Demo>.and_then(not(resource_exists::<Opening>))),
    )
    .add_systems(
        Update,
        (
            pointer::make.before(WorldSystems::Receive).run_if(resource_added::<Demo>),
            pointer::show.after(WorldSystems::Show).run_if(resource_exists::<Demo>),
        ),
    );
}

/// The hand that nobody has: an aim as the mouse's is, which leads while it points.
#[derive(Component, Default)]
#[require(Aim, Leads)]
struct DemoHand;
