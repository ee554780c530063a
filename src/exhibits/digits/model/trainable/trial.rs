//! A remedy for the digits, tried beside their run.

use std::sync::Arc;

use super::state::DigitsTrainable;
use crate::{
    exhibits::digits::MOST_FILTERS,
    inside::{Trial, TrialAsked},
    learning::{
        Study, TrainError, TrainingConfig,
        inside::{Checkup, Remedied, Standing, remedied, remedied_images, tried},
    },
};

impl DigitsTrainable {
    /// How a remedy is tried beside the training.
    pub(super) fn trial_study(&self, asked: &TrialAsked) -> Result<Study, TrainError> {
        let config = TrainingConfig {
            seed: self.seed,
            epochs: self.epochs,
            batch: self.batch,
            learning_rate: self.course.rate().unwrap_or(self.first_rate),
            device: self.device_name,
            ..TrainingConfig::default()
        };
        let config = remedied(config, &asked.trial)?;
        let filters = match asked.trial {
            Trial::Wider(times) => self.sizes.filters.saturating_mul(times),
            _ => self.sizes.filters,
        };
        if filters > MOST_FILTERS {
            return Err(TrainError::Calculation(phrase!(
                "digits-model-the-digits-have-filters-at",
                most_filters = MOST_FILTERS,
                filters
            )));
        }
        let (model, asked) = (self.inside()?, asked.clone());
        let (dataset, tests) = (Arc::clone(&self.dataset), Arc::clone(&self.test));
        let (route, private) = (self.route, self.private);
        let (steps, batch) = (self.course.steps(), self.batch);
        Ok(Box::new(move |go_on| {
            let dataset = remedied_images(&dataset, &asked.trial, config.seed)?;
            let maker = Box::new(move |config: &TrainingConfig| {
                let digits = DigitsTrainable::new(dataset, config, (route, filters));
                Ok(Box::new(Self { private, ..digits }) as Box<dyn crate::learning::Trainable>)
            });
            let standing = Standing { model: &model, tests: &tests, steps, batch };
            Checkup::answered(tried(&asked, &standing, Remedied { maker, config }, go_on)?)
        }))
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::{
        exhibits::digits::{FILTERS, Route, load},
        inside::TrialRun,
        learning::{StepOrder, StepPlace, Trainable as _},
        stream::Payload,
    };

    fn trained(steps: u64) -> DigitsTrainable {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/datasets/mnist-10k");
        let config = TrainingConfig::default();
        let mut digits =
            DigitsTrainable::new(load(&folder).unwrap(), &config, (Route::Fused, FILTERS));
        digits.begin(42, &mut |_, _| {}).unwrap();
        for batch in 0..steps {
            let at = StepPlace { epoch: 0, batch };
            let order = StepOrder { at, steps: 1, learning_rate: 1e-3, keep: false };
            digits.step(order).unwrap();
        }
        digits
    }

    fn tried(digits: &mut DigitsTrainable, trial: Trial) -> Result<TrialRun, String> {
        let asked = Payload::new(TrialAsked { trial });
        let said = digits.answer(&asked).map_err(|error| error.to_string())?;
        Ok((**said.get::<TrialRun>().unwrap()).clone())
    }

    #[test]
    fn a_remedy_that_changes_nothing_is_the_run_and_others_are_really_trained() {
        let mut digits = trained(40);
        let same = tried(&mut digits, Trial::Seed(42)).unwrap();
        assert_eq!(same.after.steps, 40);
        assert_eq!(same.before.accuracy, same.after.accuracy);
        assert!((same.before.loss - same.after.loss).abs() < 1e-5, "{same:?}");
        let other = tried(&mut digits, Trial::Seed(43)).unwrap();
        assert_eq!(other.before, same.before);
        assert!(other.after.loss != same.after.loss);
        let twice = tried(&mut digits, Trial::Batch(64)).unwrap();
        assert_eq!((twice.after.steps, twice.after.images), (20, 1280));
        let gentle = tried(&mut digits, Trial::LearningRate(1e-6)).unwrap();
        assert!(gentle.after.loss > same.after.loss + 1.0, "{gentle:?}");
        let left = tried(&mut digits, Trial::LeaveOut(vec![0, 1, 2])).unwrap();
        assert!(left.after.loss != same.after.loss && left.after.accuracy > 0.3);
        for trial in [Trial::Augmentation, Trial::BalancedClasses, Trial::Wider(2)] {
            let run = tried(&mut digits, trial.clone()).unwrap();
            assert!(run.after.steps == 40 && run.after.accuracy > 0.3, "{run:?}");
            assert!(run.after.loss != same.after.loss, "{trial:?}");
        }
        let burst = tried(&mut digits, Trial::LearningRate(1e30)).unwrap();
        assert!(burst.after.steps < 40 && burst.remarks[0].contains("no number"), "{burst:?}");
    }

    #[test]
    fn what_cannot_be_tried_is_refused_in_a_sentence() {
        let mut digits = trained(0);
        let early = tried(&mut digits, Trial::Seed(1)).unwrap_err();
        assert!(early.contains("no step was taken yet"), "{early}");
        let mut digits = trained(1);
        let mut refused = |trial| tried(&mut digits, trial).unwrap_err();
        assert!(refused(Trial::Threads(2)).contains("how long a training takes"));
        assert!(refused(Trial::Wider(9)).contains("128 filters at most, not 288"));
        assert!(refused(Trial::LeaveOut((0..8000).collect())).contains("no image would be left"));
        let study = digits.study(&Payload::new(TrialAsked { trial: Trial::Seed(1) }));
        let ended = study.unwrap().unwrap()(&|| false).unwrap_err().to_string();
        assert!(ended.contains("nobody waits"), "{ended}");
    }
}
