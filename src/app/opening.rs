//! From the first plugin to the first frames: what a window system or a driver cannot do then ends in words, and the
//! training begins only when there is a hall to see it in.

use std::{
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind, set_hook, take_hook},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use bevy::prelude::*;

use crate::stderr::Hush;

/// Frames after which window, device and surface have all been used once.
const FRAMES: u32 = 3;

/// What happens when the hall is open.
pub type Begin = Box<dyn FnOnce() -> Result<(), String> + Send + Sync>;

/// Why what was opened ended.
pub(super) enum Ended<T> {
    /// By itself.
    Well(T),
    /// Before it was open.
    NeverOpened,
}

/// Lets the hall open: `visit` is to open and run it, and to call [`watch`] on it in between.
pub(super) fn attempt<T>(visit: impl FnOnce(Arc<AtomicBool>) -> T) -> Ended<T> {
    let open = Arc::new(AtomicBool::new(false));
    let seen = Arc::clone(&open);
    let usual = take_hook();
    set_hook(Box::new(move |panic| {
        // Winit and Bevy can only panic where something is missing on this machine; their crates lie in folders far
        // away, our own files in `src`, and what panics there is a fault of ours.
        let foreign =
            panic.location().is_some_and(|location| Path::new(location.file()).is_absolute());
        if foreign && !seen.load(Ordering::Relaxed) {
            debug!("{panic}");
        } else {
            usual(panic);
        }
    }));
    let ended = catch_unwind(AssertUnwindSafe(|| visit(Arc::clone(&open))));
    match ended {
        Ok(ended) => Ended::Well(ended),
        Err(panic) if open.load(Ordering::Relaxed) => resume_unwind(panic),
        Err(_) => Ended::NeverOpened,
    }
}

/// Begins when the first frames are drawn.
pub(super) fn watch(app: &mut App, open: Arc<AtomicBool>, begin: Begin, hush: Hush) {
    let mut waiting = Some((begin, hush));
    let system = move |mut frames: Local<u32>, mut exit: MessageWriter<AppExit>| {
        *frames += 1;
        if *frames < FRAMES {
            return;
        }
        let Some((begin, hush)) = waiting.take() else {
            return;
        };
        drop(hush);
        open.store(true, Ordering::Relaxed);
        if let Err(why) = begin() {
            error!("{why}");
            exit.write(AppExit::error());
        }
    };
    app.add_systems(First, system);
}
