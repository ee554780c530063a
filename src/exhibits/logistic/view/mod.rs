//! How the way from a table to a verdict is shown: rows in space ahead, the five steps on the left, the sums on the right.

mod asking;
mod attention;
mod axes;
mod board;
mod boundary;
mod card;
pub(super) mod emblem;
mod isosurface;
mod places;
mod pointing;
mod probability_sheet;
mod same;
mod samples;
mod samples_fit;
mod samples_looks;
mod scorer;
mod stepper;
mod strip;
mod verdict;
mod wanted;

use bevy::prelude::*;

use self::attention::{SpaceTurn, TableAttention};
use super::EXHIBIT_ID;
use crate::world::guide::{Telling, Tellings};

/// What a stranger is told here.
const TELLING: Telling = Telling {
    point: key!("guide-point-at-any-row"),
    press: key!("guide-see-the-sum-of-the-row"),
    comes_near: true,
};

pub(super) fn plugin(app: &mut App) {
    app.world_mut().get_resource_or_init::<Tellings>().add(EXHIBIT_ID, TELLING);
    app.init_resource::<TableAttention>()
        .init_resource::<SpaceTurn>()
        .add_plugins((wanted::plugin, asking::plugin, board::plugin, verdict::plugin))
        .add_plugins((
            attention::plugin,
            samples::plugin,
            samples_looks::plugin,
            pointing::plugin,
            boundary::plugin,
            axes::plugin,
            strip::plugin,
            card::plugin,
            stepper::plugin,
        ));
}
