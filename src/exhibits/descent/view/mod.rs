//! How a descent is shown: a loss to stand on, who walks down it, the rule that they follow, and the sum behind it.

mod attention;
mod axes;
mod board;
mod curves;
pub(super) mod emblem;
mod ground;
mod loss_board;
mod loss_plot;
mod numbers;
mod optimisers;
mod places;
mod pointing;
mod rule_board;
mod steps;
#[cfg(test)]
mod tests;

use bevy::prelude::*;

use self::attention::DescentAttention;
use super::EXHIBIT_ID;
use crate::{
    exhibits::descent::payload::Runner,
    world::{
        guide::{Telling, Tellings},
        stage::OnStage,
        ui::palette,
    },
};

/// What runs only while the descent is on the stage.
const ON_STAGE: OnStage = OnStage(EXHIBIT_ID);

/// The colour of each runner, in the order of [`Runner::ALL`]: those of Okabe and Ito that stand out from the ground.
const INKS: [Color; 5] = [
    palette::TRAIN,
    palette::GENRE_COMEDY,
    palette::TRUTH,
    palette::GENRE_ROMANCE,
    palette::GENRE_ACTION,
];

/// What a stranger is told here: a press of the ground brings nothing near, it starts anew.
const TELLING: Telling = Telling {
    point: key!("guide-point-at-the-ground"),
    press: key!("guide-all-start-from-there"),
    comes_near: false,
};

pub(super) fn plugin(app: &mut App) {
    app.world_mut().get_resource_or_init::<Tellings>().add(EXHIBIT_ID, TELLING);
    app.init_resource::<DescentAttention>().add_plugins((
        ground::plugin,
        axes::plugin,
        optimisers::plugin,
        pointing::plugin,
        rule_board::plugin,
        loss_board::plugin,
        loss_plot::plugin,
        curves::plugin,
    ));
}

/// The colour of a runner.
const fn ink(runner: Runner) -> Color {
    INKS[runner.index()]
}
