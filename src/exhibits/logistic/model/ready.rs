//! A table that is ready to be learned from.

use std::sync::Arc;

use super::{
    lbfgs::{End, Lbfgs, Limits},
    prepare::Prepared,
    settings::Settings,
};
use crate::{
    exhibits::logistic::{
        data::Raw,
        payload::{Penalty, Table},
    },
    learning::TrainError,
};

/// Iterations after which it is left to the run to find out whether the classes can be parted.
const LOOK_AHEAD: usize = 200;

/// A table that is ready to be learned from.
pub struct Ready {
    pub(super) raw: Arc<Raw>,
    pub(super) prepared: Prepared,
}

impl Ready {
    /// What the hall will show of it.
    pub fn table(&self) -> &Arc<Table> {
        &self.prepared.table
    }

    /// A learning rate with which full-batch gradient descent surely goes down: one over the greatest curvature that the
    /// objective can have, to two digits and at most 1.
    pub fn usual_rate(&self) -> f64 {
        self.prepared.table.usual_rate
    }

    /// Finds out before a run whether nothing would hold the weights.
    ///
    /// # Errors
    /// One sentence if there is no penalty and the classes can be parted.
    pub fn check_bounded(&self) -> Result<(), TrainError> {
        let prepared = &self.prepared;
        if prepared.settings.table.penalty != Penalty::None {
            return Ok(());
        }
        let objective = prepared.objective();
        let limits = Limits { tolerance: 1e-4, iterations: LOOK_AHEAD, until_parted: true };
        let mut search = Lbfgs::new(vec![0.0; prepared.shape.parameters()]);
        loop {
            match search.go_on(&objective, limits) {
                Some(End::Parted) => return Err(unbounded(&self.raw)),
                Some(End::Converged | End::Stalled | End::TooLong) => return Ok(()),
                None => {}
            }
        }
    }
}

/// Nothing holds weights that part the classes.
pub(super) fn unbounded(raw: &Raw) -> TrainError {
    let fact = phrase!("logistic-model-its-features-part-the-classes", label = raw.label);
    raw.unusable(fact, phrase!("logistic-model-choose-penalty-l2-or-penalty"))
}

/// Gets a table ready, or says why that cannot be.
pub(in crate::exhibits::logistic) fn ready(
    raw: Arc<Raw>,
    settings: Settings,
    seed: u64,
) -> Result<Ready, TrainError> {
    settings.check()?;
    let prepared = Prepared::new(&raw, settings, seed)?;
    Ok(Ready { raw, prepared })
}
