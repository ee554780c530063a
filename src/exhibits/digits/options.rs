//! Options of the digits, as plain data.

use clap::Args;

use crate::cli::within;

/// What only the digits understand.
#[derive(Args, Clone, Debug, Default, PartialEq)]
#[command(next_help_heading = "Options of the digits")]
pub(super) struct DigitsOptions {
    /// Filters of the convolution, and so maps of each layer [default: 32]
    #[arg(long, value_name = "N", value_parser = filters, allow_negative_numbers = true)]
    pub(super) filters: Option<usize>,
}

fn filters(text: &str) -> Result<usize, String> {
    within(text, 1, 128)
}
