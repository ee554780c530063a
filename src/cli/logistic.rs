//! Options of the logistic regression, as plain data.

use std::ops::RangeInclusive;

use clap::{Args, ValueEnum};

use super::values::between;

/// Below it a table of any size learns nothing, and above it the penalty vanishes in the last digits of the loss.
const STRENGTHS: RangeInclusive<f64> = 1e-10..=1e10;

/// What only the logistic regression understands.
#[derive(Args, Clone, Debug, Default, PartialEq)]
#[command(next_help_heading = "Options of logistic")]
pub struct LogisticOptions {
    /// Column of the CSV that is to be told; looked for under its usual names when left out
    #[arg(long, value_name = "COLUMN")]
    pub label: Option<String>,

    /// Which fifth of the rows is held out; sklearn42 is scikit-learn's of the shipped data [default: shuffled]
    #[arg(long, value_enum)]
    pub split: Option<Split>,

    /// What keeps coefficients small [default: l2]
    #[arg(long, value_enum)]
    pub penalty: Option<Penalty>,

    /// Inverse strength of the penalty [default: 1]
    #[arg(long, value_name = "X", value_parser = c, allow_negative_numbers = true)]
    pub c: Option<f64>,

    /// Learn from products of two features, too
    #[arg(long)]
    pub pairwise: bool,

    /// How the minimum is looked for while you watch [default: full-batch]
    #[arg(long, value_enum)]
    pub solver: Option<Solver>,

    /// What happens to missing values [default: drop]
    #[arg(long, value_enum)]
    pub missing: Option<Missing>,

    /// Use only so many features, those that tell most about the label
    #[arg(long, value_name = "N", value_parser = super::values::many, allow_negative_numbers = true)]
    pub features: Option<usize>,

    /// Leave out a feature whose correlation with a better one is above this
    #[arg(long, value_name = "R", value_parser = correlation, allow_negative_numbers = true)]
    pub drop_correlated: Option<f64>,

    /// Take features as they are instead of bringing them to mean 0 and standard deviation 1
    #[arg(long)]
    pub no_standardise: bool,
}

/// Which rows are held out.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub enum Split {
    /// The last fifth after a shuffle
    Shuffled,
    /// The same, class by class
    Stratified,
    /// Those of scikit-learn's `train_test_split(random_state=42)`
    Sklearn42,
}

/// What keeps coefficients small.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub enum Penalty {
    /// Half the sum of their squares
    L2,
    /// The sum of their sizes, which brings some to 0
    L1,
    /// Nothing
    None,
}

/// How the minimum is looked for.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub enum Solver {
    /// Gradient descent over all rows
    FullBatch,
    /// Gradient descent over --batch rows at a time
    MiniBatch,
    /// L-BFGS
    Lbfgs,
}

/// What happens to missing values.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub enum Missing {
    /// Their rows are left out
    Drop,
    /// The mean takes their place
    Mean,
    /// The median takes their place
    Median,
}

impl LogisticOptions {
    /// The first option that was given, as typed.
    pub fn given(&self) -> Option<&'static str> {
        let given = [
            ("--label", self.label.is_some()),
            ("--split", self.split.is_some()),
            ("--penalty", self.penalty.is_some()),
            ("--c", self.c.is_some()),
            ("--pairwise", self.pairwise),
            ("--solver", self.solver.is_some()),
            ("--missing", self.missing.is_some()),
            ("--features", self.features.is_some()),
            ("--drop-correlated", self.drop_correlated.is_some()),
            ("--no-standardise", self.no_standardise),
        ];
        given.into_iter().find(|(_, given)| *given).map(|(option, _)| option)
    }
}

fn c(text: &str) -> Result<f64, String> {
    between(text, STRENGTHS, 1.0)
}

fn correlation(text: &str) -> Result<f64, String> {
    between(text, 0.0..=1.0, 0.95)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_option_is_told_when_given() {
        assert_eq!(LogisticOptions::default().given(), None);
        let given = LogisticOptions { pairwise: true, ..LogisticOptions::default() };
        assert_eq!(given.given(), Some("--pairwise"));
        let given = LogisticOptions { c: Some(0.5), solver: Some(Solver::Lbfgs), ..given };
        assert_eq!(given.given(), Some("--c"));
    }
}
