//! The words themselves: both languages say the same, in the terms of textbooks, with letters that the fonts have.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::{
    ast::{Entry, Expression, InlineExpression, Pattern, PatternElement},
    parser::parse,
};
use skrifa::{FontRef, MetadataProvider as _};

use super::*;
use crate::{key, say};

#[test]
fn a_message_is_in_the_language_that_is_spoken() {
    let paused = || say!("desk-pause");
    assert_eq!(paused(), "Pause");
    assert_eq!(speaking(Language::Chinese, paused), "暂停");
    assert_eq!(paused(), "Pause");
    assert_eq!(
        speaking(Language::Pseudo, paused),
        "Páüüsë".replace('ë', "ëë").replace("áü", "ááü")
    );
}

#[test]
fn a_text_tells_its_message() {
    assert_eq!(key_of(say!("desk-pause")), Some(key!("desk-pause")));
    assert_eq!(key_of("Pause"), None);
}

#[test]
fn a_number_of_things_has_its_form() {
    let rows = || [counted(1, "row"), counted(2000, "row")];
    assert_eq!(rows(), ["1 row", "2,000 rows"]);
    assert_eq!(speaking(Language::Chinese, rows), ["1行", "2,000行"]);
    assert_eq!(counted(3, "unheard-of"), "3 unheard-of");
}

#[test]
fn what_is_listed_has_the_commas_of_its_language() {
    let listed = || enumerated_with(&["a", "b", "c"], key!("list-and"));
    assert_eq!(listed(), "a, b and c");
    assert_eq!(speaking(Language::Chinese, listed), "a、b和c");
}

#[test]
fn a_phrase_is_worded_where_it_is_read() {
    let phrase = phrase!("list-of", name = key!("desk-pause"), value = 7);
    assert_eq!(phrase, "Pause: 7");
    let sent = serde_json::to_string(&phrase).unwrap();
    let read: Phrase = serde_json::from_str(&sent).unwrap();
    assert_eq!(speaking(Language::Chinese, || read.to_string()), "暂停：7");
    assert_eq!(serde_json::to_string(&Phrase::from("σ(θ)")).unwrap(), "\"σ(θ)\"");
    let in_words = || written_in_words(|| serde_json::to_string(&[&phrase, &phrase]).unwrap());
    assert_eq!(in_words(), r#"["Pause: 7","Pause: 7"]"#);
    let untold: Phrase = serde_json::from_str(r#"{"key": "nobody-knows-it"}"#).unwrap();
    assert_eq!(untold, "nobody-knows-it");
}

#[test]
fn columns_of_our_tables_are_named_and_others_are_what_they_are() {
    let named = || {
        ["malignant", "mean radius × worst area", "Mean radius", "a × mean radius"]
            .map(|name| of_table(name).into_owned())
    };
    assert_eq!(
        speaking(Language::Chinese, named),
        ["恶性", "平均半径 × 最大面积", "Mean radius", "a × 平均半径"]
    );
    assert_eq!(named()[1], "mean radius × worst area");
}

#[test]
fn a_text_that_is_written_as_it_stands_is_no_message() {
    let (message, plain) = (Word::of("desk-pause"), Word::plain("desk-pause"));
    assert_eq!((message.text(), plain.text()), ("Pause", "desk-pause"));
    assert_eq!((message.key(), plain.key()), (Some("desk-pause"), None));
    assert_ne!(message, plain);
    assert_eq!(Phrase::from(plain), Phrase::Plain("desk-pause".to_owned()));
}

#[test]
fn every_kind_of_phrase_comes_back_as_it_was() {
    let all = Phrase::listed([
        Phrase::from("σ(θ)"),
        phrase!("desk-pause"),
        phrase!("list-of", name = key!("desk-pause"), value = 7),
        Phrase::counted(2000, "row"),
        Phrase::roughly(6_083_286),
    ]);
    let sent = serde_json::to_string(&all).unwrap();
    assert_eq!(serde_json::from_str::<Phrase>(&sent).unwrap(), all, "{sent}");
    assert_eq!(all, "σ(θ), Pause, Pause: 7, 2,000 rows, 6.1 million");
    assert_eq!(
        speaking(Language::Chinese, || all.to_string()),
        "σ(θ)、暂停、暂停：7、2,000行、608.3万"
    );
}

#[test]
fn only_what_is_no_message_is_replaced_in_a_phrase() {
    let phrase = phrase!(
        "list-of",
        name = key!("desk-pause"),
        value = phrase!("list-of", name = "a", value = 1)
    );
    let replaced = phrase.with_texts(|text| format!("<{text}>"));
    assert_eq!(replaced, "Pause: <a>: <1>");
}

#[test]
fn languages_are_known_by_tags_and_locales() {
    for (tag, language) in [
        ("zh-CN", Some(Language::Chinese)),
        ("zh_CN.UTF-8", Some(Language::Chinese)),
        ("zh-Hans-CN", Some(Language::Chinese)),
        ("ZH", Some(Language::Chinese)),
        ("en-GB", Some(Language::English)),
        ("C", None),
        ("C.UTF-8", None),
        ("de_DE", None),
        ("", None),
    ] {
        assert_eq!(Language::of_tag(tag), language, "{tag}");
    }
}

#[test]
fn one_goes_round_through_all_languages() {
    assert_eq!(Language::English.next(), Language::Chinese);
    assert_eq!(Language::Chinese.next(), Language::English);
    assert_eq!(Language::Pseudo.next(), Language::English);
    for (language, name) in Language::CHOICES {
        // The button of one language is called what the next calls itself.
        assert_eq!(
            speaking(language, || say!("desk-next-language")),
            Language::CHOICES.iter().find(|(other, _)| *other == language.next()).unwrap().1
        );
        assert!(!name.is_empty());
    }
}

/// The messages of a language: their texts, arguments included, by their keys.
fn messages(of: fn(&Area) -> &'static str) -> BTreeMap<String, (String, BTreeSet<String>)> {
    let mut messages = BTreeMap::new();
    for area in AREAS {
        let resource = parse(of(area)).unwrap_or_else(|(_, errors)| {
            panic!("{}: {errors:?}", area.name);
        });
        for entry in resource.body {
            let Entry::Message(message) = entry else { continue };
            let value = message.value.unwrap();
            let mut arguments = BTreeSet::new();
            let text = told(&value, &mut arguments);
            let before = messages.insert(message.id.name.to_owned(), (text, arguments));
            assert!(before.is_none(), "{} is there twice", message.id.name);
        }
    }
    messages
}

fn told(pattern: &Pattern<&str>, arguments: &mut BTreeSet<String>) -> String {
    let mut text = String::new();
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => text.push_str(value),
            PatternElement::Placeable { expression: Expression::Inline(inline) } => match inline {
                InlineExpression::VariableReference { id } => {
                    arguments.insert(id.name.to_owned());
                    text.push('⟨');
                }
                InlineExpression::StringLiteral { value } => text.push_str(value),
                other => panic!("{other:?}"),
            },
            PatternElement::Placeable { expression: Expression::Select { variants, .. } } => {
                for variant in variants {
                    text.push_str(&told(&variant.value, arguments));
                    text.push('\n');
                }
            }
        }
    }
    text
}

#[test]
fn both_languages_have_the_same_messages_with_the_same_arguments() {
    let (english, chinese) = (messages(|area| area.english), messages(|area| area.chinese));
    let missing: Vec<_> = english.keys().filter(|key| !chinese.contains_key(*key)).collect();
    let more: Vec<_> = chinese.keys().filter(|key| !english.contains_key(*key)).collect();
    assert!(missing.is_empty() && more.is_empty(), "missing {missing:?}, more {more:?}");
    for (key, (_, arguments)) in &english {
        assert_eq!(*arguments, chinese[key].1, "{key}");
    }
}

/// Messages that are the same in both languages: names and formulas alone.
const NAMES_ALONE: &[&str] = &[
    "boards-edit",
    "descent-2-max",
    "descent-adam",
    "descent-model-2-max",
    "inspect-max-0",
    "start-perceptarium",
];

#[test]
fn no_message_of_the_chinese_hall_is_in_english() {
    let (english, chinese) = (messages(|area| area.english), messages(|area| area.chinese));
    let same: Vec<_> = chinese
        .iter()
        .filter(|(key, (text, _))| {
            let words = text.split(|letter: char| !letter.is_ascii_alphabetic());
            english[*key].0 == *text
                && words.clone().any(|word| word.len() > 2 && word.chars().any(char::is_lowercase))
                && !NAMES_ALONE.contains(&key.as_str())
        })
        .map(|(key, _)| key)
        .collect();
    assert!(same.is_empty(), "{same:?}");
}

#[test]
fn there_is_a_letter_for_everything_that_is_written() {
    let fonts = ["Inter-Regular.otf", "NotoSansCJKsc-Regular.otf"].map(|file| {
        std::fs::read(format!("{}/assets/fonts/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap()
    });
    let fonts = fonts.each_ref().map(|font| FontRef::new(font).unwrap());
    let bold = std::fs::read(format!(
        "{}/assets/fonts/NotoSansCJKsc-Bold.otf",
        env!("CARGO_MANIFEST_DIR")
    ))
    .unwrap();
    assert!(FontRef::new(&bold).unwrap().charmap().map('网').is_some());
    let mut lacking = BTreeMap::new();
    for (key, (text, _)) in
        messages(|area| area.english).into_iter().chain(messages(|area| area.chinese))
    {
        for letter in text.chars().filter(|letter| {
            // The terminal alone writes the nabla; the hall's letters have another sign for it.
            !letter.is_control() && !['⟨', '∇'].contains(letter)
        }) {
            if fonts.iter().all(|font| font.charmap().map(letter).is_none()) {
                lacking.insert(letter, key.clone());
            }
        }
    }
    assert!(lacking.is_empty(), "{lacking:?}");
}

/// Where a word of the field stands for something else, or for a name that has no other form.
const OTHER_MEANINGS: &[(&str, &str)] = &[
    // Names of problems, as one types them.
    ("descent-model-only-line-tumour-rosenbrock-and", "saddle"),
    // Of floating-point numbers.
    ("descent-model-device-is-but-the-descent", "precision"),
    // Of feet, and of turning.
    ("desk-go-closer-step-back", "step"),
    ("desk-turn-by-a-step", "step"),
    // Of measuring.
    ("logistic-model-give-them-in-a-larger", "unit"),
    ("logistic-per-unit", "unit"),
];

/// A text in small letters between blanks, without what is code: names with underscores, options, settings.
fn as_read(text: &str) -> String {
    let is_code = |word: &&str| word.contains(['_', '=', '[', '{']) || word.starts_with("--");
    let lower = text.to_lowercase();
    let words = lower.split_whitespace().filter(|word| !is_code(word));
    let words = words.map(|word| word.trim_matches(|letter: char| !letter.is_alphanumeric()));
    format!(" {} ", words.collect::<Vec<_>>().join(" "))
}

#[test]
fn terms_of_the_field_are_those_of_the_textbooks() {
    let (english, chinese) = (messages(|area| area.english), messages(|area| area.chinese));
    let terms: Vec<(String, Vec<&str>)> = english
        .iter()
        .filter(|(key, _)| key.starts_with("terms-"))
        .map(|(key, (term, _))| (term.clone(), chinese[key].0.split('/').map(str::trim).collect()))
        .collect();
    assert!(terms.len() > 50);
    let mut wrong = Vec::new();
    for (key, (text, _)) in english.iter().filter(|(key, _)| !key.starts_with("terms-")) {
        let text = as_read(text);
        for (term, known) in &terms {
            let stands = [" ", "s "].iter().any(|end| text.contains(&format!(" {term}{end}")));
            // A longer term that holds this one has its own word.
            let longer = terms.iter().any(|(other, _)| {
                other.len() > term.len() && other.contains(term.as_str()) && text.contains(other)
            });
            if stands
                && !longer
                && !known.iter().any(|known| chinese[key].0.contains(known))
                && !OTHER_MEANINGS.contains(&(key.as_str(), term.as_str()))
            {
                wrong.push((key.clone(), term.clone()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}
