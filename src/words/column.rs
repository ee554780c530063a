//! Texts in columns of a terminal, where a Chinese character is as wide as two Latin letters.

use std::fmt::{self, Alignment, Display};

use unicode_width::UnicodeWidthStr as _;

/// The columns of a terminal, or about the halves of a letter's height, that a text takes.
pub fn width(text: &str) -> usize {
    text.width()
}

/// A text that is padded by the columns it takes: for `{:>24}` and `{:<16}`.
pub fn column(text: impl Display) -> Column {
    Column(text.to_string())
}

/// See [`column()`].
#[derive(Clone, Debug)]
pub struct Column(String);

impl Display for Column {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let blanks = " ".repeat(out.width().unwrap_or(0).saturating_sub(width(&self.0)));
        match out.align() {
            Some(Alignment::Right) => write!(out, "{blanks}{}", self.0),
            _ => write!(out, "{}{blanks}", self.0),
        }
    }
}
