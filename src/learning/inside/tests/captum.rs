//! Maps of a small network with fixed weights against those of Captum, made by tests/network/captum.py.

use std::{collections::HashMap, fs, path::Path};

use super::{
    super::{
        goal::Goal,
        meter::Meter,
        occlusion::{Windows, occluded},
        scene::Scene,
    },
    *,
};
use crate::{
    learning::{DeviceName, network::NetworkModel},
    network::{Rule, description},
};

const NETWORK: &str = r#"
[[layers]]
kind = "conv2d"
name = "conv1"
out_channels = 3
kernel_size = 3
padding = 1
[[layers]]
kind = "relu"
[[layers]]
kind = "max_pool2d"
kernel_size = 2
[[layers]]
kind = "conv2d"
name = "conv2"
out_channels = 4
kernel_size = 3
padding = 1
[[layers]]
kind = "relu"
[[layers]]
kind = "flatten"
[[layers]]
kind = "linear"
name = "fc"
"#;

/// Every row of the file by its name.
fn reference() -> HashMap<String, Vec<f32>> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/network/captum.csv");
    let text = fs::read_to_string(file).unwrap();
    let row = |line: &str| {
        let (name, numbers) = line.split_once(',').unwrap();
        let numbers = numbers.split(',').map(|number| number.parse::<f64>().unwrap() as f32);
        (name.to_owned(), numbers.collect())
    };
    text.lines().map(row).collect()
}

fn network() -> NetworkModel {
    let mut plan = description(NETWORK).unwrap().network([2, 8, 8], 3).unwrap().plan().unwrap();
    let numbers = plan.parameters.iter().map(|parameter| {
        let inputs = match parameter.dims.len() {
            1 => 100,
            _ => parameter.dims[1..].iter().product::<usize>(),
        };
        let number = |at: usize| {
            (0.37 * at as f64 + parameter.name.len() as f64).sin() / (inputs as f64).sqrt()
        };
        Arc::new((0..parameter.len()).map(|at| number(at) as f32).collect())
    });
    plan.begin_as(numbers.collect(), Vec::new());
    let rule = Rule::Sgd { momentum: 0.0, nesterov: false };
    let mut model =
        NetworkModel::new(Arc::new(plan), DeviceName::Flex.device(), rule, 0.0).unwrap();
    model.begin(0);
    model
}

fn image(k: usize) -> Vec<f32> {
    (0..128).map(|at| (0.5 + 0.5 * (0.7 * at as f64 + k as f64).sin()) as f32).collect()
}

#[test]
fn maps_are_those_of_captum() {
    let (reference, network) = (reference(), network());
    let model = network.inside().unwrap();
    let mut compared = 0;
    let (black, other) = (vec![0.0; 128], image(7));
    for k in 0..3 {
        let input = image(k);
        let logits = model.logits(&input).unwrap();
        assert_alike(&logits, &reference[&format!("logits {k}")], 1e-5, "logits");
        for (what, target) in [("logit", Target::Logit(1)), ("probability", Target::Probability(1))]
        {
            let goal = Goal::of(target, &logits).unwrap();
            let meter = Meter::of(&model);
            for (base, baseline) in [("black", &black), ("other", &other)] {
                let (scene, _) = Scene::of(&meter, goal, (&input, baseline), 0).unwrap();
                let mut compare = |name: &str, found: &[f32], part: f32| {
                    assert_alike(found, &reference[name], part, name);
                    compared += 1;
                };
                let found = integrated::integrated(&scene).unwrap();
                compare(&format!("integrated gradients {what} {base} {k}"), &found.values, 1e-5);
                if base == "other" {
                    continue;
                }
                let found = gradient::gradient(&scene).unwrap();
                compare(&format!("saliency {what} {k}"), &found.values, 1e-5);
                let found = gradient::times_input(&scene).unwrap();
                compare(&format!("input x gradient {what} {k}"), &found.values, 1e-5);
                let maps = meter.maps(&input, &scene.slope).unwrap().unwrap();
                assert_eq!(maps.size, [4, 4, 4]);
                let found = cams::grad_cam(&maps);
                compare(&format!("grad-cam {what} {k}"), &found.values, 1e-5);
                let found = cams::hires(&scene, &maps);
                compare(&format!("gradient x activation {what} {k}"), &found.values, 1e-5);
                let windows = Windows { size: [3, 3], stride: [1, 1] };
                let found: Vec<f32> = occluded(&scene, &windows)
                    .unwrap()
                    .into_iter()
                    .map(|lost| lost as f32)
                    .collect();
                // Differences of numbers of single precision that are a hundred times as large.
                compare(&format!("occlusion {what} {k}"), &found, 1e-4);
            }
        }
    }
    assert_eq!(compared + 3, reference.len());
}
