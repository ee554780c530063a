//! Runs that are kept by the real program: killed on the way, seen again in words, and taken along.

use std::{
    fs::{self, File},
    path::Path,
    process::Stdio,
    thread,
    time::Duration,
};

use serde_json::Value;

use crate::{
    hearing::Hearing,
    support::{complaint, events, named, number, program, run, small_data},
};

/// Losses of the epochs that were told.
fn epochs(told: &[Value]) -> Vec<f64> {
    named(told, "epoch").into_iter().map(|event| number(event, "train_loss")).collect()
}

fn replayed(file: &Path) -> Vec<Value> {
    let output = run(["replay", file.to_str().unwrap(), "--mode", "terminal", "--json"]);
    assert!(output.status.success(), "{}", complaint(&output));
    events(&output)
}

#[test]
fn a_run_that_is_killed_is_seen_again_up_to_its_last_second() {
    let (data, folder) = (small_data(320, 50), tempfile::tempdir().unwrap());
    let (file, log) = (folder.path().join("run.mcap"), folder.path().join("log"));
    let mut training = program()
        .args(["digits", "--mode", "terminal", "--json", "--epochs", "2000", "--record"])
        .arg(&file)
        .arg("--data")
        .arg(data.path())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(File::create(&log).unwrap())
        .spawn()
        .unwrap();
    let mut hears = Hearing::of(training.stdout.take().unwrap(), log);
    hears.wait("some epochs", |event| event["event"] == "epoch" && event["epoch"] == 3);
    let kept = epochs(&hears.heard);
    // What is older than a second is safe.
    thread::sleep(Duration::from_millis(1500));
    training.kill().unwrap();
    training.wait().unwrap();
    let part = folder.path().join("run.mcap.part");
    assert!(part.exists() && !file.exists(), "a run that is cut off keeps another name");
    let again = epochs(&replayed(&part));
    assert_eq!(again[..kept.len()], kept, "to the last digit");
    let table = run(["export", part.to_str().unwrap(), "--csv", "-"]);
    let table = String::from_utf8(table.stdout).unwrap();
    // Ten steps an epoch, and a test after each.
    assert!(table.lines().count() > 3 * 11, "{table}");
    // Never is it written over by what is made of it.
    let whole = fs::read(&part).unwrap();
    let part = part.to_str().unwrap();
    for over in [
        vec!["export", part, "--csv", part],
        vec!["export", part, "--runs", part],
        vec!["compare", part, "--csv", part],
    ] {
        let refused = run(over.iter());
        assert_eq!(refused.status.code(), Some(2), "{over:?}");
        assert!(complaint(&refused).contains("one of the recordings that are read"), "{over:?}");
        assert!(fs::read(part).unwrap() == whole, "{over:?}");
    }
}

#[test]
fn a_whole_run_is_seen_again_and_taken_along() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let file = path("run.mcap");
    let words = ["logistic", "--mode", "terminal", "--json", "--epochs", "3", "--folds", "2"];
    let output = run(words.into_iter().chain(["--record", &file]));
    assert!(output.status.success(), "{}", complaint(&output));
    let live = events(&output);
    let again = replayed(Path::new(&file));
    assert_eq!(epochs(&again), epochs(&live));
    assert_eq!(named(&again, "finished").len(), 1);
    let exported =
        run(["export", &file, "--tensorboard", &path("boards"), "--runs", &path("runs.csv")]);
    assert!(exported.status.success(), "{}", complaint(&exported));
    assert_eq!(fs::read_dir(folder.path().join("boards/run")).unwrap().count(), 1);
    assert_eq!(fs::read_to_string(path("runs.csv")).unwrap().lines().count(), 2);
    // Nothing is written over, and what is no recording is told.
    let twice = run(words.into_iter().chain(["--record", &file]));
    assert_eq!(twice.status.code(), Some(2));
    assert!(complaint(&twice).contains("exists already"), "{}", complaint(&twice));
    let table = path("runs.csv");
    let wrong = run(["replay", &table, "--mode", "terminal"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(complaint(&wrong).contains("is no recording"), "{}", complaint(&wrong));
}
