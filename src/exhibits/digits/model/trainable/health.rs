//! How the training of the digits is, and how its steps are made.

#[cfg(test)]
mod tests;

use super::state::DigitsTrainable;
use crate::{
    exhibits::digits::model::learner::parameters,
    inside::Steps,
    learning::{
        Study, TrainError,
        inside::{ByLayer, Checkup, Patient, Stability, Stepping, diagnosis, health},
    },
    stream::Payload,
    words::Word,
};

/// Why no limit of the curvature is told.
const NO_LIMIT: Word = key!("digits-model-no-limit-is-told-for");

impl DigitsTrainable {
    /// What is found of the training as it stands.
    pub(super) fn checkup(&mut self, question: Checkup<'_>) -> Result<Payload, TrainError> {
        let watching = match question {
            Checkup::Doctor => self.watched()?,
            Checkup::Health(_) => f64::NAN,
        };
        let (inside, stepping) = (self.inside()?, self.stepping()?);
        let patient = Patient {
            model: &inside,
            train: &self.train,
            tests: &self.test,
            course: &self.course,
            stepping: &stepping,
        };
        match question {
            Checkup::Health(asked) => Checkup::answered(health(patient, asked, &|| true)?),
            Checkup::Doctor => {
                let mut bench = self.bench(stepping.steps.rate, watching)?;
                Checkup::answered(diagnosis(patient, &mut bench, &|| true)?)
            }
        }
    }

    /// How the training is, to be found beside it.
    pub(super) fn health_study(&self, about: &Payload) -> Result<Study, TrainError> {
        let (about, model, stepping) = (about.clone(), self.inside()?, self.stepping()?);
        let (course, train, tests) = (self.course.clone(), self.train.clone(), self.test.clone());
        Ok(Box::new(move |go_on| {
            let (course, stepping) = (&course, &stepping);
            let patient = Patient { model: &model, train: &train, tests: &tests, course, stepping };
            Checkup::examined(&about, patient, go_on)
        }))
    }

    fn stepping(&self) -> Result<Stepping, TrainError> {
        let rate = self.course.rate().unwrap_or(self.first_rate);
        let steps = Steps {
            rule: "Adam".to_owned(),
            rate,
            batch: self.batch.min(self.train.len()),
            examples: self.train.len(),
        };
        let update = self.next_update(rate)?;
        Ok(Stepping {
            steps,
            update,
            stability: Stability::Unknown(NO_LIMIT.into()),
            weighted: false,
        })
    }

    /// By how much Adam would change each layer if the gradient of the last step came once more; none before the first.
    fn next_update(&self, rate: f64) -> Result<Option<ByLayer>, TrainError> {
        let Some(last) = &self.gradients else { return Ok(None) };
        let network = self.network()?;
        let gradients = last.registered(network);
        let after = self.optimiser.clone().step(rate, network.clone(), gradients);
        let (before, mut after) = (parameters(network)?.by_layer(), parameters(&after)?.by_layer());
        for (after, before) in after.iter_mut().zip(&before) {
            after.iter_mut().zip(before).for_each(|(after, before)| *after -= before);
        }
        Ok(Some(after))
    }
}
