//! How the training of the network is, and how its steps are made.

use super::NetworkTrainable;
use crate::{
    inside::Steps,
    learning::{
        Study, TrainError,
        data::Examples,
        inside::{Checkup, Patient, Stepping, diagnosis, health},
    },
    stream::Payload,
};

impl NetworkTrainable {
    /// What is found of the training as it stands.
    pub(super) fn checkup(&mut self, question: Checkup<'_>) -> Result<Payload, TrainError> {
        let stepping = self.stepping();
        let asked = match question {
            Checkup::Doctor if self.lessons.dataset().is_some() => return self.doctor(&stepping),
            Checkup::Health(asked) => Some(asked),
            Checkup::Doctor => None,
        };
        let Some((asked, examples)) = asked.zip(self.lessons.images()) else {
            return Err(TrainError::Calculation(phrase!(
                "network-model-this-network-reads-a-text-which",
                needs = question.needs()
            )));
        };
        let model = self.model.trained()?;
        let patient = Patient {
            model: &model,
            train: &examples.train,
            tests: &examples.tests,
            course: &self.course,
            stepping: &stepping,
        };
        Checkup::answered(health(patient, asked, &|| true)?)
    }

    /// How the training is, to be found beside it; none for what reads a text, which is refused at once.
    pub(super) fn health_study(&self, about: &Payload) -> Result<Option<Study>, TrainError> {
        let Some(images) = self.lessons.images().cloned() else { return Ok(None) };
        let (about, model, stepping) = (about.clone(), self.model.copy(), self.stepping());
        let course = self.course.clone();
        Ok(Some(Box::new(move |go_on| {
            let model = model.trained()?;
            let (train, tests) = (&*images.train, &*images.tests);
            let (course, stepping) = (&course, &stepping);
            let patient = Patient { model: &model, train, tests, course, stepping };
            Checkup::examined(&about, patient, go_on)
        })))
    }

    fn doctor(&mut self, stepping: &Stepping) -> Result<Payload, TrainError> {
        let watching = self.watched()?;
        let missing = || TrainError::calculation(phrase!("network-model-there-are-no-images"));
        let dataset = self.lessons.dataset().ok_or_else(missing)?;
        // Their own, as the bench works through the lessons meanwhile.
        let (train, tests) = (Examples::new(&dataset.train), Examples::new(&dataset.test));
        let course = self.course.clone();
        let (mut bench, model) = self.bench(stepping.steps.rate, watching)?;
        let model = model.trained()?;
        let patient =
            Patient { model: &model, train: &train, tests: &tests, course: &course, stepping };
        Checkup::answered(diagnosis(patient, &mut bench, &|| true)?)
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
