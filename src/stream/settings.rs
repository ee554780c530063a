//! With which settings a run was begun, by the names that options and tables have for them.

use super::Started;

/// A setting and its value, as they are typed.
pub type Setting = (&'static str, String);

impl Started {
    /// All of them, in the order in which they are told.
    pub fn settings(&self) -> [Setting; 10] {
        [
            ("exhibit", self.exhibit.name().to_owned()),
            ("seed", self.seed.to_string()),
            ("device", self.device.to_owned()),
            ("learning_rate", self.learning_rate.to_string()),
            ("batch", self.batch.to_string()),
            ("epochs", self.epochs.to_string()),
            ("parameters", self.parameters.to_string()),
            ("train_examples", self.train_examples.to_string()),
            ("test_examples", self.test_examples.to_string()),
            ("threads", self.threads.to_string()),
        ]
    }
}

/// What a setting is called in the language that is spoken.
pub fn setting_shown(setting: &'static str) -> &'static str {
    match setting {
        "exhibit" => say!("compare-exhibit"),
        "seed" => say!("compare-seed"),
        "device" => say!("compare-device"),
        "learning_rate" => say!("compare-learning-rate"),
        "batch" => say!("compare-batch"),
        "epochs" => say!("compare-epochs"),
        "parameters" => say!("compare-parameters"),
        "train_examples" => say!("compare-train-examples"),
        "test_examples" => say!("compare-test-examples"),
        "threads" => say!("compare-threads"),
        "rates" => say!("compare-rates"),
        "edits" => say!("compare-edits"),
        other => other,
    }
}
