//! Whether something is the very same as before, so that nothing is written twice.

use std::sync::Arc;

/// Two of them are equal only if they are the same thing in memory.
#[derive(Debug)]
pub(super) struct Same<T>(Option<Arc<T>>);

impl<T> Same<T> {
    pub(super) fn of(thing: Option<&Arc<T>>) -> Self {
        Self(thing.cloned())
    }
}

impl<T> Clone for Same<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> PartialEq for Same<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0.as_ref().map(Arc::as_ptr) == other.0.as_ref().map(Arc::as_ptr)
    }
}
