//! How much memory the process of a bench takes, from Linux's own count.

use std::fs;

/// The most that it has had, in words.
#[allow(dead_code, reason = "each bench asks one of the two")]
pub fn peak() -> String {
    kib("VmHWM:").map_or_else(|| "unknown".to_owned(), |kib| format!("{kib} kB"))
}

/// What it has now, in MiB.
#[allow(dead_code, reason = "each bench asks one of the two")]
pub fn now_mib() -> f64 {
    kib("VmRSS:").map_or(f64::NAN, |kib| kib as f64 / 1024.0)
}

fn kib(name: &str) -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse().ok()
}
