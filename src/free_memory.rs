//! Memory of what is over goes back to the system, and not only to this process.

use std::{env, num::NonZero, thread};

/// So many arenas at most, however many processors there are.
const MOST_ARENAS: usize = 4;

/// Lets threads share arenas, one for each processor. glibc makes eight, and what comes from one thread and goes in another
/// leaves gaps in each: a hall that visits all its exhibits would grow for an hour. To be called before there is another
/// thread; who sets `MALLOC_ARENA_MAX` has decided otherwise.
pub(crate) fn share_arenas() {
    if cfg!(all(target_os = "linux", target_env = "gnu"))
        && env::var_os("MALLOC_ARENA_MAX").is_none()
    {
        let processors = thread::available_parallelism().map_or(1, NonZero::get);
        limit_arenas(processors.clamp(2, MOST_ARENAS));
    }
}

#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn limit_arenas(most: usize) {
    #[expect(unsafe_code, reason = "the standard library knows no arenas")]
    // SAFETY: it takes two numbers and remembers the second.
    let is_taken = unsafe { libc::mallopt(libc::M_ARENA_MAX, most as libc::c_int) } == 1;
    if !is_taken {
        tracing::debug!("there may be more than {most} arenas");
    }
}

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
const fn limit_arenas(_: usize) {}

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
