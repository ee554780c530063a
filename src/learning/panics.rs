//! Panics on the training threads: caught and told in one sentence instead of printed.

use std::{
    any::Any,
    panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook},
    sync::Once,
    thread,
};

use crate::words::Phrase;

use super::TrainError;

/// What the names of all threads of a session begin with.
pub(super) const THREAD_NAME: &str = "training";

/// Keeps the default message and backtrace off the screen for the training threads, once for the program.
pub(super) fn keep_quiet() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = take_hook();
        set_hook(Box::new(move |panic| {
            if thread::current().name().is_some_and(|name| name.starts_with(THREAD_NAME)) {
                tracing::debug!("{panic}");
            } else {
                usual(panic);
            }
        }));
    });
}

/// Runs an activity whose panic is an error like any other.
pub(super) fn caught<T>(activity: impl FnOnce() -> Result<T, TrainError>) -> Result<T, TrainError> {
    catch_unwind(AssertUnwindSafe(activity))
        .unwrap_or_else(|payload| Err(TrainError::calculation(reason(payload.as_ref()))))
}

fn reason(payload: &(dyn Any + Send)) -> Phrase {
    let text = payload.downcast_ref::<&str>().map(|text| Phrase::from(*text));
    text.or_else(|| payload.downcast_ref::<String>().map(Phrase::from))
        .unwrap_or_else(|| phrase!("learning-it-panicked-without-a-reason"))
}
