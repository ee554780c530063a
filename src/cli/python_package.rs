//! What `perceptarium python-package` understands.

use std::{ffi::OsString, path::PathBuf};

use clap::{CommandFactory as _, FromArgMatches as _, Parser};

use super::{
    refusal::{NoOptions, no_options},
    worded::worded,
};

/// The word that asks for it, where else an exhibit is named.
const WORD: &str = "python-package";

/// Where the Python package is to be written.
#[derive(Clone, Debug, Parser, PartialEq, Eq)]
#[command(name = "perceptarium python-package", about = "Writes the Python package")]
pub struct PythonPackageOptions {
    /// The folder
    #[arg(value_name = "DIR")]
    pub package_folder: PathBuf,
}

/// Reads the command line, if it asks for the package; `arguments` begin with the program's name.
pub fn python_package(arguments: &[OsString]) -> Option<Result<PythonPackageOptions, NoOptions>> {
    let behind = arguments.get(1..).filter(|rest| rest.first().is_some_and(|word| word == WORD))?;
    let command = worded(PythonPackageOptions::command());
    let command = command.about(say!("options-about-python-package"));
    let read = command.try_get_matches_from(behind);
    let read = read.and_then(|matches| PythonPackageOptions::from_arg_matches(&matches));
    Some(read.map_err(no_options))
}
