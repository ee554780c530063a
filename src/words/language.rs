//! Which language is spoken: one for the whole program, and another for what one thread does meanwhile.

use std::{
    cell::Cell,
    sync::atomic::{AtomicU8, Ordering},
};

/// A language of the program.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// British English.
    #[default]
    English,
    /// Simplified Chinese.
    Chinese,
    /// English, longer and accented: where it is clipped or plain, words are not as they should be.
    Pseudo,
}

impl Language {
    /// All languages that one can choose, with what each calls itself.
    pub const CHOICES: [(Self, &'static str); 2] =
        [(Self::English, "English"), (Self::Chinese, "中文")];

    /// Its tag of BCP 47, as `--lang` takes it; the third is of no people.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh-CN",
            Self::Pseudo => "qps",
        }
    }

    /// The language of a tag or locale, such as `zh`, `zh_CN.UTF-8` or `en-GB`.
    pub fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_', '.', '@']).next().unwrap_or_default();
        match primary.to_ascii_lowercase().as_str() {
            "en" => Some(Self::English),
            "zh" => Some(Self::Chinese),
            "qps" => Some(Self::Pseudo),
            _ => None,
        }
    }

    /// What the system speaks, the first of its languages that is known here, else English.
    pub fn of_system() -> Self {
        sys_locale::get_locales().find_map(|tag| Self::of_tag(&tag)).unwrap_or_default()
    }

    /// The one after it, where one goes round through all that can be chosen.
    pub fn next(self) -> Self {
        let mut after = Self::CHOICES.iter().skip_while(|(language, _)| *language != self);
        after.nth(1).map_or(Self::English, |(language, _)| *language)
    }

    const fn number(self) -> u8 {
        self as u8
    }

    const fn numbered(number: u8) -> Self {
        match number {
            1 => Self::Chinese,
            2 => Self::Pseudo,
            _ => Self::English,
        }
    }
}

/// What everybody speaks.
static SPOKEN: AtomicU8 = AtomicU8::new(Language::English.number());

thread_local! {
    /// What this thread speaks instead, while it is in [`speaking`].
    static MEANWHILE: Cell<Option<Language>> = const { Cell::new(None) };
}

/// From now on this is spoken.
pub fn speak(language: Language) {
    SPOKEN.store(language.number(), Ordering::Relaxed);
}

/// What is spoken now.
pub fn spoken() -> Language {
    MEANWHILE.get().unwrap_or_else(|| Language::numbered(SPOKEN.load(Ordering::Relaxed)))
}

/// Speaks another language for a while, on this thread alone.
pub fn speaking<R>(language: Language, talk: impl FnOnce() -> R) -> R {
    let before = MEANWHILE.replace(Some(language));
    let said = talk();
    MEANWHILE.set(before);
    said
}
