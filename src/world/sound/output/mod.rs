//! What sound is played on, where nothing of the system is needed to build it: a sound server on Linux and its like, the
//! system's own device on Windows and macOS.

#[cfg(any(windows, target_os = "macos"))]
mod device;
#[cfg(all(unix, not(target_os = "macos")))]
mod pulse;

#[cfg(any(windows, target_os = "macos"))]
pub(super) use device::serve;
#[cfg(all(unix, not(target_os = "macos")))]
pub(super) use pulse::serve;
