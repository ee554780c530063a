//! Memory of a session that is over goes back to the system, and not only to this process.

/// Gives back what lies free. glibc keeps it in an arena for each thread that has ended, so that a hall in which one exhibit
/// follows the other would grow for hours before its arenas fill up again; other allocators give it back by themselves.
pub(super) fn give_back() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    {
        #[expect(unsafe_code, reason = "the standard library knows no arenas")]
        // SAFETY: it takes a number and locks each arena while it looks at it; nothing that is in use is touched.
        unsafe {
            libc::malloc_trim(0);
        }
    }
}
