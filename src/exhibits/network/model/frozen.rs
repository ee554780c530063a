//! What a frozen network's last layer reads of each image: worked out the first time the image is met, and kept.

use crate::learning::{TrainError, data::Examples, network::NetworkModel};

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

impl Features {
    /// Of so many images to learn from and to be tested on, none of which was met.
    pub(super) fn none(train: usize, test: usize) -> Self {
        Self { train: Kept::none(train), test: Kept::none(test) }
    }
}
