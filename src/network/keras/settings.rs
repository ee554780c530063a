//! Settings of layers as Keras writes them in JSON, each read as what it has to be.

use serde_json::Value as Json;

use super::Fault;
use crate::{network::MOST_NUMBERS, sentence::visible};

/// The settings of a layer.
#[derive(Clone, Copy)]
pub(super) struct Settings<'a>(pub(super) &'a Json);

impl<'a> Settings<'a> {
    /// A setting that is there.
    pub(super) fn get(self, name: &str) -> Option<&'a Json> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    fn read<T>(
        self,
        name: &str,
        default: T,
        of: impl Fn(&'a Json) -> Option<T>,
    ) -> Result<T, Fault> {
        let Some(value) = self.get(name) else { return Ok(default) };
        of(value).ok_or_else(|| wrong(name, value))
    }

    pub(super) fn text(self, name: &str, default: &'a str) -> Result<&'a str, Fault> {
        self.read(name, default, Json::as_str)
    }

    pub(super) fn number(self, name: &str, default: f64) -> Result<f64, Fault> {
        self.read(name, default, Json::as_f64)
    }

    pub(super) fn flag(self, name: &str, default: bool) -> Result<bool, Fault> {
        self.read(name, default, Json::as_bool)
    }

    pub(super) fn size(self, name: &str, default: usize) -> Result<usize, Fault> {
        self.read(name, default, size)
    }

    /// Two sizes, of rows and of columns, where one number is for both.
    pub(super) fn pair(self, name: &str, default: [usize; 2]) -> Result<[usize; 2], Fault> {
        self.read(name, default, |value| pair(value).or_else(|| Some([size(value)?; 2])))
    }

    /// The same where it may be left out, or zero.
    pub(super) fn maybe_pair(self, name: &str) -> Result<Option<[usize; 2]>, Fault> {
        self.read(name, None, |value| match value.as_array().map(Vec::as_slice) {
            Some([rows, columns]) => Some(Some([margin(rows)?, margin(columns)?])),
            Some(_) => None,
            None => Some(Some([margin(value)?; 2])),
        })
    }

    /// Sizes before and behind, for rows and for columns: `[[top, bottom], [left, right]]`, or one number for both of each.
    pub(super) fn margins(self, name: &str) -> Result<[[usize; 2]; 2], Fault> {
        self.read(name, [[0; 2]; 2], |value| {
            let each = |value: &Json| margin(value).map(|size| [size; 2]);
            let sides = |value: &Json| match value.as_array()?.as_slice() {
                [low, high] => Some([margin(low)?, margin(high)?]),
                _ => None,
            };
            match value.as_array().map(Vec::as_slice) {
                Some([rows, columns]) => Some([
                    sides(rows).or_else(|| each(rows))?,
                    sides(columns).or_else(|| each(columns))?,
                ]),
                _ => each(value).map(|sides| [sides; 2]),
            }
        })
    }

    /// The axes of what has so many dimensions besides the batch that a setting names, counted from 0 without the batch.
    pub(super) fn axes(self, name: &str, rank: usize) -> Result<Vec<usize>, Fault> {
        let axis = |value: &Json| {
            let at = value.as_i64()?;
            let at = if at < 0 { at.checked_add(rank as i64)? } else { at - 1 };
            usize::try_from(at).ok().filter(|at| *at < rank)
        };
        self.read(name, vec![rank.saturating_sub(1)], |value| match value.as_array() {
            Some(all) => all.iter().map(axis).collect(),
            None => Some(vec![axis(value)?]),
        })
    }

    /// Numbers, where one may stand alone.
    pub(super) fn numbers(self, name: &str) -> Result<Option<Vec<f64>>, Fault> {
        fn flat(value: &Json, into: &mut Vec<f64>) -> Option<()> {
            match value {
                Json::Array(all) => all.iter().try_for_each(|value| flat(value, into)),
                one => {
                    into.push(one.as_f64()?);
                    Some(())
                }
            }
        }
        self.read(name, None, |value| {
            let mut all = Vec::new();
            flat(value, &mut all)?;
            Some(Some(all))
        })
    }
}

/// Why a setting is none that a layer can have.
pub(super) fn wrong(name: &str, value: &Json) -> Fault {
    let text: String = value.to_string().chars().take(60).collect();
    Fault::new(phrase!("keras-its-is-which-is-not", name, text = visible(&text)))
}

/// A number from 1 on that an array can have.
pub(super) fn size(value: &Json) -> Option<usize> {
    margin(value).filter(|size| *size > 0)
}

fn margin(value: &Json) -> Option<usize> {
    usize::try_from(value.as_u64()?).ok().filter(|size| *size <= MOST_NUMBERS)
}

fn pair(value: &Json) -> Option<[usize; 2]> {
    match value.as_array()?.as_slice() {
        [rows, columns] => Some([size(rows)?, size(columns)?]),
        _ => None,
    }
}
