//! Which columns of a table hold names of pictures, their classes, and what each is for.

use std::path::Path;

use super::{
    folders::{TESTS, TRAINING, is_picture},
    places::Places,
};
use crate::{
    learning::{
        TrainError,
        data::{
            defect::broken,
            table::{Heading, TableOptions},
        },
    },
    sentence::{grouped, listed, shown},
};

/// What columns are called, in small letters and without marks; of several the first counts.
const NAMES: &[&str] = &[
    "file",
    "filename",
    "filepath",
    "filepaths",
    "path",
    "imagepath",
    "imagefile",
    "imagename",
    "image",
    "images",
    "img",
    "imageid",
    "imgid",
    "picture",
    "photo",
    "id",
    "name",
];
const LABELS: &[&str] = &[
    "label",
    "labels",
    "class",
    "category",
    "target",
    "species",
    "classname",
    "labelname",
    "breed",
    "diagnosis",
    "y",
    "classid",
    "classindex",
    "tag",
];
const SPLITS: &[&str] = &["split", "set", "subset", "dataset", "partition", "part"];
/// More than pictures have; a table of their pixels has.
const MOST_COLUMNS: usize = 100;
/// The most rows.
const MOST_ROWS: usize = 1_000_000;

/// A row of a table.
pub(super) struct Row {
    pub(super) line: u64,
    fields: Vec<String>,
}

impl Row {
    pub(super) fn field(&self, column: usize) -> &str {
        self.fields.get(column).map_or("", String::as_str)
    }
}

/// What the columns of a table are.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Columns {
    pub(super) names: usize,
    pub(super) labels: usize,
    /// What each picture is for.
    pub(super) split: Option<usize>,
}

/// All rows of a table, one that names the columns among them.
///
/// # Errors
/// One sentence if it cannot be read, or is too wide or too long for a list of pictures.
pub(super) fn rows(path: &Path) -> Result<Vec<Row>, TrainError> {
    let options = TableOptions { header: Some(false), ..TableOptions::default() };
    let (mut rows, heading) = Heading::open(path, &options)?;
    if heading.fields() > MOST_COLUMNS {
        let fact = phrase!("data-it-has-columns", fields = grouped(heading.fields()));
        let remedy = phrase!("data-a-list-of-pictures-has");
        return Err(broken(path, fact, remedy));
    }
    let mut read = Vec::new();
    while rows.advance()? {
        if let Err(wrong) = heading.check(&rows) {
            let fact = phrase!("data-line", line = rows.line(), wrong);
            return Err(broken(path, fact, phrase!("data-put-a-name-and-a")));
        }
        let fields = (0..rows.fields()).map(|at| Ok(rows.text(at)?.into_owned()));
        let fields = fields.collect::<Result<_, TrainError>>()?;
        read.push(Row { line: rows.line(), fields });
        if read.len() > MOST_ROWS {
            let fact = phrase!("data-it-has-more-than-rows", most_rows = grouped(MOST_ROWS));
            return Err(broken(path, fact, phrase!("data-give-a-smaller-data-set")));
        }
    }
    Ok(read)
}

impl Columns {
    /// Finds out what the columns are; takes the row that names them away.
    ///
    /// # Errors
    /// One sentence if there are no names of pictures or no classes.
    pub(super) fn of(
        path: &Path,
        rows: &mut Vec<Row>,
        places: &Places,
    ) -> Result<Self, TrainError> {
        let width = rows.iter().map(|row| row.fields.len()).max().unwrap_or(0);
        let heading = heading(rows, places);
        let called = |words: &[&str], but: &[Option<usize>]| {
            let is = |at: usize, word: &str| {
                heading.get(at).is_some_and(|name| name == word) && !but.contains(&Some(at))
            };
            words.iter().find_map(|word| (0..width).find(|at| is(*at, word)))
        };
        let written = rows.first().map(|row| row.fields.clone()).unwrap_or_default();
        let all = if heading.is_empty() {
            (1..=width).map(|at| say!("data-column", at)).collect()
        } else {
            rows.remove(0);
            written.clone()
        };
        let rows = &*rows;
        let values = |at: usize| rows.iter().map(move |row| row.field(at));
        let found = |at: usize| places.different(values(at));
        let likely = || {
            let found = (0..width).map(|at| (found(at), at)).filter(|(found, _)| *found > 0);
            found.max_by_key(|(found, at)| (*found, width - at)).map(|(_, at)| at)
        };
        let like_names =
            || (0..width).find(|at| values(*at).take(1).any(|value| is_picture(Path::new(value))));
        let word = called(NAMES, &[]);
        let names = word.filter(|at| found(*at) > 0).or_else(likely).or(word).or_else(like_names);
        let Some(names) = names else {
            let fact = phrase!("data-it-has-no-column-of", written = listed(&written));
            return Err(broken(path, fact, phrase!("data-call-the-one-with-the")));
        };
        let is_split = |at: usize| !rows.is_empty() && values(at).all(is_part);
        let split = if heading.is_empty() {
            (0..width).find(|at| *at != names && width > 2 && is_split(*at))
        } else {
            let of_parts =
                |at: &usize| is_split(*at) || heading.get(*at).is_some_and(|name| name == "split");
            called(SPLITS, &[Some(names)]).filter(of_parts)
        };
        let but = [Some(names), split];
        let others: Vec<usize> = (0..width).filter(|at| !but.contains(&Some(*at))).collect();
        let labels = called(LABELS, &but).or(match others.as_slice() {
            [only] => Some(*only),
            _ => None,
        });
        let Some(labels) = labels else {
            let fact = phrase!("data-it-has-no-column-of-labels", all = listed(&all));
            return Err(broken(path, fact, phrase!("data-call-the-one-with-the-classes")));
        };
        if let Some(split) = split
            && let Some(row) = rows.iter().find(|row| !is_part(row.field(split)))
        {
            let fact =
                phrase!("data-line-is-for", line = row.line, field = shown(row.field(split)));
            return Err(broken(path, fact, phrase!("data-write-train-val-or-test")));
        }
        Ok(Self { names, labels, split })
    }
}

/// Whether a value says what a picture is for.
fn is_part(value: &str) -> bool {
    let value = value.to_lowercase();
    TRAINING.iter().chain(TESTS).any(|part| *part == value)
}

/// What the first row calls the columns, in small letters and without marks; nothing if it is a row like the others.
///
/// It calls them something if it names no picture, and has a word that is known or stands above pictures.
fn heading(rows: &[Row], places: &Places) -> Vec<String> {
    let Some((first, below)) = rows.split_first() else { return Vec::new() };
    let is_name = |value: &String| {
        is_picture(Path::new(value)) || places.different(std::iter::once(value.as_str())) > 0
    };
    let names: Vec<String> = first.fields.iter().map(|name| plain(name)).collect();
    let known = |name: &String| [NAMES, LABELS].iter().any(|words| words.contains(&name.as_str()));
    let above = |at: usize| places.different(below.iter().map(|row| row.field(at))) > 0;
    let is_heading = !first.fields.iter().any(is_name)
        && (names.iter().any(known) || (0..names.len()).any(above));
    if is_heading { names } else { Vec::new() }
}

fn plain(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
