//! A visitor's own picture: brought to what the network takes, and read.

use std::path::Path;

use super::NetworkTrainable;
use crate::{
    exhibits::network::payload::LearnedImage,
    images::{Picture, PictureFile, PictureRead},
    inside::TrialAsked,
    learning::{
        Readout, Taps, TrainError,
        inside::{Checkup, Question},
    },
    operators::softmax,
    stream::{InputChoice, Payload},
};

impl NetworkTrainable {
    /// To a picture's file the picture as the network takes it, to a picture what it is read as, to a question that
    /// looks inside what is found there; to whatever else is looked at what a snapshot of it would say.
    pub(super) fn answer_of_picture(&mut self, about: &Payload) -> Result<Payload, TrainError> {
        if let Some(file) = about.get::<PictureFile>() {
            let path = Path::new(&file.path);
            let Some(dataset) = self.lessons.dataset() else {
                let remedy = phrase!("network-model-type-a-text-below-it");
                return Err(TrainError::unusable(
                    path,
                    phrase!("network-model-this-network-reads-a-text-2"),
                    remedy,
                ));
            };
            return Ok(Payload::new(dataset.picture_of(path, &file.bytes)?));
        }
        if about.get::<Picture>().is_some() {
            let input = InputChoice::Other(about.clone());
            let example = self.lessons.chosen(&input, self.plan().input.len())?;
            let logits = self.model.look(self.model.weights(), &example, |_| false, |_, _| {})?;
            return Ok(Payload::new(PictureRead { probabilities: softmax(&logits).into() }));
        }
        if let Some(asked) = about.get::<TrialAsked>() {
            return self.trial_study(asked)?(&|| true);
        }
        if let Some(question) = Checkup::of(about) {
            return self.checkup(question);
        }
        if let Some(study) = self.study_of_labels(about)? {
            return study(&|| true);
        }
        if let Some(question) = Question::of(about) {
            return self.explanation(question);
        }
        if let Some(study) = self.study_of_past(about)? {
            return study(&|| true);
        }
        if about.get::<LearnedImage>().is_some() {
            // Its layers say all that there is to say.
            return Ok(about.clone());
        }
        let mut nothing = Taps::of(Vec::new());
        let Readout { answer, .. } =
            self.read_out(&InputChoice::Other(about.clone()), &mut nothing)?;
        answer.ok_or_else(|| {
            TrainError::calculation(phrase!("network-model-a-network-answers-no-such"))
        })
    }
}
