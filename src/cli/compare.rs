//! What `perceptarium compare` understands.

use std::{ffi::OsString, path::PathBuf};

use clap::{CommandFactory as _, FromArgMatches as _, Parser};

use super::{
    refusal::{NoOptions, no_options},
    worded::worded,
};

/// The word that asks for it, where else an exhibit is named.
const WORD: &str = "compare";

/// Recordings that are compared.
#[derive(Clone, Debug, Parser, PartialEq, Eq)]
#[command(name = "perceptarium compare", about = "Compares the runs of recordings")]
pub struct CompareOptions {
    /// Recordings with up to eight runs
    #[arg(value_name = "FILE", required = true)]
    pub compared: Vec<PathBuf>,

    /// Write the metrics of all runs, step by step, as one CSV table; - is standard output
    #[arg(id = "curves", long = "csv", value_name = "FILE")]
    pub curves: Option<PathBuf>,

    /// Print the comparison as one JSON object
    #[arg(id = "as_json", long = "json")]
    pub as_json: bool,
}

/// Reads the command line, if it asks to compare; `arguments` begin with the program's name.
pub fn compare(arguments: &[OsString]) -> Option<Result<CompareOptions, NoOptions>> {
    let behind = arguments.get(1..).filter(|rest| rest.first().is_some_and(|word| word == WORD))?;
    let command = worded(CompareOptions::command());
    let command = command.about(say!("options-about-compare"));
    let read = command.try_get_matches_from(behind);
    let read = read.and_then(|matches| CompareOptions::from_arg_matches(&matches));
    Some(read.map_err(no_options))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recordings_are_named_behind_the_word() {
        let words = |text: &str| text.split(' ').map(OsString::from).collect::<Vec<_>>();
        let asked = compare(&words("perceptarium compare a.mcap b.mcap --json --csv -"));
        let expected = CompareOptions {
            compared: ["a.mcap", "b.mcap"].map(PathBuf::from).into(),
            curves: Some(PathBuf::from("-")),
            as_json: true,
        };
        assert_eq!(asked, Some(Ok(expected)));
        assert_eq!(compare(&words("perceptarium digits")), None);
        let nothing = compare(&words("perceptarium compare"));
        assert!(matches!(nothing, Some(Err(NoOptions::Refused(_)))));
    }
}
