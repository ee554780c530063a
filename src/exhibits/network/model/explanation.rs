//! Why the network, as it is now, answers to an image as it does.

use super::NetworkTrainable;
use crate::{
    inside::{Why, WhyAsked},
    learning::{TrainError, inside::explain},
};

impl NetworkTrainable {
    /// The reasons that are asked for.
    pub(super) fn explanation(&self, asked: &WhyAsked) -> Result<Why, TrainError> {
        let Some(baselines) = self.lessons.baselines() else {
            return Err(TrainError::calculation(
                "this network reads a text, which has no pixels that could speak for an answer",
            ));
        };
        let input = self.lessons.chosen(&asked.input, self.plan().input.len())?;
        explain(&self.model.inside()?, asked, &input, baselines)
    }
}
