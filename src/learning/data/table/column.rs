//! Columns that grow while a table is read, and find out at its end what they hold: numbers, categories or text.

use std::fmt;

use fixedbitset::FixedBitSet;

use super::{
    TableOptions,
    marks::{DecimalMark, Evidence, Unclear},
    missing::{is_missing, is_missing_among_numbers},
    number::{COMMA_IS_EITHER, Number, POINT_IS_EITHER, Sign, is_endless, number},
    words::{MOST_CATEGORIES, NO_WORD, WordColumn, in_order},
};
use crate::sentence::{counted, shown};

/// One word to so many numbers is taken for a slip.
const NUMBERS_PER_SLIP: u64 = 10;
/// In a short column so many words are, if there are so many times as many numbers.
const FEW_SLIPS: u64 = 3;
const NUMBERS_PER_FEW: u64 = 4;
/// So many different numbers among words may be categories themselves, if each comes so many times in the mean.
const MOST_NUMBERED: usize = 12;
const TIMES_EACH: u64 = 3;
/// A few rows may each have a category of their own.
const MOST_OF_THEIR_OWN: usize = 10;
/// So many of the words among numbers are shown.
const SLIPS_SHOWN: usize = 3;

/// A column that can be learned from.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Its name, different from that of all others.
    pub name: String,
    /// How many values are missing.
    pub missing: usize,
    /// Its values, row by row.
    pub values: ColumnValues,
}

/// What a column holds.
#[derive(Clone, Debug, PartialEq)]
pub enum ColumnValues {
    /// Numbers; what is missing is no number.
    Numbers(Vec<f64>),
    /// For each row which of the names, at most [`MOST_CATEGORIES`]; [`NO_WORD`] where it is missing.
    Categories {
        /// In order.
        names: Vec<String>,
        /// A row each.
        codes: Vec<u8>,
    },
    /// More different words than that, of which none is kept; the row of the first that was too many. Or a word of its
    /// own in each row.
    Text(u32),
    /// Nothing.
    Empty,
}

/// What is wrong with a column, in the words that follow its name; rows become lines where they are said.
#[derive(Debug, PartialEq)]
pub enum Fault {
    /// A field is not UTF-8.
    NotText { row: u32 },
    /// A number is not finite.
    Endless { row: u32, field: String },
    /// It holds numbers but for a few words, of which the first are here.
    Slips { words: Vec<(u32, String)>, count: u64, numbers: u64 },
    /// Numbers with and without a percent sign, or with two currencies.
    Signs { one: (u32, String), other: (u32, String) },
    /// One number has a decimal comma, another a decimal point.
    Both { comma: (u32, String), point: (u32, String) },
    /// A number has another mark than was said.
    Against { row: u32, field: String },
    /// A mark may stand before decimals or between thousands.
    Either { row: u32, field: String },
}

impl Fault {
    /// The row that a reader is led to.
    pub fn row(&self) -> u32 {
        match self {
            Self::NotText { row }
            | Self::Endless { row, .. }
            | Self::Against { row, .. }
            | Self::Either { row, .. } => *row,
            Self::Slips { words, .. } => words.first().map_or(0, |(row, _)| *row),
            Self::Signs { other, .. } => other.0,
            Self::Both { comma, point } => comma.0.max(point.0),
        }
    }

    /// What is wrong, after "line 7, column “x”"; `line` says in which line a row lies.
    pub fn fact(&self, line: impl Fn(u32) -> u64) -> String {
        match self {
            Self::NotText { .. } => "is not UTF-8".to_owned(),
            Self::Endless { field, .. } => format!("holds {}, which is not finite", shown(field)),
            Self::Slips { words, count, numbers } => {
                let others = words
                    .iter()
                    .skip(1)
                    .map(|(row, word)| format!("{} in line {}", shown(word), line(*row)));
                let others: Vec<_> = others.collect();
                let more = count.saturating_sub(words.len() as u64);
                let more = if more > 0 { format!(" and {more} more") } else { String::new() };
                let also = if others.is_empty() {
                    String::new()
                } else {
                    format!(", then {}{more}", others.join(", "))
                };
                let first = words.first().map_or_else(String::new, |(_, word)| shown(word));
                let are = if *numbers == 1 { "is a number" } else { "are numbers" };
                let values = counted(*numbers as usize, "other value");
                format!("holds {first}{also}, but {values} there {are}")
            }
            Self::Signs { one, other } => {
                format!("holds {}, but {} in line {}", shown(&other.1), shown(&one.1), line(one.0))
            }
            Self::Both { comma, point } => {
                let (first, second) =
                    if comma.0 > point.0 { (comma, point) } else { (point, comma) };
                format!(
                    "holds {}, but {} in line {}: one has a decimal comma, the other a decimal point",
                    shown(&first.1),
                    shown(&second.1),
                    line(second.0)
                )
            }
            Self::Against { field, .. } => {
                format!("holds {}, which does not fit what --decimal-mark says", shown(field))
            }
            Self::Either { field, .. } => format!(
                "holds {}, whose mark may stand before decimals or between thousands: the column does not tell",
                shown(field)
            ),
        }
    }

    /// What to do.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::NotText { .. } => "save the file as UTF-8",
            Self::Endless { .. } => {
                "give a finite number, or leave the field empty if it is missing"
            }
            Self::Slips { .. } => "give a number, or leave the field empty if it is missing",
            Self::Signs { .. } => "write all its numbers with the same sign",
            Self::Both { .. } => "write all its numbers in one way",
            Self::Against { .. } => "leave --decimal-mark out, or correct that number",
            Self::Either { .. } => "say --decimal-mark comma or --decimal-mark point",
        }
    }
}

impl fmt::Display for Sign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => Ok(()),
            Self::Percent => f.write_str("%"),
            Self::Currency(sign) => write!(f, "{sign}"),
        }
    }
}

/// A column that is being read.
#[derive(Debug)]
pub struct Growing {
    pub(super) name: String,
    rows: u32,
    /// Empty until there is a number; then a number or none for each row.
    values: Vec<f64>,
    /// Rows in which a mark may stand before decimals or between thousands.
    open_commas: FixedBitSet,
    open_points: FixedBitSet,
    pub(super) evidence: Evidence,
    /// What is written at its numbers, first and otherwise.
    sign: Sign,
    signs: [Option<(u32, String)>; 2],
    numbers: u64,
    missing: usize,
    /// What is no number and not missing among numbers: how many, and the first.
    strangers: u64,
    first_strangers: Vec<(u32, String)>,
    words: Option<WordColumn>,
}

/// How a column is to be understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// As what it seems to be.
    Any,
    /// As names, even if all are numbers.
    Names,
    /// As numbers.
    Numbers,
    /// Not at all.
    Ignored,
}

impl Growing {
    /// A column without rows.
    pub fn new(name: String) -> Self {
        Self {
            name,
            rows: 0,
            values: Vec::new(),
            open_commas: FixedBitSet::new(),
            open_points: FixedBitSet::new(),
            evidence: Evidence::default(),
            sign: Sign::None,
            signs: [None, None],
            numbers: 0,
            missing: 0,
            strangers: 0,
            first_strangers: Vec::new(),
            words: None,
        }
    }

    /// Takes the field of the next row, without blanks around it.
    ///
    /// # Errors
    /// If it is not UTF-8.
    #[inline]
    pub fn push(&mut self, field: &[u8]) -> Result<(), Fault> {
        let row = self.rows;
        self.rows += 1;
        match number(field) {
            Some(number) => self.push_number(number, field, row),
            None => self.push_word(field, row)?,
        }
        Ok(())
    }

    #[inline]
    fn push_number(&mut self, number: Number, field: &[u8], row: u32) {
        if self.numbers == 0 {
            self.values.resize(row as usize, f64::NAN);
        }
        self.numbers += 1;
        self.values.push(number.value);
        self.evidence.add(&number, row, field);
        if number.marks & (COMMA_IS_EITHER | POINT_IS_EITHER) != 0 {
            let open = if number.marks == COMMA_IS_EITHER {
                &mut self.open_commas
            } else {
                &mut self.open_points
            };
            open.grow_and_insert(row as usize);
        }
        if number.sign != self.sign || self.signs[0].is_none() {
            self.note_sign(&number, field, row);
        }
    }

    /// Two signs on one column are no slip of the pen: 71 % and 0.71 are the same, and dollars are no euros. Amounts
    /// without a sign, and a bare zero, say nothing.
    #[cold]
    fn note_sign(&mut self, number: &Number, field: &[u8], row: u32) {
        let field = || (row, String::from_utf8_lossy(field).into_owned());
        let says_nothing = |sign: Sign| match sign {
            Sign::None => number.value == 0.0 || matches!(self.sign, Sign::Currency(_)),
            _ => false,
        };
        if says_nothing(number.sign) {
            return;
        }
        match &self.signs[0] {
            None => (self.sign, self.signs[0]) = (number.sign, Some(field())),
            Some(_) if number.sign == self.sign => {}
            Some(_) if self.sign == Sign::None && matches!(number.sign, Sign::Currency(_)) => {
                (self.sign, self.signs[0]) = (number.sign, Some(field()));
            }
            Some(_) => {
                self.signs[1].get_or_insert_with(field);
            }
        }
    }

    fn push_word(&mut self, field: &[u8], row: u32) -> Result<(), Fault> {
        let missing = is_missing(field);
        self.missing += usize::from(missing);
        let word = match missing {
            true => None,
            false => Some(std::str::from_utf8(field).map_err(|_| Fault::NotText { row })?),
        };
        if let Some(word) = word {
            if !is_missing_among_numbers(field) {
                self.strangers += 1;
                if self.first_strangers.len() < SLIPS_SHOWN {
                    self.first_strangers.push((row, word.to_owned()));
                }
            }
            self.words.get_or_insert_default().push(Some(word), row);
        }
        if self.numbers > 0 {
            self.values.push(f64::NAN);
        }
        Ok(())
    }

    /// Says what it holds once all rows are read, and what is remarkable about that.
    ///
    /// # Errors
    /// If it holds numbers that cannot be read as such.
    pub fn finish(
        mut self,
        kind: Kind,
        options: &TableOptions,
        others: Option<DecimalMark>,
        separator: u8,
        remarks: &mut Vec<Remark>,
    ) -> Result<Column, Fault> {
        let evidence = std::mem::take(&mut self.evidence);
        let decided = evidence.decide(options, others, separator);
        if kind == Kind::Names
            || kind == Kind::Any && (self.numbers == 0 || self.holds_categories())
        {
            self.apply(decided.unwrap_or(DecimalMark::Point));
            return Ok(self.categories(kind, remarks));
        }
        let endless = |word: &(u32, String)| is_endless(&word.1);
        if self.strangers > 0 && self.first_strangers.iter().all(endless) {
            let (row, field) = self.first_strangers.swap_remove(0);
            return Err(Fault::Endless { row, field });
        }
        if self.strangers > 0 && (kind == Kind::Numbers || self.has_slips()) {
            let (words, count, numbers) = (self.first_strangers, self.strangers, self.numbers);
            return Err(Fault::Slips { words, count, numbers });
        }
        if self.strangers > 0 {
            self.apply(decided.unwrap_or(DecimalMark::Point));
            return Ok(self.categories(kind, remarks));
        }
        if let [Some(one), Some(other)] = self.signs {
            return Err(Fault::Signs { one, other });
        }
        self.apply(decided.map_err(|unclear| match unclear {
            Unclear::Both { comma, point } => Fault::Both { comma, point },
            Unclear::Against((row, field)) => Fault::Against { row, field },
            Unclear::Either((row, field)) => Fault::Either { row, field },
        })?);
        Ok(self.column_of_numbers(remarks))
    }

    /// Gives the numbers whose marks were open the value that has been decided on.
    fn apply(&mut self, mark: DecimalMark) {
        if mark == DecimalMark::Comma {
            // Quotients of exact numbers, so that 1,234 is the double nearest to it.
            self.open_commas.ones().for_each(|row| self.values[row] /= 1000.0);
            self.open_points
                .ones()
                .for_each(|row| self.values[row] = (self.values[row] * 1000.0).round());
        }
    }

    fn column_of_numbers(mut self, remarks: &mut Vec<Remark>) -> Column {
        if self.numbers == 0 {
            return Column {
                name: self.name,
                missing: self.rows as usize,
                values: ColumnValues::Empty,
            };
        }
        self.values.shrink_to_fit();
        if self.sign != Sign::None {
            remarks.push(Remark::Sign { column: self.name.clone(), sign: self.sign.to_string() });
        }
        if let Some(words) = self.words.filter(|words| !words.names.is_empty()) {
            remarks.push(Remark::Missing { column: self.name.clone(), words: words.names });
        }
        let missing = self.values.len() - self.numbers as usize;
        Column { name: self.name, missing, values: ColumnValues::Numbers(self.values) }
    }

    /// The different numbers as long as there are no more than so many categories.
    fn different(&self) -> Vec<f64> {
        let mut different: Vec<f64> = Vec::new();
        for value in self.values.iter().filter(|value| !value.is_nan()) {
            if different.len() > MOST_CATEGORIES {
                break;
            }
            if !different.contains(value) {
                different.push(*value);
            }
        }
        different
    }

    /// Whether numbers and words are of one kind, such as the grades 1 to 6 and K.
    fn holds_categories(&self) -> bool {
        let Some(words) = self.words.as_ref().filter(|words| words.too_many.is_none()) else {
            return false;
        };
        let (numbers, names) = (self.different().len(), words.names.len());
        self.strangers > 0
            && numbers <= MOST_NUMBERED
            && self.numbers >= TIMES_EACH * numbers as u64
            && self.strangers >= 2 * names as u64
    }

    /// Whether the words are so few that they are slips among numbers.
    fn has_slips(&self) -> bool {
        self.strangers * NUMBERS_PER_SLIP <= self.numbers
            || self.strangers <= FEW_SLIPS && self.strangers * NUMBERS_PER_FEW <= self.numbers
    }

    /// Takes numbers and words for names of categories, or for text if they are too many.
    fn categories(mut self, kind: Kind, remarks: &mut Vec<Remark>) -> Column {
        let rows = self.rows as usize;
        if let (Kind::Any, Some((row, word))) = (kind, self.first_strangers.first())
            && self.numbers > 0
        {
            let (column, word) = (self.name.clone(), word.clone());
            remarks.push(Remark::Mixed {
                column,
                row: *row,
                word,
                numbers: self.numbers,
                words: self.strangers,
            });
        }
        let missing = self.missing;
        if self.numbers == 0 && self.words.is_none() {
            return Column { name: self.name, missing, values: ColumnValues::Empty };
        }
        let mut words = self.words.take().unwrap_or_default();
        if let Some(row) = words.too_many {
            return Column { name: self.name, missing, values: ColumnValues::Text(row) };
        }
        if kind == Kind::Any
            && self.numbers == 0
            && differs_throughout(&words.names, rows - missing)
        {
            return Column { name: self.name, missing, values: ColumnValues::Text(0) };
        }
        let different = self.different();
        let mut names = words.names.clone();
        let mut places: Vec<u8> = Vec::new();
        for name in different.iter().map(f64::to_string) {
            let place = names.iter().position(|known| *known == name).unwrap_or(names.len());
            if place == names.len() {
                names.push(name);
            }
            places.push(place as u8);
        }
        if names.len() > MOST_CATEGORIES {
            let row = self.row_of_too_many(words.codes(rows));
            return Column { name: self.name, missing, values: ColumnValues::Text(row) };
        }
        let (names, order) = in_order(names);
        let code = |row: usize| {
            let word = words.codes.get(row).copied().filter(|word| *word != NO_WORD);
            let value = || {
                let value = self.values.get(row).filter(|value| !value.is_nan())?;
                Some(places[different.iter().position(|known| known == value)?])
            };
            word.or_else(value).map_or(NO_WORD, |code| order[usize::from(code)] as u8)
        };
        let codes = (0..rows).map(code).collect();
        Column { name: self.name, missing, values: ColumnValues::Categories { names, codes } }
    }

    /// The row by which there are more different numbers and words than categories can be.
    fn row_of_too_many(&self, codes: &[u8]) -> u32 {
        let (mut numbers, mut words) = (Vec::new(), Vec::new());
        for (row, code) in codes.iter().enumerate() {
            let value = self.values.get(row).copied().unwrap_or(f64::NAN);
            if *code != NO_WORD && !words.contains(code) {
                words.push(*code);
            } else if !value.is_nan() && !numbers.contains(&value) {
                numbers.push(value);
            }
            if numbers.len() + words.len() > MOST_CATEGORIES {
                return row as u32;
            }
        }
        self.rows.saturating_sub(1)
    }
}

/// Whether each row has a word of its own, as names and numbers of things have.
fn differs_throughout(words: &[String], rows: usize) -> bool {
    words.len() > MOST_OF_THEIR_OWN && words.len() == rows
}

/// What is remarkable about a column that can be used.
#[derive(Clone, Debug, PartialEq)]
pub enum Remark {
    /// What is written at its numbers.
    Sign { column: String, sign: String },
    /// Words that count as missing among numbers.
    Missing { column: String, words: Vec<String> },
    /// It holds numbers and words, and is no column of numbers.
    Mixed { column: String, row: u32, word: String, numbers: u64, words: u64 },
}
