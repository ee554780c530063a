//! The command line, as plain data.

mod check;
mod exhibits;
mod options;
mod refusal;
mod size;
mod table;
#[cfg(test)]
mod tests;
mod values;

use std::ffi::OsString;

use clap::{CommandFactory as _, FromArgMatches as _};

pub use check::{CheckOptions, check};
pub use exhibits::{ExhibitOptions, Shared};
pub use options::{Mode, Options, Spectator};
pub use refusal::NoOptions;
pub use size::Size;
pub use table::{DecimalMark, TableOptions};
pub use values::{between, many, within};

use self::refusal::no_options;

/// Reads the command line, the program's name first; the first of the exhibits is visited when none is named.
///
/// Gives the place of the exhibit among them, too.
pub fn parse(
    arguments: impl IntoIterator<Item = OsString>,
    exhibits: &[ExhibitOptions],
) -> Result<(Options, usize), NoOptions> {
    let command = exhibits::told(Options::command(), exhibits);
    let mut matches = command.try_get_matches_from(arguments).map_err(no_options)?;
    let own = matches.clone();
    let mut options = Options::from_arg_matches_mut(&mut matches).map_err(no_options)?;
    options.own = own;
    let refused = |sentence: &str| Err(NoOptions::Refused(sentence.to_owned()));
    if options.table.header && options.table.no_header {
        return refused(
            "--header and --no-header say the opposite of each other: leave one of them out.",
        );
    }
    if options.at_step.is_some() && options.screenshot.is_none() {
        return refused("--at-step says when to take a picture: give --screenshot FILE too.");
    }
    if options.screenshot.is_some() && matches!(options.mode, Mode::Terminal | Mode::Headset) {
        return refused(
            "--screenshot takes a picture of the window's hall: leave --mode out or say --mode window.",
        );
    }
    exhibits::looked_into(&mut options, exhibits);
    let place = exhibits::chosen(&options, exhibits).map_err(NoOptions::Refused)?;
    Ok((options, place))
}
