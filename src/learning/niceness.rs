//! Threads that stand back behind others that want the same core.

/// Lets whatever draws go first where both want the same core: a late frame makes sick, a late step does not.
///
/// Linux gives every thread a niceness of its own; elsewhere it belongs to the whole process, which also draws.
pub(super) fn stand_back(niceness: i32) {
    #[cfg(not(target_os = "linux"))]
    let _ = niceness;
    #[cfg(target_os = "linux")]
    {
        #[expect(unsafe_code, reason = "the standard library knows no niceness")]
        // SAFETY: it takes and returns plain numbers; 0 is the calling thread.
        let failed = unsafe { libc::setpriority(libc::PRIO_PROCESS, 0, niceness) };
        if failed != 0 {
            // Nobody is worse off than before.
            tracing::debug!("the training could not be made to stand back");
        }
    }
}
