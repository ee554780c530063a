//! What is counted of a service: requests by what became of them, how long predictions took, and how many images were read
//! together.

use std::{
    sync::atomic::{AtomicU64, AtomicUsize, Ordering},
    time::Duration,
};

/// Upper bounds of the buckets of how long a prediction takes, in milliseconds.
pub(super) const BOUNDS_MS: [u64; 11] = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10_000];

/// Counts since the service began.
#[derive(Default)]
pub(super) struct Counts {
    /// Connections that are open.
    pub(super) connections: AtomicUsize,
    /// Connections that found no room.
    pub(super) turned_away: AtomicU64,
    /// Answered requests for predictions, and those that were refused.
    pub(super) predicted: AtomicU64,
    pub(super) refused: AtomicU64,
    /// Passes in which images were read, and the images.
    pub(super) batches: AtomicU64,
    pub(super) images: AtomicU64,
    /// Predictions by how long they took, those beyond the last bound last, and the sum in microseconds.
    buckets: [AtomicU64; BOUNDS_MS.len() + 1],
    microseconds: AtomicU64,
}

impl Counts {
    pub(super) fn read_together(&self, images: usize) {
        self.batches.fetch_add(1, Ordering::Relaxed);
        self.images.fetch_add(images as u64, Ordering::Relaxed);
    }

    /// An image was read, after so long.
    pub(super) fn took(&self, time: Duration) {
        self.predicted.fetch_add(1, Ordering::Relaxed);
        let micros = time.as_micros() as u64;
        self.microseconds.fetch_add(micros, Ordering::Relaxed);
        let place = BOUNDS_MS.iter().take_while(|bound| micros > **bound * 1000).count();
        if let Some(bucket) = self.buckets.get(place) {
            bucket.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Predictions that took no longer than each bound, all of them last, and their sum in seconds.
    pub(super) fn times(&self) -> (Vec<u64>, f64) {
        let mut below = 0;
        let counts = self.buckets.iter().map(|bucket| {
            below += bucket.load(Ordering::Relaxed);
            below
        });
        (counts.collect(), self.microseconds.load(Ordering::Relaxed) as f64 / 1e6)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_prediction_is_below_its_bound_and_all_above() {
        let counts = Counts::default();
        for millis in [0, 1, 4, 20_000] {
            counts.took(Duration::from_millis(millis));
        }
        let (below, seconds) = counts.times();
        assert_eq!(below, [2, 2, 3, 3, 3, 3, 3, 3, 3, 3, 3, 4]);
        assert!((seconds - 20.005).abs() < 1e-9);
    }
}
