//! Whether something is the very same as before, so that nothing is written twice; what is written is written again in
//! another language.

use std::sync::Arc;

use crate::words::{self, Language};

/// Two of them are equal only if they are the same thing in memory, and the same language is spoken.
#[derive(Debug)]
pub(super) struct Same<T>(Option<Arc<T>>, Language);

impl<T> Same<T> {
    pub(super) fn of(thing: Option<&Arc<T>>) -> Self {
        Self(thing.cloned(), words::spoken())
    }
}

impl<T> Clone for Same<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone(), self.1)
    }
}

impl<T> PartialEq for Same<T> {
    fn eq(&self, other: &Self) -> bool {
        self.1 == other.1 && self.0.as_ref().map(Arc::as_ptr) == other.0.as_ref().map(Arc::as_ptr)
    }
}
