//! What can be chosen of a table's model, and what cannot.

use crate::{exhibits::logistic::payload::TableSettings, learning::TrainError};

/// More folds than this learn nearly the same again and again.
const MOST_FOLDS: usize = 100;

/// What the visitor chose; learning rate, epochs and seed are the config's.
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
            return wrong(
                "--c",
                self.table.c.to_string(),
                key!("logistic-model-it-must-be-a-positive"),
            );
        }
        if self.features == Some(0) {
            return wrong(
                "--features",
                "0".to_owned(),
                key!("logistic-model-a-model-needs-at-least"),
            );
        }
        if let Some(limit) = self.drop_correlated.filter(|limit| !(0.0..=1.0).contains(limit)) {
            return wrong(
                "--drop-correlated",
                limit.to_string(),
                key!("logistic-model-it-must-be-from-0"),
            );
        }
        if !(2..=MOST_FOLDS).contains(&self.folds) {
            let rule = key!("logistic-model-there-can-be-from-2");
            return wrong("--folds", self.folds.to_string(), rule);
        }
        Ok(())
    }
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
