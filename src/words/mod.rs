//! The words that people read, in the language they chose: messages of Fluent files, asked for by key.
//!
//! `say!("desk-pause")` is the text of a message; `say!("desk-step-of-live", step = 12, all = 500)` puts arguments into one. Nothing else
//! in the program holds words. Whoever keeps a text to be shown later keeps its [`Word`] instead, so that it is in the
//! language of the one who reads it.

mod areas;
mod atoms;
mod bundle;
mod column;
mod language;
#[macro_use]
mod in_phrase;
#[macro_use]
mod phrase;
mod pseudo;
mod reading;
mod word;

#[cfg(test)]
mod tests;

pub use areas::{AREAS, Area};
pub use atoms::{Atom, atoms};
pub use column::{Column, column, width};
pub use in_phrase::InPhrase;
pub use language::{Language, speak, speaking, spoken};
pub use number::{grouped, rounded, short};
pub use phrase::{Phrase, written_in_words};
pub use reading::reading_secs;
pub use word::{Word, key_of};

use std::{borrow::Cow, fmt::Display};

/// The text of a message: `&'static str` without arguments, a [`String`] with some.
#[macro_export]
macro_rules! say {
    ($key:literal) => { $crate::words::text($key) };
    ($key:literal, $($name:ident $(= $value:expr)?),+ $(,)?) => {
        $crate::words::sentence($key, &[$($crate::said_argument!($name $(= $value)?)),+])
    };
}

/// One named argument of [`say!`].
#[doc(hidden)]
#[macro_export]
macro_rules! said_argument {
    ($name:ident) => {
        (stringify!($name), &$name as &dyn ::std::fmt::Display)
    };
    ($name:ident = $value:expr) => {
        (stringify!($name), &$value as &dyn ::std::fmt::Display)
    };
}

/// The [`Word`] of a message without arguments, for constants.
#[macro_export]
macro_rules! key {
    ($key:literal) => {
        $crate::words::Word::of($key)
    };
}

// Behind the macros that it uses.
mod number;

/// A message without arguments, in the language that is spoken now; its key where nobody has written it.
pub fn text(key: &'static str) -> &'static str {
    known(key).unwrap_or(key)
}

/// A message with its arguments, in the language that is spoken now; its key where nobody has written it.
pub fn sentence(key: &'static str, arguments: &[(&'static str, &dyn Display)]) -> String {
    bundle::filled(spoken(), key, arguments)
        .or_else(|| bundle::filled(Language::English, key, arguments))
        .unwrap_or_else(|| key.to_owned())
}

/// Texts one behind the other, with what this language has between: "a, b, c".
pub fn enumerated<S: AsRef<str>>(texts: &[S]) -> String {
    let texts: Vec<&str> = texts.iter().map(AsRef::as_ref).collect();
    texts.join(say!("list-between"))
}

/// The same with a word before the last: "a, b and c".
pub fn enumerated_with<S: AsRef<str>>(texts: &[S], before_last: Word) -> String {
    match texts {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [first @ .., last] => format!("{}{before_last}{}", enumerated(first), last.as_ref()),
    }
}

/// A message without arguments whose key is made up while the program runs, if there is one.
pub fn known(key: &str) -> Option<&'static str> {
    bundle::plain(spoken(), key).or_else(|| bundle::plain(Language::English, key))
}

/// What a layer is called that its exhibit has named; those of other networks have names of their own.
pub fn layer(name: &str) -> Option<&'static str> {
    own("layer", name)
}

/// What a column or a class of a table is called: those of the tables that come with the program are known, and of a product
/// of two columns, `a × b`, both.
pub fn of_table(name: &str) -> Cow<'_, str> {
    if let Some(known) = own("table", name) {
        return known.into();
    }
    match name.split_once(TIMES) {
        Some((one, other)) => format!("{}{TIMES}{}", of_table(one), of_table(other)).into(),
        None => name.into(),
    }
}

/// The same for what a trainer sends, to be worded at the eye.
pub fn in_table(name: &str) -> Phrase {
    match own("table", name) {
        Some(_) => Phrase::said(&own_key("table", name), Vec::new()),
        None => name.into(),
    }
}

/// Between the columns of a product.
const TIMES: &str = " × ";

/// The message of a name that is exactly ours: somebody else's may have the same letters.
fn own(area: &str, name: &str) -> Option<&'static str> {
    let key = own_key(area, name);
    (bundle::plain(Language::English, &key) == Some(name)).then(|| known(&key)).flatten()
}

fn own_key(area: &str, name: &str) -> String {
    format!("{area}-{}", name.to_lowercase().replace(' ', "-"))
}

/// A number of things: "1 row", "2,000 rows". A noun is known by its message `count-row`; others are taken as they are.
pub fn counted(count: usize, noun: &str) -> String {
    known_count(count, noun).unwrap_or_else(|| format!("{} {noun}", grouped(count)))
}

/// The same, if the noun is known.
pub fn known_count(count: usize, noun: &str) -> Option<String> {
    let key = format!("count-{}", noun.replace(' ', "-"));
    bundle::number_of(spoken(), &key, count)
        .or_else(|| bundle::number_of(Language::English, &key, count))
}
