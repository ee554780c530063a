//! Why there are no options: help that was asked for, or one sentence for what clap says in a paragraph.

use std::error::Error as _;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::ExhibitOptions;
use crate::{sentence::shown, words::enumerated};

/// Why there are no options.
#[derive(Clone, Debug, PartialEq)]
pub enum NoOptions {
    /// Help or the version was asked for: the text to print.
    Told(String),
    /// Something cannot be understood or done: one sentence that says what and how to go on.
    Refused(String),
}

pub(super) fn no_options(error: clap::Error) -> NoOptions {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => NoOptions::Told(error.to_string()),
        _ => NoOptions::Refused(sentence(&error)),
    }
}

/// The same where one exhibit is named and perhaps, by mistake, another.
pub(super) fn no_visit(error: clap::Error, exhibits: &[ExhibitOptions]) -> NoOptions {
    let argument = text(&error, ContextKind::InvalidArg);
    let second = error.kind() == ErrorKind::UnknownArgument
        && exhibits.iter().any(|exhibit| exhibit.name == argument);
    match second {
        true => NoOptions::Refused(say!("cli-is-a-second-exhibit", name = shown(&argument))),
        false => no_options(error),
    }
}

/// Says in one sentence what clap says in a paragraph.
fn sentence(error: &clap::Error) -> String {
    let argument = text(error, ContextKind::InvalidArg);
    // An option carries its value's name, as in "--seed <N>".
    let option = argument.split(' ').next().unwrap_or_default();
    let value = text(error, ContextKind::InvalidValue);
    let quoted = shown(&value);
    let advice = say!("cli-see-perceptarium-help");
    match error.kind() {
        ErrorKind::InvalidValue if value.is_empty() => {
            say!("cli-needs-a-value", option, advice)
        }
        ErrorKind::InvalidValue => {
            let choices = text(error, ContextKind::ValidValue);
            say!("cli-cannot-be-choose-one-of", option, quoted, choices)
        }
        ErrorKind::ValueValidation => {
            let why = error.source().map_or_else(|| advice.to_owned(), ToString::to_string);
            say!("cli-cannot-be", option, quoted, why)
        }
        ErrorKind::UnknownArgument => {
            let similar = text(error, ContextKind::SuggestedArg);
            match similar.split(' ').next() {
                Some(similar) if !similar.is_empty() => {
                    say!("cli-there-is-no-option-did", option = shown(option), similar)
                }
                _ => say!("cli-is-not-understood", argument = shown(&argument), advice),
            }
        }
        ErrorKind::MissingRequiredArgument => say!("cli-is-missing", argument, advice),
        ErrorKind::ArgumentConflict => say!("cli-can-be-given-only-once", option),
        _ => {
            let whole = error.to_string();
            let first = whole.lines().next().unwrap_or_default();
            let first = first.trim_start_matches("error: ").trim_end_matches(':');
            say!("list-sentence", text = say!("list-of", name = first, value = advice))
        }
    }
}

/// What clap knows about an error, in words.
fn text(error: &clap::Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(one)) => one.clone(),
        Some(ContextValue::Strings(many)) => enumerated(many),
        _ => String::new(),
    }
}
