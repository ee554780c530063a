//! How the digits are shown: an open theatre of layers, curves and a pad to draw on.

mod architecture;
mod card;
#[cfg(test)]
mod charts_tests;
mod choice;
mod confusion;
mod curves;
mod detail_view;
pub(super) mod emblem;
mod layers;
mod mistakes;
mod naming;
mod outputs;
mod pad;
mod probe;
mod sheet;
mod theatre;

use bevy::prelude::*;

use super::EXHIBIT_ID;
use crate::world::{WorldSystems, inspect::Unit, stage::OnStage, subscriptions::Shows};

/// What runs only while the digits are on the stage.
const ON_STAGE: OnStage = OnStage(EXHIBIT_ID);

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<DigitsAttention>()
        .configure_sets(
            Update,
            AttentionSystems
                .in_set(WorldSystems::Steer)
                .in_set(ON_STAGE)
                .ambiguous_with(AttentionSystems),
        )
        .add_plugins((
            architecture::plugin,
            theatre::plugin,
            layers::plugin,
            outputs::plugin,
            curves::plugin,
            confusion::plugin,
            mistakes::plugin,
            probe::plugin,
            card::plugin,
            detail_view::plugin,
            choice::plugin,
            pad::plugin,
        ));
}

/// Whatever writes [`DigitsAttention`]: each a part of its own, so that their order among themselves does not matter.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct AttentionSystems;

/// What the visitor attends to in this exhibit; every part of the view follows it.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq)]
struct DigitsAttention {
    /// The number that an aim is on.
    pointed: Option<Unit>,
    /// The map that was chosen and brought near: any unit of it.
    chosen: Option<Unit>,
    /// The class whose dense weights are shown: pointed at, or else the one the network says.
    class: usize,
    /// Whether the visitor chose that class, so that it stays.
    class_held: bool,
}
