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
    world::stage::Plinth,
};

pub use model::{Data, Keeping, trainable};

/// What the hall needs to know of it.
pub(super) const EXHIBIT: Exhibit = Exhibit {
    id: EXHIBIT_ID,
    title: "Any network, layer by layer",
    options: ExhibitOptions {
        name: EXHIBIT_ID.name(),
        called: "a network of one's own",
        shared: &[
            Shared::Takes(
                "data",
                "pictures in a folder for each class or named by a CSV, IDX files, CIFAR's binary version, an .npz, or a text for a network that reads one",
            ),
            Shared::Takes("epochs", "what the description says"),
            Shared::Takes("batch", "what the description says"),
            Shared::Takes("learning-rate", "what the description says"),
            Shared::Takes("edit", "as 250:3:scale=0"),
            Shared::Takes("why", "an index of a test image"),
            Shared::Takes("robust", "an index of a test image"),
            Shared::Takes("units", "a name of a layer"),
            Shared::Takes("points", "a name of a layer or logits"),
            Shared::Takes("taught", "an index of a test image"),
            Shared::Takes("health", "the whole network"),
            Shared::Takes("landscape", "the whole network"),
            Shared::Takes("inside", "the whole network"),
        ],
        own: options::NetworkOptions::augment_args,
    },
    open: open::open,
    payloads: payload::PAYLOADS,
    narrator: || Box::<narrator::NetworkNarrator>::default(),
    headline: images::headline,
    plinth: Plinth {
        title: "Network",
        promise: "Any network that you describe, layer by layer",
        buttons: ["visit-network", "rest-network"],
        emblem: view::emblem::emblem,
    },
    tells_stages: true,
    looks_inside: true,
    plugin: view::plugin,
};

/// The fact of initialising that tells where a run is saved, where it is.
const SAVED_AS: &str = "Saved as";

/// The exhibit's name on the command line and in reports.
pub const EXHIBIT_ID: ExhibitId = ExhibitId::new("network");
