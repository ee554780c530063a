//! Pictures whose classes stand in a table: a CSV of names and labels beside them, as competitions give them.

use std::{
    collections::{BTreeMap, HashSet},
    ffi::OsStr,
    path::{Path, PathBuf},
};

use super::{
    columns::{Columns, Row, rows},
    folders::{Class, Found, TESTS, TRAINING, hold_classes_of_their_own, lying_in},
    places::Places,
};
use crate::{
    learning::{TrainError, data::defect::broken},
    sentence::{grouped, listed, shown},
    words::Phrase,
};

/// Endings of tables, in small letters.
const TABLES: &[&str] = &["csv", "tsv"];

/// Whether a file is named as a table; one that is named itself may also be a text.
pub(in crate::learning::data) fn is_table(path: &Path, named: bool) -> bool {
    let ending = |path: &Path| path.extension().map(OsStr::to_ascii_lowercase);
    let plain = if ending(path).is_some_and(|ending| ending == "gz") {
        path.with_extension("")
    } else {
        path.to_owned()
    };
    let is = |known: &str| ending(&plain).is_some_and(|ending| ending == known);
    TABLES.iter().any(|known| is(known)) || (named && is("txt"))
}

/// The table that tells the classes of the pictures in a folder, if they have no folders of their own.
///
/// # Errors
/// One sentence if there are several.
pub(super) fn beside(folder: &Path) -> Result<Option<PathBuf>, TrainError> {
    let [files, _] = lying_in(folder)?;
    let tables: Vec<PathBuf> = files.into_iter().filter(|path| is_table(path, false)).collect();
    if tables.is_empty() || hold_classes_of_their_own(folder) {
        return Ok(None);
    }
    match tables.as_slice() {
        [only] => Ok(Some(only.clone())),
        several => {
            let names: Vec<_> = several.iter().filter_map(|path| path.file_name()).collect();
            let names: Vec<_> = names.iter().map(|name| name.to_string_lossy()).collect();
            let fact = phrase!("data-it-holds-several-tables", names = listed(&names));
            Err(broken(folder, fact, phrase!("data-name-the-one-with-the")))
        }
    }
}

/// Looks for the pictures that a table names, and sorts them by their classes and by what they are for.
///
/// # Errors
/// One sentence if the table cannot be read, tells no names or no classes, leads out of its folder, or names no picture that
/// is there.
pub(super) fn find(table: &Path) -> Result<Found, TrainError> {
    let folder = folder(table);
    let mut rows = rows(table)?;
    let places = Places::of(folder)?;
    let columns = Columns::of(table, &mut rows, &places)?;
    if let Some(row) = rows.iter().find(|row| leads_out(row.field(columns.names))) {
        let fact =
            phrase!("data-line-leads-to", line = row.line, field = shown(row.field(columns.names)));
        return Err(broken(table, fact, phrase!("data-write-each-name-as-a")));
    }
    let base = places.base(rows.iter().map(|row| row.field(columns.names)));
    let part = |row: &Row| columns.split.map(|split| row.field(split).to_lowercase());
    let used = TESTS.iter().find(|used| rows.iter().any(|row| part(row).as_deref() == Some(used)));
    let (mut train, mut test) = (BTreeMap::new(), BTreeMap::new());
    let (mut left_out, mut met) = (Vec::new(), HashSet::new());
    let mut other_parts = BTreeMap::<String, usize>::new();
    for row in &rows {
        let part = part(row).filter(|part| !TRAINING.contains(&part.as_str()));
        if let Some(other) = part.as_deref().filter(|part| Some(part) != used) {
            *other_parts.entry(other.to_owned()).or_default() += 1;
            continue;
        }
        let (name, label) = (row.field(columns.names), row.field(columns.labels));
        let found = match places.find(base, name) {
            _ if label.is_empty() => Err(phrase!("data-it-has-no-label")),
            Ok(found) if !met.insert(found) => Err(phrase!("data-it-is-named-a-second")),
            found => found,
        };
        match found {
            Ok(found) => {
                let part = if part.is_some() { &mut test } else { &mut train };
                part.entry(label.to_owned()).or_insert_with(Vec::new).push(found.to_owned());
            }
            Err(why) => left_out.push((folder.join(name), why)),
        }
    }
    check(table, (&rows, columns.names), [&train, &test])?;
    let remarks = other_parts.iter().map(|(part, count)| {
        let (count, used) = (Phrase::counted(*count, "row"), used.copied().unwrap_or_default());
        phrase!("data-left-out-of-as-is", count, part = shown(part), used = shown(used))
    });
    Ok(Found {
        folder: table.to_owned(),
        train: classes(table, train),
        test: used.map(|_| (table.to_owned(), classes(table, test))),
        left_out,
        remarks: remarks.collect(),
    })
}

/// The folder in which a table lies.
pub(super) fn folder(table: &Path) -> &Path {
    match table.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

/// Whether a name is no path within the table's folder, on any system.
fn leads_out(name: &str) -> bool {
    let mut letters = name.chars();
    let is_drive = letters.next().is_some_and(|letter| letter.is_ascii_alphabetic())
        && letters.next() == Some(':');
    is_drive || name.starts_with(['/', '\\']) || name.split(['/', '\\']).any(|part| part == "..")
}

/// Looks whether there is anything to learn.
fn check(
    table: &Path,
    (rows, names): (&[Row], usize),
    [train, test]: [&BTreeMap<String, Vec<PathBuf>>; 2],
) -> Result<(), TrainError> {
    let refuse = |fact: Phrase, remedy: Phrase| Err(broken(table, fact, remedy));
    let mut classes = train.keys();
    match (classes.next(), classes.next()) {
        (None, _) if !test.is_empty() => {
            refuse(phrase!("data-none-of-its-rows-is"), phrase!("data-write-train-in-some"))
        }
        (None, _) => {
            let first = rows.first().map_or("", |row| row.field(names));
            let pictures = Phrase::counted(rows.len(), "picture");
            let fact = phrase!("data-none-of-its-is-there", pictures, first = shown(first));
            refuse(fact, phrase!("data-put-them-beside-it-or"))
        }
        (Some(one), None) => refuse(
            phrase!("data-is-its-only-class", one = shown(one)),
            phrase!("data-name-pictures-of-two-or"),
        ),
        _ if train.len() > super::MOST_CLASSES => {
            let fact = phrase!("data-it-has-classes", train_count = grouped(train.len()));
            refuse(fact, phrase!("data-give-at-most-256-classes"))
        }
        _ => Ok(()),
    }
}

/// Classes by name, or by their numbers where all are.
fn classes(table: &Path, found: BTreeMap<String, Vec<PathBuf>>) -> Vec<Class> {
    let class = |(name, files)| Class { name, folder: table.to_owned(), files };
    let mut classes: Vec<Class> = found.into_iter().map(class).collect();
    let number = |class: &Class| class.name.parse::<i64>();
    if classes.iter().all(|class| number(class).is_ok()) {
        classes.sort_by_key(|class| number(class).unwrap_or_default());
    }
    classes
}
