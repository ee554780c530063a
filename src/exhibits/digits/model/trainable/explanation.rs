//! Why the network, as it is now, answers as it does, and what else is found inside it.

use std::sync::Arc;

use rayon::prelude::*;

use super::{remembered::asks_for_labels, state::DigitsTrainable};
use crate::{
    exhibits::digits::model::{inside::Inside, learner::parameters},
    inside::{BranchAsked, TrialAsked},
    learning::{
        Study, Taps, TrainError,
        inside::{
            Checkup, Explained as _, Images, PastQuestion, Question, not_earlier, recalled, study,
        },
    },
    stream::{InputChoice, Payload, Step},
};

impl DigitsTrainable {
    /// To a question that looks inside what is found there; to whatever else is looked at what a snapshot of it would say.
    pub(super) fn explanation(&mut self, about: &Payload) -> Result<Payload, TrainError> {
        if let Some(question) = Checkup::of(about) {
            return self.checkup(question);
        }
        if let Some(asked) = about.get::<TrialAsked>() {
            return self.trial_study(asked)?(&|| true);
        }
        if let Some(study) = self.study_of_labels(about)? {
            return study(&|| true);
        }
        if let Some(question) = Question::of(about) {
            let input = self.named(question)?;
            return question.answer(&self.inside()?, &input, self.images().lent(), &|| true);
        }
        if let Some(question) = PastQuestion::of(about) {
            let (run, input, class) = self.remembered(question)?;
            return question.answer(&run, &input, class, &|| true);
        }
        let shown = self.read_out(&InputChoice::Other(about.clone()), &mut Taps::of(Vec::new()))?;
        shown.answer.ok_or_else(|| {
            TrainError::calculation(phrase!("digits-model-this-model-answers-no-questions"))
        })
    }

    /// How it is found beside the training, where that takes longer than a step can wait.
    pub(super) fn study_of(&self, about: &Payload) -> Result<Option<Study>, TrainError> {
        // The doctor's clock would hear the training beside which he works.
        if let Some(Checkup::Health(_)) = Checkup::of(about) {
            return self.health_study(about).map(Some);
        }
        if let Some(asked) = about.get::<TrialAsked>() {
            return self.trial_study(asked).map(Some);
        }
        if let Some(asked) = about.get::<BranchAsked>() {
            return self.branch_study(asked).map(Some);
        }
        if let Some(study) = self.study_of_labels(about)? {
            return Ok(Some(study));
        }
        let Some(question) = Question::of(about) else { return self.study_of_past(about) };
        let (model, input) = (self.inside()?, self.named(question)?);
        let long = !question.is_short(&model);
        Ok(long.then(|| study(about, model, input, self.images())))
    }

    /// How it is found in what the network was after an earlier step, and of which step its weights are.
    pub(super) fn recall_of(
        &self,
        about: &Payload,
        step: Step,
    ) -> Result<(Step, Study), TrainError> {
        let question = Question::of(about).filter(|_| !asks_for_labels(about));
        let question = question.ok_or_else(not_earlier)?;
        recalled(about, self.inside()?, self.named(question)?, self.images(), step)
    }

    /// The input that a question names.
    fn named(&self, question: Question<'_>) -> Result<Vec<f32>, TrainError> {
        let input = question.input().map(|input| self.chosen(input)).transpose()?;
        Ok(input.unwrap_or_default())
    }

    /// What answers compare with.
    pub(super) fn images(&self) -> Images {
        let (train, tests) = (self.train.clone(), self.test.clone());
        let (means, layouts) = (self.means.clone(), self.layouts.clone());
        Images { means, layouts, train, tests, trail: Arc::new(self.way.trail()) }
    }

    /// The network as it can be explained.
    pub(super) fn inside(&self) -> Result<Inside, TrainError> {
        Ok(Inside::of(self.sizes, parameters(self.network()?)?))
    }

    /// For each test image the exact integrated gradients, from black, of the logit that is highest; image after image.
    pub(in crate::exhibits::digits) fn exact_maps(&self) -> Result<Vec<f32>, TrainError> {
        let inside = self.inside()?;
        let (pixels, classes) = (self.sizes.input().len().max(1), self.sizes.classes.max(1));
        let logits = inside.logits(&self.test.brightness)?;
        let black = vec![0.0; pixels];
        let mut maps = vec![0.0; self.test.brightness.len()];
        maps.par_chunks_mut(pixels)
            .zip(self.test.brightness.par_chunks(pixels))
            .zip(logits.par_chunks(classes))
            .for_each(|((map, image), logits)| {
                let highest = (0..classes)
                    .reduce(|best, at| if logits.get(at) > logits.get(best) { at } else { best });
                let of: Vec<f32> =
                    (0..classes).map(|at| if Some(at) == highest { 1.0 } else { 0.0 }).collect();
                inside.add_mean_gradient([image, &black], &of, map);
                map.iter_mut().zip(image).for_each(|(slope, pixel)| *slope *= pixel);
            });
        Ok(maps)
    }
}
