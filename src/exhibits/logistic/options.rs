//! Options of the logistic regression, as plain data.

use std::ops::RangeInclusive;

use clap::Args;

use super::payload::{Missing, Penalty, Solver, Split};
use crate::cli::{between, many};

/// Below it a table of any size learns nothing, and above it the penalty vanishes in the last digits of the loss.
const STRENGTHS: RangeInclusive<f64> = 1e-10..=1e10;

/// What only the logistic regression understands.
#[derive(Args, Clone, Debug, Default, PartialEq)]
#[command(next_help_heading = "Options of logistic")]
pub(super) struct LogisticOptions {
    /// Column of the CSV that is to be told; looked for under its usual names when left out
    #[arg(long, value_name = "COLUMN")]
    pub(super) label: Option<String>,

    /// Which fifth of the rows is held out; sklearn42 is scikit-learn's of the shipped data [default: shuffled]
    #[arg(long, value_enum)]
    pub(super) split: Option<Split>,

    /// What keeps coefficients small [default: l2]
    #[arg(long, value_enum)]
    pub(super) penalty: Option<Penalty>,

    /// Inverse strength of the penalty [default: 1]
    #[arg(long, value_name = "X", value_parser = c, allow_negative_numbers = true)]
    pub(super) c: Option<f64>,

    /// Learn from products of two features, too
    #[arg(long)]
    pub(super) pairwise: bool,

    /// How the minimum is looked for while you watch [default: full-batch]
    #[arg(long, value_enum)]
    pub(super) solver: Option<Solver>,

    /// What happens to missing values [default: drop]
    #[arg(long, value_enum)]
    pub(super) missing: Option<Missing>,

    /// Use only so many features, those that tell most about the label
    #[arg(long, value_name = "N", value_parser = many, allow_negative_numbers = true)]
    pub(super) features: Option<usize>,

    /// Leave out a feature whose correlation with a better one is above this
    #[arg(long, value_name = "R", value_parser = correlation, allow_negative_numbers = true)]
    pub(super) drop_correlated: Option<f64>,

    /// Take features as they are instead of bringing them to mean 0 and standard deviation 1
    #[arg(long)]
    pub(super) no_standardise: bool,
}

fn c(text: &str) -> Result<f64, String> {
    between(text, STRENGTHS, 1.0)
}

fn correlation(text: &str) -> Result<f64, String> {
    between(text, 0.0..=1.0, 0.95)
}
