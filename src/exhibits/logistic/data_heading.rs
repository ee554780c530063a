//! The names of a table's columns, and which of them is to be told.

use super::{data::ReadOptions, data_columns::shown, data_rows::Rows};
use crate::learning::TrainError;

/// What the column to be told is usually called.
const USUAL_LABELS: [&str; 5] = ["label", "target", "class", "diagnosis", "y"];
/// At most so many columns are named in a sentence.
pub(super) const MOST_NAMED: usize = 12;

/// The names of the columns, made different where they are the same.
pub(super) fn heading(rows: &mut Rows) -> Result<Vec<String>, TrainError> {
    if !rows.advance()? {
        let remedy = "fetch it again or name another file";
        return Err(TrainError::unusable(rows.path(), "it is empty", remedy));
    }
    let line = rows.line();
    let mut names: Vec<String> = Vec::with_capacity(rows.fields());
    let mut numbers = 0;
    for at in 0..rows.fields() {
        let Ok(text) = std::str::from_utf8(rows.field(at)) else {
            let fact = format!("line {line}, column {} is not UTF-8", at + 1);
            return Err(TrainError::unusable(rows.path(), fact, "save the file as UTF-8"));
        };
        numbers += usize::from(text.parse::<f64>().is_ok());
        let plain = if text.is_empty() { format!("column {}", at + 1) } else { text.to_owned() };
        let taken = |name: &String| names.contains(name);
        let name = std::iter::once(plain.clone())
            .chain((2..).map(|turn| format!("{plain} ({turn})")))
            .find(|name| !taken(name));
        names.push(name.unwrap_or(plain));
    }
    if numbers == names.len() {
        let fact = format!("line {line} holds numbers where the names of the columns should be");
        let remedy = "put a line of names before it";
        return Err(TrainError::unusable(rows.path(), fact, remedy));
    }
    if names.len() < 2 {
        let fact = format!("line {line} names a single column, {}", shown(&names.join("")));
        let remedy = "give a CSV with columns to learn from and one to be told";
        return Err(TrainError::unusable(rows.path(), fact, remedy));
    }
    Ok(names)
}

/// Where the column is that is to be told.
pub(super) fn label(
    rows: &Rows,
    names: &[String],
    options: &ReadOptions,
) -> Result<usize, TrainError> {
    let called = |wanted: &str| {
        let exact = names.iter().position(|name| name == wanted);
        exact.or_else(|| names.iter().position(|name| name.eq_ignore_ascii_case(wanted)))
    };
    let found = match &options.label {
        Some(label) => called(label),
        None => USUAL_LABELS.iter().find_map(|label| called(label)),
    };
    found.ok_or_else(|| {
        let fact = match &options.label {
            Some(label) => format!("it has no column {}, only {}", shown(label), listed(names)),
            None => format!("it does not say which column is to be told: it has {}", listed(names)),
        };
        TrainError::unusable(rows.path(), fact, "name one of these with --label")
    })
}

/// Names in a sentence, at most so many.
pub(super) fn listed(names: &[String]) -> String {
    let named: Vec<_> = names.iter().take(MOST_NAMED).map(|name| shown(name)).collect();
    let more = names.len().saturating_sub(MOST_NAMED);
    named.join(", ") + &if more > 0 { format!(" and {more} more") } else { String::new() }
}
