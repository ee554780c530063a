//! Two clocks: the one on the wall, and the processor's, for software devices, which take the processor from everything
//! else. The processor's is Linux's, from `/proc`.

use std::{
    fs,
    time::{Duration, Instant},
};

/// How the kernel's 15 letters of a thread's name begin when it is one of Bevy's.
const BEVYS: [&str; 3] = ["Compute Task", "Async Compute", "IO Task"];

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
        let used = self.of_processor.then(|| worked("/proc/thread-self/schedstat")).flatten();
        used.unwrap_or_else(|| self.begun.elapsed())
    }

    /// How long Bevy's other threads have worked; what trains or draws in software is left out.
    pub(crate) fn of_others(&self) -> Duration {
        if !self.of_processor {
            return Duration::ZERO;
        }
        let threads = fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
        threads
            .map(|thread| thread.path())
            .filter(|path| {
                let name = fs::read_to_string(path.join("comm")).unwrap_or_default();
                BEVYS.iter().any(|bevys| name.starts_with(bevys))
            })
            // A thread may have ended meanwhile.
            .filter_map(|path| worked(path.join("schedstat").to_str()?))
            .sum()
    }
}

fn worked(file: &str) -> Option<Duration> {
    let text = fs::read_to_string(file).ok()?;
    Some(Duration::from_nanos(text.split_whitespace().next()?.parse().ok()?))
}
