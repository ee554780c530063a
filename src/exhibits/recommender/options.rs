//! Options of the recommender, as plain data.

use std::{ops::RangeInclusive, path::PathBuf};

use clap::Args;

use crate::cli::{between, within};

/// With it a step of the usual learning rate halves what was learned, and with more of it nothing remains.
const MOST_REGULARISATION: f64 = 100.0;
/// Factors as large as the stars themselves.
const MOST_INIT_STD: f64 = 10.0;
/// Stars are counted in single precision, which tells neighbours apart up to here.
const MOST_STARS: f32 = 1e6;

/// What only the recommender understands.
#[derive(Args, Clone, Debug, Default, PartialEq)]
#[command(next_help_heading = "Options of the recommender")]
pub(super) struct RecommenderOptions {
    /// Factors of each person and each film [default: 100]
    #[arg(long, value_name = "N", value_parser = factors, allow_negative_numbers = true)]
    pub(super) factors: Option<usize>,

    /// Weight of the squares of all parameters in the loss [default: 0.02]
    #[arg(long, value_name = "X", value_parser = regularisation, allow_negative_numbers = true)]
    pub(super) regularisation: Option<f64>,

    /// Standard deviation of the first factors [default: 0.1]
    #[arg(long, value_name = "X", value_parser = init_std, allow_negative_numbers = true)]
    pub(super) init_std: Option<f64>,

    /// Fewest and most stars that can be given, such as 0.5..5; found in the data when left out
    #[arg(long, value_name = "LOW..HIGH", value_parser = scale, allow_negative_numbers = true)]
    pub(super) scale: Option<RangeInclusive<f32>>,

    /// Column of a CSV that says who rated
    #[arg(long, value_name = "NAME")]
    pub(super) user_column: Option<String>,

    /// Column of a CSV that says what was rated
    #[arg(long, value_name = "NAME")]
    pub(super) item_column: Option<String>,

    /// Column of a CSV that says how many stars were given
    #[arg(long, value_name = "NAME")]
    pub(super) rating_column: Option<String>,

    /// Look at the taste of this person; in the terminal, print their list after the training
    #[arg(long, value_name = "ID")]
    pub(super) user: Option<String>,

    /// Films on that list [default: 10]
    #[arg(long, value_name = "N", value_parser = crate::cli::many, allow_negative_numbers = true)]
    pub(super) top: Option<usize>,

    /// In the terminal, write that list as a CSV file
    #[arg(long, value_name = "FILE")]
    pub(super) save_list: Option<PathBuf>,

    /// In the terminal, write biases and factors as CSV files beginning with this name
    #[arg(long, value_name = "NAME")]
    pub(super) save_factors: Option<PathBuf>,
}

impl RecommenderOptions {
    /// Whether something is wanted that only words and files can answer.
    pub(super) const fn wants_words(&self) -> bool {
        self.top.is_some() || self.save_list.is_some() || self.save_factors.is_some()
    }
}

fn factors(text: &str) -> Result<usize, String> {
    within(text, 1, 1000)
}

fn regularisation(text: &str) -> Result<f64, String> {
    between(text, 0.0..=MOST_REGULARISATION, 0.02)
}

fn init_std(text: &str) -> Result<f64, String> {
    between(text, 0.0..=MOST_INIT_STD, 0.1)
}

fn scale(text: &str) -> Result<RangeInclusive<f32>, String> {
    let sides = text
        .split_once("..")
        .and_then(|(low, high)| Some((low.trim().parse().ok()?, high.trim().parse().ok()?)));
    sides
        .filter(|(low, high)| -MOST_STARS <= *low && low < high && *high <= MOST_STARS)
        .map(|(low, high)| low..=high)
        .ok_or_else(|| say!("recommender-model-give-the-fewest-and-the", most_stars = MOST_STARS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_has_two_ends_in_order() {
        assert_eq!(scale("0.5..5"), Ok(0.5..=5.0));
        assert_eq!(scale("-10..10"), Ok(-10.0..=10.0));
        for wrong in ["5", "5..1", "1..1", "a..b", "0..inf", "0..1e7", "NaN..5", ""] {
            assert!(scale(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_person_alone_can_be_looked_at_in_the_hall() {
        let person =
            RecommenderOptions { user: Some("15".to_owned()), ..RecommenderOptions::default() };
        assert!(!person.wants_words());
        assert!(RecommenderOptions { top: Some(3), ..person }.wants_words());
    }
}
