//! Signals that ask the program to end: after the first it ends what it has begun, such as a recording; another one ends it at
//! once.

use std::{
    io,
    sync::{
        OnceLock,
        atomic::{AtomicI32, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use signal_hook::{consts, iterator::Signals, low_level};

/// An interrupt from the keyboard, a request to end, and, where there are such, a terminal that is closed.
#[cfg(unix)]
const ASKING: &[i32] = &[consts::SIGINT, consts::SIGTERM, consts::SIGHUP];
#[cfg(not(unix))]
const ASKING: &[i32] = &[consts::SIGINT, consts::SIGTERM];
/// Exit codes say a signal by its number above this, as shells do.
const SIGNALLED: i32 = 128;
/// What follows sooner is the same request: `timeout` sends each signal twice, and a closing terminal two at once.
const ONE_REQUEST: Duration = Duration::from_millis(300);

/// The first signal that has come, and the one that is to be told as exit code; 0 is none.
static FIRST: AtomicI32 = AtomicI32::new(0);
static UNTOLD: AtomicI32 = AtomicI32::new(0);

/// From now on the first signal is noticed, and does nothing by itself.
///
/// # Errors
/// If the system does not let it be, or gives no thread.
pub fn watch() -> io::Result<()> {
    static WATCHED: OnceLock<()> = OnceLock::new();
    if WATCHED.get().is_some() {
        return Ok(());
    }
    let mut signals = Signals::new(ASKING)?;
    let hear = move || {
        let mut since = None;
        for signal in signals.forever() {
            match since {
                None => {
                    since = Some(Instant::now());
                    UNTOLD.store(signal, Ordering::Relaxed);
                    FIRST.store(signal, Ordering::Release);
                }
                Some(first) if first.elapsed() < ONE_REQUEST => {}
                Some(_) => low_level::exit(SIGNALLED + signal),
            }
        }
    };
    thread::Builder::new().name("signals".to_owned()).spawn(hear)?;
    WATCHED.set(()).ok();
    Ok(())
}

/// Whether the program is to end.
pub fn came() -> bool {
    FIRST.load(Ordering::Acquire) != 0
}

/// The exit code of a program that a signal has broken off, if one has; it is told once.
pub fn exit_code() -> Option<u8> {
    match UNTOLD.swap(0, Ordering::Relaxed) {
        0 => None,
        signal => u8::try_from(SIGNALLED + signal).ok(),
    }
}
