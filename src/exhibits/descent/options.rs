//! Options of the descent, as plain data.

use std::str::FromStr;

use clap::{Args, ValueEnum};

use super::payload::Runner;
use crate::cli::within;

/// Every number of every step is kept for the hall: half a gigabyte by then.
const MOST_STEPS: usize = 1_000_000;
/// So far out every square and product of a loss is still a number.
const FARTHEST: f64 = 1e30;

/// What only the descent understands.
#[derive(Args, Clone, Debug, Default, PartialEq)]
#[command(next_help_heading = "Options of the descent")]
pub(super) struct DescentOptions {
    /// The loss to go down [default: line]
    #[arg(long, value_enum)]
    pub(super) problem: Option<DescentProblem>,

    /// Column of the table, or of the CSV that --data gives, that lies along the line
    #[arg(long, value_name = "COLUMN")]
    pub(super) x: Option<String>,

    /// Column that the line predicts from it
    #[arg(long, value_name = "COLUMN")]
    pub(super) y: Option<String>,

    /// Where all start, such as 10,-4; the problem's own start when left out
    #[arg(long, value_name = "A,B", value_parser = start, allow_hyphen_values = true)]
    pub(super) start: Option<[f64; 2]>,

    /// The most steps that are taken [default: 20000, or 50000 in the ravine]
    #[arg(long, value_name = "N", value_parser = steps, allow_negative_numbers = true)]
    pub(super) steps: Option<u64>,

    /// Who goes, with commas between them [default: all]
    #[arg(long, value_enum, value_delimiter = ',', value_name = "RUNNERS")]
    pub(super) runners: Option<Vec<Runner>>,
}

/// A loss of two parameters.
#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
pub(super) enum DescentProblem {
    /// The squared error of a line through two columns
    Line,
    /// The cross-entropy of a curve that tells malignant tumours
    Tumour,
    /// Rosenbrock's ravine
    Rosenbrock,
    /// A saddle between two hollows
    Saddle,
}

fn start(text: &str) -> Result<[f64; 2], String> {
    let near = |number: &f64| number.abs() <= FARTHEST;
    let number = |text: &str| f64::from_str(text.trim()).ok().filter(near);
    text.split_once(',')
        .and_then(|(first, second)| Some([number(first)?, number(second)?]))
        .ok_or_else(|| {
            say!(
                "descent-model-give-two-numbers-from-to",
                farthest = format_args!("{:e}", FARTHEST),
                farthest2 = format_args!("{:e}", FARTHEST)
            )
        })
}

fn steps(text: &str) -> Result<u64, String> {
    Ok(within(text, 1, MOST_STEPS)? as u64)
}

#[cfg(test)]
mod tests {
    use clap::FromArgMatches as _;

    use super::*;

    #[test]
    fn a_descent_is_understood() {
        let command = DescentOptions::augment_args(clap::Command::new("descent"));
        let matches = command
            .try_get_matches_from(
                "descent --problem rosenbrock --start -1.2,1 --steps 500 --runners adam,rmsprop --x a --y b"
                    .split(' '),
            )
            .unwrap();
        let descent = DescentOptions::from_arg_matches(&matches).unwrap();
        assert_eq!(descent.problem, Some(DescentProblem::Rosenbrock));
        assert_eq!((descent.start, descent.steps), (Some([-1.2, 1.0]), Some(500)));
        assert_eq!(descent.runners, Some(vec![Runner::Adam, Runner::RmsProp]));
        assert_eq!((descent.x.as_deref(), descent.y.as_deref()), (Some("a"), Some("b")));
    }

    #[test]
    fn a_start_is_two_finite_numbers() {
        assert_eq!(start("-1.2,1"), Ok([-1.2, 1.0]));
        assert_eq!(start(" 3 , -4e0"), Ok([3.0, -4.0]));
        for wrong in ["", "1", "1,2,3", "a,b", "NaN,0", "0,inf", "1;2", "1e308,-1e308"] {
            assert!(start(wrong).is_err(), "{wrong}");
        }
    }
}
