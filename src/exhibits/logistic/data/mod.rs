//! A table that a class is told from: its columns, and the one that is to be told.

#[cfg(test)]
mod tests;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use crate::{
    learning::{
        TrainError,
        data::table::{
            Column, ColumnValues, Heading, Kind, MOST_CATEGORIES, NO_WORD, Sheet, TableOptions,
        },
    },
    sentence::{grouped, shown},
    words::Phrase,
};

/// What the column to be told is usually called, as [`Heading::usual`] wants it.
const USUAL_LABELS: &str = "label target class diagnosis y";

/// More classes than this need so many rows each in the mean; a column with fewer is none of classes.
const FEW_CLASSES: usize = 10;
const ROWS_PER_CLASS: usize = 2;

/// How a table is to be read, where it does not say itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReadOptions {
    /// The column that is to be told; looked for under its usual names when left out.
    pub label: Option<String>,
    /// How the file is written.
    pub table: TableOptions,
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
    pub(super) remarks: Vec<Phrase>,
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

    /// Columns of numbers and values of categories.
    pub fn features(&self) -> usize {
        self.sources().len()
    }

    /// What features are made of, in the order of the file.
    pub(super) fn sources(&self) -> Vec<Source> {
        let of = |(column, values): (usize, &Column)| match &values.values {
            ColumnValues::Categories { names, .. } => {
                (0..names.len()).map(|at| Source { column, category: Some(at as u8) }).collect()
            }
            _ => vec![Source { column, category: None }],
        };
        self.columns.iter().enumerate().flat_map(of).collect()
    }

    /// What a feature is called.
    pub(super) fn feature_name(&self, source: Source) -> String {
        let column = &self.columns[source.column];
        match (&column.values, source.category) {
            (ColumnValues::Categories { names, .. }, Some(category)) => {
                format!("{}={}", column.name, names[usize::from(category)])
            }
            _ => column.name.clone(),
        }
    }

    /// The value of a feature in a row; not a number where it is missing.
    pub(super) fn value(&self, source: Source, row: usize) -> f64 {
        match (&self.columns[source.column].values, source.category) {
            (ColumnValues::Numbers(numbers), _) => numbers[row],
            (ColumnValues::Categories { codes, .. }, category) => match codes[row] {
                NO_WORD => f64::NAN,
                code => f64::from(u8::from(category == Some(code))),
            },
            _ => f64::NAN,
        }
    }

    /// The place of a row in the file, from 0.
    pub(super) fn place(&self, row: usize) -> usize {
        self.places.as_ref().map_or(row, |places| places[row] as usize)
    }

    /// Says why this table cannot be used.
    pub(super) fn unusable(
        &self,
        fact: impl Into<Phrase>,
        remedy: impl Into<Phrase>,
    ) -> TrainError {
        TrainError::unusable(&self.path, fact, remedy)
    }
}

/// Reads a table and takes the column to be told out of it.
///
/// `progress` is told now and then how many bytes of how many have been read.
pub(super) fn read(
    path: &Path,
    options: &ReadOptions,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Raw, TrainError> {
    let mut label = String::new();
    let kinds = |heading: &Heading| {
        let at = label_of(heading, options)?;
        heading.name(at).clone_into(&mut label);
        let kind = |column| if column == at { Kind::Names } else { Kind::Any };
        Ok((0..heading.fields()).map(kind).collect())
    };
    let mut sheet = Sheet::read(path, &options.table, kinds, progress)?;
    let (classes, codes) = classes(&mut sheet, &label)?;
    let keep: Vec<bool> = codes.iter().map(|code| *code != NO_WORD).collect();
    let mut remarks = std::mem::take(&mut sheet.remarks);
    let rows_read = sheet.rows;
    let labels: Vec<u16> =
        codes.iter().filter(|code| **code != NO_WORD).map(|code| u16::from(*code)).collect();
    let unlabelled = rows_read - labels.len();
    if unlabelled > 0 {
        sheet.columns.iter_mut().for_each(|column| column.retain(&keep));
        sheet.columns.retain(|column| column.values != ColumnValues::Empty);
        remarks.push(phrase!(
            "logistic-model-of-rows-have-no-they",
            unlabelled = grouped(unlabelled),
            rows_read = grouped(rows_read),
            label = shown(&label)
        ));
    }
    if sheet.columns.is_empty() {
        let fact = phrase!("logistic-model-nothing-in-it-can-be", label = shown(&label));
        let remedy = phrase!("logistic-model-give-a-table-with-a");
        return Err(TrainError::unusable(&sheet.path, fact, remedy));
    }
    remarks.extend(sheet.remark_on_missing());
    let kept = (0..).zip(&keep).filter(|(_, keep)| **keep).map(|(row, _)| row);
    Ok(Raw {
        name: name_of(path),
        classes: classes.into(),
        places: (unlabelled > 0).then(|| kept.collect()),
        path: sheet.path,
        columns: sheet.columns,
        label,
        labels,
        rows_read,
        remarks,
    })
}

/// Where the column is that is to be told.
fn label_of(heading: &Heading, options: &ReadOptions) -> Result<usize, TrainError> {
    if let Some(label) = &options.label {
        return heading.chosen(label, "--label");
    }
    heading.usual(USUAL_LABELS).ok_or_else(|| {
        let fact = phrase!("logistic-model-it-does-not-say-which", listed = heading.listed());
        heading.unusable(fact, phrase!("logistic-model-name-one-of-these-with"))
    })
}

/// The classes, and which of them each row is of.
fn classes(sheet: &mut Sheet, label: &str) -> Result<(Vec<String>, Vec<u8>), TrainError> {
    let values = sheet.take(label).map_or(ColumnValues::Empty, |column| column.values);
    let label = shown(label);
    let fact = match values {
        ColumnValues::Categories { names, codes } => match names.as_slice() {
            [class] => {
                phrase!("logistic-model-its-column-is-in-every", label, class = shown(class))
            }
            names if names.len() > FEW_CLASSES && names.len() * ROWS_PER_CLASS > codes.len() => {
                phrase!(
                    "logistic-model-its-column-has-values-in",
                    label,
                    names_count = names.len(),
                    codes_count = Phrase::counted(codes.len(), "row")
                )
            }
            _ => return Ok((names, codes)),
        },
        ColumnValues::Text(row) => {
            let line = sheet.line(row as usize);
            let fact = phrase!(
                "logistic-model-its-column-has-values-by",
                label,
                most_categories = MOST_CATEGORIES + 1,
                line
            );
            let remedy =
                phrase!("logistic-model-name-a-column-of-at", most_categories = MOST_CATEGORIES);
            return Err(TrainError::unusable(&sheet.path, fact, remedy));
        }
        _ => phrase!("logistic-model-its-column-is-empty-in", label),
    };
    let remedy = phrase!("logistic-model-name-a-column-of-two");
    Err(TrainError::unusable(&sheet.path, fact, remedy))
}

/// A file without its endings.
fn name_of(path: &Path) -> String {
    let full = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let name = full.file_name().unwrap_or_default().to_string_lossy();
    let plain = name.strip_suffix(".gz").unwrap_or(&name);
    let stem = plain.strip_suffix(".csv").unwrap_or(plain);
    if stem.is_empty() { "table".to_owned() } else { stem.to_owned() }
}
