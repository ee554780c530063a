//! Asks a window system no longer than one waits for it.

use std::{sync::mpsc::sync_channel, thread, time::Duration};

/// A window system that takes longer cannot show a hall either.
const PATIENCE: Duration = Duration::from_secs(2);

/// Asks something that may never be answered; then the thread is left behind, waiting.
pub(super) fn within_patience<T: Send + 'static>(
    ask: impl FnOnce() -> T + Send + 'static,
) -> Option<T> {
    let (answer, heard) = sync_channel(1);
    let asked =
        thread::Builder::new().name("display".to_owned()).spawn(move || answer.send(ask()).ok());
    asked.ok().and_then(|_| heard.recv_timeout(PATIENCE).ok())
}
