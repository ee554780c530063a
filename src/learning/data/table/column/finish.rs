//! What a column holds once all rows are read: numbers if it can be, and else what its words say.

use std::fmt;

use super::{
    fault::Fault,
    growing::Growing,
    values::{Column, ColumnValues, Kind, Remark},
};
use crate::learning::data::table::{
    TableOptions,
    marks::{DecimalMark, Unclear},
    number::{Sign, is_endless},
};

/// One word to so many numbers is taken for a slip.
const NUMBERS_PER_SLIP: u64 = 10;
/// In a short column so many words are, if there are so many times as many numbers.
const FEW_SLIPS: u64 = 3;
const NUMBERS_PER_FEW: u64 = 4;

impl fmt::Display for Sign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => Ok(()),
            Self::Percent => f.write_str("%"),
            Self::Currency(sign) => write!(f, "{sign}"),
        }
    }
}

impl Growing {
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

    /// Whether the words are so few that they are slips among numbers.
    fn has_slips(&self) -> bool {
        self.strangers * NUMBERS_PER_SLIP <= self.numbers
            || self.strangers <= FEW_SLIPS && self.strangers * NUMBERS_PER_FEW <= self.numbers
    }
}
