//! Networks of one's own: what is shown of every layer is worked out again, and what is wrong is said in a sentence.

use std::{ffi::OsString, fs, sync::Arc};

use bevy::math::{Vec3, vec2};
use perceptarium::{
    network::PROBABILITIES,
    stream::{Command, LayerId, ModelGraph, Op, Report, RunState, Snapshot, Step},
    world::inspect::{Arithmetic, Unit, arithmetic, value},
};

use crate::{
    halls::Hall,
    support::{LONG, asked, complaint, events, exhibit, finish, number, program, small_data, turn},
};

/// The graph of a shipped network and its snapshot after three steps.
fn after_three_steps(model: &str) -> (Arc<ModelGraph>, Arc<Snapshot>) {
    let _turn = turn();
    let images = small_data(96, 20);
    let mut words: Vec<_> = ["--model", model].map(Into::into).to_vec();
    // What reads a text has one of its own.
    if model != "transformer" {
        words.extend(["--data".into(), images.path().into()]);
    }
    after(&words, 3)
}

/// The graph of a network that these words ask for, and its whole snapshot after so many steps.
pub(crate) fn after(words: &[OsString], steps: u32) -> (Arc<ModelGraph>, Arc<Snapshot>) {
    let last = Step(u64::from(steps));
    let advance = [Command::Advance { steps }];
    let (viewer, session) = asked(exhibit("network"), words, &advance);
    let mut graph = None;
    loop {
        match viewer.report_within(LONG).expect("no report came") {
            Report::Graph(declared) => graph = Some(declared),
            Report::State { state: RunState::Paused, step } if step == last => break,
            Report::State { state: RunState::Failed { reason }, .. } => panic!("{reason}"),
            _ => {}
        }
    }
    let start = std::time::Instant::now();
    loop {
        if let Some(snapshot) = viewer.newest_snapshot().filter(|one| one.step == last) {
            drop(viewer);
            assert!(session.end_within(LONG));
            return (graph.unwrap(), snapshot);
        }
        assert!(start.elapsed() < LONG, "no snapshot of {last} came");
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
}

/// Units of a tensor, evenly among all of them.
fn units(graph: &ModelGraph, layer: LayerId) -> Vec<Unit> {
    let shape = graph.called(layer).unwrap().1.shape();
    (0..shape.len())
        .step_by(shape.len().div_ceil(40))
        .map(|at| Unit {
            layer,
            map: at / (shape.rows * shape.columns),
            row: at / shape.columns % shape.rows,
            column: at % shape.columns,
        })
        .collect()
}

/// x Φ(x), with the error function of Abramowitz and Stegun's Handbook of Mathematical Functions, 7.1.26.
fn gelu(x: f32) -> f32 {
    let z = f64::from(x.abs()) / f64::sqrt(2.0);
    let t = 1.0 / (1.0 + 0.327_591_1 * z);
    let row = [1.061_405_429, -1.453_152_027, 1.421_413_741, -0.284_496_736, 0.254_829_592];
    let beyond = row.into_iter().fold(0.0, |sum, of| sum * t + of) * t * (-z * z).exp();
    let share = if x < 0.0 { beyond / 2.0 } else { 1.0 - beyond / 2.0 };
    (f64::from(x) * share) as f32
}

#[test]
fn every_unit_is_worked_out_as_it_is_shown() {
    for model in ["resnet", "lenet5", "vgg", "transformer"] {
        let (graph, snapshot) = after_three_steps(model);
        let mut kinds = 0;
        for node in graph.nodes() {
            let Some(made) = node.outputs.first().and_then(|made| graph.tensor(*made)) else {
                continue;
            };
            for unit in units(&graph, made.name) {
                let shown = value(&snapshot, unit).unwrap();
                let worked_out = match arithmetic(&graph, &snapshot, unit).unwrap() {
                    Arithmetic::Convolution { sum, .. }
                    | Arithmetic::Linear { sum, .. }
                    | Arithmetic::Products { sum, .. } => sum,
                    Arithmetic::Relu { before } => before.max(0.0),
                    Arithmetic::MaxPooling { of } => {
                        of.into_iter().flatten().fold(f32::NEG_INFINITY, f32::max)
                    }
                    Arithmetic::AveragePooling { count, sum } => sum / count as f32,
                    Arithmetic::Sum { parts } => parts.iter().map(|(_, part)| part).sum(),
                    Arithmetic::Softmax { logit, total, largest, .. } => {
                        (logit - largest).exp() / total
                    }
                    Arithmetic::Normalisation { before, moments, scale, shift } => {
                        moments.unwrap().even(before) * scale + shift
                    }
                    Arithmetic::Taken { number, .. } => number,
                    Arithmetic::Function { name, before } if name == "gelu" => gelu(before),
                    Arithmetic::Given => {
                        assert!(matches!(node.op, Op::Input | Op::Other { .. }), "{}", node.path);
                        shown
                    }
                    other => panic!("{} has {other:?}", node.path),
                };
                let apart = (shown - worked_out).abs();
                assert!(
                    apart < 1e-3 * (1.0 + shown.abs()),
                    "{model} {unit:?}: {shown} {worked_out}"
                );
                kinds += 1;
            }
        }
        assert!(kinds > 100, "{model}: only {kinds} units");
        let shares = snapshot.layer(PROBABILITIES).unwrap();
        assert!((shares.values.iter().sum::<f32>() - 1.0).abs() < 1e-5);
    }
}

#[test]
fn a_normalisation_is_a_line_within_a_channel() {
    let (graph, snapshot) = after_three_steps("resnet");
    let layer = LayerId::new("stem_norm");
    let shape = graph.called(layer).unwrap().1.shape();
    for map in 0..shape.maps {
        let points: Vec<(f32, f32)> = (0..shape.rows * shape.columns)
            .step_by(61)
            .map(|at| Unit { layer, map, row: at / shape.columns, column: at % shape.columns })
            .map(|unit| match arithmetic(&graph, &snapshot, unit) {
                Some(Arithmetic::Normalisation { before, .. }) => {
                    (before, value(&snapshot, unit).unwrap())
                }
                other => panic!("{other:?}"),
            })
            .collect();
        let least = points.iter().copied().reduce(|a, b| if a.0 < b.0 { a } else { b }).unwrap();
        let most = points.iter().copied().reduce(|a, b| if a.0 > b.0 { a } else { b }).unwrap();
        if most.0 - least.0 < 1e-3 {
            continue;
        }
        let slope = (most.1 - least.1) / (most.0 - least.0);
        for (before, after) in points {
            let line = least.1 + slope * (before - least.0);
            assert!((after - line).abs() < 1e-3, "map {map}: {after} for {line}");
        }
    }
}

#[test]
fn a_unit_deep_inside_is_explained_where_one_points_at_it() {
    let mut hall = Hall::of(exhibit("network"));
    let eye = Vec3::new(0.0, 1.6, 0.0);
    hall.stand_at(eye);
    hall.settle();
    // The second convolution of LeNet-5, which reads six pooled maps.
    hall.aim_at(eye, "Plate 3", vec2(0.1, 0.1), false);
    hall.settle();
    let texts = hall.texts();
    let said = |start: &str| texts.iter().any(|text| text.starts_with(start));
    for wanted in ["conv2", "map 0, row", "Σ ", "the other 3 channels: "] {
        assert!(said(wanted), "“{wanted}” is missing in {texts:?}");
    }
    // Weights instead of units: their names stay, their numbers are others.
    hall.aim_away();
    hall.press("network-weights");
    hall.settle();
    hall.aim_at(eye, "Plate 3", vec2(0.1, 0.1), false);
    hall.settle();
    let texts = hall.texts();
    let learned = "Learned: each step moves it against its gradient";
    for wanted in ["conv2.weight", learned] {
        assert!(texts.iter().any(|text| text == wanted), "“{wanted}” is missing in {texts:?}");
    }
}

#[test]
fn a_description_is_learned_or_refused_in_a_sentence() {
    let images = small_data(320, 100);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("mine.toml");
    let run = |text: &str| {
        fs::write(&file, text).unwrap();
        let arguments = ["network", "--mode", "terminal", "--json", "--epochs", "6", "--model"];
        finish(program().args(arguments).arg(&file).arg("--data").arg(images.path()))
    };
    let layers = "[[layers]]\nkind = \"flatten\"\n[[layers]]\nkind = \"linear\"\n";
    let output = run(&format!("name = \"Mine\"\n{layers}"));
    assert_eq!(output.status.code(), Some(0), "{}", complaint(&output));
    let events = events(&output);
    assert_eq!(events[0]["parameters"], 7850);
    assert!(number(events.last().unwrap(), "test_accuracy") > 0.5);
    for (text, sentence) in [
        (layers.replace("linear", "lineer"), "there is no kind “lineer”; did you mean “linear”?"),
        (layers.replace("flatten", "relu"), "but a linear layer takes a row of numbers"),
        (format!("[input]\nrows = 32\n{layers}"), "is for images of 32 rows"),
        ("\u{0}".to_owned(), "is no TOML"),
    ] {
        let output = run(&text);
        let said = complaint(&output);
        assert_eq!(output.status.code(), Some(2), "{text}: {said}");
        assert!(said.contains(sentence) && said.contains("mine.toml"), "{said}");
        assert_eq!(said.lines().count(), 1, "{said}");
    }
}

#[test]
fn a_network_that_is_saved_is_opened_again_and_goes_on() {
    let _turn = turn();
    let images = small_data(320, 100);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("learned.onnx");
    let run = |more: &[&std::ffi::OsStr]| {
        let arguments = ["network", "--mode", "terminal", "--json", "--data"];
        let output = finish(program().args(arguments).arg(images.path()).args(more));
        assert_eq!(output.status.code(), Some(0), "{}", complaint(&output));
        events(&output)
    };
    let words =
        |words: &[&'static str]| -> Vec<OsString> { words.iter().map(Into::into).collect() };
    let mut first = words(&["--model", "resnet", "--epochs", "3", "--save"]);
    first.push(file.clone().into());
    let first: Vec<_> = first.iter().map(AsRef::as_ref).collect();
    let told = run(&first);
    let accuracy = number(told.last().unwrap(), "test_accuracy");
    // A learning rate that moves next to nothing: it judges what was saved.
    let mut again =
        words(&["--epochs", "1", "--learning-rate", "1e-12", "--batch", "320", "--model"]);
    again.push(file.clone().into());
    let again: Vec<_> = again.iter().map(AsRef::as_ref).collect();
    let told_again = run(&again);
    assert_eq!(told[0]["parameters"], told_again[0]["parameters"]);
    let kept = number(told_again.last().unwrap(), "test_accuracy");
    assert!((kept - accuracy).abs() < 0.051, "{kept} after {accuracy}");
    // What is no ONNX, under its name.
    fs::write(&file, "no network").unwrap();
    let output = finish(program().args(["network", "--mode", "terminal", "--model"]).arg(&file));
    let said = complaint(&output);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("learned.onnx") && said.contains("no ONNX"), "{said}");
    // Nothing is written over but a plain file, nor what was brought, and no name promises another kind.
    let own = folder.path().join("own.toml");
    let layers = "[[layers]]\nkind = \"flatten\"\n[[layers]]\nkind = \"linear\"\n";
    fs::write(&own, layers).unwrap();
    let nowhere = folder.path().join("none/learned.onnx");
    for (place, why) in [
        (folder.path(), "with --save"),
        (&nowhere, "with --save"),
        (&own, "would be written over"),
        (&folder.path().join("learned.pt"), "end in .onnx"),
    ] {
        let mut asked = program();
        asked.args(["network", "--mode", "terminal", "--model"]).arg(&own);
        let output = finish(asked.arg("--save").arg(place));
        let said = complaint(&output);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(why) && said.lines().count() == 1, "{said}");
    }
    assert_eq!(fs::read_to_string(&own).unwrap(), layers);
}

#[test]
fn weights_of_others_are_begun_with_or_refused_in_a_sentence() {
    let images = small_data(64, 20);
    let folder = tempfile::tempdir().unwrap();
    let [model, weights] = ["mine.toml", "mine.safetensors"].map(|name| folder.path().join(name));
    let layers = "[[layers]]\nkind = \"flatten\"\n[[layers]]\nkind = \"linear\"\nname = \"fc\"\n";
    fs::write(&model, layers).unwrap();
    let run = |dims: &str, numbers: usize| {
        let array = |name: &str, dims: &str, offsets: &str| {
            format!(r#""{name}":{{"dtype":"F32","shape":[{dims}],"data_offsets":[{offsets}]}}"#)
        };
        let weight = array("model.fc.weight", dims, "0,31360");
        let header = format!("{{{weight},{}}}", array("model.fc.bias", "10", "31360,31400"));
        let length = (header.len() as u64).to_le_bytes();
        let bytes = [&length[..], header.as_bytes(), &vec![0; 4 * numbers]].concat();
        fs::write(&weights, bytes).unwrap();
        let arguments = ["network", "--mode", "terminal", "--json", "--epochs", "1"];
        let mut asked = program();
        asked.args(arguments).args(["--batch", "64", "--model"]).arg(&model);
        finish(asked.arg("--weights").arg(&weights).arg("--data").arg(images.path()))
    };
    // All of them are 0, so that the loss before the only step is that of ten equal shares.
    let output = run("10,784", 7850);
    assert_eq!(output.status.code(), Some(0), "{}", complaint(&output));
    let events = events(&output);
    let epoch = events.iter().find(|event| event["event"] == "epoch").unwrap();
    assert!((number(epoch, "train_loss") - 10_f64.ln()).abs() < 1e-4, "{epoch}");
    // A description is written with its weights beside it, and these would be in their place.
    let [beside, place] = ["net.safetensors", "net.toml"].map(|name| folder.path().join(name));
    fs::copy(&weights, &beside).unwrap();
    let mut asked = program();
    asked.args(["network", "--mode", "terminal", "--model"]).arg(&model).arg("--weights");
    let output = finish(asked.arg(&beside).arg("--save").arg(&place));
    let said = complaint(&output);
    assert!(said.contains("what --weights names, and would be written over"), "{said}");
    assert_eq!(output.status.code(), Some(2));
    assert!(fs::read(&beside).unwrap() == fs::read(&weights).unwrap() && !place.exists());
    for (dims, numbers, sentence) in [
        ("784,10", 7850, "layer “fc”: its fc.weight is 10 × 784, but in the weights"),
        ("10,784", 7849, "it is damaged or cut short; fetch or save it again"),
    ] {
        let output = run(dims, numbers);
        let said = complaint(&output);
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(sentence) && said.contains("mine.safetensors"), "{said}");
        assert_eq!(said.lines().count(), 1, "{said}");
    }
}
