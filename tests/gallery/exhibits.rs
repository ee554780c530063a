//! What holds for every exhibit: whoever is listed in `exhibits::ALL` is tested here.

use std::{path::Path, process::Output};

use perceptarium::exhibits::{self, Exhibit};
use serde_json::Value;

use crate::{
    hall_events::{events_to_keep, is_of_the_clock, kept, words_to_keep},
    pictures,
    support::{complaint, events, finish, learns_images, program, short, small_data},
};

/// A short run in the terminal, with these options besides.
fn short_run(exhibit: &Exhibit, images: &Path, more: &[&str]) -> Output {
    let start = [exhibit.id.name(), "--mode", "terminal"];
    let output = finish(program().args(start).args(short(exhibit, images)).args(more));
    assert!(output.status.success(), "{}: {}", exhibit.title, complaint(&output));
    output
}

#[test]
fn every_run_is_told_in_words_and_in_events_as_it_always_was() {
    let images = small_data(96, 100);
    let folder = images.path().file_name().unwrap().to_string_lossy();
    for exhibit in exhibits::ALL {
        let name = exhibit.id.name();
        let output = short_run(exhibit, images.path(), &["--threads", "1"]);
        assert!(output.stdout.is_empty(), "words for people stay off standard output");
        let told = complaint(&output).replace(&*folder, "images");
        kept(&format!("{name}-words"), &words_to_keep(&told));
        let output = short_run(exhibit, images.path(), &["--threads", "1", "--json"]);
        kept(&format!("{name}-events"), &events_to_keep(&events(&output)));
    }
}

/// What an exhibit is run with besides so that every option of the second list changes what it learns.
fn options(exhibit: &str) -> (&'static [&'static str], &'static [&'static [&'static str]]) {
    match exhibit {
        "digits" | "network" => (&[], &[&["--batch", "16"], &["--learning-rate", "0.01"]]),
        "recommender" => (&[], &[&["--regularisation", "0.5"], &["--learning-rate", "0.01"]]),
        "logistic" => (
            &["--solver", "mini-batch"],
            &[&["--batch", "16"], &["--c", "0.1"], &["--penalty", "l1"]],
        ),
        _ => (&[], &[]),
    }
}

#[test]
fn the_same_seed_learns_the_same_with_any_number_of_threads() {
    let images = small_data(96, 100);
    for exhibit in exhibits::ALL {
        let (always, others) = options(exhibit.id.name());
        let learned = |more: &[&str]| {
            let output = short_run(exhibit, images.path(), &[&["--json"], always, more].concat());
            let mut learned = events(&output);
            // What was asked for is told at the start, and is no proof of what was learned.
            learned.retain(|event| event["event"] != "started" && event["event"] != "state");
            for event in &mut learned {
                let fields = event.as_object_mut().unwrap();
                fields.retain(|field, _| !is_of_the_clock(field));
            }
            learned
        };
        let first = learned(&["--threads", "1"]);
        let told = |event: &Value| event["event"] == "finished";
        assert!(first.iter().any(told), "{} does not finish", exhibit.title);
        for same in [["--threads", "2"], ["--seed", "42"]] {
            assert_eq!(first, learned(&same), "{} with {same:?}", exhibit.title);
        }
        for other in others.iter().chain([&["--seed", "43"][..]].iter()) {
            assert_ne!(first, learned(other), "{} with {other:?}", exhibit.title);
        }
    }
}

#[test]
fn a_picture_of_every_exhibit_needs_no_display() {
    let images = small_data(320, 100);
    let folder = tempfile::tempdir().unwrap();
    let languages = [("en", "png"), ("zh", "zh-CN.png")];
    for (exhibit, (language, ending)) in
        exhibits::ALL.iter().flat_map(|exhibit| languages.map(|language| (exhibit, language)))
    {
        let name = format!("{}.{ending}", exhibit.id.name());
        let file = folder.path().join(&name);
        let mut program = program();
        program.args([exhibit.id.name(), "--json", "--at-step", "20", "--size", "640x360"]);
        program.args(["--lang", language]);
        program.arg("--screenshot").arg(&file);
        if learns_images(exhibit) {
            program.arg("--data").arg(images.path());
        }
        let output = finish(&mut program);
        assert_eq!(output.status.code(), Some(0), "{name}: {}", complaint(&output));
        let taken = image::open(&file).unwrap().to_rgb8();
        assert_eq!(taken.dimensions(), (640, 360), "{name}");
        pictures::compare(&taken, &name);
    }
}
