//! Columns as they have turned out: what they hold, and what is remarkable about that.

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
    /// For each row which of the names, at most [`MOST_CATEGORIES`](crate::learning::data::table::MOST_CATEGORIES);
    /// [`NO_WORD`](crate::learning::data::table::NO_WORD) where it is missing.
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
