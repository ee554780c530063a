//! Takes pictures of a lesson at the asked rate, and measures what that costs.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use super::{Lesson, Picture};
use crate::stream::{InputChoice, Pictures, RunId, Snapshot, Step, WatchCost};

/// The most of the training's time that pictures may take while it goes on, as a share: what is left of the 5 % that
/// watching may cost is for handing them over.
const MOST_SHARE: f64 = 0.04;

/// Decides when a picture is due, and keeps the bill.
pub(super) struct Recorder {
    /// The input that is shown.
    input: InputChoice,
    /// The last input that could be shown.
    good_input: InputChoice,
    per_second: f32,
    next: Instant,
    pictures: Pictures,
    taken: u64,
    dropped_before: u64,
    watching: Duration,
}

impl Recorder {
    pub(super) fn new(pictures: Pictures, per_second: f32, input: InputChoice) -> Self {
        let mut recorder = Self {
            good_input: input.clone(),
            input,
            per_second: 0.0,
            next: Instant::now(),
            pictures,
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
        self.dropped_before = self.pictures.dropped();
        self.next = Instant::now();
    }

    /// Takes at most so many pictures a second from now on; what is not positive is none.
    pub(super) fn set_rate(&mut self, per_second: f32) {
        self.per_second = if per_second.is_finite() { per_second.max(0.0) } else { 0.0 };
        self.next = Instant::now();
    }

    /// Shows another input from now on, beginning with the next step: whoever asks waits for it.
    pub(super) fn watch(&mut self, input: InputChoice) {
        self.input = input;
        self.next = Instant::now();
    }

    /// Whether the next step should be pictured.
    pub(super) fn due(&self, now: Instant) -> bool {
        self.per_second > 0.0 && now >= self.next
    }

    /// Takes a picture and offers it; a lesson that cannot show the input keeps the one before it.
    ///
    /// The bill is for those that a step waits for: before the first, at a pause and after the last nothing is held up.
    pub(super) fn take(
        &mut self,
        lesson: &mut dyn Lesson,
        (run, step): (RunId, Step),
        a_step_waits: bool,
    ) {
        if self.per_second <= 0.0 {
            return;
        }
        let start = Instant::now();
        match lesson.picture(&self.input) {
            Ok(picture) => {
                self.good_input.clone_from(&self.input);
                let Picture { layers, parameters, answer } = picture;
                let input = self.input.clone();
                let snapshot = Snapshot { run, step, input, layers, parameters, answer };
                self.pictures.offer(Arc::new(snapshot));
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
        // A late picture does not hurry the ones after it, and a costly one keeps them off.
        let period = Duration::from_secs_f32((1.0 / self.per_second).min(3600.0));
        let affordable = now + took.mul_f64(1.0 / MOST_SHARE - 1.0);
        self.next = (self.next + period).max(start).max(affordable);
    }

    /// Puts what else a step waited for on the bill.
    pub(super) fn bill(&mut self, took: Duration) {
        self.watching += took;
    }

    /// The bill of this run, of which so much time went into training, watching included.
    pub(super) fn cost(&self, working: Duration) -> WatchCost {
        WatchCost {
            snapshots: self.taken,
            snapshots_dropped: self.pictures.dropped().saturating_sub(self.dropped_before),
            watching_seconds: self.watching.as_secs_f64(),
            working_seconds: working.as_secs_f64(),
        }
    }
}
