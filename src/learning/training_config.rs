//! How a run is to be trained: plain data, checked before a thread starts.

use std::thread::available_parallelism;

use super::{DeviceName, TrainError};
use crate::inside::{Branch, PlannedEdit};

/// More threads than this have nothing to do in a step of 32 small images.
const MOST_THREADS_OF_USE: usize = 8;
/// The default of Keras: <https://keras.io/api/optimizers/adam/>.
const USUAL_RATE: f64 = 1e-3;

/// The settings of a session.
#[derive(Clone, Debug, PartialEq)]
pub struct TrainingConfig {
    /// Seed of the weights and of the shuffling.
    pub seed: u64,
    /// Passes over the training examples, at least 1.
    pub epochs: u32,
    /// Examples per optimiser step, at least 1.
    pub batch: usize,
    /// Learning rate of the first step, positive and finite.
    pub learning_rate: f64,
    /// One that works for this model, to be proposed where a run diverges.
    pub working_rate: f64,
    /// Threads for the calculation; `None` chooses by the machine.
    pub threads: Option<usize>,
    /// Whether a renderer runs on the same machine and needs a core of its own.
    pub beside_renderer: bool,
    /// What calculates.
    pub device: DeviceName,
    /// What is changed by hand, each after its step.
    pub edits: Vec<PlannedEdit>,
    /// What is to be asked of the run when it is over: whether it can be is found out before it begins.
    pub branches: Vec<Branch>,
    /// Snapshots per second until the viewer asks for another rate; 0 takes none.
    pub snapshots_per_second: f32,
}

impl Default for TrainingConfig {
    fn default() -> Self {
        Self {
            seed: 42,
            epochs: 10,
            batch: 32,
            learning_rate: USUAL_RATE,
            working_rate: USUAL_RATE,
            threads: None,
            beside_renderer: false,
            device: DeviceName::default(),
            edits: Vec::new(),
            branches: Vec::new(),
            snapshots_per_second: 30.0,
        }
    }
}

impl TrainingConfig {
    /// Checks what the types cannot.
    pub fn check(&self) -> Result<(), TrainError> {
        let wrong = |option, value: String, rule| Err(TrainError::Option { option, value, rule });
        if self.epochs == 0 {
            return wrong("--epochs", "0".into(), key!("learning-there-must-be-at-least"));
        }
        if self.batch == 0 {
            return wrong("--batch", "0".into(), key!("learning-a-step-needs-at-least"));
        }
        if !usable_rate(self.learning_rate) {
            return wrong(
                "--learning-rate",
                self.learning_rate.to_string(),
                key!("learning-it-must-be-a-positive"),
            );
        }
        if self.threads == Some(0) {
            return wrong("--threads", "0".into(), key!("learning-training-needs-at-least-one"));
        }
        Ok(())
    }

    /// Steps of a whole run over so many training examples; the last batch of an epoch may be smaller.
    pub fn steps(&self, examples: usize) -> u64 {
        u64::from(self.epochs).saturating_mul(examples.div_ceil(self.batch.max(1)) as u64)
    }

    /// A learning rate to begin anew with after one that made a run diverge, in two digits.
    pub(super) fn gentler(&self, diverged: f64) -> f64 {
        let gentler = self.working_rate.min(diverged / 10.0);
        format!("{gentler:.1e}").parse().unwrap_or(gentler)
    }

    /// How many threads the training uses, the training thread included.
    pub fn thread_count(&self) -> usize {
        let cores = available_parallelism().map_or(1, std::num::NonZero::get);
        let free = if self.beside_renderer { cores - 1 } else { cores };
        self.threads.unwrap_or(free.min(MOST_THREADS_OF_USE)).max(1)
    }
}

/// Whether a learning rate is a positive finite number.
pub(super) fn usable_rate(learning_rate: f64) -> bool {
    learning_rate.is_finite() && learning_rate > 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_plan_is_usable() {
        assert_eq!(TrainingConfig::default().check(), Ok(()));
        assert!(TrainingConfig::default().thread_count() >= 1);
        assert!(
            TrainingConfig { beside_renderer: true, ..TrainingConfig::default() }.thread_count()
                >= 1
        );
    }

    #[test]
    fn a_gentler_rate_is_one_that_works() {
        let config = TrainingConfig { working_rate: 0.287_31, ..TrainingConfig::default() };
        let rows = [(1e30, 0.29), (2.5, 0.25), (0.3, 0.03), (7e-5, 7e-6)];
        for (diverged, gentler) in rows {
            assert_eq!(config.gentler(diverged), gentler);
        }
    }

    #[test]
    fn impossible_settings_are_refused() {
        let configs = [
            TrainingConfig { epochs: 0, ..TrainingConfig::default() },
            TrainingConfig { batch: 0, ..TrainingConfig::default() },
            TrainingConfig { threads: Some(0), ..TrainingConfig::default() },
            TrainingConfig { learning_rate: 0.0, ..TrainingConfig::default() },
            TrainingConfig { learning_rate: -1.0, ..TrainingConfig::default() },
            TrainingConfig { learning_rate: f64::NAN, ..TrainingConfig::default() },
            TrainingConfig { learning_rate: f64::INFINITY, ..TrainingConfig::default() },
        ];
        for config in configs {
            let error = config.check().unwrap_err().to_string();
            assert!(error.starts_with("--"), "{error}");
        }
    }
}
