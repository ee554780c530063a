//! Sums over an epoch or a run: examples, metrics, and time.

use std::time::Duration;

use crate::{
    learning::Stepped,
    stream::{MOST_METRICS, MetricValues},
};

/// Sums over an epoch or a run.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    pub(super) examples: u64,
    /// Metrics times examples.
    pub(super) sums: [f64; MOST_METRICS],
    /// Time spent on steps, watching included.
    pub(super) working: Duration,
    /// Time slept to keep the speed limit.
    pub(super) limited: Duration,
}

impl Tally {
    pub(super) fn examples_per_second(&self) -> f32 {
        let seconds = (self.working + self.limited).as_secs_f64();
        if seconds > 0.0 { (self.examples as f64 / seconds) as f32 } else { 0.0 }
    }

    /// Time that was there for steps, taken or waited for.
    pub(super) fn busy(&self) -> Duration {
        self.working + self.limited
    }

    pub(super) fn add(&mut self, stepped: &Stepped, took: Duration) {
        self.examples += stepped.examples as u64;
        self.working += took;
        for (sum, value) in self.sums.iter_mut().zip(stepped.values.as_slice()) {
            *sum += f64::from(*value) * stepped.examples as f64;
        }
    }

    /// Means over all examples, of so many metrics.
    pub(super) fn means(&self, metrics: usize) -> MetricValues {
        let means = self.sums.map(|sum| (sum / self.examples.max(1) as f64) as f32);
        MetricValues::new(means.get(..metrics).unwrap_or(&means))
    }
}
