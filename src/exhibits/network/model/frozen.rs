//! What a frozen network's last layer reads of each image: worked out the first time the image is met, and kept.

use crate::{
    exhibits::network::model::NetworkTrainable,
    learning::{TrainError, data::Examples, network::NetworkModel},
};

/// Features of the images of both parts.
pub(super) struct Features {
    pub(super) train: Kept,
    pub(super) test: Kept,
}

/// Features of images, of those that were met.
pub(super) struct Kept {
    of: Vec<Option<Box<[f32]>>>,
}

impl Kept {
    fn none(images: usize) -> Self {
        Self { of: vec![None; images] }
    }

    /// Features of these images, one after the other.
    pub(super) fn gather(
        &mut self,
        model: &NetworkModel,
        images: &Examples,
        rows: &[u32],
    ) -> Result<Vec<f32>, TrainError> {
        let row = |row: &u32| *row as usize;
        let is_new = |at: &usize| self.of.get(*at).is_some_and(Option::is_none);
        let new: Vec<usize> = rows.iter().map(row).filter(is_new).collect();
        if !new.is_empty() {
            let met = model.features(new.iter().filter_map(|at| images.image(*at)))?;
            for (at, features) in new.into_iter().zip(met) {
                if let Some(kept) = self.of.get_mut(at) {
                    *kept = Some(features.into());
                }
            }
        }
        let kept = rows.iter().map(row).filter_map(|at| self.of.get(at)?.as_deref());
        Ok(kept.collect::<Vec<_>>().concat())
    }
}

impl NetworkTrainable {
    /// Lets only the last layer learn, from features that stay the same in every run, as the weights before it came with
    /// the network.
    pub(super) fn freeze(&mut self) -> Result<(), TrainError> {
        self.model.freeze()?;
        self.features = Some(Features {
            train: Kept::none(self.train.len()),
            test: Kept::none(self.test.len()),
        });
        Ok(())
    }
}
