//! Runs of recordings that the hall lays beside the one that goes on.

use std::path::PathBuf;

use super::{MOST_RUNS, heard::each_report};
use crate::{
    exhibits::{Exhibit, refused},
    history::{KeptRun, Run},
    program_error::ProgramError,
    replay::read_all,
    sentence::visible,
    stream::{ExhibitId, Report},
};

/// Bytes that pictures of a kept run may take: none are looked at.
const PICTURES: usize = 0;

/// All runs of these recordings, which must be of this exhibit.
///
/// # Errors
/// One sentence if one cannot be read or is of another exhibit, or if there are too many runs.
pub(crate) fn kept(
    files: &[PathBuf],
    exhibit: ExhibitId,
    exhibits: &[Exhibit],
) -> Result<Vec<KeptRun>, ProgramError> {
    let mut all = Vec::new();
    for (file, recorded) in files.iter().zip(read_all(files, exhibits)?) {
        let of = recorded.exhibit().map_or("", |of| of.name());
        if of != exhibit.name() {
            let (file, of, shown) = (recorded.name(), visible(of), exhibit.name());
            return Err(refused(phrase!("compare-beside-is-of-another", file, of, shown)));
        }
        let mut runs: Vec<Run> = Vec::new();
        each_report(&recorded, |report| {
            // What is told before a run begins is not of it alone.
            if matches!(report, Report::Started(_)) {
                runs.push(Run::new(PICTURES));
            }
            if let Some(run) = runs.last_mut() {
                run.take(report);
            }
        })
        .map_err(refused)?;
        let file =
            file.file_name().map(|name| visible(&name.to_string_lossy())).unwrap_or_default();
        let several = runs.len() > 1;
        all.extend(runs.into_iter().enumerate().map(|(at, run)| KeptRun {
            name: if several { format!("{file} {}", at + 1) } else { file.clone() },
            run,
        }));
    }
    // The run that goes on is one of those on the chart.
    match all.len() >= MOST_RUNS {
        true => {
            let most = MOST_RUNS - 1;
            Err(refused(phrase!("compare-too-many-beside", count = all.len(), most)))
        }
        false => Ok(all),
    }
}
