//! Networks that Keras saved say, and learn, what they do in Keras (made by `tests/network/keras/make.py`).

use std::{collections::HashMap, fs, path::PathBuf, sync::Arc};

use super::super::{Batch, NetworkModel, sizes};
use crate::{
    learning::DeviceName,
    network::{
        FROZEN, Plan, Rule,
        brought::{self, Pixels},
        keras, onnx,
    },
};

const IMAGES: usize = 4;

fn file(name: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/network/keras")).join(name)
}

/// What Keras says, by the name of the row.
fn said(name: &str) -> HashMap<String, Vec<f32>> {
    let rows = fs::read_to_string(file(&format!("{name}.csv"))).unwrap();
    let row = |row: &str| {
        let (name, numbers) = row.split_once(';').unwrap();
        (name.to_owned(), numbers.split(';').map(|number| number.parse().unwrap()).collect())
    };
    rows.lines().map(row).collect()
}

fn planned(model: onnx::Model) -> Plan {
    let [channels, rows, columns] = brought::image_size(&model).unwrap();
    // What takes images of all sizes is given such.
    let size = [channels.unwrap(), rows.unwrap_or(11), columns.unwrap_or(9)];
    let fit = brought::fitted(model, size, 3, Pixels::Unit).unwrap();
    let sizes = sizes(&fit, &DeviceName::Flex.device()).unwrap();
    brought::plan("of Keras".to_owned(), fit, &sizes).unwrap()
}

fn learner(plan: Plan) -> NetworkModel {
    let rule = Rule::Sgd { momentum: 0.0, nesterov: false };
    let mut model =
        NetworkModel::new(Arc::new(plan), DeviceName::Flex.device(), rule, 0.0).unwrap();
    model.begin(1);
    model
}

/// Brightness that is the same here and there, channel by channel.
fn images(model: &NetworkModel) -> Vec<f32> {
    let count = model.plan().input_dims(IMAGES).iter().product();
    (0..count).map(|at: usize| (((at * 37 % 101) as f64 / 100.0).powi(2)) as f32).collect()
}

/// The logarithms of the shares of each image.
fn logarithms(model: &NetworkModel) -> Vec<f32> {
    let logits = model.logits(images(model), IMAGES).unwrap();
    let of_image = |logits: &[f32]| {
        let most = logits.iter().copied().fold(f32::MIN, f32::max);
        let sum = logits.iter().map(|logit| (logit - most).exp()).sum::<f32>();
        logits.iter().map(|logit| logit - most - sum.ln()).collect::<Vec<_>>()
    };
    logits.chunks(3).flat_map(of_image).collect()
}

#[track_caller]
fn compare(name: &str, numbers: &[f32], keras: &[f32], within: f32) {
    assert_eq!(numbers.len(), keras.len(), "{name}");
    let size = keras.iter().fold(0.1_f32, |size, number| size.max(number.abs()));
    let off = numbers.iter().zip(keras).map(|(own, keras)| (own - keras).abs());
    let off = off.fold(0.0, f32::max);
    assert!(off <= within * size, "{name} is off by {off} of {size}");
}

/// Compares what a network says, a step's loss and gradients, and what it says afterwards.
fn learns_as_keras_does(name: &str, remarks: &[&str]) {
    let keras = said(name);
    let converted = keras::model(&file(&format!("{name}.keras"))).unwrap();
    assert_eq!(converted.remarks, remarks);
    let mut model = learner(planned(converted.model));
    compare("logarithms", &logarithms(&model), &keras["logarithms"], 1e-5);
    let batch = Batch { inputs: images(&model), labels: vec![0, 2, 1, 2], counts: None };
    let told = model.step(batch, 0, 0.01).unwrap();
    compare("loss", &[told.loss], &keras["loss"], 1e-5);
    let plan = model.plan().clone();
    for (parameter, gradient) in plan.parameters.iter().zip(model.gradients()) {
        compare(&parameter.name, gradient, &keras[&parameter.name], 1e-4);
    }
    // Besides them there are three rows: each weight of Keras is a parameter.
    assert_eq!(plan.parameters.len() + 3, keras.len());
    compare("after", &logarithms(&model), &keras["after"], 1e-4);
    // Saved as ONNX and opened again, it says the same.
    let weights = model.weights().clone();
    let bytes = plan.file(&weights.parameters, &weights.memories).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("saved.onnx");
    fs::write(&path, bytes).unwrap();
    let again = learner(planned(onnx::model(&path).unwrap()));
    assert_eq!(logarithms(&again), logarithms(&model));
    assert_eq!(again.plan().parameters.len(), plan.parameters.len());
}

#[test]
fn a_sequential_network_learns_as_in_keras() {
    learns_as_keras_does("sequential", &[]);
}

#[test]
fn a_functional_network_with_models_within_learns_as_in_keras() {
    let remarks = [
        "Pixels: 0 to 255, since its first layer, Rescaling, is made for them",
        "Left out: “changes.random_flip”, “changes.random_rotation”, at work only while Keras trains",
    ];
    learns_as_keras_does("functional", &remarks);
}

#[test]
fn layers_of_all_kinds_learn_as_in_keras() {
    learns_as_keras_does("spread", &[]);
}

#[test]
fn pads_that_depend_on_the_size_of_images_are_those_of_keras() {
    learns_as_keras_does("open", &[]);
}

#[test]
fn what_keras_would_not_train_stays_as_it_came() {
    let mut file = keras::model(&file("sequential.keras")).unwrap().model;
    // All normalisations and the first weights.
    let of_all = file.nodes.iter().filter(|node| node.operator == "BatchNormalization");
    let mut names: Vec<String> = of_all.flat_map(|node| node.inputs[1..].to_vec()).collect();
    assert!(names.len() > 8);
    names.push(file.initialisers[0].0.clone());
    let frozen = |name: &mut String| {
        if names.contains(name) {
            *name = format!("{FROZEN}{name}");
        }
    };
    file.initialisers.iter_mut().for_each(|(name, _)| frozen(name));
    file.nodes.iter_mut().flat_map(|node| &mut node.inputs).for_each(frozen);
    let rule = Rule::AdamW { betas: [0.9, 0.999], epsilon: 1e-8 };
    let plan = Arc::new(planned(file));
    let mut model = NetworkModel::new(plan.clone(), DeviceName::Flex.device(), rule, 0.5).unwrap();
    model.begin(1);
    let before = model.weights().clone();
    let said = model.logits(images(&model), IMAGES).unwrap();
    for step in 0..2 {
        let batch = Batch { inputs: images(&model), labels: vec![0, 2, 1, 2], counts: None };
        let told = model.step(batch, step, 0.01).unwrap();
        if step == 0 {
            // It learns what it says, since no normalisation looks at the batch.
            compare("logits", &told.logits, &said, 1e-5);
        }
    }
    let after = model.weights();
    assert_eq!(after.memories, before.memories);
    let mut moved = 0;
    for (at, parameter) in plan.parameters.iter().enumerate() {
        let (one, other) = (&after.parameters[at], &before.parameters[at]);
        let still = parameter.name.starts_with(FROZEN);
        assert_eq!(one == other, still, "{}", parameter.name);
        assert_eq!(model.gradients()[at].iter().all(|slope| *slope == 0.0), still);
        moved += usize::from(!still);
    }
    assert!(moved > 2 && moved < plan.parameters.len());
}
