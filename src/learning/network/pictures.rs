//! Images as a network learns from them and is tested on them: each batch changed anew in each epoch, or, where only the last
//! layer learns, by what that reads of each image, worked out the first time the image is met and kept.

use std::{
    ops::Range,
    sync::{Arc, OnceLock},
};

use super::{Batch, NetworkModel};
use crate::{
    learning::{
        TrainError,
        data::{Augmenter, Examples},
    },
    network::Augmentation,
};

/// The images of both parts; clones share them, and what was worked out of them.
#[derive(Clone)]
pub struct Pictures {
    /// What is learned from.
    pub train: Arc<Examples>,
    /// What is tested on.
    pub tests: Arc<Examples>,
    augmenter: Augmenter,
    /// What the last layer reads, if only that learns.
    features: Option<Features>,
}

/// Features of the images of both parts.
#[derive(Clone)]
struct Features {
    train: Kept,
    tests: Kept,
}

/// Features of images, of those that were met.
#[derive(Clone)]
struct Kept(Arc<[OnceLock<Box<[f32]>>]>);

impl Pictures {
    /// Images of this many channels, rows and columns, changed so before they are learned from.
    pub fn new(
        [train, tests]: [Arc<Examples>; 2],
        augmentation: Augmentation,
        size: [usize; 3],
    ) -> Self {
        Self { train, tests, augmenter: Augmenter::new(augmentation, size), features: None }
    }

    /// From now on gives what the last layer reads of each image instead of the image.
    pub fn freeze(&mut self) {
        let [train, tests] = [&self.train, &self.tests].map(|images| Kept::none(images.len()));
        self.features = Some(Features { train, tests });
    }

    /// Gives the images themselves again.
    #[cfg(test)]
    pub(crate) fn thaw(&mut self) {
        self.features = None;
    }

    /// Whether it gives what the last layer reads.
    pub const fn is_frozen(&self) -> bool {
        self.features.is_some()
    }

    /// Whether images that are learned from are changed first.
    pub fn is_changing(&self) -> bool {
        !self.augmenter.is_nothing()
    }

    /// Changes images of these places as they are changed in an epoch of a run of this seed.
    pub fn change(&self, images: &mut [f32], places: &[u32], (seed, epoch): (u64, u32)) {
        self.augmenter.change(images, places, seed, epoch);
    }

    /// A batch of these images as it is learned from in an epoch of a run of this seed.
    ///
    /// # Errors
    /// If burn refuses a calculation.
    pub fn batch(
        &self,
        model: &NetworkModel,
        rows: &[u32],
        (seed, epoch): (u64, u32),
    ) -> Result<Batch, TrainError> {
        let (inputs, labels) = match &self.features {
            Some(features) => {
                let labels = rows.iter().filter_map(|row| self.train.labels.get(*row as usize));
                let labels = labels.map(|label| i64::from(*label)).collect();
                (features.train.gather(model, &self.train, rows)?, labels)
            }
            None => {
                let (mut images, labels) = self.train.gather(rows);
                self.change(&mut images, rows, (seed, epoch));
                (images, labels)
            }
        };
        Ok(Batch { inputs, labels, counts: None })
    }

    /// Images that are tested on, one after the other, with their classes.
    ///
    /// # Errors
    /// If burn refuses a calculation.
    pub fn tested(
        &self,
        model: &NetworkModel,
        rows: Range<usize>,
    ) -> Result<(Vec<f32>, Vec<u8>), TrainError> {
        let labels = self.tests.labels.get(rows.clone()).unwrap_or_default().to_vec();
        let inputs = match &self.features {
            Some(features) => {
                let rows: Vec<u32> = rows.map(|row| row as u32).collect();
                features.tests.gather(model, &self.tests, &rows)?
            }
            None => rows.filter_map(|row| self.tests.image(row)).flatten().copied().collect(),
        };
        Ok((inputs, labels))
    }
}

impl Kept {
    fn none(images: usize) -> Self {
        Self((0..images).map(|_| OnceLock::new()).collect())
    }

    /// Features of these images, one after the other.
    fn gather(
        &self,
        model: &NetworkModel,
        images: &Examples,
        rows: &[u32],
    ) -> Result<Vec<f32>, TrainError> {
        let row = |row: &u32| *row as usize;
        let is_new = |at: &usize| self.0.get(*at).is_some_and(|kept| kept.get().is_none());
        let new: Vec<usize> = rows.iter().map(row).filter(is_new).collect();
        if !new.is_empty() {
            // Nothing is held meanwhile: two who meet an image at once find the same of it.
            let met = model.features(new.iter().filter_map(|at| images.image(*at)))?;
            for (at, features) in new.into_iter().zip(met) {
                if let Some(kept) = self.0.get(at) {
                    kept.set(features.into()).ok();
                }
            }
        }
        let kept = rows.iter().map(row).filter_map(|at| self.0.get(at)?.get().map(|own| &**own));
        Ok(kept.collect::<Vec<_>>().concat())
    }
}
