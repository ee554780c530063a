//! What is said far from the one who reads it: a message and what it is about, worded only where it is read.

use std::{cell::Cell, fmt};

use serde::{Deserialize, Serialize, Serializer, ser::SerializeStruct as _};

use super::{InPhrase, Language, Word, bundle, spoken};

/// A text that is worded in the language of its reader; in JSON a string where it is the same in every language.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(untagged)]
pub enum Phrase {
    /// The same in every language, such as a number or a name.
    Plain(String),
    /// A message, with what it is about; [`phrase!`](crate::phrase) makes it.
    Said {
        /// Its key.
        key: String,
        /// Its arguments by name.
        #[serde(default)]
        with: Vec<(String, Self)>,
    },
    /// A number of things, as [`counted`](super::counted) writes it.
    Counted {
        /// How many.
        count: usize,
        /// What one of them is called in English, such as `row`.
        of: String,
    },
    /// A large number that is only told roughly, as [`rounded`](super::rounded) writes it.
    Roughly {
        /// The number itself.
        about: u64,
    },
    /// One behind the other, with what lists have between.
    Listed(Vec<Self>),
}

/// A message with its arguments, to be worded where it is read; they are whatever can stand [`InPhrase`]: phrases, words,
/// numbers and texts.
#[macro_export]
macro_rules! phrase {
    ($key:literal) => { $crate::words::Phrase::said($key, ::std::vec::Vec::new()) };
    ($key:literal, $($name:ident $(= $value:expr)?),+ $(,)?) => {
        $crate::words::Phrase::said(
            $key,
            ::std::vec![$((
                ::std::string::String::from(stringify!($name)),
                $crate::phrase_argument!($name $(= $value)?),
            )),+],
        )
    };
}

/// One argument of [`phrase!`].
#[doc(hidden)]
#[macro_export]
macro_rules! phrase_argument {
    ($name:ident) => {
        $crate::words::InPhrase::in_phrase(&$name)
    };
    ($name:ident = $value:expr) => {
        $crate::words::InPhrase::in_phrase(&$value)
    };
}

impl Phrase {
    /// What is written the same in every language.
    pub fn plain(text: &dyn fmt::Display) -> Self {
        Self::Plain(text.to_string())
    }

    /// A message with its arguments.
    pub fn said(key: &str, with: Vec<(String, Self)>) -> Self {
        Self::Said { key: key.to_owned(), with }
    }

    /// A number of things by what one of them is called, as `row`.
    pub fn counted(count: usize, of: &str) -> Self {
        Self::Counted { count, of: of.to_owned() }
    }

    /// A large number, roughly.
    pub const fn roughly(about: u64) -> Self {
        Self::Roughly { about }
    }

    /// One behind the other.
    pub fn listed<P: Into<Self>>(all: impl IntoIterator<Item = P>) -> Self {
        Self::Listed(all.into_iter().map(Into::into).collect())
    }

    /// Whether it is this message.
    pub fn is(&self, word: Word) -> bool {
        matches!(self, Self::Said { key, .. } if Some(key.as_str()) == word.key())
    }

    /// The same with another text in place of each that is no message, such as what others wrote.
    #[must_use]
    pub fn with_texts(self, other: fn(&str) -> String) -> Self {
        match self {
            Self::Plain(text) => Self::Plain(other(&text)),
            Self::Said { key, with } => {
                let with = with.into_iter().map(|(name, value)| (name, value.with_texts(other)));
                Self::Said { key, with: with.collect() }
            }
            Self::Counted { .. } | Self::Roughly { .. } => self,
            Self::Listed(all) => {
                Self::Listed(all.into_iter().map(|one| one.with_texts(other)).collect())
            }
        }
    }

    /// Whether it has this text in it, as it is worded now.
    #[cfg(test)]
    pub(crate) fn contains(&self, text: &str) -> bool {
        self.to_string().contains(text)
    }

    /// Whether it begins with this text, as it is worded now.
    #[cfg(test)]
    pub(crate) fn starts_with(&self, text: &str) -> bool {
        self.to_string().starts_with(text)
    }

    /// Whether there is nothing to be read.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Plain(text) => text.is_empty(),
            Self::Listed(all) => all.iter().all(Self::is_empty),
            Self::Said { .. } | Self::Counted { .. } | Self::Roughly { .. } => false,
        }
    }
}

thread_local! {
    /// Whether this thread writes phrases in words now.
    static IN_WORDS: Cell<bool> = const { Cell::new(false) };
}

/// Writes phrases as texts in the language that is spoken meanwhile, for other programs, which know no messages.
pub fn written_in_words<R>(write: impl FnOnce() -> R) -> R {
    let before = IN_WORDS.replace(true);
    let written = write();
    IN_WORDS.set(before);
    written
}

impl Serialize for Phrase {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        if IN_WORDS.get() {
            return to.collect_str(self);
        }
        match self {
            Self::Plain(text) => to.serialize_str(text),
            Self::Said { key, with } => {
                let fields = if with.is_empty() { 1 } else { 2 };
                let mut said = to.serialize_struct("Said", fields)?;
                said.serialize_field("key", key)?;
                if !with.is_empty() {
                    said.serialize_field("with", with)?;
                }
                said.end()
            }
            Self::Counted { count, of } => {
                let mut counted = to.serialize_struct("Counted", 2)?;
                counted.serialize_field("count", count)?;
                counted.serialize_field("of", of)?;
                counted.end()
            }
            Self::Roughly { about } => {
                let mut roughly = to.serialize_struct("Roughly", 1)?;
                roughly.serialize_field("about", about)?;
                roughly.end()
            }
            Self::Listed(all) => all.serialize(to),
        }
    }
}

impl fmt::Display for Phrase {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plain(text) => out.pad(text),
            Self::Said { key, with } => {
                let with: Vec<_> =
                    with.iter().map(|(name, value)| (name.as_str(), value)).collect();
                let arguments: Vec<(&str, &dyn fmt::Display)> =
                    with.iter().map(|(name, value)| (*name, *value as &dyn fmt::Display)).collect();
                let text = bundle::filled(spoken(), key, &arguments)
                    .or_else(|| bundle::filled(Language::English, key, &arguments));
                out.pad(text.as_deref().unwrap_or(key))
            }
            Self::Counted { count, of } => out.pad(&super::counted(*count, of)),
            Self::Roughly { about } => out.pad(&super::rounded(*about as f64)),
            Self::Listed(all) => {
                let all: Vec<String> = all.iter().map(ToString::to_string).collect();
                out.pad(&super::enumerated(&all))
            }
        }
    }
}

impl Default for Phrase {
    fn default() -> Self {
        Self::Plain(String::new())
    }
}

impl From<String> for Phrase {
    fn from(text: String) -> Self {
        Self::Plain(text)
    }
}

/// What can stand in a phrase can be one.
macro_rules! from {
    ($($kind:ty),+) => {
        $(impl From<$kind> for Phrase {
            fn from(of: $kind) -> Self {
                of.in_phrase()
            }
        })+
    };
}

from!(Word, &str, &&str, &String, &Self, usize, u64, u32, f64);

impl PartialEq<str> for Phrase {
    fn eq(&self, text: &str) -> bool {
        let said = self.to_string();
        said == text
    }
}

impl PartialEq<String> for Phrase {
    fn eq(&self, text: &String) -> bool {
        *self == **text
    }
}

impl PartialEq<&str> for Phrase {
    fn eq(&self, text: &&str) -> bool {
        *self == **text
    }
}
