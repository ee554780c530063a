//! Options of whatever is read from a table, as plain data.

use clap::{Args, ValueEnum};

/// How a table of one's own is written, where it does not say itself.
#[derive(Args, Clone, Debug, Default, PartialEq)]
#[command(next_help_heading = "Options of tables given by --data")]
pub struct TableOptions {
    /// The first row holds values: columns are called column 1, column 2 and so on
    #[arg(long)]
    pub no_header: bool,

    /// The first row names the columns, whatever it looks like
    #[arg(long)]
    pub header: bool,

    /// What stands before decimals; found out column by column when left out
    #[arg(long, value_enum, value_name = "MARK")]
    pub decimal_mark: Option<DecimalMark>,
}

/// What stands before decimals.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub enum DecimalMark {
    /// 1,234.5
    Point,
    /// 1.234,5
    Comma,
}

impl TableOptions {
    /// Whether the first row names the columns, if that was said.
    pub const fn first_row_is_header(&self) -> Option<bool> {
        match (self.header, self.no_header) {
            (true, _) => Some(true),
            (false, true) => Some(false),
            (false, false) => None,
        }
    }

    /// The first option that was given, as typed.
    pub fn given(&self) -> Option<&'static str> {
        let given = [
            ("--no-header", self.no_header),
            ("--header", self.header),
            ("--decimal-mark", self.decimal_mark.is_some()),
        ];
        given.into_iter().find(|(_, given)| *given).map(|(option, _)| option)
    }
}
