//! Logistic regression: a table becomes a verdict, from its columns over the search for C to the rows that were held out.

mod data;
pub mod metrics;
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
    exhibits::Exhibit,
    learning::{TrainError, TrainableMaker},
    stream::{Example, ExhibitId, PayloadKind},
    words::Word,
    world::stage::Plinth,
};

pub use data::{Raw, ReadOptions};
pub use model::{Ready, Settings};

/// What the hall needs to know of it.
pub(super) const EXHIBIT: Exhibit = Exhibit {
    id: EXHIBIT_ID,
    title: key!("logistic-model-a-table-becomes-a-verdict"),
    options: ExhibitOptions {
        name: EXHIBIT_ID.name(),
        called: Word::plain("logistic"),
        shared: &[
            Shared::Takes("data", key!("logistic-model-a-csv-with-a-column")),
            Shared::Takes("epochs", Word::plain("200")),
            Shared::Takes("batch", key!("logistic-model-32-rows-of-mini-batches")),
            Shared::Takes("learning-rate", key!("logistic-model-what-suits-the-table")),
            Shared::Takes("folds", Word::plain("5")),
            Shared::Takes("table", Word::plain("")),
        ],
        own: options::LogisticOptions::augment_args,
    },
    open: open::open,
    payloads: &[
        PayloadKind::of::<payload::Table>(),
        PayloadKind::of::<payload::TableSettings>(),
        PayloadKind::of::<payload::RowAsk>(),
        PayloadKind::of::<payload::TableAnswer>(),
        PayloadKind::of::<payload::TuneReport>(),
        PayloadKind::of::<payload::TableTest>(),
        PayloadKind::of::<payload::TableVerdict>(),
    ],
    narrator: || Box::<narrator::Logistic>::default(),
    headline: narrator::headline,
    plinth: Plinth {
        title: key!("logistic-model-table-to-verdict"),
        promise: key!("logistic-model-a-regression-on-tumours-step"),
        buttons: ["visit-logistic", "rest-logistic"],
        emblem: view::emblem::emblem,
    },
    tells_stages: false,
    looks_inside: false,
    plugin: view::plugin,
};

/// What it learns from.
const EXAMPLE: Example = Example { one: "row", many: "rows" };

/// The exhibit's name on the command line and in reports.
pub const EXHIBIT_ID: ExhibitId = ExhibitId::new("logistic");

/// Reads a table that this exhibit can learn; `progress` is told now and then how many bytes of how many have been read.
///
/// # Errors
/// One sentence with the file, the line, the column and what to do.
pub fn load(
    path: &Path,
    options: &ReadOptions,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Arc<Raw>, TrainError> {
    data::read(path, options, progress).map(Arc::new)
}

/// Gets a table ready for a first run with this seed.
///
/// # Errors
/// One sentence if nothing can be learned of it by these settings.
pub fn ready(raw: Arc<Raw>, settings: Settings, seed: u64) -> Result<Ready, TrainError> {
    model::ready(raw, settings, seed)
}

/// The trainable on this table, to be handed to a session.
pub fn trainable(ready: Ready) -> TrainableMaker {
    Box::new(move |plan| Ok(model::trainable(ready, plan)))
}
