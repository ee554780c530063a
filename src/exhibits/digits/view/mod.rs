//! How the digits are shown: an open theatre of layers, curves and a pad to draw on.

mod architecture;
mod card;
mod detail_view;
pub(super) mod emblem;
mod layers;
mod naming;
mod probe;
mod theatre;

use bevy::prelude::*;

use super::{EXHIBIT_ID, PROBABILITIES};
use crate::{
    exhibits::Arrive,
    stream::{ExhibitId, LayerId},
    world::{
        WorldSystems,
        classifier::{self, Classifier, Names, Places, browser_names, inside_names},
        inspect::Unit,
        stage::OnStage,
        subscriptions::Shows,
    },
};

/// What runs only while the digits are on the stage.
const ON_STAGE: OnStage = OnStage(EXHIBIT_ID);

/// The digits as one of the exhibits that tell images apart.
struct Digits;

impl Classifier for Digits {
    const EXHIBIT: ExhibitId = EXHIBIT_ID;
    const PROBABILITIES: LayerId = PROBABILITIES;
    const PLACES: Places = theatre::PLACES;
    const NAMES: Names = Names {
        previous_input: "previous-input",
        random_input: "random-input",
        next_input: "next-input",
        clear_pad: "clear-pad",
        centre: "centre",
        loss_log: "loss-log",
        browser: browser_names!(""),
        inside: inside_names!(""),
        to_draw: key!("digits-draw-a-digit"),
    };
}

/// Lets the hall open with the board on which one looks inside.
pub(super) fn arrive_inside() -> Arrive {
    Box::new(classifier::look_inside::<Digits>)
}

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
            probe::plugin,
            card::plugin,
            detail_view::plugin,
            classifier::plugin::<Digits>,
        ));
}

/// Whatever writes [`DigitsAttention`]: each a part of its own, so that their order among themselves does not matter.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct AttentionSystems;

/// What the visitor attends to in this exhibit, besides the class that [`ClassAttention`](classifier::ClassAttention) tells;
/// every part of the view follows it.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq)]
struct DigitsAttention {
    /// The number that an aim is on.
    pointed: Option<Unit>,
    /// The map that was chosen and brought near: any unit of it.
    chosen: Option<Unit>,
}
