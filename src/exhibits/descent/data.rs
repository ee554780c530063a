//! Reads a CSV with a line of column names, and says in one sentence with line and column what cannot be used of it.

use std::{fs::File, io::Read as _, path::Path};

use csv::{ByteRecord, ReaderBuilder, StringRecord, Terminator};

use crate::learning::TrainError;

/// A table to draw a line through is not larger; more would take minutes a step.
const LARGEST_FILE: u64 = 256 << 20;
/// What some programs put before UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";
/// Column names that are told when one is not found.
const NAMES_TOLD: usize = 8;
/// A number further from zero than this has no square that can be summed.
const LARGEST_NUMBER: f64 = 1e100;

/// A table as it is written.
#[derive(Debug)]
pub(super) struct Sheet {
    path: std::path::PathBuf,
    names: Vec<String>,
    /// Each row with the number of its line, from 1.
    rows: Vec<(u64, StringRecord)>,
}

/// A file of which something cannot be used.
pub(super) fn unusable(
    path: &Path,
    fact: impl Into<String>,
    remedy: impl Into<String>,
) -> TrainError {
    TrainError::Data { path: path.to_owned(), fact: fact.into(), remedy: remedy.into() }
}

impl Sheet {
    /// Reads a whole file.
    ///
    /// # Errors
    /// One sentence with the file, the line and what to do.
    pub(super) fn read(path: &Path) -> Result<Self, TrainError> {
        let unreadable = |error: std::io::Error| {
            unusable(path, error.to_string(), "name a CSV file that can be read with --data")
        };
        let mut bytes = Vec::new();
        let file = File::open(path).map_err(unreadable)?;
        file.take(LARGEST_FILE + 1).read_to_end(&mut bytes).map_err(unreadable)?;
        if bytes.len() as u64 > LARGEST_FILE {
            return Err(unusable(path, "it is larger than 256 MiB", "give a part of it"));
        }
        Self::parse(path, &bytes)
    }

    fn parse(path: &Path, bytes: &[u8]) -> Result<Self, TrainError> {
        let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
        if bytes.trim_ascii().is_empty() {
            let remedy = "give a CSV with a line of column names and at least three rows";
            return Err(unusable(path, "it is empty", remedy));
        }
        let delimiter = delimiter(bytes);
        if let Err(error) = std::str::from_utf8(bytes) {
            let (before, _) = bytes.split_at(error.valid_up_to());
            let line = before.iter().filter(|&&byte| byte == b'\n').count() + 1;
            let in_line = before.rsplit(|&byte| byte == b'\n').next().unwrap_or_default();
            let field = in_line.iter().filter(|&&byte| byte == delimiter).count() + 1;
            let fact = format!("line {line}, field {field}, is not UTF-8");
            return Err(unusable(path, fact, "save the file as UTF-8"));
        }
        // The last line gets a line feed if it has none, so that lines can be counted by them.
        let end: &[u8] = if bytes.ends_with(b"\n") { b"" } else { b"\n" };
        let mut reader = ReaderBuilder::new()
            .delimiter(delimiter)
            .terminator(Terminator::Any(b'\n'))
            .has_headers(false)
            .flexible(true)
            .from_reader(bytes.chain(end));
        let (mut names, mut rows) = (Vec::new(), Vec::new());
        let mut record = ByteRecord::new();
        loop {
            let more = reader.read_byte_record(&mut record);
            if !more.map_err(|error| unusable(path, error.to_string(), "fetch the file again"))? {
                break;
            }
            // A quoted field may go over several lines.
            let within = record.iter().flatten().filter(|&&byte| byte == b'\n').count() as u64;
            let line = reader.position().line().saturating_sub(1 + within);
            // The bytes are UTF-8 and were cut at ASCII, so every field is UTF-8 too.
            let row: StringRecord = record
                .iter()
                .map(|field| String::from_utf8_lossy(field).trim().to_owned())
                .collect();
            if row.len() <= 1 && row.iter().all(str::is_empty) {
                continue;
            }
            if names.is_empty() {
                names = row.iter().map(str::to_owned).collect();
                continue;
            }
            if row.len() != names.len() {
                let (fields, columns) =
                    (counted(row.len(), "field"), counted(names.len(), "column"));
                let fact = format!("line {line} has {fields}, but the first line names {columns}");
                return Err(unusable(path, fact, "correct that line"));
            }
            rows.push((line, row));
        }
        Ok(Self { path: path.to_owned(), names, rows })
    }

    /// The file.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// What a column is called.
    pub(super) fn name(&self, column: usize) -> &str {
        self.names.get(column).map_or("", String::as_str)
    }

    /// The column of this name, which an option chose.
    pub(super) fn column(&self, name: &str, option: &str) -> Result<usize, TrainError> {
        let mut found = self.names.iter().enumerate().filter(|(_, known)| *known == name);
        let Some((column, _)) = found.next() else {
            let some = self.names.iter().take(NAMES_TOLD).map(String::as_str);
            let mut some = some.collect::<Vec<_>>().join(", ");
            if self.names.len() > NAMES_TOLD {
                some += ", …";
            }
            let fact = format!("line 1 names no column “{name}”");
            return Err(unusable(&self.path, fact, format!("choose {option} among {some}")));
        };
        if found.next().is_some() {
            let fact = format!("line 1 names two columns “{name}”");
            return Err(unusable(&self.path, fact, "give each a name of its own"));
        }
        Ok(column)
    }

    /// The first column but these that holds a number in every row; else why the first is none.
    pub(super) fn first_numeric(&self, but: Option<usize>) -> Result<usize, TrainError> {
        let others = || (0..self.names.len()).filter(|column| Some(*column) != but);
        if let Some(column) = others().find(|&column| self.first_word(column).is_none()) {
            return Ok(column);
        }
        let besides = but.map_or(String::new(), |but| format!(" besides “{}”", self.name(but)));
        let example = others().find_map(|column| Some((column, self.first_word(column)?)));
        let why = example.map_or(String::new(), |(column, (line, word))| {
            format!(": line {line}, column “{}”, is {}", self.name(column), quoted(word))
        });
        let fact = format!("it has no column of numbers{besides}{why}");
        Err(unusable(&self.path, fact, "give a CSV with two columns of numbers"))
    }

    /// The first field of a column that is no number, and its line.
    fn first_word(&self, column: usize) -> Option<(u64, &str)> {
        let mut fields = self.fields(column);
        fields.find(|(_, field)| field.parse::<f64>().is_err())
    }

    /// The fields of a column, each with its line.
    pub(super) fn fields(&self, column: usize) -> impl Iterator<Item = (u64, &str)> {
        self.rows.iter().map(move |(line, row)| (*line, row.get(column).unwrap_or_default()))
    }

    /// The numbers of a column: finite, at least three, and not all the same.
    pub(super) fn numbers(&self, column: usize) -> Result<Vec<f64>, TrainError> {
        let place = |line: u64| format!("line {line}, column “{}”,", self.name(column));
        let wrong = |line, what: String| {
            let remedy = "correct that field or choose another column";
            Err(unusable(&self.path, format!("{} is {what}", place(line)), remedy))
        };
        let mut numbers = Vec::with_capacity(self.rows.len());
        for (line, field) in self.fields(column) {
            match field.parse::<f64>() {
                Err(_) => return wrong(line, format!("{}, which is no number", quoted(field))),
                Ok(number) if !number.is_finite() => {
                    return wrong(line, format!("“{field}”, which is not finite"));
                }
                Ok(number) if number.abs() > LARGEST_NUMBER => {
                    return wrong(
                        line,
                        format!("“{field}”, whose square is too large to be summed"),
                    );
                }
                Ok(number) => numbers.push(number),
            }
        }
        if numbers.len() < 3 {
            let fact =
                format!("it has only {} below the column names", counted(numbers.len(), "row"));
            return Err(unusable(&self.path, fact, "give at least three"));
        }
        let first = numbers.first().copied().unwrap_or_default();
        if numbers.iter().all(|number| *number == first) {
            let last = self.rows.last().map_or(0, |(line, _)| *line);
            let fact =
                format!("column “{}” is {first} in every line up to {last}", self.name(column));
            return Err(unusable(&self.path, fact, "choose a column whose values differ"));
        }
        Ok(numbers)
    }
}

/// The likeliest byte between the names of columns: the one that is there most often, not counting quoted ones.
fn delimiter(bytes: &[u8]) -> u8 {
    let names = bytes.trim_ascii_start().split(|&byte| byte == b'\n').next().unwrap_or_default();
    let unquoted = || names.split(|&byte| byte == b'"').step_by(2).flatten();
    let times = |delimiter: u8| unquoted().filter(|&&byte| byte == delimiter).count();
    // Of equals the last wins.
    [b'\t', b';', b','].into_iter().max_by_key(|&delimiter| times(delimiter)).unwrap_or(b',')
}

/// A field in words.
fn quoted(field: &str) -> String {
    if field.is_empty() { "empty".to_owned() } else { format!("“{field}”") }
}

fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
impl Sheet {
    /// A table that lies in no file.
    pub(super) fn of(bytes: &[u8]) -> Result<Self, TrainError> {
        Self::parse(Path::new("a.csv"), bytes)
    }
}
