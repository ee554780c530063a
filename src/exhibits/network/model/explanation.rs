//! Why the network, as it is now, answers to an image as it does, and what else is found inside it.

use super::NetworkTrainable;
use crate::{
    learning::{TrainError, inside::Question},
    stream::Payload,
};

impl NetworkTrainable {
    /// What is found inside.
    pub(super) fn explanation(&self, question: Question<'_>) -> Result<Payload, TrainError> {
        let Some(examples) = self.lessons.baselines() else {
            return Err(TrainError::Calculation(format!(
                "this network reads a text, which has no {}",
                question.needs()
            )));
        };
        let choose = |input| self.lessons.chosen(input, self.plan().input.len());
        let input = question.input().map(choose).transpose()?.unwrap_or_default();
        question.answer(&self.model.inside()?, &input, examples)
    }
}
