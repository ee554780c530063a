//! Options of the digits, as plain data.

use clap::Args;

use super::MOST_FILTERS;
use crate::cli::{between, within};

/// What only the digits understand.
#[derive(Args, Clone, Debug, Default, PartialEq)]
#[command(next_help_heading = "Options of the digits")]
pub(super) struct DigitsOptions {
    /// Filters of the convolution, and so maps of each layer [default: 32]
    #[arg(long, value_name = "N", value_parser = filters, allow_negative_numbers = true)]
    pub(super) filters: Option<usize>,

    /// Train with differential privacy: clip each image's gradient, add noise of so many clips, and tell what is given away
    #[arg(long, value_name = "NOISE", value_parser = noise, allow_negative_numbers = true)]
    pub(super) private: Option<f64>,

    /// Norm to which private training clips each image's gradient [default: 1]
    #[arg(long, value_name = "NORM", value_parser = clip, allow_negative_numbers = true)]
    pub(super) clip: Option<f64>,
}

fn filters(text: &str) -> Result<usize, String> {
    within(text, 1, MOST_FILTERS)
}

/// Less noise hides nothing, and more leaves nothing to be learned.
fn noise(text: &str) -> Result<f64, String> {
    between(text, 0.01..=1000.0, 1.0)
}

fn clip(text: &str) -> Result<f64, String> {
    between(text, 1e-6..=1e6, 1.0)
}
