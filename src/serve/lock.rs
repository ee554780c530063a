//! Locks that outlive whoever panicked with them: what is behind one is whole between two statements.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// What is behind a lock.
pub(super) fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}
