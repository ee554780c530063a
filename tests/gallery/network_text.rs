//! A network that reads a text: from a file to what it writes, in the terminal and in the hall.

use std::{ffi::OsString, fs, path::Path};

use bevy::prelude::*;
use perceptarium::{
    stream::Snapshot,
    world::{
        link::ShownSnapshot,
        ui::controls::{ControlName, Typing},
    },
};

use crate::{
    halls::Hall,
    network_overview::type_letters,
    support::{complaint, events, exhibit, finish, number, program},
};

/// Reads eight characters at once.
const READER: &str = r#"
[input]
context = 8

[[layers]]
kind = "embedding"
embedding_dim = 16

[[layers]]
kind = "positional_embedding"

[[layers]]
kind = "multihead_attention"
name = "attn"
num_heads = 2

[[layers]]
kind = "linear"

[training]
learning_rate = 0.02
batch_size = 16
"#;

fn files(text: &str) -> (tempfile::TempDir, [OsString; 4]) {
    let folder = tempfile::tempdir().unwrap();
    let [model, book] = ["reader.toml", "book.txt"].map(|name| folder.path().join(name));
    fs::write(&model, READER).unwrap();
    fs::write(&book, text).unwrap();
    (folder, ["--model".into(), model.into(), "--data".into(), book.into()])
}

#[test]
fn a_book_is_learned_and_written_on() {
    let (folder, words) = files(&"the cat sat on the mat.\n".repeat(100));
    let run = || {
        let arguments = ["network", "--mode", "terminal", "--json", "--epochs", "5"];
        let output = finish(program().args(arguments).args(&words));
        assert_eq!(output.status.code(), Some(0), "{}", complaint(&output));
        events(&output)
    };
    let told = run();
    assert!(number(told.last().unwrap(), "test_accuracy") > 0.6, "{:?}", told.last());
    let wrote = |told: &[serde_json::Value]| -> Vec<String> {
        let of = told.iter().filter(|event| event["event"] == "wrote");
        of.map(|event| event["text"].as_str().unwrap().to_owned()).collect()
    };
    let first = wrote(&told);
    assert_eq!(first.len(), 5, "after each epoch");
    assert!(first.iter().all(|text| text.chars().all(|letter| "the casonm.\n".contains(letter))));
    assert!(first[4].contains("the "), "{first:?}");
    assert_eq!(wrote(&run()), first, "the same seed writes the same");
    // Neither a text too short, nor what is none.
    let book = folder.path().join("book.txt");
    for (bytes, sentence) in [
        (&b"short"[..], "it has 5 characters, but the network sees 8 at once"),
        (b"\x89PNG\r\n\x1a\n\0\xff\xff", "it is a picture; name a file of text in UTF-8"),
    ] {
        fs::write(&book, bytes).unwrap();
        let output = finish(program().args(["network", "--mode", "terminal"]).args(&words));
        let said = complaint(&output);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(sentence) && said.contains("book.txt"), "{said}");
        assert_eq!(said.lines().count(), 1, "{said}");
    }
    assert!(Path::new(&words[3]).exists());
}

fn field(hall: &mut Hall) -> Entity {
    let world = hall.app.world_mut();
    let mut names = world.query::<(Entity, &ControlName)>();
    names.iter(world).find(|(_, name)| name.0 == "network-text").unwrap().0
}

fn shown(world: &World) -> &Snapshot {
    world.resource::<ShownSnapshot>().get().unwrap()
}

#[test]
fn what_is_typed_is_read_while_it_is_typed() {
    let (_folder, mut words) = files(&"the cat sat on the mat.\n".repeat(20));
    let words: Vec<OsString> =
        words.iter_mut().map(std::mem::take).chain(["--epochs".into(), "1".into()]).collect();
    let mut hall = Hall::told(exhibit("network"), &words);
    let says =
        |hall: &mut Hall, wanted: &str| hall.texts().iter().any(|text| text.contains(wanted));
    assert!(says(&mut hall, "Test passage 1\nof 5, then "), "{:?}", hall.texts());
    assert!(says(&mut hall, "It goes on"));
    // What is of images is not there.
    let world = hall.app.world_mut();
    let mut named = world.query::<(&Name, &InheritedVisibility)>();
    for (name, seen) in named.iter(world) {
        let images = ["Drawing pad", "Wall of mistakes", "Network input"].contains(&name.as_str());
        assert!(!images || !seen.get(), "{name}");
    }
    let field = field(&mut hall);
    hall.app.world_mut().resource_mut::<Typing>().0 = Some(field);
    type_letters(&mut hall, "the c");
    hall.wait("what was typed", |world| {
        let tokens = shown(world).layer(perceptarium::network::TEXT);
        // Blank lines, then the letters by their places in "\n .acehmnost".
        tokens.is_some_and(|text| text.values[..] == [0.0, 0.0, 0.0, 11.0, 6.0, 5.0, 1.0, 4.0])
    });
    hall.settle();
    assert!(says(&mut hall, "the c"), "{:?}", hall.texts());
    type_letters(&mut hall, "é");
    assert!(says(&mut hall, "“é” is nowhere in the text that it learns"), "{:?}", hall.texts());
}
