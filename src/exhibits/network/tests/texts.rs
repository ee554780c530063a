//! Networks for text that were saved: brought again, and resumed without their description.

use std::{
    fs,
    path::{Path, PathBuf},
};

use tempfile::TempDir;

use super::resumed::{check_resumed, ended, opened, whole, words, write};
use crate::{
    inside::{
        AlikeAsked, AlikeWith, Baseline, DoctorAsked, HealthAsked, LandscapeAsked, Plane,
        PointsAsked, PointsLayout, PointsOf, SharedAsked, Shuffled, Target, TaughtAsked,
        TogetherAsked, WhyAsked, WithoutAsked,
    },
    network::{ALPHABET, DESCRIPTION, onnx},
    stream::{InputChoice, Payload},
};

/// A network that looks back; 27 passages in batches of four make seven steps.
const DESCRIBED: &str = r#"
name = "Small"
[input]
context = 8
[[layers]]
kind = "embedding"
embedding_dim = 6
[[layers]]
kind = "positional_embedding"
[[layers]]
kind = "multihead_attention"
num_heads = 2
[[layers]]
kind = "dropout"
p = 0.2
[[layers]]
kind = "linear"
bias = false
[training]
optimiser = "adamw"
learning_rate = 0.01
schedule = "cosine"
batch_size = 4
epochs = 4
"#;
const SENTENCE: &str = "the cat sat on the mat, and the hat sat on the cat.\n";

/// A folder with a text of 249 characters and a description.
fn folder() -> (TempDir, PathBuf, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let text: String = SENTENCE.chars().cycle().take(249).collect();
    let book = write(folder.path(), "book.txt", &text);
    let model = write(folder.path(), "small.toml", DESCRIBED);
    (folder, book, model)
}

#[test]
fn a_network_for_text_goes_on_with_its_description_or_without() {
    let (folder, book, model) = folder();
    check_resumed(folder.path(), &words(&["--seed", "7"], &[("--model", &model)]), &book);
    let saved = folder.path().join("alone.onnx");
    let begin = words(&[], &[("--model", &model), ("--data", &book), ("--save", &saved)]);
    let all = whole(&begin);
    let bytes = fs::read(&saved).unwrap();
    ended(&begin, 16, false);
    let rest = whole(&words(&[], &[("--resume", &saved), ("--data", &book)]));
    assert_eq!((&rest.steps[..], &rest.epochs[..]), (&all.steps[14..], &all.epochs[2..]));
    assert!(fs::read(&saved).unwrap() == bytes);
}

#[test]
fn a_network_for_text_is_brought_again_as_it_was_saved() {
    let (folder, book, model) = folder();
    let saved = folder.path().join("saved.onnx");
    let all = whole(&words(&[], &[("--model", &model), ("--data", &book), ("--save", &saved)]));
    // Steps that change no number leave what the test says to the weights of the file.
    let still = ["--epochs", "1", "--learning-rate", "1e-30"];
    let again = whole(&words(&still, &[("--model", &saved), ("--data", &book)]));
    assert_eq!(again.steps.len(), 7, "batches are those that it was described with");
    assert_eq!(again.epochs[0][1], all.epochs[3][1]);
    // A text of other, but of no new characters keeps their places, and what is saved of it goes on.
    let fewer = write(folder.path(), "fewer.txt", &"the hat sat.\n".repeat(20));
    let next = folder.path().join("next.onnx");
    let begin = words(&[], &[("--model", &saved), ("--data", &fewer), ("--save", &next)]);
    let all = whole(&begin);
    ended(&begin, 16, false);
    let rest = whole(&words(&[], &[("--resume", &next), ("--data", &fewer)]));
    assert!(all.steps.ends_with(&rest.steps) && !rest.steps.is_empty());
    assert_eq!(
        onnx::model(&next).unwrap().facts[ALPHABET],
        onnx::model(&saved).unwrap().facts[ALPHABET]
    );
}

#[test]
fn a_text_or_a_file_that_does_not_fit_is_a_sentence() {
    let (folder, book, model) = folder();
    let saved = folder.path().join("saved.onnx");
    ended(&words(&[], &[("--model", &model), ("--data", &book), ("--save", &saved)]), 8, false);
    let refused = |settings: &[&str], model: &Path, data: &Path| {
        let words = words(settings, &[("--model", model), ("--data", data)]);
        let said = opened(&words).err().expect("it is taken");
        assert_eq!(said.lines().count(), 1, "{said}");
        said
    };
    let strange = write(folder.path(), "strange.txt", &"the caf\u{e9} #1\n".repeat(30));
    let said = refused(&[], &saved, &strange);
    assert!(said.contains("the network does not know: “#”, “1”, “f”, “é”"), "{said}");
    let said = refused(&["--freeze"], &model, &book);
    assert!(said.contains("--freeze is for images"), "{said}");
    let said = refused(&["--pixels", "signed"], &saved, &book);
    assert!(said.contains("--pixels is of images"), "{said}");
    let said = refused(&["--weights", "x.pt"], &saved, &book);
    assert!(said.contains("has weights of its own"), "{said}");
    let file = onnx::model(&saved).unwrap();
    let other = folder.path().join("other.onnx");
    for (name, value, wanted) in [
        (DESCRIPTION, None, "before such files held a description"),
        (DESCRIPTION, Some("[[layers]]\nkind = \"flatten\"\n"), "not of text"),
        (ALPHABET, Some("ba"), "in no order"),
        (ALPHABET, Some("ab"), "network does not know"),
    ] {
        let mut file = file.clone();
        match value {
            Some(value) => file.facts.insert(name.to_owned(), value.to_owned()),
            None => file.facts.remove(name),
        };
        fs::write(&other, onnx::bytes(&file).unwrap()).unwrap();
        let said = refused(&[], &other, &book);
        assert!(said.contains(wanted), "“{wanted}” is not in: {said}");
    }
    // As many characters as it has rows, or it is another network.
    let mut file = file;
    file.facts.insert(
        ALPHABET.to_owned(),
        SENTENCE
            .chars()
            .collect::<std::collections::BTreeSet<_>>()
            .into_iter()
            .chain(['\u{fffd}'])
            .collect(),
    );
    fs::write(&other, onnx::bytes(&file).unwrap()).unwrap();
    assert!(refused(&[], &other, &book).contains("of the size of the network's"));
}

#[test]
fn what_looks_at_images_is_refused_and_it_says_why() {
    let (_folder, book, model) = folder();
    let begin = words(&[], &[("--model", &model), ("--data", &book)]);
    let asked = opened(&begin).unwrap();
    let mut trainable = (asked.trainable)(&asked.config).unwrap();
    trainable.begin(1, &mut |_, _| {}).unwrap();
    for (about, what) in [
        (
            Payload::new(HealthAsked { images: 8, seed: 0 }),
            "images that health could be measured on",
        ),
        (Payload::new(DoctorAsked {}), "images that the doctor could look at"),
        (
            Payload::new(TaughtAsked { input: InputChoice::Test(0), map: None, strongest: 1 }),
            "training images that could have taught it",
        ),
        (
            Payload::new(WithoutAsked {
                input: InputChoice::Test(0),
                left_out: vec![1],
                foretold: true,
            }),
            "training images that could be left out",
        ),
        (
            Payload::new(WhyAsked {
                input: InputChoice::Test(0),
                target: Target::Said,
                baseline: Baseline::Black,
                methods: Vec::new(),
                shuffled: Some(Shuffled::Labels),
                seed: 1,
            }),
            "pixels that could speak for an answer",
        ),
        (
            Payload::new(TogetherAsked { images: 9, contested: 1, seed: 0 }),
            "test images on which several could be compared",
        ),
        (
            Payload::new(LandscapeAsked { plane: Plane::Random, side: 3, images: 8, seed: 0 }),
            "test images over which its loss could be a mean",
        ),
        (
            Payload::new(PointsAsked {
                layer: None,
                layout: PointsLayout::Components,
                all: true,
                seed: 0,
            }),
            "images that could be laid out",
        ),
        (
            Payload::new(SharedAsked {
                layer: None,
                of: PointsOf { train: [].into(), tests: [0].into() },
            }),
            "images that could share something",
        ),
        (
            Payload::new(AlikeAsked { with: AlikeWith::Layers, images: 9, seed: 0 }),
            "images on which layers could be compared",
        ),
    ] {
        let refused = trainable.answer(&about).unwrap_err().to_string();
        assert!(refused.contains(&format!("reads a text, which has no {what}")), "{refused}");
    }
    for flag in [&["--health"][..], &["--landscape"], &["--taught", "1"]] {
        let refused = opened(&words(flag, &[("--model", &model), ("--data", &book)]));
        let refused = refused.err().unwrap();
        assert!(refused.contains("reads a text") && refused.contains(flag[0]), "{refused}");
    }
}
