//! How fast a run goes, averaged over about the last second.

use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

/// What is averaged over.
const WINDOW: Duration = Duration::from_secs(1);
/// Marks no closer than this, so that the window holds few of them.
const SPACING: Duration = Duration::from_millis(20);

/// Counts of steps and examples at moments of the last second.
#[derive(Debug, Default)]
pub(super) struct Throughput {
    marks: VecDeque<(Instant, u64, u64)>,
}

impl Throughput {
    /// Forgets what was, so that a pause does not count.
    pub(super) fn start(&mut self, now: Instant, steps: u64, examples: u64) {
        self.marks.clear();
        self.marks.push_back((now, steps, examples));
    }

    /// Steps and examples per second up to now.
    pub(super) fn measure(&mut self, now: Instant, steps: u64, examples: u64) -> (f32, f32) {
        while self.marks.get(1).is_some_and(|(at, ..)| now.duration_since(*at) >= WINDOW) {
            self.marks.pop_front();
        }
        let Some(&(since, steps_then, examples_then)) = self.marks.front() else {
            self.start(now, steps, examples);
            return (0.0, 0.0);
        };
        if self.marks.back().is_none_or(|(at, ..)| now.duration_since(*at) >= SPACING) {
            self.marks.push_back((now, steps, examples));
        }
        let seconds = now.duration_since(since).as_secs_f32();
        if seconds <= 0.0 {
            return (0.0, 0.0);
        }
        let per_second = |now: u64, then: u64| now.saturating_sub(then) as f32 / seconds;
        (per_second(steps, steps_then), per_second(examples, examples_then))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_second_counts_and_no_pause() {
        let start = Instant::now();
        let at = |millis| start + Duration::from_millis(millis);
        let mut pace = Throughput::default();
        pace.start(at(0), 0, 0);
        // Ten steps a second, then a hundred.
        for step in 1..=20_u64 {
            pace.measure(at(step * 100), step, step * 32);
        }
        let (steps, examples) = pace.measure(at(2000), 20, 640);
        assert!((steps - 10.0).abs() < 0.5 && (examples - 320.0).abs() < 16.0);
        pace.start(at(60_000), 20, 640);
        let (steps, _) = pace.measure(at(60_100), 30, 960);
        assert!((steps - 100.0).abs() < 1.0);
    }
}
