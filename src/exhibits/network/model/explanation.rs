//! Why the network, as it is now, answers to an image as it does, and what else is found inside it.

use std::sync::Arc;

use super::{NetworkTrainable, past::asks_for_labels};
use crate::{
    inside::{BranchAsked, TrialAsked},
    learning::{
        Study, TrainError,
        inside::{Checkup, Images, Question, not_earlier, recalled, study},
        network::Inside,
    },
    stream::{Payload, Step},
};

impl NetworkTrainable {
    /// What is found inside while a step waits.
    pub(super) fn explanation(&self, question: Question<'_>) -> Result<Payload, TrainError> {
        let (model, input, images) = self.examined(question)?;
        question.answer(&model, &input, images.lent(), &|| true)
    }

    /// How it is found beside the training, where that takes longer than a step can wait.
    pub(super) fn study_of(&self, about: &Payload) -> Result<Option<Study>, TrainError> {
        // The doctor's clock would hear the training beside which he works.
        if let Some(asked) = about.get::<TrialAsked>() {
            return self.trial_study(asked).map(Some);
        }
        if let Some(asked) = about.get::<BranchAsked>() {
            return self.branch_study(asked).map(Some);
        }
        if let Some(Checkup::Health(_)) = Checkup::of(about) {
            return self.health_study(about);
        }
        if let Some(study) = self.study_of_labels(about)? {
            return Ok(Some(study));
        }
        let Some(question) = Question::of(about) else { return self.study_of_past(about) };
        let (model, input, images) = self.examined(question)?;
        let long = !question.is_short(&model);
        Ok(long.then(|| study(about, model, input, images)))
    }

    /// How it is found in what the network was after an earlier step, and of which step its weights are.
    pub(super) fn recall_of(
        &self,
        about: &Payload,
        step: Step,
    ) -> Result<(Step, Study), TrainError> {
        let question = Question::of(about).filter(|_| !asks_for_labels(about));
        let question = question.ok_or_else(not_earlier)?;
        let (model, input, images) = self.examined(question)?;
        recalled(about, model, input, images, step)
    }

    /// The network as it can be explained, the input that a question names, and images to compare with.
    pub(super) fn examined(
        &self,
        question: Question<'_>,
    ) -> Result<(Inside, Vec<f32>, Images), TrainError> {
        let Some(images) = self.lessons.images() else {
            return Err(TrainError::Calculation(phrase!(
                "network-model-this-network-reads-a-text-which",
                needs = question.needs()
            )));
        };
        let choose = |input| self.lessons.chosen(input, self.plan().input.len());
        let input = question.input().map(choose).transpose()?.unwrap_or_default();
        let images = Images { trail: Arc::new(self.way.trail()), ..images.clone() };
        Ok((self.model.inside()?, input, images))
    }
}
