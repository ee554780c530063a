//! What can be wrong with a column, told with the line of a field and what to do.

use crate::sentence::{and_more, shown};
use crate::words::Phrase;

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
    pub fn fact(&self, line: impl Fn(u32) -> u64) -> Phrase {
        match self {
            Self::NotText { .. } => phrase!("data-is-not-utf-8"),
            Self::Endless { field, .. } => {
                phrase!("data-holds-which-is-not-finite", field = shown(field))
            }
            Self::Slips { words, count, numbers } => {
                let others = words.iter().skip(1).map(|(row, word)| {
                    phrase!("data-in-line", word = shown(word), row = line(*row))
                });
                let others: Vec<_> = others.collect();
                let more = count.saturating_sub(words.len() as u64);
                let also = if others.is_empty() {
                    Phrase::default()
                } else {
                    phrase!("data-then", others = and_more(Phrase::Listed(others), more as usize))
                };
                let first = words.first().map_or_else(String::new, |(_, word)| shown(word));
                let are = if *numbers == 1 {
                    phrase!("data-is-a-number")
                } else {
                    phrase!("data-are-numbers")
                };
                let values = Phrase::counted(*numbers as usize, "other value");
                phrase!("data-holds-but-there", first, also, values, are)
            }
            Self::Signs { one, other } => {
                phrase!(
                    "data-holds-but-in-line",
                    other = shown(&other.1),
                    one = shown(&one.1),
                    one2 = line(one.0)
                )
            }
            Self::Both { comma, point } => {
                let (first, second) =
                    if comma.0 > point.0 { (comma, point) } else { (point, comma) };
                phrase!(
                    "data-holds-but-in-line-one",
                    first = shown(&first.1),
                    second = shown(&second.1),
                    second2 = line(second.0)
                )
            }
            Self::Against { field, .. } => {
                phrase!("data-holds-which-does-not-fit", field = shown(field))
            }
            Self::Either { field, .. } => {
                phrase!("data-holds-whose-mark-may-stand", field = shown(field))
            }
        }
    }

    /// What to do.
    pub fn remedy(&self) -> Phrase {
        match self {
            Self::NotText { .. } => phrase!("data-save-the-file-as-utf"),
            Self::Endless { .. } => {
                phrase!("data-give-a-finite-number-or")
            }
            Self::Slips { .. } => phrase!("data-give-a-number-or-leave"),
            Self::Signs { .. } => phrase!("data-write-all-its-numbers-with"),
            Self::Both { .. } => phrase!("data-write-all-its-numbers-in"),
            Self::Against { .. } => phrase!("data-leave-decimal-mark-out-or"),
            Self::Either { .. } => phrase!("data-say-decimal-mark-comma-or"),
        }
    }
}
