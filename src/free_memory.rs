//! Memory of what is over goes back to the system, and not only to this process.

use std::thread;

/// Gives back what lies free. glibc keeps it in an arena for each thread, so that a hall in which one exhibit follows the
/// other would grow for hours before its arenas fill up again; other allocators give it back by themselves.
pub(crate) fn give_back() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    {
        #[expect(unsafe_code, reason = "the standard library knows no arenas")]
        // SAFETY: it takes a number and locks each arena while it looks at it; nothing that is in use is touched.
        unsafe {
            libc::malloc_trim(0);
        }
    }
}

/// The same on a thread that comes and goes, as an arena takes milliseconds and a frame has none to spare.
pub(crate) fn give_back_aside() {
    if let Err(error) = thread::Builder::new().name("memory".to_owned()).spawn(give_back) {
        tracing::debug!("no thread gives free memory back: {error}");
    }
}
