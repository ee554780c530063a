//! A message by its key: what is kept where a text is to be read later, or in another language.

use std::{
    collections::HashMap,
    fmt,
    sync::{Mutex, OnceLock},
};

use super::{Language, bundle, text};

/// A message without arguments, written in the language of the one who reads it, or what is the same in every language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Word(Kind);

/// A text that is written as it stands is never looked up, and so never taken for a key without a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Kind {
    Message(&'static str),
    Plain(&'static str),
}

impl Word {
    /// The message of this key; [`key!`](crate::key) makes it, so that a test finds it.
    pub const fn of(key: &'static str) -> Self {
        Self(Kind::Message(key))
    }

    /// What is written the same in every language, such as a number or a sign.
    pub const fn plain(text: &'static str) -> Self {
        Self(Kind::Plain(text))
    }

    /// The key of its message, if it is one.
    pub const fn key(self) -> Option<&'static str> {
        match self.0 {
            Kind::Message(key) => Some(key),
            Kind::Plain(_) => None,
        }
    }

    /// It itself, in the language that is spoken now.
    pub fn text(self) -> &'static str {
        match self.0 {
            Kind::Message(key) => text(key),
            Kind::Plain(plain) => plain,
        }
    }
}

impl fmt::Display for Word {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(self.text())
    }
}

impl AsRef<str> for Word {
    fn as_ref(&self) -> &str {
        self.text()
    }
}

impl From<Word> for String {
    fn from(word: Word) -> Self {
        word.text().to_owned()
    }
}

/// The message that this very text came from, if it came from [`say!`](crate::say) without arguments.
///
/// It is told by where the text lies: each message of each language has a place of its own, which no other text has.
pub fn key_of(text: &str) -> Option<Word> {
    type Places = HashMap<(usize, usize), &'static str>;
    static KNOWN: OnceLock<Mutex<HashMap<Language, Places>>> = OnceLock::new();
    let language = super::spoken();
    let mut known = KNOWN.get_or_init(Mutex::default).lock().ok()?;
    let places = known.entry(language).or_insert_with(|| {
        let place = |(key, text): (&'static String, &'static str)| {
            ((text.as_ptr() as usize, text.len()), key.as_str())
        };
        bundle::all_plain(language).filter(|(_, text)| !text.is_empty()).map(place).collect()
    });
    places.get(&(text.as_ptr() as usize, text.len())).map(|key| Word::of(key))
}
