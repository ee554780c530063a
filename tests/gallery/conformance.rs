//! ONNX's own conformance cases, which lie in the Python package `onnx` 1.22.0; `tests/run` fetches it.

use std::{env, path::PathBuf};

use serde_json::Value;

use crate::support::{complaint, events, finish, program, turn};

/// Cases of single operators that pass: it may only rise.
const NODE_CASES_THAT_PASS: usize = 921;
/// Whole networks and layers that pass: `light`, `simple`, `pytorch-converted`, `pytorch-operator`.
const NETWORKS_THAT_PASS: [(&str, usize); 4] =
    [("light", 9), ("simple", 6), ("pytorch-converted", 82), ("pytorch-operator", 35)];

/// The folder `onnx/backend/test/data` of the unpacked package.
fn cases() -> PathBuf {
    let fetched = env::var_os("PERCEPTARIUM_ONNX").map(PathBuf::from).unwrap_or_else(|| {
        PathBuf::from(env::var_os("HOME").unwrap_or_default())
            .join(".cache/perceptarium/onnx-1.22.0")
    });
    let cases = fetched.join("onnx/backend/test/data");
    assert!(cases.is_dir(), "{} is missing: tests/run fetches it", cases.display());
    cases
}

/// The lines of a check, and its sum: passed, failed, refused.
fn checked(folder: &str) -> (Vec<Value>, [usize; 3]) {
    let output = finish(program().arg("check").arg(cases().join(folder)));
    let mut lines = events(&output);
    let sum = lines.pop().unwrap();
    assert_eq!(sum["event"], "sum", "{}", complaint(&output));
    let count = |name: &str| sum[name].as_u64().unwrap() as usize;
    (lines, ["passed", "failed", "refused"].map(count))
}

#[test]
fn operators_compute_what_onnx_says_or_are_refused_in_words() {
    let _turn = turn();
    let (lines, [passed, failed, refused]) = checked("node");
    let wrong: Vec<_> = lines.iter().filter(|line| line["passed"] == false).collect();
    assert_eq!(failed, 0, "{wrong:#?}");
    assert!(passed >= NODE_CASES_THAT_PASS, "only {passed} pass");
    assert_eq!(passed + refused, 1765);
    for line in lines.iter().filter(|line| line["refused"].is_string()) {
        let why = line["refused"].as_str().unwrap();
        assert!(why.len() > 10 && why.lines().count() == 1, "{line}");
    }
}

#[test]
fn whole_networks_compute_what_onnx_says() {
    let _turn = turn();
    for (folder, least) in NETWORKS_THAT_PASS {
        let (lines, [passed, failed, _]) = checked(folder);
        let wrong: Vec<_> = lines.iter().filter(|line| line["passed"] == false).collect();
        assert_eq!(failed, 0, "{folder}: {wrong:#?}");
        let refused: Vec<_> = lines.iter().filter(|line| line["refused"].is_string()).collect();
        assert!(passed >= least, "{folder}: only {passed} pass: {refused:#?}");
    }
}

#[test]
fn a_folder_without_cases_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let output = finish(program().arg("check").arg(folder.path()));
    assert_eq!(output.status.code(), Some(2));
    assert!(complaint(&output).contains("holds no conformance case"), "{}", complaint(&output));
    let output = finish(program().arg("check"));
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn networks_that_others_trained_compute_what_onnx_runtime_does() {
    let _turn = turn();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/network/pretrained");
    let output = finish(program().args(["check", folder]));
    let lines = events(&output);
    assert_eq!(lines.len(), 3, "{}", complaint(&output));
    for line in &lines[..2] {
        assert_eq!(line["passed"], true, "{line}");
        assert!(line["largest_error"].as_f64().unwrap() < 1e-4, "{line}");
    }
}
