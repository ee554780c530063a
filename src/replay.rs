//! `perceptarium replay FILE` and `perceptarium export FILE`: what a recording says of itself before anything opens, and what
//! is taken along of it.

use std::{
    collections::HashSet,
    fs::File,
    io::{BufWriter, Write, stdout},
    path::{Path, PathBuf},
};

#[cfg(feature = "parquet")]
use crate::recording::metrics_parquet;
use crate::{
    cli::ExportOptions,
    exhibits::{self, Arrive, Exhibit, refused},
    program_error::ProgramError,
    recording::{Recorded, RecordingFault, event_files, metrics_table, runs_table},
    sentence::{shown_path, visible},
    stream::Step,
    terminal::ReadingBar,
    words::Phrase,
    world::replay::{self, Replayed},
};

/// The slowest and the fastest pace at which a visit to a recording begins, in steps per second: the desk's slider changes it.
const PACES: [f32; 2] = [1.0, 1000.0];

/// A recording that can be visited.
pub(crate) struct Opened {
    pub(crate) recorded: Recorded,
    pub(crate) exhibit: &'static Exhibit,
    /// Steps per second on average, as they were taken.
    pub(crate) pace: f32,
    /// What is to be known of it.
    pub(crate) remarks: Vec<Phrase>,
    /// What the hall is told.
    pub(crate) arrive: Arrive,
}

/// Opens a recording of one of these exhibits.
///
/// # Errors
/// One sentence if it is none, cannot be read, or is of an exhibit that is not here.
pub(crate) fn open(file: &Path, exhibits: &'static [Exhibit]) -> Result<Opened, ProgramError> {
    let recorded = read(file, exhibits)?;
    let name = recorded.exhibit().map_or("", |exhibit| exhibit.name());
    let exhibit = exhibits.iter().find(|exhibit| exhibit.id.name() == name).ok_or_else(|| {
        let file = recorded.name();
        refused(phrase!("recording-of-another-exhibit", file, name = visible(name)))
    })?;
    let last = recorded.runs().last().map_or(Step(0), |run| run.last);
    let mut remarks = vec![phrase!("recording-is-one", file = recorded.name(), last)];
    if !recorded.is_whole() {
        remarks.push(phrase!("recording-was-cut", last));
    }
    let ends = recorded.runs().iter().map(|run| (run.started.run.number, run.last)).collect();
    let arrive: Arrive = Box::new(move |app| replay::show(app, Replayed { ends }));
    Ok(Opened { pace: pace(&recorded), recorded, exhibit, remarks, arrive })
}

/// The average pace of its runs.
fn pace(recorded: &Recorded) -> f32 {
    let runs = recorded.runs().iter();
    let (steps, seconds) = runs.fold((0.0, 0.0), |(steps, seconds), run| {
        let [began, ended] = run.time;
        (steps + run.last.0 as f64, seconds + ended.saturating_sub(began) as f64 / 1e9)
    });
    let [slowest, fastest] = PACES;
    let pace = (steps / seconds) as f32;
    if pace.is_finite() { pace.clamp(slowest, fastest) } else { fastest }
}

/// Opens a recording of any of these exhibits.
///
/// # Errors
/// One sentence if it is none, or cannot be read.
fn read(file: &Path, exhibits: &[Exhibit]) -> Result<Recorded, ProgramError> {
    let mut bar = ReadingBar::default();
    let kinds = exhibits::payload_kinds(exhibits);
    Recorded::open(file, kinds, &mut |read, of| bar.tell(read, of)).map_err(refused)
}

/// Opens several, each once.
///
/// # Errors
/// As [`read`], or if two of the names are of one file.
pub(crate) fn read_all(
    files: &[PathBuf],
    exhibits: &[Exhibit],
) -> Result<Vec<Recorded>, ProgramError> {
    let mut places = HashSet::new();
    for file in files {
        if file.canonicalize().is_ok_and(|place| !places.insert(place)) {
            return Err(refused(phrase!("recording-is-named-twice", file = shown_path(file))));
        }
    }
    files.iter().map(|file| read(file, exhibits)).collect()
}

/// Writes what is asked for of recordings; `say` hears of those that have no end.
///
/// # Errors
/// One sentence if one cannot be read, or a table cannot be written.
pub(crate) fn export(
    options: &ExportOptions,
    exhibits: &[Exhibit],
    say: impl Fn(&str),
) -> Result<(), ProgramError> {
    let recordings = read_all(&options.recordings, exhibits)?;
    for cut in recordings.iter().filter(|recorded| !recorded.is_whole()) {
        let last = cut.runs().last().map_or(Step(0), |run| run.last);
        say(&say!("recording-is-cut", file = cut.name(), last));
    }
    let read = &options.recordings;
    if let (Some(file), Some(recorded)) = (&options.csv, recordings.first()) {
        let mut table = destination(file, read)?;
        metrics_table(recorded, &mut *table).map_err(|why| unwritten(file, why))?;
    }
    if let (Some(file), Some(recorded)) = (&options.parquet, recordings.first()) {
        write_parquet(recorded, file, read)?;
    }
    if let Some(folder) = &options.tensorboard {
        let mut all = recordings.iter();
        all.try_for_each(|one| event_files(one, folder)).map_err(|why| unwritten(folder, why))?;
    }
    if let Some(file) = &options.runs {
        let mut table = destination(file, read)?;
        runs_table(&recordings, &mut *table).map_err(|why| unwritten(file, why))?;
    }
    Ok(())
}

/// Why what is made of recordings was not written: with the place where it should have been.
pub(crate) fn unwritten(place: &Path, why: RecordingFault) -> ProgramError {
    match why {
        RecordingFault::Table(error) => {
            refused(phrase!("recording-cannot-be-written", file = shown_path(place), error))
        }
        why => refused(why),
    }
}

#[cfg(feature = "parquet")]
fn write_parquet(recorded: &Recorded, file: &Path, read: &[PathBuf]) -> Result<(), ProgramError> {
    metrics_parquet(recorded, &mut *destination(file, read)?).map_err(|why| unwritten(file, why))
}

#[cfg(not(feature = "parquet"))]
fn write_parquet(_: &Recorded, _: &Path, _: &[PathBuf]) -> Result<(), ProgramError> {
    Err(refused(phrase!("recording-no-parquet")))
}

/// Where a table goes: a file, or standard output for a dash; never one of the recordings that are `read` for it.
///
/// # Errors
/// One sentence if the file cannot be written.
pub(crate) fn destination(
    file: &Path,
    read: &[PathBuf],
) -> Result<Box<dyn Write + Send>, ProgramError> {
    if file.as_os_str() == "-" {
        return Ok(Box::new(stdout()));
    }
    let place = |of: &Path| of.canonicalize().ok();
    if place(file).is_some_and(|here| read.iter().any(|of| place(of).as_ref() == Some(&here))) {
        return Err(refused(phrase!("recording-is-read-for-it", file = shown_path(file))));
    }
    let made = File::create(file).map_err(|error| {
        refused(phrase!("recording-cannot-be-written", file = shown_path(file), error))
    })?;
    Ok(Box::new(BufWriter::new(made)))
}
