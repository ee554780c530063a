//! A tee in what a trainer says: whoever keeps a run hears all of it on the trainer's side, before any lane to the viewer,
//! so that a slow viewer, or none that looks, loses nothing of what is kept.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{Reply, Report, Snapshot};

/// Whoever keeps a run; it is told on the training thread, so that it may never wait.
pub trait Keeper: Send {
    /// Something happened; in order, each once.
    fn report(&mut self, report: &Report);

    /// The numbers of a network were looked at.
    fn snapshot(&mut self, snapshot: &Arc<Snapshot>);

    /// A question was answered.
    fn reply(&mut self, reply: &Reply);
}

/// The place of a keeper between both ends of a stream; clones share it.
#[derive(Clone, Default)]
pub(super) struct Tee(Arc<Mutex<Place>>);

/// What is behind the lock: it is held for as long as one report is handed over, so that who begins to keep in mid-run
/// can tell exactly what came before.
#[derive(Default)]
pub(super) struct Place {
    keeper: Option<Box<dyn Keeper>>,
    /// Reports that wait on the trainer's side, where the viewer cannot reach them.
    pub(super) waiting: usize,
}

impl Tee {
    /// Somebody else keeps what is said from now on.
    pub(super) fn keep(&self, keeper: Box<dyn Keeper>) {
        // Who kept it until now may take a while to go.
        let before = self.hold().keeper.replace(keeper);
        drop(before);
    }

    /// Holds up whoever else would speak.
    pub(super) fn hold(&self) -> MutexGuard<'_, Place> {
        // A keeper that panicked has been told what it was told; the run goes on.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Place {
    pub(super) fn keep(&mut self, keeper: Box<dyn Keeper>) {
        self.keeper = Some(keeper);
    }

    pub(super) fn tell(&mut self, tell: impl FnOnce(&mut dyn Keeper)) {
        if let Some(keeper) = &mut self.keeper {
            tell(keeper.as_mut());
        }
    }
}
