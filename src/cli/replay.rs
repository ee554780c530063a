//! What `perceptarium replay` and `perceptarium export` understand.

use std::{ffi::OsString, path::PathBuf};

use clap::{CommandFactory as _, FromArgMatches as _, Parser, parser::ValueSource};

use super::{
    exhibits::ExhibitOptions,
    options::Options,
    refusal::{NoOptions, no_options},
    worded::worded,
};

/// The words that ask for it, where else an exhibit is named.
const REPLAY: &str = "replay";
const EXPORT: &str = "export";

/// Options of a visit that mean something where nothing is trained.
const OF_A_VISIT: &[&str] = &[
    "exhibit",
    "mode",
    "lang",
    "json",
    "beside",
    "screenshot",
    "at_step",
    "history_mib",
    "render_scale",
    "spectator",
    "spectator_hz",
    "without_profile",
    "opening",
    "less_motion",
    "guide",
    "sound",
    "captions",
    "text_size",
    "contrast",
    "dwell",
    "size",
];

/// A recording that is to be visited, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplayOptions {
    /// The recording.
    pub file: PathBuf,
    /// The other arguments, the program's name first: those of a visit to the exhibit that was recorded.
    pub visit: Vec<OsString>,
}

/// What is taken along of recordings.
#[derive(Clone, Debug, Parser, PartialEq, Eq)]
#[command(name = "perceptarium export", about = "Writes what recordings hold as tables")]
pub struct ExportOptions {
    /// Recordings
    #[arg(value_name = "FILE", required = true)]
    pub recordings: Vec<PathBuf>,

    /// Write the metrics of each step and each test of one recording as CSV; - is standard output
    #[arg(long, value_name = "FILE")]
    pub csv: Option<PathBuf>,

    /// Write the metrics of one recording as a Parquet file with the columns of the CSV
    #[arg(long, value_name = "FILE")]
    pub parquet: Option<PathBuf>,

    /// Write the metrics of the recordings as event files that TensorBoard opens, a folder for each run
    #[arg(long, value_name = "DIR")]
    pub tensorboard: Option<PathBuf>,

    /// Write the list of all runs of the recordings as CSV, with their settings; - is standard output
    #[arg(long, value_name = "FILE")]
    pub runs: Option<PathBuf>,
}

impl ExportOptions {
    /// Whether nothing is to be written.
    const fn is_empty(&self) -> bool {
        self.csv.is_none()
            && self.runs.is_none()
            && self.tensorboard.is_none()
            && self.parquet.is_none()
    }

    /// Whether something is to be written that holds one recording.
    const fn is_of_one(&self) -> bool {
        self.csv.is_some() || self.parquet.is_some()
    }
}

/// Reads the command line, if it asks to visit a recording; `arguments` begin with the program's name.
pub fn replay(arguments: &[OsString]) -> Option<Result<ReplayOptions, NoOptions>> {
    let [program, word, rest @ ..] = arguments else {
        return None;
    };
    if word != REPLAY {
        return None;
    }
    let is_option =
        |argument: &OsString| argument.to_str().is_some_and(|text| text.starts_with('-'));
    let Some((file, others)) = rest.split_first().filter(|(file, _)| !is_option(file)) else {
        return Some(Err(NoOptions::Refused(say!("cli-replay-which-recording").to_owned())));
    };
    let visit = [program].into_iter().chain(others).cloned().collect();
    Some(Ok(ReplayOptions { file: PathBuf::from(file), visit }))
}

/// Reads the command line, if it asks to take something along; `arguments` begin with the program's name.
pub fn export(arguments: &[OsString]) -> Option<Result<ExportOptions, NoOptions>> {
    let behind =
        arguments.get(1..).filter(|rest| rest.first().is_some_and(|word| word == EXPORT))?;
    let command = worded(ExportOptions::command());
    let command = command.about(say!("options-about-export"));
    let read = command
        .try_get_matches_from(behind)
        .and_then(|matches| ExportOptions::from_arg_matches(&matches))
        .map_err(no_options);
    Some(read.and_then(|options| {
        if options.is_empty() {
            return Err(NoOptions::Refused(say!("cli-export-what").to_owned()));
        }
        if options.is_of_one() && options.recordings.len() > 1 {
            return Err(NoOptions::Refused(say!("cli-export-one").to_owned()));
        }
        Ok(options)
    }))
}

/// Refuses what was said of a training, where a recording is visited: the option, and that nothing is trained.
///
/// # Errors
/// One sentence with the first such option.
pub fn nothing_is_trained(options: &Options, exhibits: &[ExhibitOptions]) -> Result<(), NoOptions> {
    let command = Options::command();
    let general = command.get_arguments().map(|argument| argument.get_id().to_string());
    let mut all = general.chain(exhibits.iter().flat_map(ExhibitOptions::ids));
    let given = |id: &str| {
        let known = options.own.try_contains_id(id).unwrap_or(false);
        known && options.own.value_source(id) == Some(ValueSource::CommandLine)
    };
    match all.find(|id| !OF_A_VISIT.contains(&id.as_str()) && given(id)) {
        Some(id) => {
            let option = format!("--{}", id.replace('_', "-"));
            Err(NoOptions::Refused(say!("cli-replay-trains-nothing", option)))
        }
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{cli::parse, exhibits};

    fn words(text: &str) -> Vec<OsString> {
        text.split(' ').map(OsString::from).collect()
    }

    #[test]
    fn a_recording_is_named_behind_the_word() {
        let asked = replay(&words("perceptarium replay run.mcap --mode terminal")).unwrap();
        let expected = ReplayOptions {
            file: PathBuf::from("run.mcap"),
            visit: words("perceptarium --mode terminal"),
        };
        assert_eq!(asked, Ok(expected));
        assert_eq!(replay(&words("perceptarium digits")), None);
        for nothing in ["perceptarium replay", "perceptarium replay --json"] {
            assert!(matches!(replay(&words(nothing)), Some(Err(NoOptions::Refused(_)))));
        }
    }

    #[test]
    fn what_is_said_of_a_training_is_refused() {
        let all: Vec<_> = exhibits::ALL.iter().map(|exhibit| exhibit.options).collect();
        let visit = |text: &str| {
            let (options, _) = parse(words(text), &all).unwrap();
            nothing_is_trained(&options, &all)
        };
        assert_eq!(visit("perceptarium digits --mode window --json --size 800x600"), Ok(()));
        for (text, option) in [
            ("perceptarium digits --seed 3", "--seed"),
            ("perceptarium digits --filters 8", "--filters"),
            ("perceptarium digits --record again.mcap", "--record"),
        ] {
            let Err(NoOptions::Refused(why)) = visit(text) else { panic!("{text}") };
            assert!(why.contains(option), "{why}");
        }
    }

    #[test]
    fn what_is_taken_along_is_said() {
        let asked = export(&words("perceptarium export a.mcap --csv a.csv")).unwrap().unwrap();
        assert_eq!((asked.recordings.len(), asked.csv), (1, Some(PathBuf::from("a.csv"))));
        for wrong in ["export", "export a.mcap", "export a.mcap b.mcap --csv c.csv"] {
            let asked = export(&words(&format!("perceptarium {wrong}")));
            assert!(matches!(asked, Some(Err(NoOptions::Refused(_)))), "{wrong}");
        }
        assert!(export(&words("perceptarium export a.mcap b.mcap --runs -")).unwrap().is_ok());
    }
}
