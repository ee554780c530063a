//! Options of the descent, as plain data.

use std::str::FromStr;

use clap::{Args, ValueEnum};

use super::values::within;

/// Every number of every step is kept for the hall: half a gigabyte by then.
const MOST_STEPS: usize = 1_000_000;
/// So far out every square and product of a loss is still a number.
const FARTHEST: f64 = 1e30;

/// What only the descent understands.
#[derive(Args, Clone, Debug, Default, PartialEq)]
#[command(next_help_heading = "Options of the descent")]
pub struct DescentOptions {
    /// The loss to go down [default: line]
    #[arg(long, value_enum)]
    pub problem: Option<DescentProblem>,

    /// Column of the table, or of the CSV that --data gives, that lies along the line
    #[arg(long, value_name = "COLUMN")]
    pub x: Option<String>,

    /// Column that the line predicts from it
    #[arg(long, value_name = "COLUMN")]
    pub y: Option<String>,

    /// Where all start, such as 10,-4; the problem's own start when left out
    #[arg(long, value_name = "A,B", value_parser = start, allow_hyphen_values = true)]
    pub start: Option<Start>,

    /// The most steps that are taken [default: 20000, or 50000 in the ravine]
    #[arg(long, value_name = "N", value_parser = steps, allow_negative_numbers = true)]
    pub steps: Option<u64>,

    /// Who goes, with commas between them [default: all]
    #[arg(long, value_enum, value_delimiter = ',', value_name = "RUNNERS")]
    pub runners: Option<Vec<DescentRunner>>,
}

/// A loss of two parameters.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub enum DescentProblem {
    /// The squared error of a line through two columns
    Line,
    /// The cross-entropy of a curve that tells malignant tumours
    Tumour,
    /// Rosenbrock's ravine
    Rosenbrock,
    /// A saddle between two hollows
    Saddle,
}

/// A way to go down.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub enum DescentRunner {
    /// The gradient over all points
    GradientDescent,
    /// The gradient over a few points at a time
    Stochastic,
    /// With a velocity
    Momentum,
    /// Divided by the root of the mean square
    #[value(name = "rmsprop")]
    RmsProp,
    /// Both
    Adam,
}

/// A place on a surface.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Start(pub [f64; 2]);

impl DescentOptions {
    /// The first option that was given, as typed.
    pub fn given(&self) -> Option<&'static str> {
        let given = [
            ("--problem", self.problem.is_some()),
            ("--x", self.x.is_some()),
            ("--y", self.y.is_some()),
            ("--start", self.start.is_some()),
            ("--steps", self.steps.is_some()),
            ("--runners", self.runners.is_some()),
        ];
        given.into_iter().find(|(_, given)| *given).map(|(option, _)| option)
    }
}

fn start(text: &str) -> Result<Start, String> {
    let near = |number: &f64| number.abs() <= FARTHEST;
    let number = |text: &str| f64::from_str(text.trim()).ok().filter(near);
    text.split_once(',')
        .and_then(|(first, second)| Some(Start([number(first)?, number(second)?])))
        .ok_or_else(|| {
            format!(
                "give two numbers from -{FARTHEST:e} to {FARTHEST:e} with a comma between them, such as 10,-4"
            )
        })
}

fn steps(text: &str) -> Result<u64, String> {
    Ok(within(text, 1, MOST_STEPS)? as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_start_is_two_finite_numbers() {
        assert_eq!(start("-1.2,1"), Ok(Start([-1.2, 1.0])));
        assert_eq!(start(" 3 , -4e0"), Ok(Start([3.0, -4.0])));
        for wrong in ["", "1", "1,2,3", "a,b", "NaN,0", "0,inf", "1;2", "1e308,-1e308"] {
            assert!(start(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_was_given_is_named() {
        assert_eq!(DescentOptions::default().given(), None);
        let given = DescentOptions { steps: Some(3), ..DescentOptions::default() };
        assert_eq!(given.given(), Some("--steps"));
    }
}
