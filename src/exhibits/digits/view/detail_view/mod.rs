//! The loupe: a map that is pressed comes near, with the filter that made it, and the same map is lit in every layer.

mod choice;
mod panel;
#[cfg(test)]
mod tests;
mod travel;
mod values;

use bevy::prelude::*;

pub(super) use panel::RIGHT_EDGE_M;

use self::{
    choice::{choose_map, close_on_wish, follow_choice},
    panel::hang_loupe,
    travel::travel,
    values::{show_maps, write_filter},
};
use super::{AttentionSystems, probe::ProbeSystems};
use crate::world::{WorldSystems, interaction::back::BackSystems};

pub(super) fn plugin(app: &mut App) {
    app.add_observer(hang_loupe)
        .add_observer(choose_map)
        .add_systems(Update, close_on_wish.in_set(AttentionSystems).in_set(BackSystems::Choice))
        .add_systems(
            Update,
            (follow_choice, travel).chain().in_set(WorldSystems::Arrange).in_set(super::ON_STAGE),
        )
        .add_systems(
            Update,
            (show_maps, write_filter)
                .chain()
                .in_set(WorldSystems::Show)
                .in_set(super::ON_STAGE)
                .before(ProbeSystems),
        );
}
