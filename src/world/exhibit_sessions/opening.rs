//! Opening an exhibit: its data are read and its training starts on a thread of their own, while the hall goes on.

use std::{
    sync::Arc,
    thread::{self, JoinHandle},
};

use crate::{
    stream::{ExhibitId, ViewerEnd},
    words::Phrase,
};

/// Reads an exhibit's data and starts its training, or says in one sentence why not.
pub type Opener = Arc<dyn Fn(ExhibitId) -> Result<Opened, Phrase> + Send + Sync>;

/// An exhibit whose training has started.
pub struct Opened {
    /// The line to its trainer.
    pub stream: ViewerEnd,
    /// The speed limit it was started with, in steps per second.
    pub pace: Option<f32>,
}

/// An exhibit that is being opened.
pub(super) struct Opening {
    pub(super) exhibit: ExhibitId,
    thread: JoinHandle<Result<Opened, Phrase>>,
}

impl Opening {
    /// Begins to open it.
    pub(super) fn start(opener: &Opener, exhibit: ExhibitId) -> Result<Self, Phrase> {
        let opener = opener.clone();
        let thread = thread::Builder::new()
            .name("opening".to_owned())
            .spawn(move || opener(exhibit))
            .map_err(|error| phrase!("exhibit-sessions-the-system-gave-no-thread", error))?;
        Ok(Self { exhibit, thread })
    }

    /// Whether it is open, or cannot be.
    pub(super) fn is_done(&self) -> bool {
        self.thread.is_finished()
    }

    /// What came of it; waits if it is not done.
    pub(super) fn result(self) -> Result<Opened, Phrase> {
        self.thread
            .join()
            .unwrap_or_else(|_| Err(phrase!("exhibit-sessions-reading-its-data-broke-down")))
    }
}
