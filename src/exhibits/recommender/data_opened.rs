//! Tells which of the forms that ratings come in a file has.

use crate::learning::data::delimiter;
pub(super) use crate::learning::data::{HEAD_BYTES, Opened, damaged};

/// Does not occur in text, so that a row stays whole.
const UNIT_SEPARATOR: u8 = 0x1f;

/// How the rows of a table are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Columns are named in the first row; this byte stands between fields, and fields may be quoted.
    Csv(u8),
    /// `u.data`: tabs between fields, no names.
    Tabs,
    /// `u.item`: bars between fields, no names.
    Bars,
    /// `ratings.dat` and `movies.dat`: `::` between fields, no names.
    Colons,
}

impl Form {
    /// What the first row of a table of ratings tells.
    pub(super) fn of(first_row: &[u8]) -> Self {
        let text = String::from_utf8_lossy(first_row);
        if text.split("::").count() >= 3 {
            return Self::Colons;
        }
        let third = text.split('\t').nth(2);
        if third.is_some_and(|third| third.trim().parse::<f32>().is_ok()) {
            return Self::Tabs;
        }
        Self::csv(first_row)
    }

    /// A CSV with these names of columns.
    pub(super) fn csv(names: &[u8]) -> Self {
        Self::Csv(delimiter(&String::from_utf8_lossy(names)))
    }

    /// Whether the first row names the columns.
    pub(super) fn has_names(self) -> bool {
        matches!(self, Self::Csv(_))
    }

    /// The byte at which rows are parted.
    pub(super) fn separator(self) -> u8 {
        match self {
            Self::Csv(delimiter) => delimiter,
            Self::Tabs => b'\t',
            Self::Bars => b'|',
            Self::Colons => UNIT_SEPARATOR,
        }
    }
}
