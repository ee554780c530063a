//! Columns of words: categories, be they numbers too, or text where they are too many.

use super::{
    growing::Growing,
    values::{Column, ColumnValues, Kind, Remark},
};
use crate::learning::data::table::words::{MOST_CATEGORIES, NO_WORD, in_order};

/// So many different numbers among words may be categories themselves, if each comes so many times in the mean.
const MOST_NUMBERED: usize = 12;
const TIMES_EACH: u64 = 3;
/// A few rows may each have a category of their own.
const MOST_OF_THEIR_OWN: usize = 10;

impl Growing {
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
    pub(super) fn holds_categories(&self) -> bool {
        let Some(words) = self.words.as_ref().filter(|words| words.too_many.is_none()) else {
            return false;
        };
        let (numbers, names) = (self.different().len(), words.names.len());
        self.strangers > 0
            && numbers <= MOST_NUMBERED
            && self.numbers >= TIMES_EACH * numbers as u64
            && self.strangers >= 2 * names as u64
    }

    /// Takes numbers and words for names of categories, or for text if they are too many.
    pub(super) fn categories(mut self, kind: Kind, remarks: &mut Vec<Remark>) -> Column {
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
