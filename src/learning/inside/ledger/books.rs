//! What was made of a run last, so that it is not made again: the ledger and the forecast, for whoever asks what happens without
//! some images, and the weights learned from shuffled labels, for the next map of them.

use std::sync::{Arc, Mutex};

use super::{Foretold, Subject};

/// Where the last ledger of a run is kept, its last forecast, and what it would have learned from shuffled labels; clones share it.
#[derive(Clone, Debug, Default)]
pub struct Books(Arc<Mutex<Pages>>);

#[derive(Debug, Default)]
struct Pages {
    ledger: Option<Entry<Arc<[f64]>>>,
    foretold: Option<Entry<Foretold>>,
    removals: Option<(u64, Arc<[Removal]>)>,
    relearned: Option<Relearned>,
}

/// A run that was really taken again without some training images.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::learning::inside) struct Removal {
    pub(in crate::learning::inside) left_out: Vec<u32>,
    /// Trainable numbers at its end.
    pub(in crate::learning::inside) ended: Vec<f32>,
}

/// What a run would have learned from shuffled labels.
#[derive(Clone, Debug)]
pub(in crate::learning::inside) struct Relearned {
    /// How many steps it took so.
    pub(in crate::learning::inside) steps: u64,
    /// What the order of the labels was drawn from.
    pub(in crate::learning::inside) seed: u64,
    /// Trainable numbers, in the order of [`Replayed::parameters`](super::super::Replayed::parameters).
    pub(in crate::learning::inside) numbers: Arc<[f32]>,
}

/// What was found of an input after so many steps.
#[derive(Clone, Debug)]
struct Entry<T> {
    steps: u64,
    subject: Subject,
    found: T,
}

impl<T: Clone> Entry<T> {
    fn of(&self, steps: u64, subject: &Subject) -> Option<T> {
        let alike = self.steps == steps && self.subject == *subject;
        alike.then(|| self.found.clone())
    }
}

impl Books {
    /// The credit of each training image over all parameters, if the ledger of this input after so many steps was the last.
    pub(in crate::learning::inside) fn find(
        &self,
        steps: u64,
        subject: &Subject,
    ) -> Option<Arc<[f64]>> {
        self.0.lock().ok()?.ledger.as_ref()?.of(steps, subject)
    }

    /// Keeps a ledger in the place of the last.
    pub(in crate::learning::inside) fn keep(
        &self,
        steps: u64,
        subject: &Subject,
        credits: Arc<[f64]>,
    ) {
        // Whoever panicked with it open has only lost what can be made again.
        if let Ok(mut kept) = self.0.lock() {
            kept.ledger = Some(Entry { steps, subject: subject.clone(), found: credits });
        }
    }

    /// What was foretold of this input after so many steps, if that was the last.
    pub(in crate::learning::inside) fn foretold(
        &self,
        steps: u64,
        subject: &Subject,
    ) -> Option<Foretold> {
        self.0.lock().ok()?.foretold.as_ref()?.of(steps, subject)
    }

    /// Keeps a forecast in the place of the last.
    pub(in crate::learning::inside) fn keep_foretold(
        &self,
        steps: u64,
        subject: &Subject,
        found: Foretold,
    ) {
        if let Ok(mut kept) = self.0.lock() {
            kept.foretold = Some(Entry { steps, subject: subject.clone(), found });
        }
    }

    /// The runs of so many steps without some images against which forecasts are held, if those were the last.
    pub(in crate::learning::inside) fn removals(&self, steps: u64) -> Option<Arc<[Removal]>> {
        let kept = self.0.lock().ok()?;
        let (own, removals) = kept.removals.as_ref()?;
        (*own == steps).then(|| Arc::clone(removals))
    }

    /// Keeps such runs in the place of the last.
    pub(in crate::learning::inside) fn keep_removals(&self, steps: u64, runs: Arc<[Removal]>) {
        if let Ok(mut kept) = self.0.lock() {
            kept.removals = Some((steps, runs));
        }
    }

    /// What was learned from labels in this order in so many steps, if that was the last.
    pub(in crate::learning::inside) fn relearned(
        &self,
        steps: u64,
        seed: u64,
    ) -> Option<Arc<[f32]>> {
        let kept = self.0.lock().ok()?;
        let relearned = kept.relearned.as_ref()?;
        let alike = relearned.steps == steps && relearned.seed == seed;
        alike.then(|| Arc::clone(&relearned.numbers))
    }

    /// Keeps what was learned from shuffled labels in the place of the last.
    pub(in crate::learning::inside) fn keep_relearned(&self, relearned: Relearned) {
        if let Ok(mut kept) = self.0.lock() {
            kept.relearned = Some(relearned);
        }
    }
}
