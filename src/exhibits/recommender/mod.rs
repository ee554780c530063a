//! Recommender: films find their place while a factorisation learns from ratings, and a visitor's taste is read off it.

mod data;
mod errand;
pub mod files;
mod model;
mod narrator;
mod open;
mod options;
pub mod payload;
mod view;

use std::{path::Path, sync::Arc};

use clap::Args as _;

use crate::{
    cli::{ExhibitOptions, Shared},
    exhibits::{Exhibit, recommender::payload::Ratings},
    learning::{TrainError, TrainableMaker},
    stream::{Example, ExhibitId, LayerId, PayloadKind},
    words::Word,
    world::stage::Plinth,
};

pub use data::options::{Columns, ReadOptions};
pub use model::Settings;

/// What the hall needs to know of it.
pub(super) const EXHIBIT: Exhibit = Exhibit {
    id: EXHIBIT_ID,
    title: key!("recommender-model-taste-takes-shape-from-ratings"),
    options: ExhibitOptions {
        name: EXHIBIT_ID.name(),
        called: key!("recommender-model-the-recommender"),
        shared: &[
            Shared::Takes("data", key!("recommender-model-ratings-as-movielens-or-a")),
            Shared::Takes("epochs", Word::plain("20")),
            Shared::Lacks("batch", key!("recommender-model-is-for-what-learns-in")),
            Shared::Takes("learning-rate", Word::plain("0.005")),
            Shared::Takes("folds", Word::plain("5")),
            Shared::Takes("table", Word::plain("")),
        ],
        own: options::RecommenderOptions::augment_args,
    },
    open: open::open,
    payloads: &[
        PayloadKind::of::<Ratings>(),
        PayloadKind::of::<payload::TasteAsk>(),
        PayloadKind::of::<payload::TasteAnswer>(),
        PayloadKind::of::<payload::FoldReport>(),
        PayloadKind::of::<payload::RatingsVerdict>(),
    ],
    narrator: || Box::<narrator::Recommender>::default(),
    headline: narrator::headline,
    plinth: Plinth {
        title: key!("recommender-on-its-plinth"),
        promise: key!("recommender-model-films-find-their-place-by"),
        buttons: ["visit-recommender", "rest-recommender"],
        emblem: view::emblem::emblem,
    },
    tells_stages: false,
    looks_inside: false,
    plugin: view::plugin,
};

/// What it learns from.
const EXAMPLE: Example = Example { one: "rating", many: "ratings" };

/// The fact of building that tells how strongly factors are drawn towards zero.
const REGULARISATION: Word = key!("recommender-model-regularisation");

/// The exhibit's name on the command line and in reports.
pub const EXHIBIT_ID: ExhibitId = ExhibitId::new("recommender");

/// Where the factors of each item lie on the map, items × 3: the projection to the first three principal components,
/// turned so that it lies as it did in the snapshot before, or the layout by neighbours where that was asked for, not
/// finite for items that take no part in it.
pub const ITEM_PLACES: LayerId = LayerId::new("Items on the map");
/// Where the factors of each person lie on the same map, people × 3; not finite on a layout by neighbours.
pub const PEOPLE_PLACES: LayerId = LayerId::new("People on the map");
/// The bias of each item, in stars.
pub const ITEM_BIASES: LayerId = LayerId::new("Item biases");
/// The rating that was learned last: person, item, stars, prediction before it, error; empty before the first.
pub const LAST_RATING: LayerId = LayerId::new("Last rating");

/// Reads ratings that this exhibit can learn.
///
/// # Errors
/// One sentence with the file, the line and what to do.
pub fn load(path: &Path, options: &ReadOptions) -> Result<Arc<Ratings>, TrainError> {
    data::read(path, options).map(Arc::new)
}

/// The trainable on these ratings, to be handed to a session.
pub fn trainable(ratings: Arc<Ratings>, settings: Settings) -> TrainableMaker {
    Box::new(move |plan| model::trainable(ratings, settings, plan))
}
