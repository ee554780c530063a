//! Recorded runs that the visitor brought to be laid beside the one that goes on.

use bevy::prelude::*;

use crate::{history::KeptRun, stream::ExhibitId};

/// All of them; none in most visits.
#[derive(Resource, Debug, Default)]
pub struct KeptRuns {
    /// The exhibit that they are of.
    pub of: Option<ExhibitId>,
    /// In the order in which they were named.
    pub runs: Vec<KeptRun>,
}

impl KeptRuns {
    /// Those of an exhibit.
    pub fn of(&self, exhibit: ExhibitId) -> &[KeptRun] {
        if self.of == Some(exhibit) { &self.runs } else { &[] }
    }
}
