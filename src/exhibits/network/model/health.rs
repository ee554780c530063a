//! How the training of the network is, and how its steps are made.

use super::NetworkTrainable;
use crate::{
    inside::Steps,
    learning::{
        TrainError,
        inside::{Checkup, Patient, Stepping},
    },
    stream::Payload,
};

impl NetworkTrainable {
    /// What is found of the training as it stands.
    pub(super) fn checkup(&self, question: Checkup<'_>) -> Result<Payload, TrainError> {
        let Some(examples) = self.lessons.baselines() else {
            return Err(TrainError::Calculation(format!(
                "this network reads a text, which has no {}",
                question.needs()
            )));
        };
        let (inside, stepping) = (self.model.inside()?, self.stepping());
        let patient = Patient {
            model: &inside,
            train: examples.train,
            tests: examples.tests,
            course: &self.course,
            stepping: &stepping,
        };
        question.answer(patient, &|| true)
    }

    fn stepping(&self) -> Stepping {
        let known = self.course.rate();
        let rate = known.unwrap_or(self.first_rate);
        let examples = self.lessons.train_len();
        let rule = self.training.rule.name().to_owned();
        Stepping {
            steps: Steps { rule, rate, batch: self.batch.min(examples), examples },
            update: known.map(|rate| self.model.next_update(rate)),
            stability: self.model.stability(rate),
            weighted: self.model.class_weights().is_some(),
        }
    }
}
