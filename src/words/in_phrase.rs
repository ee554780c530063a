//! What can stand in a phrase: other phrases and words, which are worded by its reader, and what is written the same in
//! every language.

use super::{Phrase, Word};

/// Something that a [`Phrase`] can be about.
pub trait InPhrase {
    /// It as a part of a phrase.
    fn in_phrase(&self) -> Phrase;
}

impl InPhrase for Phrase {
    fn in_phrase(&self) -> Phrase {
        self.clone()
    }
}

impl InPhrase for Word {
    fn in_phrase(&self) -> Phrase {
        match self.key() {
            Some(key) => Phrase::said(key, Vec::new()),
            None => Phrase::plain(self),
        }
    }
}

impl<T: InPhrase + ?Sized> InPhrase for &T {
    fn in_phrase(&self) -> Phrase {
        (**self).in_phrase()
    }
}

impl InPhrase for str {
    fn in_phrase(&self) -> Phrase {
        Phrase::plain(&self)
    }
}

/// Types that are written the same in every language, such as texts and numbers.
macro_rules! the_same_in_every_language {
    ($($kind:ty),+ $(,)?) => {
        $(impl $crate::words::InPhrase for $kind {
            fn in_phrase(&self) -> $crate::words::Phrase {
                $crate::words::Phrase::plain(self)
            }
        })+
    };
}

// What the system or a library says comes in its own words.
the_same_in_every_language!(
    std::io::Error,
    serde_json::Error,
    String,
    char,
    std::fmt::Arguments<'_>,
    usize,
    u64,
    u32,
    u16,
    u8,
    i64,
    i32,
    f64,
    f32,
);
