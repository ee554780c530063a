//! Why the network, as it is now, answers as it does, and what else is found inside it.

use std::sync::Arc;

use rayon::prelude::*;

use super::state::DigitsTrainable;
use crate::{
    exhibits::digits::model::{inside::Inside, replay::DigitsRun, way::parameters},
    learning::{
        Taps, TrainError,
        inside::{Baselines, Explained as _, PastQuestion, Question},
    },
    stream::{InputChoice, Payload},
};

impl DigitsTrainable {
    /// To a question that looks inside what is found there; to whatever else is looked at what a snapshot of it would say.
    pub(super) fn explanation(&mut self, about: &Payload) -> Result<Payload, TrainError> {
        if let Some(question) = Question::of(about) {
            let input = question.input().map(|input| self.chosen(input)).transpose()?;
            let examples = Baselines { means: &self.means, train: &self.train, tests: &self.test };
            return question.answer(&self.inside()?, &input.unwrap_or_default(), examples);
        }
        if let Some(question) = PastQuestion::of(about) {
            let (input, class) = (self.chosen(question.input())?, self.class_of(question.input()));
            // Takes seconds, which belong on a thread of their own: all that it needs is in the run.
            return question.answer(&self.run()?, &input, class, &|| true);
        }
        let shown = self.read_out(&InputChoice::Other(about.clone()), &mut Taps::of(Vec::new()))?;
        shown.answer.ok_or_else(|| TrainError::calculation("this model answers no questions"))
    }

    /// What a test image is.
    fn class_of(&self, input: &InputChoice) -> Option<usize> {
        match input {
            InputChoice::Test(index) => self.test.labels.get(*index).copied().map(usize::from),
            _ => None,
        }
    }

    /// The run as it can be taken again.
    pub(in crate::exhibits::digits::model) fn run(&self) -> Result<DigitsRun, TrainError> {
        Ok(DigitsRun::new(
            (self.route, self.sizes, self.device_name),
            [Arc::clone(&self.train), Arc::clone(&self.test)],
            (self.seed, self.batch),
            (&self.past, parameters(self.network()?)?),
            self.books.clone(),
        )?)
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
