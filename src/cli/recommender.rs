//! Options of the recommender, as plain data.

use std::{ops::RangeInclusive, path::PathBuf, str::FromStr};

use clap::Args;

/// What only the recommender understands.
#[derive(Args, Clone, Debug, Default, PartialEq)]
#[command(next_help_heading = "Options of the recommender")]
pub struct RecommenderOptions {
    /// Factors of each person and each film [default: 100]
    #[arg(long, value_name = "N", value_parser = factors, allow_negative_numbers = true)]
    pub factors: Option<usize>,

    /// Weight of the squares of all parameters in the loss [default: 0.02]
    #[arg(long, value_name = "X", value_parser = not_negative, allow_negative_numbers = true)]
    pub regularisation: Option<f64>,

    /// Standard deviation of the first factors [default: 0.1]
    #[arg(long, value_name = "X", value_parser = not_negative, allow_negative_numbers = true)]
    pub init_std: Option<f64>,

    /// Fewest and most stars that can be given, such as 0.5..5; found in the data when left out
    #[arg(long, value_name = "LOW..HIGH", value_parser = scale, allow_negative_numbers = true)]
    pub scale: Option<Scale>,

    /// Column of a CSV that says who rated
    #[arg(long, value_name = "NAME")]
    pub user_column: Option<String>,

    /// Column of a CSV that says what was rated
    #[arg(long, value_name = "NAME")]
    pub item_column: Option<String>,

    /// Column of a CSV that says how many stars were given
    #[arg(long, value_name = "NAME")]
    pub rating_column: Option<String>,

    /// In the terminal, print the list of this person after the training
    #[arg(long, value_name = "ID")]
    pub user: Option<String>,

    /// Films on that list [default: 10]
    #[arg(long, value_name = "N", value_parser = super::from_one::<usize>, allow_negative_numbers = true)]
    pub top: Option<usize>,

    /// In the terminal, write that list as a CSV file
    #[arg(long, value_name = "FILE")]
    pub save_list: Option<PathBuf>,

    /// In the terminal, write biases and factors as CSV files beginning with this name
    #[arg(long, value_name = "NAME")]
    pub save_factors: Option<PathBuf>,
}

/// Fewest and most stars.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    /// The fewest stars.
    pub low: f32,
    /// The most stars.
    pub high: f32,
}

impl Scale {
    /// The same as a range.
    pub const fn range(self) -> RangeInclusive<f32> {
        self.low..=self.high
    }
}

impl RecommenderOptions {
    /// The first option that was given, as typed.
    pub fn given(&self) -> Option<&'static str> {
        let given = [
            ("--factors", self.factors.is_some()),
            ("--regularisation", self.regularisation.is_some()),
            ("--init-std", self.init_std.is_some()),
            ("--scale", self.scale.is_some()),
            ("--user-column", self.user_column.is_some()),
            ("--item-column", self.item_column.is_some()),
            ("--rating-column", self.rating_column.is_some()),
            ("--user", self.user.is_some()),
            ("--top", self.top.is_some()),
            ("--save-list", self.save_list.is_some()),
            ("--save-factors", self.save_factors.is_some()),
        ];
        given.into_iter().find(|(_, given)| *given).map(|(option, _)| option)
    }
}

fn factors(text: &str) -> Result<usize, String> {
    within(text, 1, 1000)
}

pub(super) fn within(text: &str, least: usize, most: usize) -> Result<usize, String> {
    usize::from_str(text)
        .ok()
        .filter(|number| (least..=most).contains(number))
        .ok_or_else(|| format!("give a whole number from {least} to {most}"))
}

fn not_negative(text: &str) -> Result<f64, String> {
    f64::from_str(text)
        .ok()
        .filter(|number| number.is_finite() && *number >= 0.0)
        .ok_or_else(|| "give a number from 0, such as 0.02".to_owned())
}

fn scale(text: &str) -> Result<Scale, String> {
    let sides = text.split_once("..").and_then(|(low, high)| {
        Some(Scale { low: low.trim().parse().ok()?, high: high.trim().parse().ok()? })
    });
    sides
        .filter(|scale| scale.low.is_finite() && scale.high.is_finite() && scale.low < scale.high)
        .ok_or_else(|| "give the fewest and the most stars, such as 0.5..5".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_has_two_ends_in_order() {
        assert_eq!(scale("0.5..5"), Ok(Scale { low: 0.5, high: 5.0 }));
        assert_eq!(scale("-10..10").map(Scale::range), Ok(-10.0..=10.0));
        for wrong in ["5", "5..1", "1..1", "a..b", "0..inf", ""] {
            assert!(scale(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_was_given_is_named() {
        assert_eq!(RecommenderOptions::default().given(), None);
        let given = RecommenderOptions { factors: Some(3), ..RecommenderOptions::default() };
        assert_eq!(given.given(), Some("--factors"));
    }
}
