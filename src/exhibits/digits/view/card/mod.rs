//! The card: beside a number that is pointed at, how it came to be, with the numbers of this very step.

mod panel;
mod placement;
#[cfg(test)]
mod tests;
mod writing;

use bevy::prelude::*;

use self::{panel::hang_card, placement::place_card, writing::write_card};
use super::probe::ProbeSystems;
use crate::world::WorldSystems;

pub(super) fn plugin(app: &mut App) {
    app.add_observer(hang_card).add_systems(
        Update,
        (place_card, write_card)
            .chain()
            .in_set(WorldSystems::Show)
            .in_set(super::ON_STAGE)
            .after(ProbeSystems),
    );
}
