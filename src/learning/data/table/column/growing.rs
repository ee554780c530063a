//! Columns under way: numbers, words, signs and what is missing, field by field.

use fixedbitset::FixedBitSet;

use super::fault::Fault;
use crate::learning::data::table::{
    marks::Evidence,
    missing::{is_missing, is_missing_among_numbers},
    number::{COMMA_IS_EITHER, Number, POINT_IS_EITHER, Sign, number},
    words::WordColumn,
};

/// So many of the words among numbers are shown.
const SLIPS_SHOWN: usize = 3;

/// A column that is being read.
#[derive(Debug)]
pub struct Growing {
    pub(in crate::learning::data::table) name: String,
    pub(super) rows: u32,
    /// Empty until there is a number; then a number or none for each row.
    pub(super) values: Vec<f64>,
    /// Rows in which a mark may stand before decimals or between thousands.
    pub(super) open_commas: FixedBitSet,
    pub(super) open_points: FixedBitSet,
    pub(in crate::learning::data::table) evidence: Evidence,
    /// What is written at its numbers, first and otherwise.
    pub(super) sign: Sign,
    pub(super) signs: [Option<(u32, String)>; 2],
    pub(super) numbers: u64,
    pub(super) missing: usize,
    /// What is no number and not missing among numbers: how many, and the first.
    pub(super) strangers: u64,
    pub(super) first_strangers: Vec<(u32, String)>,
    pub(super) words: Option<WordColumn>,
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
}
