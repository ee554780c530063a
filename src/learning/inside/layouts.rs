//! The layouts of the questions asked last, from which the next ones go on, so that points do not jump.

use std::sync::{Arc, Mutex, PoisonError};

use crate::{inside::PointsAsked, learning::layout::Point};

/// Questions whose layouts are kept.
const MOST_KEPT: usize = 4;

/// Layouts of a run, shared by whoever works on the next ones.
#[derive(Debug, Default)]
pub struct Layouts {
    /// The one that was answered last comes last.
    kept: Mutex<Vec<(PointsAsked, Arc<Last>)>>,
}

/// How a question was answered last.
#[derive(Debug, Default)]
pub(super) struct Last {
    /// Directions in which images differ.
    pub(super) directions: Vec<Vec<f64>>,
    /// The first three numbers of each image as they were told.
    pub(super) places: Vec<Point>,
    /// Where neighbours were left, in the units of t-SNE.
    pub(super) left: Vec<Point>,
    /// How far points move by chance.
    pub(super) noise: Option<f32>,
}

impl Layouts {
    pub(super) fn last(&self, asked: &PointsAsked) -> Option<Arc<Last>> {
        // What a thread left behind that panicked is whole: each layout is put in at once.
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|(of, _)| of == asked).map(|(_, last)| Arc::clone(last))
    }

    pub(super) fn keep(&self, asked: &PointsAsked, last: Last) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|(of, _)| of != asked);
        kept.push((asked.clone(), Arc::new(last)));
        if kept.len() > MOST_KEPT {
            kept.remove(0);
        }
    }
}
