//! What `perceptarium check` understands.

use std::{ffi::OsString, path::PathBuf};

use clap::Parser;

use super::refusal::{NoOptions, no_options};

/// The word that asks for it, where else an exhibit is named.
const WORD: &str = "check";

/// What is to be checked.
#[derive(Clone, Debug, Parser, PartialEq)]
#[command(
    name = "perceptarium check",
    about = "Runs conformance cases of ONNX: folders with model.onnx and test_data_set_N/{input,output}_N.pb, or NAME.onnx with NAME_output_0.pb beside it"
)]
pub struct CheckOptions {
    /// Cases, or folders that hold some
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,

    /// What computes them: flex or ndarray, or wgpu or cuda where the program was built with the feature of that name
    #[arg(long, value_name = "DEVICE", default_value = "flex")]
    pub device: String,
}

/// Reads the command line, if it asks for a check; `arguments` begin with the program's name.
pub fn check(arguments: &[OsString]) -> Option<Result<CheckOptions, NoOptions>> {
    let behind = arguments.get(1..).filter(|rest| rest.first().is_some_and(|word| word == WORD))?;
    Some(CheckOptions::try_parse_from(behind).map_err(no_options))
}
