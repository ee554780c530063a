//! The one reader of tables: how a file is written is found out, rows are given one by one, and columns find out for
//! themselves whether they hold numbers, categories or text.
//!
//! ```text
//! file ──▶ Opened ──▶ Form ──▶ Rows + Heading ──▶ Growing, column by column ──▶ Sheet
//!          gzip,      commas,   csv's splitter,    numbers with their marks,     what is missing,
//!          foreign    tabs …    lines, quotes      words, missing values         odd, or refused
//! ```
//!
//! No cell is understood by itself: whether `1,234` is a thousand is decided for its column, from all its values, those
//! of the other columns and what parts the fields (`marks`); what cannot be decided is refused with column and line.

mod column;
mod form;
mod heading;
mod marks;
mod missing;
mod number;
mod opened;
mod rows;
mod sheet;
mod stream;
#[cfg(test)]
mod tests;
mod times;
mod words;

pub use column::{Column, ColumnValues, Fault, Growing, Kind, Remark};
pub use form::Form;
pub use heading::Heading;
pub use marks::DecimalMark;
pub use missing::is_missing;
pub use opened::Opened;
pub use rows::Rows;
pub use sheet::{Lines, Sheet};
pub use times::{Times, Untold};
pub use words::{MOST_CATEGORIES, NO_WORD};

/// How a table is to be read, where it does not say itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableOptions {
    /// Whether the first row names the columns; found out when left out.
    pub header: Option<bool>,
    /// What stands before decimals; each column says when left out.
    pub decimal_mark: Option<DecimalMark>,
}
