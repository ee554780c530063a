//! Names that come from outside the program: each is kept once for good, so that ids stay small and are compared at once.

use std::{
    borrow::Cow,
    collections::HashSet,
    fmt,
    sync::{LazyLock, PoisonError, RwLock},
};

use serde::{Deserialize, Deserializer, de};

use crate::words::{InPhrase, Phrase};

/// The longest name, in bytes; a path of a deep network has some dozens.
pub const LONGEST_NAME: usize = 256;
/// The most names of all runs together that the program has not known itself: 16 MiB at most.
pub const MOST_NAMES: usize = 1 << 16;

static NAMES: LazyLock<RwLock<HashSet<&'static str>>> = LazyLock::new(RwLock::default);

/// A name that is there for good; fields that hold one are read with [`read`].
pub type Name = &'static str;

/// Why a name cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadName {
    /// It has so many bytes.
    TooLong(usize),
    /// There are as many as there may be.
    TooMany,
}

impl InPhrase for BadName {
    fn in_phrase(&self) -> Phrase {
        match self {
            Self::TooLong(bytes) => {
                phrase!("stream-a-name-has-bytes-but", bytes, longest_name = LONGEST_NAME)
            }
            Self::TooMany => {
                phrase!("stream-there-are-more-than-different", most_names = MOST_NAMES)
            }
        }
    }
}

impl From<BadName> for Phrase {
    fn from(why: BadName) -> Self {
        why.in_phrase()
    }
}

impl fmt::Display for BadName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.in_phrase().fmt(f)
    }
}

/// The one copy of a name.
///
/// # Errors
/// If it is too long, or there are too many.
pub fn interned(name: &str) -> Result<&'static str, BadName> {
    if name.len() > LONGEST_NAME {
        return Err(BadName::TooLong(name.len()));
    }
    if let Some(known) = NAMES.read().unwrap_or_else(PoisonError::into_inner).get(name) {
        return Ok(known);
    }
    let mut names = NAMES.write().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = names.get(name) {
        return Ok(known);
    }
    if names.len() >= MOST_NAMES {
        return Err(BadName::TooMany);
    }
    let kept: &'static str = Box::leak(name.into());
    names.insert(kept);
    Ok(kept)
}

/// Reads a name, for fields that hold one of the program's own or one from outside.
pub fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<&'static str, D::Error> {
    let name = Cow::<str>::deserialize(deserializer)?;
    interned(&name).map_err(de::Error::custom)
}

/// The same where there may be none.
pub fn read_some<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<&'static str>, D::Error> {
    let name = Option::<Cow<str>>::deserialize(deserializer)?;
    name.map(|name| interned(&name)).transpose().map_err(de::Error::custom)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_kept_once_and_bounded() {
        let first = interned("layer1.0.conv2").unwrap();
        let again = interned(&["layer1", ".0.conv2"].concat()).unwrap();
        assert!(std::ptr::eq(first, again));
        assert_eq!(interned(&"x".repeat(257)), Err(BadName::TooLong(257)));
    }
}
