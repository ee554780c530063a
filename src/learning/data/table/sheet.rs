//! A whole table: each of its columns as what it has turned out to hold.

use std::path::{Path, PathBuf};

use super::{
    TableOptions,
    column::{Column, ColumnValues, Fault, Growing, Kind, Remark},
    heading::Heading,
    marks,
    rows::Rows,
    words::NO_WORD,
};
use crate::{
    learning::TrainError,
    sentence::{MOST_LISTED, grouped, listed, shown},
    words::Phrase,
};

/// Rows between two looks at how far the reading has come.
const ROWS_PER_LOOK: u32 = 4096;
/// More rows are not counted.
const MOST_ROWS: u32 = u32::MAX - 1;

/// A table as it lies in its file.
#[derive(Debug)]
pub struct Sheet {
    /// The file.
    pub path: PathBuf,
    /// What can be learned from, in the order of the file; columns of text, empty ones and those that count rows are not
    /// among them.
    pub columns: Vec<Column>,
    /// How many rows it has.
    pub rows: usize,
    /// What is odd, one sentence each.
    pub remarks: Vec<Phrase>,
    lines: Lines,
}

/// In which line each row begins.
#[derive(Debug, Default)]
pub struct Lines {
    first: u64,
    rows: u32,
    /// Only where rows are not simply one after the other.
    irregular: Option<Vec<u64>>,
}

impl Lines {
    /// Takes note of the line of the next row.
    pub fn push(&mut self, line: u64) {
        if self.rows == 0 {
            self.first = line;
        }
        let regular = self.first + u64::from(self.rows);
        if line != regular && self.irregular.is_none() {
            self.irregular = Some((self.first..regular).collect());
        }
        if let Some(lines) = &mut self.irregular {
            lines.push(line);
        }
        self.rows += 1;
    }

    /// The line of a row, from 1.
    pub fn of(&self, row: u32) -> u64 {
        match &self.irregular {
            Some(lines) => lines.get(row as usize).copied().unwrap_or(self.first),
            None => self.first + u64::from(row),
        }
    }
}

impl Sheet {
    /// Reads a CSV; a folder stands for the one that it holds. `kinds` says how each column is to be understood, and
    /// `progress` is told now and then how many bytes of how many have been read.
    ///
    /// # Errors
    /// One sentence with the file, the line, the column and what to do.
    pub fn read(
        path: &Path,
        options: &TableOptions,
        kinds: impl FnOnce(&Heading) -> Result<Vec<Kind>, TrainError>,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Self, TrainError> {
        let (mut rows, heading) = Heading::open(&the_one_in(path)?, options)?;
        check_columns(&rows, &heading)?;
        let kinds = kinds(&heading)?;
        let mut columns: Vec<Growing> = heading.names.iter().cloned().map(Growing::new).collect();
        let mut lines = Lines::default();
        while rows.advance()? {
            let line = rows.line();
            heading.check(&rows).map_err(|why| {
                let remedy = phrase!("data-give-each-row-as-many");
                TrainError::unusable(rows.path(), phrase!("data-line-2", line, why), remedy)
            })?;
            if lines.rows == MOST_ROWS {
                return Err(TrainError::unusable(
                    rows.path(),
                    phrase!("data-it-has-too-many-rows"),
                    phrase!("data-give-a-part-of-it"),
                ));
            }
            lines.push(line);
            for (at, column) in columns.iter_mut().enumerate() {
                if kinds[at] != Kind::Ignored {
                    let pushed = column.push(rows.field(at));
                    pushed.map_err(|fault| told(rows.path(), heading.name(at), &lines, &fault))?;
                }
            }
            if lines.rows.is_multiple_of(ROWS_PER_LOOK) {
                let (read, of) = rows.progress();
                progress(read, of);
            }
        }
        let of = rows.progress().1;
        progress(of, of);
        if lines.rows == 0 {
            let fact = phrase!("data-it-names-columns-but-holds");
            return Err(TrainError::unusable(
                rows.path(),
                fact,
                phrase!("data-name-another-file-with-data"),
            ));
        }
        let sheet = Self {
            path: rows.path().to_owned(),
            columns: Vec::new(),
            rows: lines.rows as usize,
            remarks: Vec::new(),
            lines,
        };
        sheet.finished(columns, &kinds, &heading, options, rows.separator())
    }

    /// Finds out what the columns hold, once all rows are known.
    fn finished(
        mut self,
        columns: Vec<Growing>,
        kinds: &[Kind],
        heading: &Heading,
        options: &TableOptions,
        separator: u8,
    ) -> Result<Self, TrainError> {
        let others = marks::of_all(columns.iter().map(|column| &column.evidence));
        let (mut texts, mut empty, mut odd) = (Vec::new(), Vec::new(), Vec::new());
        for (at, growing) in columns.into_iter().enumerate() {
            let name = growing.name.clone();
            let column = growing.finish(kinds[at], options, others, separator, &mut odd);
            let column = column.map_err(|fault| told(&self.path, &name, &self.lines, &fault))?;
            match &column.values {
                _ if kinds[at] == Kind::Names => self.columns.push(column),
                ColumnValues::Text(_) => texts.push(name),
                // Separators too many at the end of a line make columns that nobody wrote.
                ColumnValues::Empty if at < heading.named && kinds[at] != Kind::Ignored => {
                    empty.push(name);
                }
                ColumnValues::Empty => {}
                ColumnValues::Numbers(numbers)
                    if at == 0 && heading.first_is_nameless && count_rows(numbers) =>
                {
                    self.remarks.push(phrase!("data-the-first-column-has-no"));
                }
                ColumnValues::Numbers(_) | ColumnValues::Categories { .. } => {
                    self.columns.push(column);
                }
            }
        }
        if heading.made_up {
            self.remarks.push(phrase!("data-columns-are-called-by-their"));
        }
        self.remarks.extend(odd.iter().map(|remark| remark.said(&self.lines)));
        if !texts.is_empty() {
            self.remarks.push(phrase!("data-text-that-differs-from-row", texts = listed(&texts)));
        }
        if !empty.is_empty() {
            self.remarks.push(phrase!("data-no-row-has-a-value", empty = listed(&empty)));
        }
        Ok(self)
    }

    /// The line of a row, from 1.
    pub fn line(&self, row: usize) -> u64 {
        self.lines.of(row as u32)
    }

    /// The column that is called so.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// Takes a column out.
    pub fn take(&mut self, name: &str) -> Option<Column> {
        let at = self.columns.iter().position(|column| column.name == name)?;
        Some(self.columns.remove(at))
    }

    /// What is said of missing values, if there are any.
    pub fn remark_on_missing(&self) -> Option<Phrase> {
        let missing: Vec<_> = self.columns.iter().filter(|column| column.missing > 0).collect();
        let named: Vec<_> = missing
            .iter()
            .take(MOST_LISTED)
            .map(|column| {
                phrase!("data-in", missing = grouped(column.missing), name = shown(&column.name))
            })
            .collect();
        let more = missing.len().saturating_sub(MOST_LISTED);
        let more =
            if more > 0 { phrase!("data-and-more-in-others", more) } else { Phrase::default() };
        (!named.is_empty())
            .then(|| phrase!("data-missing-values", named = Phrase::listed(&named), more))
    }
}

impl Column {
    /// Keeps some of the rows; names that none of them has are forgotten.
    pub fn retain(&mut self, keep: &[bool]) {
        fn kept<T: Copy>(values: &mut Vec<T>, keep: &[bool]) {
            let mut keep = keep.iter();
            values.retain(|_| keep.next().copied().unwrap_or(false));
            values.shrink_to_fit();
        }
        match &mut self.values {
            ColumnValues::Numbers(numbers) => {
                kept(numbers, keep);
                self.missing = numbers.iter().filter(|number| number.is_nan()).count();
                if self.missing == numbers.len() {
                    self.values = ColumnValues::Empty;
                }
            }
            ColumnValues::Categories { names, codes } => {
                kept(codes, keep);
                self.missing = codes.iter().filter(|code| **code == NO_WORD).count();
                let used: Vec<bool> =
                    (0..names.len()).map(|at| codes.contains(&(at as u8))).collect();
                let places: Vec<u8> = used
                    .iter()
                    .scan(0, |next, used| {
                        let place = *next;
                        *next += u8::from(*used);
                        Some(place)
                    })
                    .collect();
                codes
                    .iter_mut()
                    .filter(|code| **code != NO_WORD)
                    .for_each(|code| *code = places[usize::from(*code)]);
                let mut used = used.iter();
                names.retain(|_| used.next().copied().unwrap_or(false));
                if names.is_empty() {
                    self.values = ColumnValues::Empty;
                }
            }
            ColumnValues::Text(_) | ColumnValues::Empty => {}
        }
    }
}

impl Remark {
    /// The same in a sentence.
    pub fn said(&self, lines: &Lines) -> Phrase {
        match self {
            Self::Sign { column, sign } => {
                phrase!("data-the-numbers-in-are-in", column = shown(column), sign)
            }
            Self::Missing { column, words } => {
                phrase!(
                    "data-in-this-counts-as-missing",
                    column = shown(column),
                    words = listed(words)
                )
            }
            Self::Mixed { column, row, word, numbers, words } => phrase!(
                "data-is-no-column-of-numbers",
                column = shown(column),
                words = grouped(*words as usize),
                numbers = grouped((numbers + words) as usize),
                word = shown(word),
                of = lines.of(*row)
            ),
        }
    }
}

/// Says in one sentence what is wrong with a column.
pub(super) fn told(path: &Path, name: &str, lines: &Lines, fault: &Fault) -> TrainError {
    let line = |row| lines.of(row);
    let fact = phrase!(
        "data-line-column",
        row = line(fault.row()),
        name = shown(name),
        fact = fault.fact(line)
    );
    TrainError::unusable(path, fact, fault.remedy())
}

/// Nothing can be learned from a single column.
fn check_columns(rows: &Rows, heading: &Heading) -> Result<(), TrainError> {
    if heading.named > 1 {
        return Ok(());
    }
    let name = heading.name(0);
    let fact = phrase!("data-its-first-row-is-a", name = shown(name));
    let remedy = if name.split_whitespace().count() > 1 && rows.fields() == 1 {
        phrase!("data-put-commas-semicolons-tabs-or")
    } else {
        phrase!("data-give-a-table-with-commas")
    };
    Err(TrainError::unusable(rows.path(), fact, remedy))
}

/// Whether these are whole numbers that are all different, as the numbers of rows are, in order or not.
fn count_rows(numbers: &[f64]) -> bool {
    if numbers.iter().any(|number| number.is_nan() || number.fract() != 0.0) {
        return false;
    }
    let mut sorted = numbers.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    sorted.windows(2).all(|two| two[0] != two[1])
}

/// The file that a path stands for: itself, or the one CSV of a folder.
fn the_one_in(path: &Path) -> Result<PathBuf, TrainError> {
    if !path.is_dir() {
        return Ok(path.to_owned());
    }
    let is_table = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
        path.is_file() && (name.ends_with(".csv") || name.ends_with(".csv.gz"))
    };
    let entries = path.read_dir().into_iter().flatten().flatten();
    let tables: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(is_table).collect();
    match tables.as_slice() {
        [table] => Ok(table.clone()),
        tables => {
            let fact = phrase!("data-it-is-a-folder-with", tables_count = tables.len());
            Err(TrainError::unusable(path, fact, phrase!("data-name-the-file-itself-with")))
        }
    }
}
