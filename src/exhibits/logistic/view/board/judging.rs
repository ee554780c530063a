//! The held-out rows at a threshold: what is counted, computed once for whatever is drawn of it.

use std::sync::Arc;

use crate::exhibits::logistic::{
    metrics::{CalibrationBin, Counts, Predictions, Roc, Scores},
    payload::{Table, TableTest},
};

/// Bins of the calibration.
const BINS: usize = 10;

/// What the held-out rows come to for one class against the others.
#[derive(Clone, Debug)]
pub(super) struct ThresholdResult {
    test: Arc<TableTest>,
    classes: usize,
    /// The class that is judged.
    pub(super) class: usize,
    pub(super) roc: Option<Roc>,
    pub(super) calibration: Vec<CalibrationBin>,
    /// Mean cross-entropy, in nats.
    pub(super) log_loss: f64,
}

/// What a threshold makes of them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct AtThreshold {
    pub(super) counts: Counts,
    pub(super) scores: Scores,
}

impl ThresholdResult {
    /// Of a test, as long as it is one of this table.
    pub(super) fn of(table: &Table, test: &Arc<TableTest>, class: usize) -> Option<Self> {
        let classes = table.classes.len();
        let told = Predictions::new(&test.labels, &test.probabilities, classes)?;
        Some(Self {
            test: test.clone(),
            classes,
            class,
            roc: told.roc(class),
            calibration: told.calibration(class, BINS),
            log_loss: told.log_loss(),
        })
    }

    /// Whether it is of this test and class.
    pub(super) fn is_of(&self, test: &Arc<TableTest>, class: usize) -> bool {
        Arc::ptr_eq(&self.test, test) && self.class == class
    }

    /// What a threshold makes of the rows.
    pub(super) fn at(&self, threshold: f64) -> Option<AtThreshold> {
        let told = Predictions::new(&self.test.labels, &self.test.probabilities, self.classes)?;
        let counts = told.at_threshold(self.class, threshold);
        Some(AtThreshold { counts, scores: counts.scores() })
    }
}
