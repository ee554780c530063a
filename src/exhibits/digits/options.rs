//! Options of the digits, as plain data.

use clap::Args;

use crate::cli::{index, within};

/// What only the digits understand.
#[derive(Args, Clone, Debug, Default, PartialEq)]
#[command(next_help_heading = "Options of the digits")]
pub(super) struct DigitsOptions {
    /// Filters of the convolution, and so maps of each layer [default: 32]
    #[arg(long, value_name = "N", value_parser = filters, allow_negative_numbers = true)]
    pub(super) filters: Option<usize>,

    /// A test image whose answer is to be explained.
    #[arg(
        long,
        value_name = "INDEX",
        value_parser = index,
        allow_negative_numbers = true,
        help = "Tell in the terminal, once it has learned, why the test image of this index is read as it is: which pixels speak \
                for it by seven methods, whether these add up and whether the network obeys them, with --json the maps"
    )]
    pub(super) why: Option<usize>,
}

fn filters(text: &str) -> Result<usize, String> {
    within(text, 1, 128)
}
