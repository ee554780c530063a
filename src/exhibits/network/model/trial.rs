//! A remedy for a network, tried beside its run.

use std::sync::Arc;

use super::{Data, NetworkTrainable};
use crate::{
    inside::{Trial, TrialAsked},
    learning::{
        DeviceName, Study, TrainError, Trainable, TrainingConfig,
        inside::{Checkup, Remedied, Standing, remedied, remedied_images, tried},
    },
};

impl NetworkTrainable {
    /// How a remedy is tried beside the training.
    pub(super) fn trial_study(&self, asked: &TrialAsked) -> Result<Study, TrainError> {
        let (Data::Images(dataset), Some(images)) = (&self.lessons.data, self.lessons.images())
        else {
            return Err(TrainError::calculation(phrase!(
                "network-model-this-network-reads-a-text-for"
            )));
        };
        if let Trial::Wider(_) = asked.trial {
            return Err(TrainError::calculation(phrase!("network-model-a-network-of-your-own")));
        }
        let config = TrainingConfig {
            seed: self.seed,
            epochs: self.epochs,
            batch: self.batch,
            learning_rate: self.first_rate,
            device: DeviceName::asked(self.device)?,
            ..TrainingConfig::default()
        };
        let config = remedied(config, &asked.trial)?;
        let (plan, training) = (Arc::clone(self.model.plan()), self.training.clone());
        let (dataset, tests) = (Arc::clone(dataset), Arc::clone(&images.tests));
        let (model, asked) = (self.model.inside()?, asked.clone());
        let (steps, batch) = (self.course.steps(), self.batch);
        Ok(Box::new(move |go_on| {
            let dataset = remedied_images(&dataset, &asked.trial, config.seed)?;
            let maker = Box::new(move |config: &TrainingConfig| {
                let network = NetworkTrainable::new(Data::Images(dataset), plan, training, config)?;
                Ok(Box::new(network) as Box<dyn Trainable>)
            });
            let standing = Standing { model: &model, tests: &tests, steps, batch };
            Checkup::answered(tried(&asked, &standing, Remedied { maker, config }, go_on)?)
        }))
    }
}
