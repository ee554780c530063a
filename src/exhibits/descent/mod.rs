//! Descent: what θ ← θ − α∇J(θ) does, on losses of two parameters that one can stand on.

mod data;
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
    exhibits::{Exhibit, descent::payload::DescentSettings},
    learning::{TrainError, TrainableMaker, data::table::TableOptions},
    stream::{Example, ExhibitId, PayloadKind},
    words::Word,
    world::stage::Plinth,
};

use data::pairs::Pairs;
pub use model::Problems;

/// What the hall needs to know of it.
pub(super) const EXHIBIT: Exhibit = Exhibit {
    id: EXHIBIT_ID,
    title: key!("descent-model-five-ways-down-a-slope"),
    options: ExhibitOptions {
        name: EXHIBIT_ID.name(),
        called: key!("descent-model-the-descent"),
        shared: &[
            Shared::Takes("data", key!("descent-model-a-csv-with-columns-for")),
            Shared::Lacks("epochs", key!("descent-model-is-for-what-is-learned")),
            Shared::Takes("batch", key!("descent-model-16-points-of-the-stochastic")),
            Shared::Takes("learning-rate", key!("descent-model-what-suits-the-problem")),
            Shared::Takes("table", Word::plain("")),
        ],
        own: options::DescentOptions::augment_args,
    },
    open: open::open,
    payloads: &[
        PayloadKind::of::<payload::Surface>(),
        PayloadKind::of::<DescentSettings>(),
        PayloadKind::of::<payload::DescentSteps>(),
        PayloadKind::of::<payload::DescentVerdict>(),
    ],
    narrator: || Box::<narrator::Descent>::default(),
    headline: narrator::headline,
    plinth: Plinth {
        title: key!("descent-model-gradient-descent"),
        promise: key!("descent-model-a-loss-to-stand-on"),
        buttons: ["visit-descent", "rest-descent"],
        emblem: view::emblem::emblem,
    },
    tells_stages: false,
    looks_inside: false,
    plugin: view::plugin,
};

/// What it learns from.
const EXAMPLE: Example = Example { one: "point", many: "points" };

/// The exhibit's name on the command line and in reports.
pub const EXHIBIT_ID: ExhibitId = ExhibitId::new("descent");

/// The problems as they are typed on the command line, in the order of
/// [`Surface::problems`](crate::exhibits::descent::payload::Surface::problems).
pub const PROBLEMS: [&str; 4] = ["line", "tumour", "rosenbrock", "saddle"];

/// The columns that a line is drawn through; what is not named is chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineColumns {
    /// The column along.
    pub x: Option<String>,
    /// The column that is predicted from it.
    pub y: Option<String>,
}

/// Reads the bundled table of tumours, and a CSV of the visitor's own for the line.
///
/// # Errors
/// One sentence with the file, the line, the column and what to do.
pub fn load(
    tumours: &Path,
    own: Option<(&Path, &TableOptions)>,
    columns: &LineColumns,
) -> Result<Arc<Problems>, TrainError> {
    let line = match own {
        Some((path, options)) => Pairs::of_file(path, columns, options)?,
        None => Pairs::of_bundled(tumours, columns)?,
    };
    Ok(Arc::new(Problems::new(&line, &Pairs::of_tumours(tumours)?)))
}

/// The trainable on one of these problems, to be handed to a session; it takes at most so many steps, or as many as the
/// problem is usually worth.
pub fn trainable(
    problems: Arc<Problems>,
    settings: DescentSettings,
    most_steps: Option<u64>,
) -> TrainableMaker {
    Box::new(move |plan| {
        let trainable =
            model::trainable::DescentTrainable::new(problems, settings, most_steps, plan)?;
        Ok(Box::new(trainable))
    })
}
