//! What can stand in a phrase: other phrases and words, which are worded by its reader, and what is written the same in
//! every language.

use std::io::{self, ErrorKind};

use super::{Phrase, Word};
use crate::phrase;

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

impl InPhrase for io::Error {
    /// What the system says, in words where it is one of the usual things.
    fn in_phrase(&self) -> Phrase {
        // A library's own error, of whatever kind, says more.
        if self.raw_os_error().is_none() {
            return Phrase::plain(self);
        }
        match self.kind() {
            ErrorKind::NotFound => phrase!("system-not-found"),
            ErrorKind::PermissionDenied => phrase!("system-not-permitted"),
            ErrorKind::AlreadyExists => phrase!("system-exists"),
            ErrorKind::IsADirectory => phrase!("system-is-a-folder"),
            ErrorKind::NotADirectory => phrase!("system-is-no-folder"),
            ErrorKind::StorageFull => phrase!("system-disk-full"),
            ErrorKind::QuotaExceeded => phrase!("system-quota-exceeded"),
            ErrorKind::FileTooLarge => phrase!("system-file-too-large"),
            ErrorKind::ReadOnlyFilesystem => phrase!("system-read-only"),
            ErrorKind::OutOfMemory => phrase!("system-out-of-memory"),
            ErrorKind::AddrInUse => phrase!("system-address-in-use"),
            ErrorKind::AddrNotAvailable => phrase!("system-no-such-address"),
            ErrorKind::ConnectionRefused => phrase!("system-nobody-listens"),
            ErrorKind::ConnectionReset
            | ErrorKind::ConnectionAborted
            | ErrorKind::BrokenPipe
            | ErrorKind::NotConnected => phrase!("system-hung-up"),
            ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable => {
                phrase!("system-unreachable")
            }
            ErrorKind::TimedOut | ErrorKind::WouldBlock => phrase!("system-not-in-time"),
            _ => Phrase::plain(self),
        }
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

// What a library says comes in its own words.
the_same_in_every_language!(
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{Language, speaking};

    #[test]
    fn what_the_system_says_is_worded_and_what_a_library_says_is_not() {
        let missing = std::fs::read("/no such folder/file").unwrap_err().in_phrase();
        assert_eq!(missing.to_string(), "there is no such file or folder");
        let chinese = speaking(Language::Chinese, || missing.to_string());
        assert!(chinese.contains("文件"), "{chinese}");
        // ENOSPC of Linux and others.
        let full = io::Error::from_raw_os_error(28).in_phrase().to_string();
        assert!(full.contains("disk is full"), "{full}");
        let library = io::Error::new(ErrorKind::NotFound, "the header is odd");
        assert_eq!(library.in_phrase().to_string(), "the header is odd");
    }
}
