//! Processor time of the threads that make a frame, from Linux's `/proc`, where a software device takes turns with them.

use std::{fs, time::Duration};

/// How the kernel's 15 letters of a thread's name begin when it is one of Bevy's.
const BEVYS: [&str; 3] = ["Compute Task", "Async Compute", "IO Task"];

/// How long the main thread and Bevy's own have run on a processor; threads that train or draw are left out.
///
/// Nothing where there is no `/proc`.
pub(crate) fn used() -> Option<Duration> {
    let main = std::process::id().to_string();
    let mut nanoseconds = 0_u64;
    for thread in fs::read_dir("/proc/self/task").ok()?.flatten() {
        let is_main = thread.file_name().to_str() == Some(&main);
        let name = fs::read_to_string(thread.path().join("comm")).unwrap_or_default();
        if !is_main && !BEVYS.iter().any(|bevys| name.starts_with(bevys)) {
            continue;
        }
        // A thread may have ended meanwhile.
        let spent = fs::read_to_string(thread.path().join("schedstat")).unwrap_or_default();
        nanoseconds +=
            spent.split_whitespace().next().and_then(|word| word.parse::<u64>().ok()).unwrap_or(0);
    }
    Some(Duration::from_nanos(nanoseconds))
}
