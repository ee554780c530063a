//! How much memory the process of a bench takes, from Linux's own count.

use std::fs;

/// A line of `/proc/self/status` (`proc_pid_status(5)`) in MiB: `VmHWM` for the most that it has had, `VmRSS` for what it has
/// now; not a number elsewhere than on Linux.
pub(crate) fn mib(of: &str) -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(of)?.strip_prefix(':'));
    let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    kib.map_or(f64::NAN, |kib| kib / 1024.0)
}
