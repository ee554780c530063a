//! The factorisation that is learned, and what it answers.

mod answer;
mod fold;
mod folds;
mod graph;
mod kernels;
mod kin;
mod layout;
#[cfg(test)]
mod layout_tests;
mod lists;
mod map;
mod nearest;
mod order;
mod quality;
mod ridge;
#[cfg(test)]
mod samples;
mod settings;
mod svd;
mod taste;
#[cfg(test)]
mod tests;
mod trainable;

use std::sync::Arc;

use self::trainable::RatingsTrainable;
use crate::{
    exhibits::recommender::payload::Ratings,
    learning::{TrainError, Trainable, TrainingConfig},
};

pub use self::settings::Settings;

pub(super) fn trainable(
    ratings: Arc<Ratings>,
    settings: Settings,
    config: &TrainingConfig,
) -> Result<Box<dyn Trainable>, TrainError> {
    settings.check(&ratings)?;
    Ok(Box::new(RatingsTrainable::new(ratings, settings, config)))
}
