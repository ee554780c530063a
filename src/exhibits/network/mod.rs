//! Network: any feed-forward network that is described or brought learns images or a text, every unit, weight and gradient
//! within reach.

mod errand;
mod model;
mod narrator;
mod open;
mod options;
mod payload;
#[cfg(test)]
mod tests;
mod view;

use clap::Args as _;

use crate::{
    cli::{ExhibitOptions, Shared},
    exhibits::Exhibit,
    images,
    stream::ExhibitId,
    words::Word,
    world::stage::Plinth,
};

pub use model::{Data, Keeping, trainable};

/// What the hall needs to know of it.
pub(super) const EXHIBIT: Exhibit = Exhibit {
    id: EXHIBIT_ID,
    title: key!("network-model-any-network-layer-by-layer"),
    options: ExhibitOptions {
        name: EXHIBIT_ID.name(),
        called: key!("network-model-a-network-of-ones-own"),
        shared: &[
            Shared::Takes("data", key!("network-model-pictures-in-a-folder-for")),
            Shared::Takes("epochs", key!("network-model-what-the-description-says")),
            Shared::Takes("batch", key!("network-model-what-the-description-says")),
            Shared::Takes("learning-rate", key!("network-model-what-the-description-says")),
            Shared::Takes("edit", key!("network-model-as-250-3-scale-0")),
            Shared::Takes("why", key!("network-model-an-index-of-a-test")),
            Shared::Takes("robust", key!("network-model-an-index-of-a-test")),
            Shared::Takes("units", key!("network-model-a-name-of-a-layer")),
            Shared::Takes("points", key!("network-model-a-name-of-a-layer-or")),
            Shared::Takes("taught", key!("network-model-an-index-of-a-test")),
            Shared::Takes("branch", key!("branch-as-typed")),
            Shared::Takes("health", key!("network-model-the-whole-network")),
            Shared::Takes("landscape", key!("network-model-the-whole-network")),
            Shared::Takes("beside", key!("compare-recordings-of-it")),
            Shared::Takes("inside", key!("network-model-the-whole-network")),
            Shared::Takes("attach", key!("network-model-a-training-elsewhere")),
        ],
        own: options::NetworkOptions::augment_args,
    },
    open: open::open,
    payloads: payload::PAYLOADS,
    narrator: || Box::<narrator::NetworkNarrator>::default(),
    headline: images::headline,
    plinth: Plinth {
        title: key!("network-on-its-plinth"),
        promise: key!("network-model-any-network-that-you-describe"),
        buttons: ["visit-network", "rest-network"],
        emblem: view::emblem::emblem,
    },
    tells_stages: true,
    looks_inside: true,
    plugin: view::plugin,
};

/// The fact of initialising that tells where a run is saved, where it is.
const SAVED_AS: Word = key!("network-model-saved-as");

/// The exhibit's name on the command line and in reports.
pub const EXHIBIT_ID: ExhibitId = ExhibitId::new("network");
