//! A run that is saved where another one was: that one is kept beside it.

use std::fs;

use super::resumed::{DESCRIBED, PATIENCE, begun, images, state, told, whole, words, write};
use crate::stream::{Command, Report};

#[test]
fn a_restart_keeps_what_the_run_before_saved() {
    let (data, folder) = (images(0), tempfile::tempdir().unwrap());
    let model = write(folder.path(), "mine.toml", DESCRIBED);
    let [saved, described] = ["net.onnx", "net.toml"].map(|name| folder.path().join(name));
    let common = words(&["--epochs", "1"], &[("--model", &model), ("--data", data.path())]);
    let places = words(&[], &[("--save", &saved), ("--save", &described)]);
    let (room, session) = begun(&[&common[..], &places].concat(), &[]);
    let is_over = |report: &Report| matches!(report, Report::Finished(_));
    told(&room, is_over);
    let files =
        [saved.clone(), state(&saved), described.clone(), folder.path().join("net.safetensors")];
    let first = files.each_ref().map(|file| fs::read(file).unwrap());
    let mut kept = None;
    for (seed, number) in [(8, 1), (9, 2)] {
        let before = files.each_ref().map(|file| fs::read(file).unwrap());
        assert!(room.ask(Command::Restart { seed, learning_rate: None }));
        told(&room, |report| {
            if let Report::Stage(stage) = report {
                let mut facts = stage.facts.iter();
                kept = facts.find(|fact| fact.name == "The run before").cloned().or(kept.take());
            }
            is_over(report)
        });
        let place = |name: &str| folder.path().join(name.replace('#', &number.to_string()));
        let aside = ["net-#.onnx", "net-#.state.safetensors", "net-#.toml", "net-#.safetensors"];
        for ((name, old), new) in aside.iter().zip(before).zip(&files) {
            assert!(fs::read(place(name)).unwrap() == old, "{name}");
            // A description says the same of every run.
            assert_eq!(fs::read(new).unwrap() == old, name.ends_with("toml"), "{name}");
        }
        let told = kept.take().unwrap().value.to_string();
        assert!(told.contains(&format!("net-{number}.onnx")), "{told}");
    }
    drop(room);
    assert!(session.end_within(PATIENCE));
    assert!(fs::read(folder.path().join("net-1.onnx")).unwrap() == first[0]);
    // What was set aside goes on as a training does.
    let more = words(&["--epochs", "2"], &[("--resume", &folder.path().join("net-1.onnx"))]);
    let rest = whole(&[&more[..], &words(&[], &[("--data", data.path())])].concat());
    assert_eq!(rest.epochs.len(), 1);
}
