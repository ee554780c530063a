//! How many snapshots of a run are kept: as many as fit into so many bytes a minute beside all else that is written, evenly
//! over time.

use std::time::Duration;

/// What is saved up while little is written, as time: a burst after a pause is no longer than this.
const SAVED_UP: Duration = Duration::from_secs(10);

/// Bytes a minute that a recording may take, as far as leaving out snapshots can bring it there.
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

/// What is left of an allowance.
#[derive(Clone, Copy, Debug)]
pub(super) struct Budget {
    allowance: Allowance,
    left: f64,
    at: Duration,
    /// Bytes of the rest that were paid for.
    rest: u64,
}

impl Budget {
    pub(super) const fn new(allowance: Allowance) -> Self {
        Self { allowance, left: 0.0, at: Duration::ZERO, rest: 0 }
    }

    /// Takes off what everything that is no snapshot has taken so far, in bytes; it is written in any case.
    pub(super) fn pay_for_the_rest(&mut self, bytes: u64) {
        let more = bytes.saturating_sub(self.rest) as f64;
        self.rest = bytes;
        self.left = (self.left - more).max(-self.saved_up());
    }

    /// Whether a snapshot of so many bytes may be kept at this time since the recording began; it is paid for then.
    ///
    /// While something is trained as much is left over, so that the last can be kept, too; one that nothing is trained during
    /// (before the first step, at a pause, at the end) may overdraw by what ten seconds give.
    pub(super) fn pays(&mut self, bytes: usize, now: Duration, training: bool) -> bool {
        let saved_up = self.saved_up();
        if saved_up.is_infinite() {
            return true;
        }
        let gained = self.allowance.bytes_a_second * now.saturating_sub(self.at).as_secs_f64();
        self.left = (self.left + gained).min(saved_up);
        self.at = now;
        let bytes = bytes as f64;
        let least = if training { (2.0 * bytes).min(saved_up) } else { -saved_up };
        let may = self.left >= least;
        if may {
            self.left -= bytes;
        }
        may
    }

    /// The most that is left over or overdrawn, in bytes.
    const fn saved_up(&self) -> f64 {
        self.allowance.bytes_a_second * SAVED_UP.as_secs() as f64
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
        assert!((19_700_000..=20_000_000).contains(&bytes), "{bytes}");
        assert_eq!(kept(&mut Budget::new(Allowance::ALL), 60), 360_000_000);
    }

    #[test]
    fn after_a_pause_no_more_is_saved_up_than_ten_seconds_give() {
        let mut budget = Budget::new(Allowance::megabytes_a_minute(6.0));
        let burst = Duration::from_secs(3600);
        let kept = (0..100).filter(|_| budget.pays(100_000, burst, true)).count();
        assert_eq!(kept, 9, "one is left over for the end");
        assert!(budget.pays(100_000, burst, false), "what is seen at a pause is kept");
    }

    #[test]
    fn what_is_written_anyway_is_paid_for_first() {
        let mut budget = Budget::new(Allowance::megabytes_a_minute(6.0));
        let mut rest = 0;
        let mut kept = 0;
        // 2 MB a minute of steps, and ten snapshots a second.
        for at in 0..600 {
            rest += 2_000_000 / 600;
            budget.pay_for_the_rest(rest);
            kept += usize::from(budget.pays(100_000, Duration::from_millis(at * 100), true));
        }
        assert!((37..=40).contains(&kept), "{kept}");
        // What no allowance pays for is not owed for longer than ten seconds.
        budget.pay_for_the_rest(1_000_000_000);
        let later = Duration::from_secs(60 + 13);
        assert!(budget.pays(100_000, later, true));
    }
}
