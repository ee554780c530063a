//! How many requests are answered in a second: as many as drip into a bucket, and a burst of as many as it holds.

use std::{sync::Mutex, time::Instant};

use super::lock::held;

/// Requests a second, and at once.
pub(super) const PER_SECOND: f64 = 5000.0;
const BURST: f64 = 500.0;

/// A bucket, and when it was looked into last.
pub(super) struct Rate(Mutex<(f64, Instant)>);

impl Default for Rate {
    fn default() -> Self {
        Self(Mutex::new((BURST, Instant::now())))
    }
}

impl Rate {
    /// Whether one more may be answered now.
    pub(super) fn allows(&self) -> bool {
        self.allows_at(Instant::now())
    }

    fn allows_at(&self, now: Instant) -> bool {
        let mut bucket = held(&self.0);
        let (level, since) = *bucket;
        let passed = now.saturating_duration_since(since).as_secs_f64();
        let level = PER_SECOND.mul_add(passed, level).min(BURST);
        let allowed = level >= 1.0;
        *bucket = (if allowed { level - 1.0 } else { level }, now.max(since));
        allowed
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_burst_is_followed_by_what_drips() {
        let rate = Rate::default();
        let now = Instant::now();
        let allowed = |now| (0..10_000).filter(|_| rate.allows_at(now)).count();
        assert_eq!(allowed(now), BURST as usize);
        assert_eq!(allowed(now), 0);
        let few = allowed(now + Duration::from_millis(20));
        assert!((99..=101).contains(&few), "{few}");
        // Nobody saves up for more than a burst.
        assert_eq!(allowed(now + Duration::from_secs(3600)), BURST as usize);
    }
}
