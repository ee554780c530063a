//! How a network is shown: every layer as a plate of its units, from the input on the left to the outputs on the right.

mod card;
mod chosen;
mod dropped;
mod edges;
pub(super) mod emblem;
mod headings;
mod overview;
mod places;
mod plates;
mod pointing;
mod saving;
mod switch;
mod text;

use bevy::prelude::*;

use super::EXHIBIT_ID;
use crate::{
    exhibits::Arrive,
    images::Picture,
    network::PROBABILITIES,
    stream::{ExhibitId, InputChoice, LayerId},
    world::{
        WorldSystems,
        classifier::{self, Classifier, Names, Places, browser_names, inside_names},
        desk::remarks,
        inspect::Unit,
        stage::OnStage,
    },
};

/// What runs only while the network is on the stage.
const ON_STAGE: OnStage = OnStage(EXHIBIT_ID);

/// The network as one of the exhibits that tell images apart.
struct AnyNetwork;

impl Classifier for AnyNetwork {
    const EXHIBIT: ExhibitId = EXHIBIT_ID;
    const PROBABILITIES: LayerId = PROBABILITIES;
    const PLACES: Places = places::PLACES;
    const NAMES: Names = Names {
        previous_input: "network-previous-input",
        random_input: "network-random-input",
        next_input: "network-next-input",
        clear_pad: "network-clear-pad",
        centre: "network-centre",
        loss_log: "network-loss-log",
        browser: browser_names!("network-"),
        inside: inside_names!("network-"),
        to_draw: key!("network-draw-one-of-them"),
    };
}

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<NetworkAttention>().configure_sets(
        Update,
        AttentionSystems
            .in_set(WorldSystems::Steer)
            .in_set(ON_STAGE)
            .ambiguous_with(AttentionSystems),
    );
    app.add_plugins((
        places::plugin,
        plates::plugin,
        headings::plugin,
        edges::plugin,
        switch::plugin,
        saving::plugin,
        pointing::plugin,
        card::plugin,
        overview::plugin,
        text::plugin,
        dropped::plugin,
        remarks::plugin,
        classifier::plugin::<AnyNetwork>,
    ));
}

/// Lets the hall open with a picture of the visitor's own, and with the board on which one looks inside.
pub(super) fn arrive(picture: Option<Picture>, inside: bool) -> Option<Arrive> {
    (picture.is_some() || inside).then(|| -> Arrive {
        Box::new(move |app| {
            if let Some(picture) = picture {
                classifier::look_at::<AnyNetwork>(app, InputChoice::of(picture));
            }
            if inside {
                classifier::look_inside::<AnyNetwork>(app);
            }
        })
    })
}

/// Whatever writes [`NetworkAttention`]: each a part of its own, so that their order among themselves does not matter.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct AttentionSystems;

/// What the visitor attends to in this exhibit; every part of the view follows it.
#[derive(Resource, Clone, Debug, Default, PartialEq)]
struct NetworkAttention {
    /// The number that an aim is on.
    pointed: Option<Unit>,
    /// What the plates show of their layers.
    quantity: Quantity,
    /// The block that is opened, by its path, where not all layers have room.
    opened: Option<String>,
}

/// What is shown of a layer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Quantity {
    /// What it makes of the chosen input.
    #[default]
    Units,
    /// What it has learned.
    Weights,
    /// The slope of the loss by its weights.
    Gradients,
}
