//! Two clocks: the one on the wall, and the processor's, for software devices, which take the processor from everything
//! else.

use std::time::{Duration, Instant};

/// Tells the time, on the wall or of the processor.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Clock {
    begun: Instant,
    of_processor: bool,
}

impl Clock {
    pub(crate) fn new(of_processor: bool) -> Self {
        Self { begun: Instant::now(), of_processor }
    }

    /// How long the calling thread has worked.
    pub(crate) fn of_thread(&self) -> Duration {
        let used = self.of_processor.then(of_this_thread).flatten();
        used.unwrap_or_else(|| self.begun.elapsed())
    }
}

/// Exact, unlike `/proc`, which is told of a running thread only a few hundred times a second.
#[cfg(unix)]
fn of_this_thread() -> Option<Duration> {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    #[expect(unsafe_code, reason = "the standard library does not know this clock")]
    // SAFETY: the kernel writes one `timespec` where it is told to.
    let failed = unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &raw mut time) };
    (failed == 0).then(|| Duration::new(time.tv_sec as u64, time.tv_nsec as u32))
}

#[cfg(not(unix))]
fn of_this_thread() -> Option<Duration> {
    None
}
