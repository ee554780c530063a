//! The names of a table's columns, and how one is found among them.

use std::{
    collections::HashSet,
    path::{Path, PathBuf},
};

use super::{TableOptions, form::Sniffed, opened::Opened, rows::Rows};
use crate::{
    learning::TrainError,
    sentence::{listed, shown},
    words::Phrase,
};

/// What the first column is called where it has no name, as rows usually have theirs or their number there.
const ROW: &str = "row";
/// What pandas calls a column without a name when it writes one that it has read.
const UNNAMED: &str = "Unnamed: 0";

/// The names of the columns, each different from all others.
#[derive(Clone, Debug)]
pub struct Heading {
    path: PathBuf,
    pub(super) names: Vec<String>,
    /// Whether the file itself has no names.
    pub(super) made_up: bool,
    /// Whether all names are numbers, as if the first row held values.
    numbers: bool,
    /// Whether the first column has no name in the file.
    pub(super) first_is_nameless: bool,
    /// From here on columns have no name, and none if none of them has a value.
    pub(super) named: usize,
}

impl Heading {
    /// Opens a CSV, gzipped or not, and finds out how it is written and what its columns are called.
    ///
    /// # Errors
    /// One sentence with the file, the line and what to do.
    pub fn open(path: &Path, options: &TableOptions) -> Result<(Rows, Self), TrainError> {
        Self::read(Opened::new(path)?, options)
    }

    /// The same of a file that has been opened.
    ///
    /// # Errors
    /// One sentence with the file, the line and what to do.
    pub fn read(opened: Opened, options: &TableOptions) -> Result<(Rows, Self), TrainError> {
        let sniffed = Sniffed::of(&opened, options);
        let mut rows = Rows::in_csv(opened, &sniffed);
        let heading = Self::of(&mut rows, &sniffed, options)?;
        rows.set_width(heading.fields());
        Ok((rows, heading))
    }

    /// Takes the first row as the names of the columns, or makes names up where there are none.
    fn of(rows: &mut Rows, sniffed: &Sniffed, options: &TableOptions) -> Result<Self, TrainError> {
        let path = rows.path().to_owned();
        if options.header == Some(false) {
            let fields = sniffed.usual_fields.unwrap_or(1).max(sniffed.first_fields);
            let named = if sniffed.ends_empty { fields.saturating_sub(1).max(1) } else { fields };
            let names = (1..=fields).map(|at| say!("data-column", at)).collect();
            return Ok(Self {
                path,
                names,
                made_up: true,
                numbers: false,
                first_is_nameless: false,
                named,
            });
        }
        if !rows.advance()? {
            return Err(TrainError::unusable(
                &path,
                phrase!("data-it-is-empty"),
                phrase!("data-fetch-it-again-or-name"),
            ));
        }
        if sniffed.starts_with_values {
            let first: Vec<_> =
                (0..rows.fields()).map(|at| String::from_utf8_lossy(rows.field(at))).collect();
            let fact = phrase!(
                "data-line-seems-to-hold-values",
                line = rows.line(),
                first = listed(&first)
            );
            let remedy = phrase!("data-say-no-header-if-it");
            return Err(TrainError::unusable(&path, fact, remedy));
        }
        if let (1, Some(fields @ 2..)) = (rows.fields(), sniffed.usual_fields) {
            let only = shown(&rows.text(0)?);
            let fact = phrase!("data-line-is-a-single-field", line = rows.line(), only, fields);
            return Err(TrainError::unusable(
                &path,
                fact,
                phrase!("data-take-out-what-stands-before"),
            ));
        }
        let mut written = Vec::with_capacity(rows.fields() + 1);
        // R writes the names of rows without a name above them.
        // A single row with a field more may as well be wrong.
        let has_row_names = rows.fields() > 1
            && sniffed.usual_fields == Some(rows.fields() + 1)
            && sniffed.usual_rows > 1
            && !sniffed.splits_thousands
            && !sniffed.ends_empty;
        if has_row_names {
            written.push(String::new());
        }
        for at in 0..rows.fields() {
            written.push(rows.text(at)?.into_owned());
        }
        let named = written
            .iter()
            .rposition(|name| !name.is_empty())
            .map_or(written.len(), |last| last + 1);
        let first_is_nameless =
            written.first().is_some_and(|name| name.is_empty() || name == UNNAMED);
        let numbers = written.iter().all(|name| name.parse::<f64>().is_ok());
        Ok(Self {
            path,
            names: different(written),
            made_up: false,
            numbers,
            first_is_nameless,
            named,
        })
    }

    /// How many fields a row has.
    pub fn fields(&self) -> usize {
        self.names.len()
    }

    /// What a column is called.
    pub fn name(&self, column: usize) -> &str {
        self.names.get(column).map_or("", String::as_str)
    }

    /// Whether the file names no columns.
    pub fn is_made_up(&self) -> bool {
        self.made_up
    }

    /// Whether a row has as many fields as there are columns; what is wrong, after "line 7".
    ///
    /// Separators too many at the end part nothing, and columns without a name may be left out there.
    ///
    /// # Errors
    /// If it has too few or too many.
    pub fn check(&self, rows: &Rows) -> Result<(), Phrase> {
        let (fields, columns) = (rows.fields(), self.fields());
        if fields == columns {
            return Ok(());
        }
        if fields > columns && (columns..fields).all(|at| rows.field(at).is_empty()) {
            return Ok(());
        }
        if (self.named..columns).contains(&fields) {
            return Ok(());
        }
        let beyond = if fields > columns {
            phrase!(
                "data-what-comes-after-the-last",
                field = shown(&String::from_utf8_lossy(rows.field(columns)))
            )
        } else {
            Phrase::default()
        };
        Err(phrase!(
            "data-has-instead-of",
            fields = Phrase::counted(fields, "field"),
            columns,
            beyond
        ))
    }

    /// The column that is called so, at least but for capitals; where names are made up, its number will do.
    pub fn called(&self, name: &str) -> Option<usize> {
        let name = name.trim();
        let exact = self.names.iter().position(|known| known == name);
        let alike =
            || self.names.iter().position(|known| known.to_lowercase() == name.to_lowercase());
        let numbered = || {
            let place = name.parse::<usize>().ok().filter(|_| self.made_up)?;
            (1..=self.named).contains(&place).then(|| place - 1)
        };
        exact.or_else(alike).or_else(numbered)
    }

    /// The column with the most telling of these names: lower case, letters and digits only, a blank between.
    pub fn usual(&self, usual: &str) -> Option<usize> {
        let plain = |name: &String| -> String {
            name.chars()
                .filter(|letter| letter.is_alphanumeric())
                .flat_map(char::to_lowercase)
                .collect()
        };
        let names: Vec<_> = self.names.iter().map(plain).collect();
        usual.split(' ').find_map(|usual| names.iter().position(|name| name == usual))
    }

    /// The column that an option names.
    ///
    /// # Errors
    /// If there is none; the sentence lists those that there are.
    pub fn chosen(&self, name: &str, option: &str) -> Result<usize, TrainError> {
        self.called(name).ok_or_else(|| {
            let fact =
                phrase!("data-it-has-no-column-only", name = shown(name), listed = self.listed());
            self.unusable(fact, phrase!("data-name-one-of-these-with", option))
        })
    }

    /// The names in a sentence.
    pub fn listed(&self) -> Phrase {
        listed(&self.names[..self.named])
    }

    /// Says why these columns cannot be used; where their names are numbers, they may be none.
    pub fn unusable(&self, fact: impl Into<Phrase>, remedy: impl Into<Phrase>) -> TrainError {
        let mut remedy = remedy.into();
        if self.numbers {
            remedy = phrase!("data-or-say-no-header-if", remedy);
        }
        TrainError::unusable(&self.path, fact, remedy)
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// Names that are all different: a column without one is called by its place, and one that is called as another before
/// it gets a number.
fn different(written: Vec<String>) -> Vec<String> {
    let mut taken: HashSet<String> = HashSet::with_capacity(written.len());
    let mut names = Vec::with_capacity(written.len());
    for (at, written) in written.into_iter().enumerate() {
        let plain = match written.as_str() {
            "" if at == 0 => ROW.to_owned(),
            "" => say!("data-column", at = at + 1),
            _ => written,
        };
        let mut name = plain.clone();
        let mut turn = 2;
        while !taken.insert(name.clone()) {
            name = format!("{plain} ({turn})");
            turn += 1;
        }
        names.push(name);
    }
    names
}
