//! Questions to the past of a network's run: what taught it, what would be without some images, and what it would be had it
//! learned from shuffled labels.

#[cfg(test)]
mod tests;

use super::NetworkTrainable;
use crate::{
    inside::{BranchAsked, WhyAsked},
    learning::{
        Study, TrainError,
        inside::{PastQuestion, Question, branch_study, by_labels},
        network::NetworkRun,
    },
    stream::{InputChoice, Payload},
    words::Phrase,
};

/// Whether somebody wants reasons of a network that learned from shuffled labels.
pub(super) fn asks_for_labels(about: &Payload) -> bool {
    about.get::<WhyAsked>().is_some_and(|asked| asked.shuffles_labels())
}

impl NetworkTrainable {
    /// How reasons of a network that learned from shuffled labels are found, if they are asked for: by taking the run again with
    /// those, which takes as long as it took.
    pub(super) fn study_of_labels(&self, about: &Payload) -> Result<Option<Study>, TrainError> {
        let Some(asked) = about.get::<WhyAsked>().filter(|asked| asked.shuffles_labels()) else {
            return Ok(None);
        };
        let (model, input, images) = self.examined(Question::Why(asked))?;
        let (run, asked) = (self.run(Question::Why(asked).needs())?, asked.clone());
        Ok(Some(Box::new(move |go_on| {
            by_labels(&run, &model, &asked, &input, images.lent(), go_on)
        })))
    }

    /// How a question to the past is found beside the training.
    pub(super) fn study_of_past(&self, about: &Payload) -> Result<Option<Study>, TrainError> {
        let Some(question) = PastQuestion::of(about) else { return Ok(None) };
        let (run, input, class) = self.remembered(question)?;
        let about = about.clone();
        Ok(Some(Box::new(move |go_on| {
            let none = || TrainError::calculation(phrase!("network-model-this-is-no-question-to"));
            PastQuestion::of(&about).ok_or_else(none)?.answer(&run, &input, class, go_on)
        })))
    }

    /// How branches of the run are taken beside the training.
    pub(super) fn branch_study(&self, asked: &BranchAsked) -> Result<Study, TrainError> {
        let run = self.run(phrase!("branch-needs-images"))?;
        let input = self.lessons.chosen(&asked.input, self.plan().input.len())?;
        Ok(branch_study(run, self.model.inside()?, asked.clone(), input))
    }

    /// The run, the input that a question names, and what that is, where it is known.
    fn remembered(
        &self,
        question: PastQuestion<'_>,
    ) -> Result<(NetworkRun, Vec<f32>, Option<usize>), TrainError> {
        let run = self.run(question.needs())?;
        let class = match (question.input(), self.lessons.images()) {
            (InputChoice::Test(index), Some(images)) => images.tests.labels.get(*index).copied(),
            _ => None,
        };
        let input = self.lessons.chosen(question.input(), self.plan().input.len())?;
        Ok((run, input, class.map(usize::from)))
    }

    /// The run as it can be taken again; `needs` says what a text has not.
    pub(super) fn run(&self, needs: Phrase) -> Result<NetworkRun, TrainError> {
        let Some(pictures) = self.lessons.pictures().cloned() else {
            return Err(TrainError::Calculation(phrase!(
                "network-model-this-network-reads-a-text-which",
                needs
            )));
        };
        NetworkRun::new(&self.model, pictures, self.batch, &self.past, self.books.clone())
    }
}
