//! How long Bevy's other threads have worked on a processor, from Linux's `/proc`; what trains or draws in software is
//! left out.

use std::{fs, path::Path, time::Duration};

/// How the kernel's 15 letters of a thread's name begin when it is one of Bevy's.
const BEVYS: [&str; 3] = ["Compute Task", "Async Compute", "IO Task"];

/// Nothing where there is no `/proc`.
pub(crate) fn worked() -> Duration {
    let threads = fs::read_dir("/proc/self/task").into_iter().flatten().flatten();
    threads
        .map(|thread| thread.path())
        .filter(|path| {
            let name = fs::read_to_string(path.join("comm")).unwrap_or_default();
            BEVYS.iter().any(|bevys| name.starts_with(bevys))
        })
        // A thread may have ended meanwhile.
        .filter_map(|path| of_thread(&path))
        .sum()
}

fn of_thread(folder: &Path) -> Option<Duration> {
    let text = fs::read_to_string(folder.join("schedstat")).ok()?;
    Some(Duration::from_nanos(text.split_whitespace().next()?.parse().ok()?))
}
