//! A language that nobody speaks: English with accents and a third more letters, so that one sees which words are
//! clipped, and which have never been through the files.

use fluent_bundle::FluentResource;
use fluent_syntax::{
    ast::{Entry, Expression, InlineExpression, Pattern, PatternElement},
    parser::parse,
    serializer::serialize,
};

/// The same messages in the language that nobody speaks.
pub(super) fn of(english: &str) -> String {
    let mut resource = parse(english.to_owned()).unwrap_or_else(|(resource, _errors)| resource);
    for entry in &mut resource.body {
        if let Entry::Message(message) = entry
            && let Some(value) = &mut message.value
        {
            accent(value);
        }
    }
    serialize(&resource)
}

fn accent(pattern: &mut Pattern<String>) {
    for element in &mut pattern.elements {
        match element {
            PatternElement::TextElement { value } => *value = accented(value),
            PatternElement::Placeable { expression: Expression::Select { variants, .. } } => {
                variants.iter_mut().for_each(|variant| accent(&mut variant.value));
            }
            PatternElement::Placeable { .. } => {}
        }
    }
}

/// Vowels twice, each with an accent.
fn accented(text: &str) -> String {
    let mut written = String::with_capacity(text.len() * 2);
    for letter in text.chars() {
        let accent = match letter {
            'a' => 'á',
            'e' => 'ë',
            'i' => 'î',
            'o' => 'ö',
            'u' => 'ü',
            'A' => 'Å',
            'E' => 'É',
            'I' => 'Ï',
            'O' => 'Ø',
            'U' => 'Ù',
            other => {
                written.push(other);
                continue;
            }
        };
        written.push(accent);
        if letter.is_lowercase() {
            written.push(accent);
        }
    }
    written
}

/// The keys of the messages that take no arguments.
pub(super) fn plain_keys(resource: &FluentResource) -> impl Iterator<Item = String> + '_ {
    resource.entries().filter_map(|entry| match entry {
        Entry::Message(message) => {
            let value = message.value.as_ref()?;
            value.elements.iter().all(is_plain).then(|| message.id.name.to_owned())
        }
        _ => None,
    })
}

const fn is_plain(element: &PatternElement<&str>) -> bool {
    matches!(
        element,
        PatternElement::TextElement { .. }
            | PatternElement::Placeable {
                expression: Expression::Inline(InlineExpression::StringLiteral { .. })
            }
    )
}
