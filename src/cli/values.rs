//! What the values of options may be: each refusal says the limits and gives an example.

use std::{fmt::Display, ops::RangeInclusive, str::FromStr};

use crate::sentence::number;

/// A learning rate and its inverse are numbers in single precision, in which weights are calculated.
const RATES: RangeInclusive<f64> = 1e-30..=1e30;
/// More threads than any machine of today has cores; beyond it a slip of the finger is likelier.
const MOST_THREADS: usize = 1024;
/// A tebibyte.
const MOST_MIB: usize = 1 << 20;

fn whole<N: FromStr + PartialOrd + Display>(
    text: &str,
    (least, most): (N, N),
    what: &str,
) -> Result<N, String> {
    text.parse()
        .ok()
        .filter(|number| least <= *number && *number <= most)
        .ok_or_else(|| format!("give a whole number{what} from {least} to {most}"))
}

/// A number between two others.
pub fn between(text: &str, range: RangeInclusive<f64>, example: f64) -> Result<f64, String> {
    f64::from_str(text).ok().filter(|number| range.contains(number)).ok_or_else(|| {
        format!(
            "give a number from {} to {}, such as {}",
            number(*range.start()),
            number(*range.end()),
            number(example)
        )
    })
}

/// A whole number between two others.
pub fn within(text: &str, least: usize, most: usize) -> Result<usize, String> {
    whole(text, (least, most), "")
}

/// The place of something in a list, counted from zero.
pub fn index(text: &str) -> Result<usize, String> {
    within(text, 0, u32::MAX as usize)
}

/// A number of things that are counted from one; nobody has more of them.
pub(super) fn count(text: &str) -> Result<u32, String> {
    whole(text, (1, u32::MAX), "")
}

/// The same where a place in memory is meant.
pub fn many(text: &str) -> Result<usize, String> {
    Ok(count(text)? as usize)
}

pub(super) fn seed(text: &str) -> Result<u64, String> {
    whole(text, (0, u64::MAX), "")
}

pub(super) fn step(text: &str) -> Result<u32, String> {
    whole(text, (0, u32::MAX), " of steps")
}

pub(super) fn learning_rate(text: &str) -> Result<f64, String> {
    between(text, RATES, 0.001)
}

pub(super) fn folds(text: &str) -> Result<usize, String> {
    within(text, 2, 100)
}

pub(super) fn render_scale(text: &str) -> Result<f32, String> {
    Ok(between(text, 0.25..=4.0, 1.2)? as f32)
}

pub(super) fn spectator_hz(text: &str) -> Result<f32, String> {
    Ok(between(text, 1.0..=240.0, 30.0)? as f32)
}

pub(super) fn threads(text: &str) -> Result<usize, String> {
    within(text, 1, MOST_THREADS)
}

pub(super) fn history_mib(text: &str) -> Result<usize, String> {
    whole(text, (1, MOST_MIB), " of MiB")
}
