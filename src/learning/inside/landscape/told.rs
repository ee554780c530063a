//! What is known already of a run's landscapes: the last plane with the places that were looked at, and losses of kept states.

use std::{
    collections::{BTreeMap, HashMap},
    hash::{DefaultHasher, Hash, Hasher},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use super::{bounds::Bounds, plane::Directions};
use crate::{
    inside::{LandscapeAsked, Plane, PlaneAxis},
    learning::TrainError,
    words::Phrase,
};

/// A plane of more bytes is laid anew each time.
const MOST_BYTES: usize = 64 << 20;
/// Losses of states that are kept; a run keeps far fewer states at a time.
const MOST_LOSSES: usize = 2048;

/// After which step, over how many images, drawn by which seed.
type OfState = (u64, usize, u64);

/// Shared by all who ask about a run.
#[derive(Debug, Default)]
pub(in crate::learning::inside) struct Known {
    last: Mutex<Option<(Key, Arc<Laid>)>>,
    losses: Mutex<BTreeMap<OfState, f32>>,
}

/// What makes a plane another: all but how finely it is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Key {
    plane: Plane,
    seed: u64,
    images: usize,
    states: usize,
    step: u64,
    weights: u64,
}

impl Key {
    pub(super) fn of(asked: &LandscapeAsked, bounds: Bounds, step: u64, numbers: &[f32]) -> Self {
        let mut hasher = DefaultHasher::new();
        numbers.iter().for_each(|number| number.to_bits().hash(&mut hasher));
        let Bounds { images, states, .. } = bounds;
        let LandscapeAsked { plane, seed, .. } = *asked;
        Self { plane, seed, images, states, step, weights: hasher.finish() }
    }
}

/// A plane that has been laid, and what has been seen on it.
#[derive(Debug)]
pub(super) struct Laid {
    pub(super) directions: Directions,
    pub(super) axes: [PlaneAxis; 2],
    pub(super) loss: f32,
    /// Where the states before now lie over it, and how far from it.
    pub(super) shadows: Vec<([f32; 2], f32)>,
    pub(super) remarks: Vec<Phrase>,
    places: Mutex<HashMap<[u32; 2], f32>>,
}

impl Laid {
    pub(super) fn new(
        directions: Directions,
        axes: [PlaneAxis; 2],
        loss: f32,
        shadows: Vec<([f32; 2], f32)>,
        remarks: Vec<Phrase>,
    ) -> Self {
        // What lies at the weights themselves is known.
        let places = HashMap::from([(place([0.0; 2]), loss)]);
        Self { directions, axes, loss, shadows, remarks, places: Mutex::new(places) }
    }

    /// The loss at a place, found if it is not known.
    pub(super) fn loss_at(
        &self,
        at: [f32; 2],
        find: impl FnOnce() -> Result<f32, TrainError>,
    ) -> Result<f32, TrainError> {
        let place = place(at);
        if let Some(loss) = held(&self.places).get(&place) {
            return Ok(*loss);
        }
        let loss = find()?;
        held(&self.places).insert(place, loss);
        Ok(loss)
    }
}

impl Known {
    /// The last plane, if it is this one.
    pub(super) fn laid(&self, key: &Key) -> Option<Arc<Laid>> {
        let last = held(&self.last);
        let (of, laid) = last.as_ref()?;
        (of == key).then(|| Arc::clone(laid))
    }

    /// Keeps a plane in the place of the last, unless it is too large.
    pub(super) fn keep(&self, key: Key, laid: Laid) -> Arc<Laid> {
        let laid = Arc::new(laid);
        let fits = laid.directions.bytes() <= MOST_BYTES;
        *held(&self.last) = fits.then(|| (key, Arc::clone(&laid)));
        laid
    }

    /// The loss of a kept state over these images, found if it is not known.
    pub(super) fn loss(
        &self,
        step: u64,
        (images, seed): (usize, u64),
        find: impl FnOnce() -> Result<f32, TrainError>,
    ) -> Result<f32, TrainError> {
        let of = (step, images, seed);
        if let Some(loss) = held(&self.losses).get(&of) {
            return Ok(*loss);
        }
        let loss = find()?;
        let mut losses = held(&self.losses);
        if losses.len() >= MOST_LOSSES {
            losses.clear();
        }
        losses.insert(of, loss);
        Ok(loss)
    }
}

/// What tells places apart: zero has two signs, but is one place.
fn place(at: [f32; 2]) -> [u32; 2] {
    at.map(|along| (along + 0.0).to_bits())
}

/// What a panic elsewhere left is as good as before.
fn held<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}
