//! A network's steps as they are booked: how far its rule went, and what an image's gradient makes of a direction.

use std::sync::Arc;

use super::{moment::Moment, products::Through, run::NetworkRun};
use crate::{
    learning::{
        TrainError,
        inside::{Beside, Booked, Books, Part, Reach, Replayed as _, Subject},
    },
    network::Size,
    words::Phrase,
};

impl NetworkRun {
    /// How images go through for their own gradients: judged once, at the first batch of more than one, where the run ended.
    ///
    /// # Errors
    /// If burn refuses a calculation.
    fn goes_through(&self) -> Result<Through, TrainError> {
        if let Some(known) = self.through.get() {
            return Ok(*known);
        }
        let step = (1..=self.steps()).find(|step| self.seen(*step).len() > 1).unwrap_or(1);
        let batch = self.learned_from(step)?;
        let through = self.model.through(self.ended(), &batch, step.saturating_sub(1))?;
        Ok(*self.through.get_or_init(|| through))
    }
}

impl Booked for NetworkRun {
    fn layers(&self) -> Vec<String> {
        self.layout.layers.clone()
    }

    fn parts(&self) -> Vec<Part> {
        self.layout.parts.iter().map(|(part, _)| *part).collect()
    }

    fn classes(&self) -> usize {
        self.model.plan().classes
    }

    fn beside(&self, step: u64) -> Beside {
        let silent = Arc::clone(&self.silent);
        Beside { silent, ..self.model.beside(self.rates.of(step)) }
    }

    /// Of a frozen network those of its last layer.
    fn multiply_adds(&self) -> u64 {
        match self.model.learned_by_head() {
            Some(numbers) => numbers as u64,
            None => self.model.plan().multiply_adds,
        }
    }

    fn passes(&self, images: usize) -> Result<u64, TrainError> {
        let images = images as u64;
        Ok(match self.goes_through()? {
            Through::Alone => images,
            Through::Together => images.saturating_mul(images),
        })
    }

    fn remarks(&self) -> [Vec<Phrase>; 2] {
        let layout = &self.layout;
        let several = layout.layers.len() > 1;
        let mapped = layout.mapped.and_then(|layer| layout.layers.get(layer));
        let mapped = mapped
            .filter(|_| several)
            .map(|layer| phrase!("network-learning-maps-are-those-of-each", layer));
        let changes = self
            .pictures
            .is_changing()
            .then(|| phrase!("network-learning-training-images-were-changed-anew"));
        let looks = !self.pictures.is_frozen() && self.model.looks_at_batches();
        let together = looks.then(|| phrase!("network-learning-an-images-part-of-the"));
        let still_there =
            looks.then(|| phrase!("network-learning-normalisations-still-see-the-images"));
        let of_ledger = mapped.into_iter().chain(changes).chain(together);
        [of_ledger.collect(), still_there.into_iter().collect()]
    }

    fn reach(
        &self,
        before: &Moment,
        after: &Moment,
        step: u64,
    ) -> Result<Option<Reach>, TrainError> {
        let mut reach = self.model.reach([before, after], self.rates.of(step));
        let each = reach.iter_mut().map(|reach| &mut reach.each);
        for each in each {
            for silent in &*self.silent {
                each.get_mut(silent.clone()).unwrap_or_default().fill(0.0);
            }
        }
        Ok(reach)
    }

    fn slope(&self, parameters: &[f32], subject: &Subject) -> Result<(f64, Vec<f32>), TrainError> {
        self.model.slope(parameters, &self.read_of(&subject.input)?, subject.class)
    }

    fn products(
        &self,
        parameters: &[f32],
        step: u64,
        along: [&[f32]; 2],
    ) -> Result<Vec<[f64; 2]>, TrainError> {
        let (batch, through) = (self.learned_from(step)?, self.goes_through()?);
        let seen = (&batch, step.saturating_sub(1));
        self.model.products(parameters, seen, through, &self.layout, along)
    }

    fn image_size(&self) -> [usize; 3] {
        match self.model.plan().input {
            Size::Maps { channels, rows, columns } => [channels, rows, columns],
            other => [1, 1, other.len()],
        }
    }

    fn image(&self, index: usize) -> Option<&[f32]> {
        self.pictures.train.image(index)
    }

    fn books(&self) -> &Books {
        &self.books
    }
}
