//! Messages of Fluent files, read once per language and filled with arguments.

use std::{
    collections::HashMap,
    fmt::Display,
    sync::{Arc, OnceLock},
};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use unic_langid::LanguageIdentifier;

use super::{AREAS, Language, grouped, pseudo};

/// What is known of a language.
struct Spoken {
    bundle: FluentBundle<Arc<FluentResource>>,
    /// Messages that take no arguments, kept for as long as the program runs: their addresses tell their keys.
    plain: HashMap<String, &'static str>,
}

/// The language, read when it is first spoken.
fn of(language: Language) -> &'static Spoken {
    static ENGLISH: OnceLock<Spoken> = OnceLock::new();
    static CHINESE: OnceLock<Spoken> = OnceLock::new();
    static PSEUDO: OnceLock<Spoken> = OnceLock::new();
    let place = match language {
        Language::English => &ENGLISH,
        Language::Chinese => &CHINESE,
        Language::Pseudo => &PSEUDO,
    };
    place.get_or_init(|| read(language))
}

/// The files of a language; what cannot be read of one is left out, and a test tells that nothing is.
fn read(language: Language) -> Spoken {
    let identifier = language.tag().parse().unwrap_or_else(|_| LanguageIdentifier::default());
    let mut bundle = FluentBundle::new_concurrent(vec![identifier]);
    // Marks of direction would be seen as boxes.
    bundle.set_use_isolating(false);
    let mut keys = Vec::new();
    for area in AREAS {
        let source = match language {
            Language::English => area.english.to_owned(),
            Language::Chinese => area.chinese.to_owned(),
            Language::Pseudo => pseudo::of(area.english),
        };
        let resource = FluentResource::try_new(source).unwrap_or_else(|(resource, _)| resource);
        let resource = Arc::new(resource);
        bundle.add_resource_overriding(resource.clone());
        keys.extend(pseudo::plain_keys(&resource));
    }
    let text_of = |key: String| {
        let pattern = bundle.get_message(&key)?.value()?;
        let text = bundle.format_pattern(pattern, None, &mut Vec::new()).into_owned();
        Some((key, &*text.leak()))
    };
    let plain = keys.into_iter().filter_map(text_of).collect();
    Spoken { bundle, plain }
}

/// A message without arguments.
pub(super) fn plain(language: Language, key: &str) -> Option<&'static str> {
    of(language).plain.get(key).copied()
}

/// All messages without arguments, with their texts.
pub(super) fn all_plain(
    language: Language,
) -> impl Iterator<Item = (&'static String, &'static str)> {
    of(language).plain.iter().map(|(key, text)| (key, *text))
}

/// A message with arguments as texts.
pub(super) fn filled(
    language: Language,
    key: &str,
    arguments: &[(&str, &dyn Display)],
) -> Option<String> {
    let values = arguments
        .iter()
        .map(|(name, value)| (*name, FluentValue::from(value.to_string())))
        .collect();
    formatted(language, key, &values)
}

/// A message of a number of things, with `$count` to choose its form by and `$number` as it is written.
pub(super) fn number_of(language: Language, key: &str, count: usize) -> Option<String> {
    let mut values = FluentArgs::new();
    values.set("count", count);
    values.set("number", grouped(count));
    formatted(language, key, &values)
}

fn formatted(language: Language, key: &str, values: &FluentArgs) -> Option<String> {
    let bundle = &of(language).bundle;
    let pattern = bundle.get_message(key)?.value()?;
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, Some(values), &mut errors).into_owned();
    for error in errors {
        tracing::error!("the words “{key}” in {}: {error}", language.tag());
    }
    Some(text)
}
