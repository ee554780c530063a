//! Finds the columns of a CSV by the names in its first row.

use std::{
    borrow::Cow,
    path::{Path, PathBuf},
};

use super::{data::unusable, data_table::Table};
use crate::learning::TrainError;

/// At most so many columns are named in a sentence.
const MOST_NAMED: usize = 12;
/// At most so many letters of a name are shown.
const LONGEST_NAME: usize = 40;

/// A column that is looked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted<'a> {
    /// What it holds.
    pub(super) what: &'static str,
    /// The option that names it, and what was given there.
    pub(super) option: &'static str,
    pub(super) name: Option<&'a str>,
    /// What it is usually called, the most telling first: lower case, letters and digits only, a blank between.
    pub(super) usual: &'static str,
}

/// The names of the columns.
#[derive(Debug)]
pub(super) struct Heading {
    path: PathBuf,
    names: Vec<String>,
}

impl Heading {
    /// Takes the row at which a table is as the names of its columns.
    pub(super) fn of(table: &Table) -> Result<Self, TrainError> {
        let names = (0..table.fields()).map(|at| table.text(at).map(Cow::into_owned));
        Ok(Self { path: table.path().to_owned(), names: names.collect::<Result<_, _>>()? })
    }

    /// How many columns there are.
    pub(super) fn len(&self) -> usize {
        self.names.len()
    }

    /// The columns that are wanted, each of its own.
    pub(super) fn find<const N: usize>(
        &self,
        wanted: [Wanted; N],
    ) -> Result<[usize; N], TrainError> {
        let mut found = [0; N];
        let mut missing = Vec::new();
        for (place, wanted) in found.iter_mut().zip(wanted) {
            match self.place(wanted)? {
                Some(at) => *place = at,
                None => missing.push(wanted),
            }
        }
        if !missing.is_empty() {
            return Err(self.missing(&missing));
        }
        let twice = found.iter().enumerate().find(|(at, column)| found[..*at].contains(column));
        match twice {
            Some((at, &column)) => {
                let fact = format!(
                    "its column {} cannot stand for two things",
                    shown(&self.names[column])
                );
                Err(unusable(&self.path, fact, format!("name another with {}", wanted[at].option)))
            }
            None => Ok(found),
        }
    }

    fn place(&self, wanted: Wanted) -> Result<Option<usize>, TrainError> {
        let Some(name) = wanted.name else {
            return Ok(self.usual(wanted.usual));
        };
        match self.called(name) {
            Some(at) => Ok(Some(at)),
            None => {
                let fact = format!("it has no column {}, only {}", shown(name), self.listed());
                Err(unusable(&self.path, fact, format!("name one of these with {}", wanted.option)))
            }
        }
    }

    /// The column that is called so, at least but for capitals.
    pub(super) fn called(&self, name: &str) -> Option<usize> {
        let exact = self.names.iter().position(|known| known == name);
        let alike =
            || self.names.iter().position(|known| known.to_lowercase() == name.to_lowercase());
        exact.or_else(alike)
    }

    /// The column with the most telling of these names.
    pub(super) fn usual(&self, usual: &str) -> Option<usize> {
        let plain = |name: &String| -> String {
            name.chars()
                .filter(|letter| letter.is_alphanumeric())
                .flat_map(char::to_lowercase)
                .collect()
        };
        let names: Vec<_> = self.names.iter().map(plain).collect();
        usual.split(' ').find_map(|usual| names.iter().position(|name| name == usual))
    }

    fn missing(&self, missing: &[Wanted]) -> TrainError {
        let joined = |words: Vec<&str>| words.join(" and ");
        let what = joined(missing.iter().map(|wanted| wanted.what).collect());
        let options = joined(missing.iter().map(|wanted| wanted.option).collect());
        let fact = format!("it has no column for the {what}, only {}", self.listed());
        unusable(&self.path, fact, format!("name the column with {options}"))
    }

    fn listed(&self) -> String {
        let named: Vec<_> = self.names.iter().take(MOST_NAMED).map(|name| shown(name)).collect();
        let more = self.names.len().saturating_sub(MOST_NAMED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        named.join(", ") + &more
    }
}

/// A name as it is shown in a sentence, whatever it may hold.
pub(super) fn shown(name: &str) -> String {
    let mut letters = name.chars().map(|letter| if letter.is_control() { ' ' } else { letter });
    let start: String = letters.by_ref().take(LONGEST_NAME).collect();
    let more = if letters.next().is_some() { "…" } else { "" };
    format!("“{start}{more}”")
}

/// What a file of titles lacks is never named by an option.
pub(super) fn no_column(path: &Path, heading: &Heading, what: &str) -> TrainError {
    let fact = format!("it has no column for the {what}, only {}", heading.listed());
    unusable(path, fact, "correct its first line, or move it away to go without titles")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_shown_on_one_short_line() {
        assert_eq!(shown("a\nb"), "“a b”");
        assert_eq!(shown(&"é".repeat(41)), format!("“{}…”", "é".repeat(40)));
    }
}
