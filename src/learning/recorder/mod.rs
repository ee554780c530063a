//! Takes snapshots of a trainable as they are subscribed to, and measures what that costs.

mod lane;
mod subscriptions;
#[cfg(test)]
mod tests;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use self::lane::{Lane, rate};
use super::{Readout, Trainable, taps::Taps};
use crate::stream::{InputChoice, RunId, Snapshot, SnapshotQueue, Step, WatchCost};

/// Decides when a snapshot is due and what it holds, and keeps the bill.
pub(super) struct Recorder {
    /// The input that is shown.
    input: InputChoice,
    /// The last input that could be shown.
    good_input: InputChoice,
    /// No more than this of anything.
    per_second: f32,
    /// What is looked at, together what is wanted equally often, the most frequent first.
    lanes: Vec<Lane>,
    snapshots: SnapshotQueue,
    taken: u64,
    dropped_before: u64,
    watching: Duration,
}

impl Recorder {
    pub(super) fn new(snapshots: SnapshotQueue, per_second: f32, input: InputChoice) -> Self {
        let all = Lane {
            wanted: None,
            per_second: f32::MAX,
            weight: 1.0,
            coarser: 0,
            next: Instant::now(),
        };
        let mut recorder = Self {
            good_input: input.clone(),
            input,
            per_second: 0.0,
            lanes: vec![all],
            snapshots,
            taken: 0,
            dropped_before: 0,
            watching: Duration::ZERO,
        };
        recorder.set_rate(per_second);
        recorder
    }

    /// Begins a new bill for a new run.
    pub(super) fn start(&mut self) {
        self.taken = 0;
        self.watching = Duration::ZERO;
        self.dropped_before = self.snapshots.dropped();
        self.hurry();
    }

    /// Takes at most so many snapshots a second from now on.
    pub(super) fn set_rate(&mut self, per_second: f32) {
        self.per_second = rate(per_second);
        self.hurry();
    }

    /// Shows another input from now on, beginning with the next step: whoever asks waits for it.
    pub(super) fn watch(&mut self, input: InputChoice) {
        self.input = input;
        self.hurry();
    }

    /// What is looked at most comes with the next step; the rest still has to pay for itself.
    fn hurry(&mut self) {
        if let Some(first) = self.lanes.first_mut() {
            first.next = Instant::now();
        }
    }

    /// Whether the next step should be pictured: somebody looks, has taken the last ones, and it is time.
    ///
    /// The most frequent is in every snapshot, so that what is looked at most is never missing beside something else.
    pub(super) fn due(&self, now: Instant) -> bool {
        self.per_second > 0.0
            && self.lanes.first().is_some_and(|lane| now >= lane.next)
            && self.has_room()
    }

    /// Whether the room has taken the last ones.
    pub(super) fn has_room(&self) -> bool {
        self.snapshots.has_credit()
    }

    /// Takes a snapshot of what is due and offers it; a trainable that cannot show the input keeps the one before it.
    ///
    /// The bill is for those that a step waits for: before the first, at a pause and after the last nothing is held up, so
    /// that all is shown that is looked at.
    pub(super) fn take(
        &mut self,
        trainable: &mut dyn Trainable,
        (run, step): (RunId, Step),
        a_step_waits: bool,
    ) {
        if self.per_second <= 0.0 {
            return;
        }
        let start = Instant::now();
        let is_due = |(at, lane): (usize, &Lane)| at == 0 || !a_step_waits || start >= lane.next;
        let due: Vec<bool> = self.lanes.iter().enumerate().map(is_due).collect();
        let of_due = || self.lanes.iter().zip(&due).filter(|(_, due)| **due).map(|(lane, _)| lane);
        let mut taps = if of_due().any(|lane| lane.wanted.is_none()) {
            Taps::everything()
        } else {
            Taps::of(of_due().flat_map(|lane| lane.subscriptions(a_step_waits)).collect())
        };
        let mut tensors = Vec::new();
        match trainable.show(&self.input, &mut taps) {
            Ok(Readout { parameters, answer }) => {
                self.good_input.clone_from(&self.input);
                let (layers, took) = taps.done();
                tensors = took;
                let input = self.input.clone();
                let snapshot = Snapshot { run, step, input, layers, parameters, answer };
                self.snapshots.offer(Arc::new(snapshot));
                self.taken += 1;
            }
            Err(error) => {
                tracing::warn!("this input cannot be shown: {error}");
                self.input.clone_from(&self.good_input);
            }
        }
        let now = Instant::now();
        let took = now - start;
        if a_step_waits {
            self.watching += took;
        }
        // Each pays for its own tensors, and the most frequent for what all have in common.
        let mut common = took.saturating_sub(tensors.iter().map(|(_, took)| *took).sum());
        let shares = self.shares();
        for ((lane, due), share) in self.lanes.iter_mut().zip(due).zip(shares) {
            let of_it = |tensor| lane.wanted.is_none() || lane.holds(tensor);
            let own = tensors.iter().filter(|(tensor, _)| of_it(*tensor));
            let own: Duration = own.map(|(_, took)| *took).sum();
            if due {
                let took = (own, std::mem::take(&mut common));
                lane.put_off((start, now), took, self.per_second, share);
            }
        }
        self.part_with_the_dearest(&tensors);
    }

    /// Puts what else a step waited for on the bill.
    pub(super) fn bill(&mut self, took: Duration) {
        self.watching += took;
    }

    /// The bill of this run, of which so much time went into training, watching included.
    pub(super) fn cost(&self, working: Duration) -> WatchCost {
        WatchCost {
            snapshots: self.taken,
            snapshots_dropped: self.snapshots.dropped().saturating_sub(self.dropped_before),
            watching_seconds: self.watching.as_secs_f64(),
            working_seconds: working.as_secs_f64(),
        }
    }
}
