//! `perceptarium compare FILE...`: up to eight runs of recordings beside each other: their settings and what differs between
//! them, what they came to, and at which step each passed a level of accuracy.

mod heard;
mod kept;
mod settings;
#[cfg(test)]
mod tests;
mod words;

use std::io::{Write as _, stdout};

use heard::Heard;
pub(crate) use kept::kept;
use settings::Setting;

use crate::{
    cli::CompareOptions,
    exhibits::{Exhibit, refused},
    program_error::ProgramError,
    recording::{Recorded, curves_table},
    replay::{destination, read_all, unwritten},
};

/// Runs that are compared at most.
const MOST_RUNS: usize = 8;

/// Runs beside each other.
#[derive(Debug, serde::Serialize)]
struct Compared {
    event: &'static str,
    runs: Vec<Heard>,
    /// Settings whose values are not the same in all, each with the values in the order of the runs.
    differing: Vec<Setting>,
    /// The others, with the value that all have.
    same: Vec<Setting>,
}

impl Compared {
    /// All runs of some recordings.
    ///
    /// # Errors
    /// If one cannot be read on, or there are too many runs.
    fn of(recordings: &[Recorded]) -> Result<Self, ProgramError> {
        let count: usize = recordings.iter().map(|recorded| recorded.runs().len()).sum();
        if count > MOST_RUNS {
            return Err(refused(phrase!("compare-too-many", count, most = MOST_RUNS)));
        }
        let heard = recordings.iter().map(Heard::all).collect::<Result<Vec<_>, _>>();
        let runs = heard.map_err(refused)?.concat();
        let (same, differing) = settings::of(&runs);
        Ok(Self { event: "compared", runs, differing, same })
    }
}

/// Compares recordings, and writes their curves where that is asked for.
///
/// # Errors
/// One sentence if one cannot be read, or a table cannot be written.
pub(crate) fn run(options: &CompareOptions, exhibits: &[Exhibit]) -> Result<(), ProgramError> {
    let recordings = read_all(&options.compared, exhibits)?;
    let compared = Compared::of(&recordings)?;
    if let Some(file) = &options.curves {
        let mut table = destination(file, &options.compared)?;
        curves_table(&recordings, &mut *table).map_err(|why| unwritten(file, why))?;
        // Its rows are alone there.
        if file.as_os_str() == "-" {
            return Ok(());
        }
    }
    let told = match options.as_json {
        true => serde_json::to_string(&compared).map_err(|error| refused(error.to_string()))?,
        false => words::told(&compared),
    };
    // Whoever asked may have left already, as after `| head -1`.
    writeln!(stdout(), "{}", told.trim_end()).ok();
    Ok(())
}
