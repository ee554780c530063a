//! The settings of one table of a description, taken one by one, so that what nobody took is a mistake.

use toml::{Table, Value};

use crate::words::{Phrase, Word};

use super::fault::{Fault, nearest};

/// A table whose settings are taken out by name.
pub(super) struct Settings {
    table: Table,
    /// Names that were asked for.
    known: Vec<&'static str>,
}

impl Settings {
    pub(super) fn new(table: Table) -> Self {
        Self { table, known: Vec::new() }
    }

    /// Takes a setting out, as it is.
    pub(super) fn take(&mut self, name: &'static str) -> Option<Value> {
        self.known.push(name);
        self.table.remove(name)
    }

    /// A text.
    pub(super) fn text(&mut self, name: &'static str) -> Result<Option<String>, Fault> {
        match self.take(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(other) => {
                Err(wrong(name, &other, phrase!("network-files-a-text-in-quotation-marks")))
            }
        }
    }

    /// A whole number of at least `least`.
    pub(super) fn count(
        &mut self,
        name: &'static str,
        least: usize,
    ) -> Result<Option<usize>, Fault> {
        self.take(name).map(|value| count(name, &value, least)).transpose()
    }

    /// A whole number that must be there.
    pub(super) fn needed(&mut self, name: &'static str) -> Result<usize, Fault> {
        self.count(name, 1)?.ok_or_else(|| Fault::new(phrase!("network-files-it-needs", name)))
    }

    /// A number for rows and one for columns; a single one stands for both.
    pub(super) fn two(
        &mut self,
        name: &'static str,
        least: usize,
    ) -> Result<Option<[usize; 2]>, Fault> {
        match self.take(name) {
            None => Ok(None),
            Some(Value::Array(both)) => match &both[..] {
                [rows, columns] => {
                    Ok(Some([count(name, rows, least)?, count(name, columns, least)?]))
                }
                _ => Err(Fault::new(phrase!(
                    "network-files-has-numbers-but-it-takes",
                    name,
                    both_count = both.len()
                ))),
            },
            Some(one) => count(name, &one, least).map(|one| Some([one; 2])),
        }
    }

    /// A number within these bounds, both included.
    pub(super) fn number(
        &mut self,
        name: &'static str,
        [least, most]: [f64; 2],
    ) -> Result<Option<f64>, Fault> {
        let number = match self.take(name) {
            None => return Ok(None),
            Some(Value::Float(number)) => number,
            Some(Value::Integer(number)) => number as f64,
            Some(other) => return Err(wrong(name, &other, phrase!("network-files-a-number"))),
        };
        if (least..=most).contains(&number) {
            Ok(Some(number))
        } else {
            let rule = match (least, most) {
                (0.0, f64::INFINITY) => phrase!("network-files-0-or-more"),
                (f64::MIN_POSITIVE, f64::INFINITY) => phrase!("network-files-above-0"),
                (least, f64::INFINITY) => phrase!("network-files-at-least", least),
                (least, most) => phrase!("network-files-from-to", least, most),
            };
            Err(Fault::new(phrase!("network-files-is-but-it-must-be", name, number, rule)))
        }
    }

    /// Yes or no.
    pub(super) fn yes(&mut self, name: &'static str) -> Result<Option<bool>, Fault> {
        match self.take(name) {
            None => Ok(None),
            Some(Value::Boolean(yes)) => Ok(Some(yes)),
            Some(other) => Err(wrong(name, &other, phrase!("network-files-true-or-false"))),
        }
    }

    /// Tables of this name, none where it is left out.
    pub(super) fn tables(&mut self, name: &'static str) -> Result<Vec<Table>, Fault> {
        let tables = match self.take(name) {
            None => return Ok(Vec::new()),
            Some(Value::Array(tables)) => tables,
            Some(other) => {
                return Err(wrong(
                    name,
                    &other,
                    phrase!("network-files-tables-each-begun-by-layers"),
                ));
            }
        };
        let table = |value| match value {
            Value::Table(table) => Ok(table),
            other => Err(wrong(name, &other, phrase!("network-files-tables-each-begun-by-layers"))),
        };
        tables.into_iter().map(table).collect()
    }

    /// One table of this name, an empty one where it is left out.
    pub(super) fn table(&mut self, name: &'static str) -> Result<Self, Fault> {
        match self.take(name) {
            None => Ok(Self::new(Table::new())),
            Some(Value::Table(table)) => Ok(Self::new(table)),
            Some(other) => Err(wrong(name, &other, phrase!("network-files-a-table"))),
        }
    }

    /// Nothing may be left that nobody asked for.
    pub(super) fn end(self) -> Result<(), Fault> {
        match self.table.keys().next() {
            None => Ok(()),
            Some(key) => {
                let advice = nearest(key, &self.known);
                Err(Fault::new(phrase!("network-files-there-is-no-setting-here", key, advice)))
            }
        }
    }
}

fn count(name: &str, value: &Value, least: usize) -> Result<usize, Fault> {
    let number = match value {
        Value::Integer(number) => *number,
        other => return Err(wrong(name, other, phrase!("network-files-a-whole-number"))),
    };
    match usize::try_from(number) {
        Ok(count) if (least..=super::MOST_NUMBERS).contains(&count) => Ok(count),
        Ok(count) if count >= least => Err(Fault::new(phrase!(
            "network-files-is-but-at-most",
            name,
            number,
            most_numbers = super::MOST_NUMBERS
        ))),
        _ => Err(Fault::new(phrase!("network-files-is-but-it-must-be-at", name, number, least))),
    }
}

/// What a value of TOML is, in a word.
pub(super) const fn kind_of(value: &Value) -> Word {
    match value {
        Value::String(_) => key!("network-files-kind-text"),
        Value::Integer(_) => key!("network-files-kind-whole"),
        Value::Float(_) => key!("network-files-kind-decimal"),
        Value::Boolean(_) => key!("network-files-kind-boolean"),
        Value::Datetime(_) => key!("network-files-kind-date"),
        Value::Array(_) => key!("network-files-kind-list"),
        Value::Table(_) => key!("network-files-kind-table"),
    }
}

fn wrong(name: &str, value: &Value, wanted: impl Into<Phrase>) -> Fault {
    let wanted: Phrase = wanted.into();
    Fault::new(phrase!("network-files-is-but-it-must-be-2", name, kind = kind_of(value), wanted))
}

/// A number above zero.
pub(super) fn positive(name: &str, value: &Value) -> Result<f64, Fault> {
    let number = match value {
        Value::Float(number) => *number,
        Value::Integer(number) => *number as f64,
        other => return Err(wrong(name, other, phrase!("network-files-a-number"))),
    };
    if number > 0.0 && number.is_finite() {
        Ok(number)
    } else {
        Err(Fault::new(phrase!("network-files-is-but-it-must-be-above", name, number)))
    }
}
