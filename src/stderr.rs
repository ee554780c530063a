//! Standard error, kept free from what drivers and window systems print there while they are asked or opened.
//!
//! Vulkan's layers, Wayland's library and OpenXR's loader write straight to it, such as `error: XDG_RUNTIME_DIR is
//! invalid or not set` from a layer that looks for a Wayland that is not there. No setting silences them all.
//! What the program itself says, logs and panics with always gets through. With `RUST_LOG` set, nothing is hushed.

use std::{
    fs::File,
    io::{self, Write},
    sync::{Mutex, PoisonError},
};

/// How many want it quiet, and the way to the real standard error meanwhile.
struct Hushed {
    by: u32,
    ours: Option<File>,
}

static HUSHED: Mutex<Hushed> = Mutex::new(Hushed { by: 0, ours: None });

/// Keeps libraries quiet until it is dropped.
#[derive(Debug)]
pub struct Hush(());

/// Lets nothing through but what is written to [`ours`], and panics.
pub fn hush() -> Hush {
    static PANICS: std::sync::Once = std::sync::Once::new();
    PANICS.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            lift(&mut state());
            usual(panic);
        }));
    });
    let mut hushed = state();
    if hushed.by == 0 && std::env::var_os("RUST_LOG").is_none() {
        hushed.ours = cover();
    }
    hushed.by += 1;
    Hush(())
}

impl Drop for Hush {
    fn drop(&mut self) {
        let mut hushed = state();
        hushed.by = hushed.by.saturating_sub(1);
        if hushed.by == 0 {
            lift(&mut hushed);
        }
    }
}

/// Standard error for the program's own words.
pub fn ours() -> impl Write {
    Ours
}

struct Ours;

impl Write for Ours {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &state().ours {
            Some(ours) => (&*ours).write(bytes),
            None => io::stderr().write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn state() -> std::sync::MutexGuard<'static, Hushed> {
    HUSHED.lock().unwrap_or_else(PoisonError::into_inner)
}

fn lift(hushed: &mut Hushed) {
    if let Some(ours) = hushed.ours.take() {
        point_to(&ours).ok();
    }
}

/// Points standard error to nowhere and gives the way to the real one.
#[cfg(unix)]
fn cover() -> Option<File> {
    use std::os::fd::AsFd as _;
    let ours = File::from(io::stderr().as_fd().try_clone_to_owned().ok()?);
    point_to(&File::options().write(true).open("/dev/null").ok()?).ok()?;
    Some(ours)
}

#[cfg(unix)]
#[expect(unsafe_code, reason = "no library that is built anyway offers dup2 for standard error")]
fn point_to(file: &File) -> io::Result<()> {
    use std::os::fd::AsRawFd as _;
    // SAFETY: both descriptors are open, and nobody in Rust owns the second, which is replaced at once.
    let done = unsafe { libc::dup2(file.as_raw_fd(), libc::STDERR_FILENO) };
    if done < 0 { Err(io::Error::last_os_error()) } else { Ok(()) }
}

/// Elsewhere drivers do not write there.
#[cfg(not(unix))]
fn cover() -> Option<File> {
    None
}

#[cfg(not(unix))]
fn point_to(_file: &File) -> io::Result<()> {
    Ok(())
}
