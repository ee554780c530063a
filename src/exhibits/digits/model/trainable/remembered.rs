//! Questions to the run's past: what taught it, what would be without some images, and what it would be had it learned from
//! shuffled labels.

use std::sync::Arc;

use super::state::DigitsTrainable;
use crate::{
    exhibits::digits::model::{learner::parameters, replay::DigitsRun},
    inside::{BranchAsked, WhyAsked},
    learning::{
        Study, TrainError,
        inside::{PastQuestion, branch_study, by_labels},
    },
    stream::{InputChoice, Payload},
};

/// Whether somebody wants reasons of a network that learned from shuffled labels.
pub(super) fn asks_for_labels(about: &Payload) -> bool {
    about.get::<WhyAsked>().is_some_and(|asked| asked.shuffles_labels())
}

impl DigitsTrainable {
    /// How reasons of a network that learned from shuffled labels are found, if they are asked for: by taking the run again with
    /// those, which takes seconds.
    pub(super) fn study_of_labels(&self, about: &Payload) -> Result<Option<Study>, TrainError> {
        let Some(asked) = about.get::<WhyAsked>().filter(|asked| asked.shuffles_labels()) else {
            return Ok(None);
        };
        let (run, model, images) = (self.run()?, self.inside()?, self.images());
        let (input, asked) = (self.chosen(&asked.input)?, asked.clone());
        Ok(Some(Box::new(move |go_on| {
            by_labels(&run, &model, &asked, &input, images.lent(), go_on)
        })))
    }

    /// How a question to the past is found beside the training: by taking the run again, which takes seconds.
    pub(super) fn study_of_past(&self, about: &Payload) -> Result<Option<Study>, TrainError> {
        let Some(question) = PastQuestion::of(about) else { return Ok(None) };
        let (run, input, class) = self.remembered(question)?;
        let about = about.clone();
        Ok(Some(Box::new(move |go_on| {
            let none = || TrainError::calculation(phrase!("digits-model-this-is-no-question-to"));
            PastQuestion::of(&about).ok_or_else(none)?.answer(&run, &input, class, go_on)
        })))
    }

    /// How branches of the run are taken beside the training.
    pub(super) fn branch_study(&self, asked: &BranchAsked) -> Result<Study, TrainError> {
        let input = self.chosen(&asked.input)?;
        Ok(branch_study(self.run()?, self.inside()?, asked.clone(), input))
    }

    /// The run, the input that a question names, and what that is, where it is known.
    pub(super) fn remembered(
        &self,
        question: PastQuestion<'_>,
    ) -> Result<(DigitsRun, Vec<f32>, Option<usize>), TrainError> {
        let class = match question.input() {
            InputChoice::Test(index) => self.test.labels.get(*index).copied().map(usize::from),
            _ => None,
        };
        Ok((self.run()?, self.chosen(question.input())?, class))
    }

    /// The run as it can be taken again.
    pub(in crate::exhibits::digits::model) fn run(&self) -> Result<DigitsRun, TrainError> {
        self.check_repeatable()?;
        DigitsRun::new(
            (self.route, self.sizes, self.device_name),
            [Arc::clone(&self.train), Arc::clone(&self.test)],
            (self.seed, self.batch),
            (&self.past, parameters(self.network()?)?),
            self.books.clone(),
        )
    }
}
