//! A table read from a CSV: numbers, categories, and the column that is to be told.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    data_columns::{Column, Fault, Field, Growing, NO_CATEGORY, Turned, Values, in_order, shown},
    data_heading::{MOST_NAMED, heading, label, listed},
    data_rows::Rows,
};
use crate::learning::TrainError;

/// More different values than this are no classes.
const MOST_CLASSES: usize = 50;
/// Rows between two looks at how far the reading has come.
const ROWS_PER_LOOK: usize = 4096;

/// How a table is to be read, where it does not say itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReadOptions {
    /// The column that is to be told; looked for under its usual names when left out.
    pub label: Option<String>,
}

/// A table as it lies in its file.
#[derive(Clone, Debug, PartialEq)]
pub struct Raw {
    /// The file.
    pub(super) path: PathBuf,
    /// What the data set is called.
    pub(super) name: String,
    /// The column that is to be told.
    pub(super) label: String,
    /// What each class is called, in order.
    pub(super) classes: Arc<[String]>,
    /// The class of each row.
    pub(super) labels: Vec<u16>,
    /// For each row that is kept its place in the file, if any was left out.
    pub(super) places: Option<Vec<u32>>,
    /// Rows in the file.
    pub(super) rows_read: usize,
    /// What can be learned from.
    pub(super) columns: Vec<Column>,
    /// What is odd, one sentence each.
    pub(super) remarks: Vec<String>,
}

/// A feature of a table: a column of numbers, or one value of a category.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Source {
    /// Which column.
    pub(super) column: usize,
    /// Which value of a category.
    pub(super) category: Option<u8>,
}

impl Raw {
    /// Rows that have a label.
    pub fn rows(&self) -> usize {
        self.labels.len()
    }

    /// What features are made of, in the order of the file.
    pub(super) fn sources(&self) -> Vec<Source> {
        let of = |(column, values): (usize, &Column)| match &values.values {
            Values::Numbers(_) => vec![Source { column, category: None }],
            Values::Categories { names, .. } => {
                (0..names.len()).map(|at| Source { column, category: Some(at as u8) }).collect()
            }
        };
        self.columns.iter().enumerate().flat_map(of).collect()
    }

    /// What a feature is called.
    pub(super) fn feature_name(&self, source: Source) -> String {
        let column = &self.columns[source.column];
        match (&column.values, source.category) {
            (Values::Categories { names, .. }, Some(category)) => {
                format!("{}={}", column.name, names[usize::from(category)])
            }
            _ => column.name.clone(),
        }
    }

    /// The value of a feature in a row; not a number where it is missing.
    pub(super) fn value(&self, source: Source, row: usize) -> f64 {
        match (&self.columns[source.column].values, source.category) {
            (Values::Numbers(numbers), _) => numbers[row],
            (Values::Categories { codes, .. }, category) => match codes[row] {
                NO_CATEGORY => f64::NAN,
                code => f64::from(u8::from(category == Some(code))),
            },
        }
    }

    /// The place of a row in the file, from 0.
    pub(super) fn place(&self, row: usize) -> usize {
        self.places.as_ref().map_or(row, |places| places[row] as usize)
    }

    /// Says why this table cannot be used.
    pub(super) fn unusable(
        &self,
        fact: impl Into<String>,
        remedy: impl Into<String>,
    ) -> TrainError {
        TrainError::unusable(&self.path, fact, remedy)
    }
}

/// Reads a CSV, gzipped or not, whose first line names the columns.
///
/// `progress` is told now and then how many bytes of how many have been read.
pub(super) fn read(
    path: &Path,
    options: &ReadOptions,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Raw, TrainError> {
    let mut rows = open(path)?;
    let names = heading(&mut rows)?;
    let label_at = label(&rows, &names, options)?;
    let mut columns: Vec<Growing> = names.iter().cloned().map(Growing::new).collect();
    let mut classes: Vec<String> = Vec::new();
    let (mut labels, mut kept, mut rows_read) = (Vec::new(), Vec::new(), 0_usize);
    while rows.advance()? {
        let line = rows.line();
        check_fields(&rows, names.len(), line)?;
        rows_read += 1;
        let read = |at: usize| {
            let field = Field::read(rows.field(at), rows.has_decimal_commas());
            field.map_err(|fault| faulty(&rows, line, &names[at], &fault))
        };
        // A row that nobody can learn from is still read, so that what is wrong with it is told.
        let class = read(label_at)?.name();
        for (at, column) in columns.iter_mut().enumerate().filter(|(at, _)| *at != label_at) {
            let field = read(at)?;
            if class.is_some() {
                column.push(&field, line);
            }
        }
        if let Some(class) = class {
            let known = classes.iter().position(|known| *known == class);
            let code = known.unwrap_or(classes.len());
            if known.is_none() {
                classes.push(class);
            }
            if classes.len() > MOST_CLASSES {
                let name = shown(&names[label_at]);
                let fact = format!("its column {name} has {} values by line {line}", classes.len());
                let remedy = "name a column of at most 50 classes with --label";
                return Err(TrainError::unusable(path, fact, remedy));
            }
            labels.push(code as u16);
            kept.push((rows_read - 1) as u32);
        }
        if rows_read.is_multiple_of(ROWS_PER_LOOK) {
            let (read, of) = rows.progress();
            progress(read, of);
        }
    }
    let of = rows.progress().1;
    progress(of, of);
    let label = names.get(label_at).cloned().unwrap_or_default();
    if rows_read == 0 {
        let fact = "it names columns but holds no row";
        return Err(TrainError::unusable(path, fact, "name another file with --data"));
    }
    check_classes(path, &label, &classes)?;
    let (classes, places) = in_order(classes);
    for label in &mut labels {
        *label = places[usize::from(*label)] as u16;
    }
    let mut remarks = Vec::new();
    columns.remove(label_at);
    let columns = turned(path, columns, &mut remarks)?;
    let unlabelled = rows_read - labels.len();
    if unlabelled > 0 {
        remarks.push(format!(
            "{} of {} rows have no {}: they were left out",
            grouped(unlabelled),
            grouped(rows_read),
            shown(&label)
        ));
    }
    remarks.extend(remark_on_missing(&columns));
    labels.shrink_to_fit();
    Ok(Raw {
        path: path.to_owned(),
        name: name_of(path),
        label,
        classes: classes.into(),
        labels,
        places: (unlabelled > 0).then_some(kept),
        rows_read,
        columns,
        remarks,
    })
}

/// A folder stands for the one CSV in it.
fn open(path: &Path) -> Result<Rows, TrainError> {
    if !path.is_dir() {
        return Rows::open(path);
    }
    let is_table = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        path.is_file() && (name.ends_with(".csv") || name.ends_with(".csv.gz"))
    };
    let entries = path.read_dir().into_iter().flatten().flatten();
    let tables: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(is_table).collect();
    match tables.as_slice() {
        [table] => Rows::open(table),
        tables => {
            let fact = format!("it is a folder with {} files of the kind .csv", tables.len());
            Err(TrainError::unusable(path, fact, "name the file itself with --data"))
        }
    }
}

fn check_fields(rows: &Rows, columns: usize, line: u64) -> Result<(), TrainError> {
    let fields = rows.fields();
    if fields == columns {
        return Ok(());
    }
    let (fact, remedy) = if fields > columns {
        let first = shown(&String::from_utf8_lossy(rows.field(columns)));
        (
            format!("line {line} goes on after its last column, number {columns}, with {first}"),
            "give each row as many fields as there are names, and quote what holds a separator",
        )
    } else {
        (
            format!("line {line} ends after column {fields} of {columns}"),
            "give each row as many fields as there are names",
        )
    };
    Err(TrainError::unusable(rows.path(), fact, remedy))
}

fn faulty(rows: &Rows, line: u64, name: &str, fault: &Fault) -> TrainError {
    let fact = format!("line {line}, column {} {fault}", shown(name));
    let remedy = match fault {
        Fault::NotText => "save the file as UTF-8",
        Fault::NotFinite(_) => "give a finite number, or leave the field empty if it is missing",
    };
    TrainError::unusable(rows.path(), fact, remedy)
}

fn check_classes(path: &Path, label: &str, classes: &[String]) -> Result<(), TrainError> {
    let fact = match classes {
        [] => format!("its column {} is empty in every row", shown(label)),
        [class] => format!("its column {} is {} in every row", shown(label), shown(class)),
        _ => return Ok(()),
    };
    let remedy = "name a column of two or more classes with --label";
    Err(TrainError::unusable(path, fact, remedy))
}

/// What the columns have turned out to be; there must be one of numbers.
fn turned(
    path: &Path,
    columns: Vec<Growing>,
    remarks: &mut Vec<String>,
) -> Result<Vec<Column>, TrainError> {
    let mut good = Vec::new();
    let (mut texts, mut empty) = (Vec::new(), Vec::new());
    for column in columns {
        match column.turn() {
            Turned::Good(column) => good.push(column),
            Turned::Text(name) => texts.push(name),
            Turned::Empty(name) => empty.push(name),
            Turned::Slip { name, line, text, numbers } => {
                let fact = format!(
                    "line {line}, column {} holds {}, but {} other values there are numbers",
                    shown(&name),
                    shown(&text),
                    grouped(numbers as usize),
                );
                let remedy = "give a number, or leave the field empty if it is missing";
                return Err(TrainError::unusable(path, fact, remedy));
            }
        }
    }
    if !good.iter().any(|column| matches!(column.values, Values::Numbers(_))) {
        let fact = "none of its columns holds numbers, but for the one that is to be told";
        return Err(TrainError::unusable(path, fact, "give a table with a column of numbers"));
    }
    if !texts.is_empty() {
        remarks.push(format!(
            "Text that differs from row to row is not learned from: {}",
            listed(&texts)
        ));
    }
    if !empty.is_empty() {
        remarks.push(format!("No row has a value in {}", listed(&empty)));
    }
    Ok(good)
}

fn remark_on_missing(columns: &[Column]) -> Option<String> {
    let missing: Vec<_> = columns.iter().filter(|column| column.missing > 0).collect();
    let named: Vec<_> = missing
        .iter()
        .take(MOST_NAMED)
        .map(|column| format!("{} in {}", grouped(column.missing), shown(&column.name)))
        .collect();
    let more = missing.len().saturating_sub(MOST_NAMED);
    let more = if more > 0 { format!(" and more in {more} others") } else { String::new() };
    (!named.is_empty()).then(|| format!("Missing values: {}{more}", named.join(", ")))
}

/// A file without its endings.
fn name_of(path: &Path) -> String {
    let full = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let name = full.file_name().unwrap_or_default().to_string_lossy();
    let plain = name.strip_suffix(".gz").unwrap_or(&name);
    let stem = plain.strip_suffix(".csv").unwrap_or(plain);
    if stem.is_empty() { "table".to_owned() } else { stem.to_owned() }
}

/// A whole number with commas between thousands.
pub(super) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut words = String::new();
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            words.push(',');
        }
        words.push(digit);
    }
    words
}
