//! Logistic regression: a model goes from a table to a verdict, and every number on the way can be seen.

pub mod metrics;
mod view;

use crate::{exhibits::Exhibit, stream::ExhibitId};

/// What the hall needs to know of it.
pub(super) const EXHIBIT: Exhibit = Exhibit {
    id: EXHIBIT_ID,
    title: "A model, from table to verdict",
    tells_stages: false,
    plugin: view::plugin,
};

/// The exhibit's name on the command line and in reports.
pub const EXHIBIT_ID: ExhibitId = ExhibitId::new("logistic");
