//! `perceptarium check PATH…`: runs conformance cases of ONNX and prints how each went, one JSON object a line.

use std::{
    io::{Write as _, stdout},
    path::{Path, PathBuf},
};

use serde_json::json;

use crate::{
    cli::CheckOptions,
    exhibits::refused,
    learning::{
        DeviceName,
        onnx::conformance::{Outcome, check, network_of},
    },
    program_error::ProgramError,
    sentence::{counted, grouped, shown_path},
};

/// Folders within folders that are looked into.
const MOST_DEPTH: usize = 8;
/// Files and folders that are looked at.
const MOST_FOLDERS: usize = 20_000;

/// How many went how.
#[derive(Default)]
struct Sum {
    passed: usize,
    failed: usize,
    refused: usize,
}

/// Checks all cases under the paths.
///
/// # Errors
/// If a path holds no case (exit code 2), or a case failed (exit code 1).
pub(crate) fn run(options: &CheckOptions) -> Result<(), ProgramError> {
    let device = DeviceName::asked(&options.device).map_err(refused)?.device();
    let mut sum = Sum::default();
    for path in &options.paths {
        let mut cases = Vec::new();
        if !find(path, 0, &mut { MOST_FOLDERS }, &mut cases) {
            let sentence = say!(
                "start-holds-more-than-files-and",
                path = shown_path(path),
                most_folders = grouped(MOST_FOLDERS)
            );
            return Err(ProgramError::Asked(sentence.into()));
        }
        if cases.is_empty() {
            let sentence = say!("start-holds-no-conformance-case-name", path = shown_path(path));
            return Err(ProgramError::Asked(sentence.into()));
        }
        for case in cases {
            let name = case.strip_prefix(path).ok().filter(|rest| !rest.as_os_str().is_empty());
            let name = name.or_else(|| case.file_name().map(Path::new)).unwrap_or(&case);
            let name = name.to_string_lossy();
            let heard = say(&match check(&case, &device) {
                Outcome::Passed { largest_error } => {
                    sum.passed += 1;
                    json!({"event": "checked", "case": name, "passed": true, "largest_error": largest_error})
                }
                Outcome::Failed { why } => {
                    sum.failed += 1;
                    json!({"event": "checked", "case": name, "passed": false, "why": why})
                }
                Outcome::Refused { why } => {
                    sum.refused += 1;
                    json!({"event": "checked", "case": name, "refused": why})
                }
            });
            // Whoever reads may leave, as after `| head -1`.
            if !heard {
                return Ok(());
            }
        }
    }
    let Sum { passed, failed, refused } = sum;
    say(&json!({"event": "sum", "passed": passed, "failed": failed, "refused": refused}));
    if failed > 0 {
        return Err(ProgramError::Training(phrase!(
            "start-failed-its-line-says-what",
            failed = counted(failed, "case")
        )));
    }
    Ok(())
}

/// Prints a line; whether anybody heard it.
fn say(event: &serde_json::Value) -> bool {
    writeln!(stdout().lock(), "{event}").is_ok()
}

/// Cases in a folder and in those within it, by name; whether there were not too many folders to look into.
fn find(path: &Path, depth: usize, left: &mut usize, cases: &mut Vec<PathBuf>) -> bool {
    if network_of(path).is_some() {
        cases.push(path.to_owned());
        return true;
    }
    let Some(fewer) = left.checked_sub(1) else { return false };
    *left = fewer;
    let Ok(entries) = path.read_dir() else { return true };
    // A link could lead round and round.
    let mut inner: Vec<PathBuf> =
        entries.flatten().map(|entry| entry.path()).filter(|path| !path.is_symlink()).collect();
    inner.sort();
    depth >= MOST_DEPTH || inner.iter().all(|path| find(path, depth + 1, left, cases))
}
