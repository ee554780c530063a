//! Network: any feed-forward network that is described learns images, every unit, weight and gradient within reach.

mod model;
mod open;
mod options;
#[cfg(test)]
mod tests;
mod view;

use clap::Args as _;

use crate::{
    cli::{ExhibitOptions, Shared},
    exhibits::Exhibit,
    images::{self, ImageNarrator},
    stream::{Example, ExhibitId},
    world::stage::Plinth,
};

pub use model::trainable;

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
                "pictures in a folder for each class, IDX files, CIFAR's binary version or an .npz",
            ),
            Shared::Takes("epochs", "what the description says"),
            Shared::Takes("batch", "what the description says"),
            Shared::Takes("learning-rate", "what the description says"),
        ],
        own: options::NetworkOptions::augment_args,
    },
    open: open::open,
    payloads: &[],
    narrator: || Box::<ImageNarrator>::default(),
    headline: images::headline,
    plinth: Plinth {
        title: "Network",
        promise: "Any network that you describe, layer by layer",
        buttons: ["visit-network", "rest-network"],
        emblem: view::emblem::emblem,
    },
    tells_stages: true,
    plugin: view::plugin,
};

/// What it learns from.
const EXAMPLE: Example = Example { one: "image", many: "images" };

/// The exhibit's name on the command line and in reports.
pub const EXHIBIT_ID: ExhibitId = ExhibitId::new("network");
