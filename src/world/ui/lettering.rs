//! Texts that know which message they show, so that they can be written again in another language.

use bevy::prelude::*;

use crate::words::{self, Language, Phrase, Word};

/// A text that is to be seen, with the message that it is, if it is one.
#[derive(Clone, Debug)]
pub struct Lettering {
    pub text: String,
    pub said: Said,
}

impl From<&str> for Lettering {
    fn from(text: &str) -> Self {
        Self { text: text.to_owned(), said: Said(words::key_of(text).map(Phrase::from)) }
    }
}

impl From<String> for Lettering {
    fn from(text: String) -> Self {
        Self { text, said: Said(None) }
    }
}

impl From<&String> for Lettering {
    fn from(text: &String) -> Self {
        text.clone().into()
    }
}

impl From<Word> for Lettering {
    fn from(word: Word) -> Self {
        Phrase::from(word).into()
    }
}

impl From<Phrase> for Lettering {
    fn from(phrase: Phrase) -> Self {
        Self { text: phrase.to_string(), said: Said(Some(phrase)) }
    }
}

/// The message that a text, or the label of a control, began with.
#[derive(Component, Clone, Debug)]
pub struct Said(Option<Phrase>);

impl Said {
    /// What it says now, if it still said its message in the language before.
    pub(super) fn again(&self, text: &str, before: Language) -> Option<String> {
        let phrase = self.0.as_ref()?;
        let is_same = words::speaking(before, || phrase.to_string()) == text;
        is_same.then(|| phrase.to_string()).filter(|again| again != text)
    }
}
