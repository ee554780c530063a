//! The regression that is learned: what can be chosen of it, and what cannot.

use std::sync::Arc;

use super::{
    data::Raw,
    model_lbfgs::{End, Lbfgs, Limits},
    model_lesson::TableLesson,
    model_prepare::Prepared,
};
use crate::{
    exhibits::logistic::payload::{Penalty, Table, TableSettings},
    learning::{Lesson, Plan, TrainError},
};

/// More folds than this learn nearly the same again and again.
const MOST_FOLDS: usize = 100;
/// Iterations after which it is left to the run to find out whether the classes can be parted.
const LOOK_AHEAD: usize = 200;

/// What the visitor chose; learning rate, epochs and seed are the plan's.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// What can be changed in the hall, too.
    pub table: TableSettings,
    /// Only so many features are used, those that tell most about the label.
    pub features: Option<usize>,
    /// A feature is left out whose correlation with a better one is above this.
    pub drop_correlated: Option<f64>,
    /// Folds of the search for C, at least 2.
    pub folds: usize,
}

impl Default for Settings {
    /// All features, and the objective of scikit-learn's `LogisticRegression` with its C; five folds, as in its
    /// `LogisticRegressionCV`: <https://scikit-learn.org/stable/api/sklearn.linear_model.html>.
    fn default() -> Self {
        Self { table: TableSettings::default(), features: None, drop_correlated: None, folds: 5 }
    }
}

impl Settings {
    /// Checks what the types cannot.
    pub(super) fn check(&self) -> Result<(), TrainError> {
        let wrong = |option, value: String, rule| Err(TrainError::Option { option, value, rule });
        if !(self.table.c.is_finite() && self.table.c > 0.0) {
            return wrong("--c", self.table.c.to_string(), "it must be a positive finite number");
        }
        if self.features == Some(0) {
            return wrong("--features", "0".to_owned(), "a model needs at least one feature");
        }
        if let Some(limit) = self.drop_correlated.filter(|limit| !(0.0..=1.0).contains(limit)) {
            return wrong("--drop-correlated", limit.to_string(), "it must be from 0 to 1");
        }
        if !(2..=MOST_FOLDS).contains(&self.folds) {
            let rule = "there can be from 2 to 100 folds";
            return wrong("--folds", self.folds.to_string(), rule);
        }
        Ok(())
    }
}

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
    let fact = format!(
        "its features part the classes of “{}” without a mistake, so that without a penalty the weights grow without bound",
        raw.label,
    );
    raw.unusable(fact, "choose --penalty l2 or --penalty l1")
}

/// Gets a table ready, or says why that cannot be.
pub(super) fn ready(raw: Arc<Raw>, settings: Settings, seed: u64) -> Result<Ready, TrainError> {
    settings.check()?;
    let prepared = Prepared::new(&raw, settings, seed)?;
    Ok(Ready { raw, prepared })
}

pub(super) fn lesson(ready: Ready, plan: &Plan) -> Box<dyn Lesson> {
    Box::new(TableLesson::new(ready, plan))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn impossible_settings_are_refused() {
        assert_eq!(Settings::default().check(), Ok(()));
        let with_c = |c| Settings {
            table: TableSettings { c, ..TableSettings::default() },
            ..Settings::default()
        };
        for settings in [
            with_c(0.0),
            with_c(f64::INFINITY),
            with_c(f64::NAN),
            Settings { features: Some(0), ..Settings::default() },
            Settings { drop_correlated: Some(1.5), ..Settings::default() },
            Settings { folds: 1, ..Settings::default() },
        ] {
            let error = settings.check().unwrap_err().to_string();
            assert!(error.starts_with("--"), "{error}");
        }
    }
}
