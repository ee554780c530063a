//! The factorisation that is learned, and what it answers.

mod answer;
mod eigen;
mod fold;
mod folds;
mod graph;
mod kernels;
mod kin;
mod layout;
#[cfg(test)]
mod layout_tests;
mod lesson;
mod lists;
mod map;
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
mod tsne;

use std::sync::Arc;

use self::lesson::RatingsLesson;
use crate::{
    exhibits::recommender::payload::Ratings,
    learning::{Lesson, Plan, TrainError},
};

pub use self::settings::Settings;

pub(super) fn lesson(
    ratings: Arc<Ratings>,
    settings: Settings,
    plan: &Plan,
) -> Result<Box<dyn Lesson>, TrainError> {
    settings.check(&ratings)?;
    Ok(Box::new(RatingsLesson::new(ratings, settings, plan)))
}
