//! The digits' steps as they are booked: how far Adam went, what an image's gradient makes of a direction, and how gradients
//! change along one.

use super::{DigitsRun, State};
use crate::{
    exhibits::digits::model::{
        forward_pass::OF_WEIGHTS,
        inside::OfParameters,
        learner::{BETA_1, BETA_2, EPSILON},
    },
    learning::{
        TrainError,
        inside::{Booked, Books, Curved, Part, Reach, Replayed as _, Subject},
    },
};

impl Booked for DigitsRun {
    fn layers(&self) -> Vec<String> {
        OF_WEIGHTS.map(|layer| layer.name().to_owned()).into()
    }

    fn parts(&self) -> Vec<Part> {
        let maps = (0..self.sizes.filters).map(Some);
        let of_maps = (0..3).flat_map(|layer| maps.clone().map(move |map| Part { layer, map }));
        of_maps.chain([Part { layer: 3, map: None }]).collect()
    }

    fn classes(&self) -> usize {
        self.sizes.classes
    }

    /// As burn's Adam has it: η √(1 − β₂ᵗ) / (1 − β₁ᵗ) ⊘ (√v + ε √(1 − β₂ᵗ)), in single precision as it was.
    fn reach(&self, before: &State, after: &State, step: u64) -> Result<Option<Reach>, TrainError> {
        if before.moves == after.moves {
            return Ok(None);
        }
        let corrected = (1.0 - BETA_2.powi(after.moves)).sqrt();
        let factor = corrected / (1.0 - BETA_1.powi(after.moves));
        let far = self.rates.of(step) as f32 * factor;
        let least = EPSILON * corrected;
        let squares = OfParameters::flat(self.sizes, &after.squares);
        Ok(Some(Reach {
            each: squares.iter().map(|v| far / (v.sqrt() + least)).collect(),
            kept: f64::from(BETA_1),
            added: f64::from(1.0 - BETA_1),
            ahead: 0.0,
            taken: Vec::new(),
        }))
    }

    fn slope(&self, parameters: &[f32], subject: &Subject) -> Result<(f64, Vec<f32>), TrainError> {
        Ok(OfParameters::of(self.sizes, parameters).loss(&subject.input, subject.class))
    }

    fn products(
        &self,
        parameters: &[f32],
        step: u64,
        along: [&[f32]; 2],
    ) -> Result<Vec<[f64; 2]>, TrainError> {
        let (images, labels) = self.gathered(self.seen(step));
        Ok(OfParameters::of(self.sizes, parameters).products(&images, &labels, along))
    }

    fn curved(
        &self,
        parameters: &[f32],
        images: &[u32],
        along: &[f32],
    ) -> Result<Option<Curved>, TrainError> {
        let (images, labels) = self.gathered(images);
        Ok(Some(OfParameters::of(self.sizes, parameters).curved(&images, &labels, along)))
    }

    fn image_size(&self) -> [usize; 3] {
        [self.sizes.channels, self.sizes.rows, self.sizes.columns]
    }

    fn image(&self, index: usize) -> Option<&[f32]> {
        self.train.image(index)
    }

    fn books(&self) -> &Books {
        &self.books
    }
}
