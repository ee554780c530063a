//! How many snapshots of a run are kept: as many as fit into so many bytes a minute, evenly over time.

use std::time::Duration;

/// What is saved up while little is written, as time: a burst after a pause is no longer than this.
const SAVED_UP: Duration = Duration::from_secs(10);

/// Bytes a minute that snapshots may take in a recording.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Allowance {
    bytes_a_second: f64,
}

impl Allowance {
    /// All snapshots, whatever they take.
    pub const ALL: Self = Self { bytes_a_second: f64::INFINITY };

    /// So many megabytes (of a million bytes) a minute.
    pub fn megabytes_a_minute(megabytes: f64) -> Self {
        Self { bytes_a_second: megabytes * 1e6 / 60.0 }
    }
}

/// What is left of an allowance; it may be overdrawn by one snapshot, so that the first is always kept.
#[derive(Clone, Copy, Debug)]
pub(super) struct Budget {
    allowance: Allowance,
    left: f64,
    at: Duration,
}

impl Budget {
    pub(super) const fn new(allowance: Allowance) -> Self {
        Self { allowance, left: 0.0, at: Duration::ZERO }
    }

    /// Whether a snapshot of so many bytes may be kept at this time since the recording began; it is paid for then.
    ///
    /// One that nothing is trained during (at a pause, at the end) may overdraw by what ten seconds give.
    pub(super) fn pays(&mut self, bytes: usize, now: Duration, training: bool) -> bool {
        let a_second = self.allowance.bytes_a_second;
        if a_second.is_infinite() {
            return true;
        }
        let saved_up = a_second * SAVED_UP.as_secs_f64();
        let gained = a_second * now.saturating_sub(self.at).as_secs_f64();
        self.left = (self.left + gained).min(saved_up);
        self.at = now;
        let least = if training { 0.0 } else { -saved_up };
        let may = self.left >= least;
        if may {
            self.left -= bytes as f64;
        }
        may
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bytes kept of a snapshot of 100 kB that comes 60 times a second for so many seconds.
    fn kept(budget: &mut Budget, seconds: u64) -> usize {
        let kept = (0..seconds * 60)
            .filter(|at| budget.pays(100_000, Duration::from_millis(at * 1000 / 60), true));
        kept.count() * 100_000
    }

    #[test]
    fn a_minute_takes_what_it_may_and_no_more() {
        let mut budget = Budget::new(Allowance::megabytes_a_minute(20.0));
        let bytes = kept(&mut budget, 60);
        // The first is kept on credit.
        assert!((19_900_000..=20_200_000).contains(&bytes), "{bytes}");
        assert_eq!(kept(&mut Budget::new(Allowance::ALL), 60), 360_000_000);
    }

    #[test]
    fn after_a_pause_no_more_is_saved_up_than_ten_seconds_give() {
        let mut budget = Budget::new(Allowance::megabytes_a_minute(6.0));
        let burst = Duration::from_secs(3600);
        let kept = (0..100).filter(|_| budget.pays(100_000, burst, true)).count();
        assert_eq!(kept, 11);
        assert!(budget.pays(100_000, burst, false), "what is seen at a pause is kept");
    }
}
