//! What can be wrong with a column, told with the line of a field and what to do.

use crate::sentence::{counted, shown};

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
