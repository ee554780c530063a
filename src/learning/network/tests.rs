//! Described networks against finite differences and against `PyTorch`.

mod frozen;
#[cfg(any(feature = "cuda", feature = "wgpu"))]
mod gpu;
mod handles;
mod health;
mod inside;
mod keras;
mod loss;
mod text;
mod units;

use super::*;
use crate::{learning::DeviceName, network::description};

fn plan(layers: &str, input: [usize; 3], classes: usize) -> Arc<Plan> {
    let network = description(layers).unwrap().network(input, classes).unwrap();
    Arc::new(network.plan().unwrap())
}

fn model(layers: &str, input: [usize; 3], classes: usize) -> NetworkModel {
    let described = description(layers).unwrap();
    let plan = plan(layers, input, classes);
    let device = DeviceName::Flex.device();
    let mut model =
        NetworkModel::new(plan, device, described.training.rule, described.training.weight_decay)
            .unwrap();
    model.begin(7);
    model
}

/// Images that are not alike, and their classes.
fn batch(size: usize, count: usize, classes: usize) -> Batch {
    let images = (0..size * count).map(|at| ((at * 37 % 101) as f32 / 100.0).powi(2)).collect();
    Batch {
        inputs: images,
        labels: (0..count).map(|at| (at * 2 % classes) as i64).collect(),
        counts: None,
    }
}

/// Every kind of layer at once.
const ALL_KINDS: &str = r#"
[[layers]]
kind = "conv2d"
out_channels = 4
kernel_size = [3, 2]
padding = [1, 0]
[[layers]]
kind = "batch_norm"
[[layers]]
kind = "gelu"
[[layers]]
kind = "depthwise_conv2d"
kernel_size = 3
dilation = 2
padding = 2
[[layers]]
kind = "silu"
[[layers]]
kind = "conv2d"
out_channels = 4
kernel_size = 1
groups = 2
[[layers]]
kind = "group_norm"
num_groups = 2
[[layers]]
kind = "tanh"
[[layers]]
kind = "add"
from = ["tanh1", "norm1"]
[[layers]]
kind = "concat"
from = ["add1", "silu1"]
[[layers]]
kind = "avg_pool2d"
kernel_size = 2
[[layers]]
kind = "leaky_relu"
negative_slope = 0.2
[[layers]]
kind = "conv2d"
out_channels = 6
kernel_size = 2
stride = 2
bias = false
[[layers]]
kind = "sigmoid"
[[layers]]
kind = "global_avg_pool2d"
[[layers]]
kind = "linear"
out_features = 5
[[layers]]
kind = "layer_norm"
[[layers]]
kind = "batch_norm"
[[layers]]
kind = "linear"
[training]
optimiser = "sgd"
"#;

/// The loss of a batch while it trains, with one number of a parameter moved by so much.
fn loss_at(model: &NetworkModel, of: usize, at: usize, by: f32) -> f64 {
    let mut weights = (**model.weights()).clone();
    Arc::make_mut(&mut weights.parameters[of])[at] += by;
    let rule = Rule::Sgd { momentum: 0.0, nesterov: false };
    let mut moved =
        NetworkModel::new(model.plan().clone(), model.forward.device.clone(), rule, 0.0).unwrap();
    moved.seed = model.seed;
    moved.weights = Arc::new(weights);
    let said = moved.step(batch(2 * 9 * 8, 6, 3), 0, 0.0).unwrap();
    // In double precision, since differences of it are looked at.
    let rows = said.logits.chunks(3).zip([0_usize, 2, 1, 0, 2, 1]);
    let losses = rows.map(|(row, truth)| {
        let sum: f64 = row.iter().map(|logit| f64::from(*logit).exp()).sum();
        sum.ln() - f64::from(row[truth])
    });
    losses.sum::<f64>() / 6.0
}

#[test]
fn gradients_are_what_finite_differences_say() {
    let mut model = model(ALL_KINDS, [2, 9, 8], 3);
    // A step of rate 0 leaves the weights and keeps the gradients.
    model.step(batch(2 * 9 * 8, 6, 3), 0, 0.0).unwrap();
    let names: Vec<_> = model.plan().parameters.iter().map(|of| of.name.clone()).collect();
    for (of, name) in names.iter().enumerate() {
        let gradients = model.gradients()[of].clone();
        let largest = gradients.iter().fold(0.0_f32, |most, one| most.max(one.abs()));
        for at in (0..gradients.len()).step_by(gradients.len().div_ceil(5)) {
            const BY: f32 = 4e-3;
            let [more, less] = [BY, -BY].map(|by| loss_at(&model, of, at, by));
            let slope = (more - less) / f64::from(2.0 * BY);
            let apart = (slope - f64::from(gradients[at])).abs();
            assert!(
                apart < 2e-3 + 0.03 * f64::from(largest),
                "{name}[{at}]: {} by differences, {} by burn",
                slope,
                gradients[at]
            );
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_bits_whoever_looks() {
    let layers =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/networks/vgg.toml"))
            .unwrap();
    let run = |looks: bool| {
        let mut model = model(&layers, [1, 12, 12], 4);
        for number in 0..4 {
            model.step(batch(144, 8, 4), number, 0.05).unwrap();
            if looks {
                let weights = model.weights().clone();
                model.look(&weights, &[0.5; 144], |_| true, |_, _| {}).unwrap();
            }
        }
        (**model.weights()).clone()
    };
    let (plain, watched) = (run(false), run(true));
    assert_eq!(plain, watched);
    assert_ne!(plain, Weights::first(&plan(&layers, [1, 12, 12], 4), 7));
}

#[test]
fn dropout_leaves_out_while_it_trains_and_not_when_it_is_asked() {
    let layers = "[[layers]]\nkind = \"flatten\"\n[[layers]]\nkind = \"dropout\"\np = 0.4\n\
                  [[layers]]\nkind = \"linear\"\nbias = false\n[training]\noptimiser = \"sgd\"\n";
    let mut model = model(layers, [1, 20, 50], 2);
    let ones = || Batch { inputs: vec![1.0; 1000], labels: vec![0], counts: None };
    let expected: f32 = model.weights().parameters[0][..1000].iter().sum();
    let asked = model.logits(vec![1.0; 1000], 1).unwrap();
    assert!((asked[0] - expected).abs() < 1e-4);
    let trained = model.step(ones(), 0, 0.0).unwrap().logits[0];
    let again = model.step(ones(), 0, 0.0).unwrap().logits[0];
    let other = model.step(ones(), 1, 0.0).unwrap().logits[0];
    assert_eq!(trained, again, "the same step leaves out the same");
    assert!(trained != other && trained != asked[0]);
    // Gradients of what was left out are zero: four tenths of them.
    let zeros = model.gradients()[0][..1000].iter().filter(|one| **one == 0.0).count();
    assert!((350..450).contains(&zeros), "{zeros}");
}

#[test]
fn each_rule_takes_the_steps_that_pytorch_takes() {
    // Two steps on the weight 1 with the gradients 0.5 and −0.25, by torch 1.13 in double precision; see
    // tests/network/optimisers.py.
    let rows: &str = include_str!("../../../tests/network/optimisers.csv");
    let weights = plan(
        "[[layers]]\nkind = \"flatten\"\n[[layers]]\nkind = \"linear\"\nbias = false\n",
        [1, 1, 1],
        1,
    );
    for row in rows.lines().skip(1).filter(|row| !row.is_empty()) {
        let (settings, numbers) = row.split_once(';').unwrap();
        let numbers: Vec<f32> = numbers.split(',').map(|number| number.parse().unwrap()).collect();
        let text =
            format!("[[layers]]\nkind = \"relu\"\n[training]\n{}", settings.replace(' ', "\n"));
        let training = description(&text).unwrap().training;
        let mut optimiser =
            Optimiser::new(training.rule, training.weight_decay, &weights.parameters);
        let mut weight = vec![Arc::new(vec![1.0_f32])];
        for (gradient, wanted) in [0.5_f32, -0.25, 0.125].into_iter().zip(numbers) {
            optimiser.step(&mut weight, &[vec![gradient]], training.learning_rate);
            assert!(
                (weight[0][0] - wanted).abs() < 2e-6,
                "{settings}: {} for {wanted}",
                weight[0][0]
            );
        }
    }
}

/// A row of tests/network/residual.csv: the norm of some numbers and the first four.
fn said_by_torch(name: &str) -> (f64, Vec<f64>) {
    let rows: &str = include_str!("../../../tests/network/residual.csv");
    let row = rows.lines().find_map(|row| row.strip_prefix(name)?.strip_prefix(';')).unwrap();
    let mut numbers = row.split(';').map(|number| number.parse().unwrap());
    (numbers.next().unwrap(), numbers.collect())
}

fn compare(name: &str, numbers: &[f32], within: f64) {
    let (norm, first) = said_by_torch(name);
    let own = numbers.iter().map(|&one| f64::from(one).powi(2)).sum::<f64>().sqrt();
    assert!((own - norm).abs() <= within * norm, "{name}: norm {own} for {norm}");
    for (own, torch) in numbers.iter().zip(first) {
        assert!((f64::from(*own) - torch).abs() <= within * norm, "{name}: {own} for {torch}");
    }
}

#[test]
fn a_residual_network_learns_as_pytorchs_does() {
    let layers = std::fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/assets/networks/resnet.toml"
    ))
    .unwrap();
    let mut model = model(&layers, [1, 28, 28], 10);
    let plan = model.plan().clone();
    let weights = Arc::make_mut(&mut model.weights);
    for (parameter, numbers) in plan.parameters.iter().zip(&mut weights.parameters) {
        let inputs = parameter.len() / parameter.dims[0];
        for (at, number) in Arc::make_mut(numbers).iter_mut().enumerate() {
            let wave = (0.37 * at as f64 + parameter.name.len() as f64).sin();
            *number = match (parameter.dims.len(), parameter.name.ends_with("weight")) {
                (1, true) => 1.0 + 0.1 * wave,
                (1, false) => 0.1 * wave,
                _ => wave / (inputs as f64).sqrt(),
            } as f32;
        }
    }
    let images =
        || (0..4 * 784).map(|at| ((at * 37 % 101) as f32 / 100.0).powi(2)).collect::<Vec<_>>();
    for step in 0..3 {
        let batch = Batch { inputs: images(), labels: vec![0, 2, 4, 6], counts: None };
        let said = model.step(batch, step, 0.1).unwrap();
        if step == 0 {
            compare("logits", &said.logits, 1e-4);
            for (parameter, gradient) in plan.parameters.iter().zip(model.gradients()) {
                compare(&format!("{} gradient", parameter.name), gradient, 2e-3);
            }
        }
        compare(&format!("loss {step}"), &[said.loss], 1e-3);
    }
    compare("asked", &model.logits(images(), 4).unwrap(), 1e-2);
    for (parameter, numbers) in plan.parameters.iter().zip(&model.weights().parameters) {
        compare(&parameter.name, numbers, 1e-2);
    }
}

#[test]
fn a_network_that_pytorch_exported_learns_on_as_it_does_there() {
    use crate::network::{brought, onnx};

    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/network/brought");
    let read = onnx::model(&folder.join("model.onnx")).unwrap();
    let device = DeviceName::Flex.device();
    let fit = brought::fitted(read, [1, 28, 28], 10, brought::Pixels::Unit).unwrap();
    assert!(!fit.single);
    let sizes = sizes(&fit, &device).unwrap();
    let plan = brought::plan("brought".to_owned(), fit, &sizes).unwrap();
    assert_eq!(plan.remarks, Vec::<String>::new());
    // Equal first weights of normalisations are stored once, and yet are eight pairs of their own.
    assert_eq!(plan.memories.len(), 16);
    let rule = Rule::Sgd { momentum: 0.0, nesterov: false };
    let mut model = NetworkModel::new(Arc::new(plan), device, rule, 0.0).unwrap();
    model.begin(5);
    let images =
        || (0..4 * 784).map(|at| ((at * 37 % 101) as f32 / 100.0).powi(2)).collect::<Vec<_>>();
    let rows = std::fs::read_to_string(folder.join("steps.csv")).unwrap();
    let mut rows = rows
        .lines()
        .map(|row| -> Vec<f32> { row.split(',').map(|number| number.parse().unwrap()).collect() });
    for step in 0..3 {
        let batch = Batch { inputs: images(), labels: vec![0, 2, 4, 6], counts: None };
        let said = model.step(batch, step, 0.1).unwrap();
        let wanted = rows.next().unwrap()[0];
        assert!((said.loss - wanted).abs() < 1e-4, "step {step}: {} for {wanted}", said.loss);
    }
    let logits = model.logits(images()[..784].to_vec(), 1).unwrap();
    for (own, torch) in logits.iter().zip(rows.next().unwrap()) {
        assert!((own - torch).abs() < 2e-3, "{own} for {torch}");
    }
    // Saved and opened again, it says the same.
    let weights = model.weights().clone();
    let file = model.plan().file(&weights.parameters, &weights.memories).unwrap();
    let saved = tempfile::tempdir().unwrap();
    let path = saved.path().join("saved.onnx");
    std::fs::write(&path, file).unwrap();
    let fit = brought::fitted(onnx::model(&path).unwrap(), [1, 28, 28], 10, brought::Pixels::Unit)
        .unwrap();
    let sizes = super::sizes(&fit, &DeviceName::Flex.device()).unwrap();
    let plan = brought::plan("again".to_owned(), fit, &sizes).unwrap();
    let mut again =
        NetworkModel::new(Arc::new(plan), DeviceName::Flex.device(), rule, 0.0).unwrap();
    again.begin(1);
    assert_eq!(again.logits(images()[..784].to_vec(), 1).unwrap(), logits);
}

#[test]
fn a_network_with_weights_of_pytorch_says_what_pytorch_says() {
    use crate::network::weights::{NET, read};

    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/network/weights");
    let begun = |classes: usize, seed: u64| {
        let network = description(NET).unwrap().network([1, 6, 6], classes).unwrap();
        let arrays = read(format!("{folder}/checkpoint.pt").as_ref()).unwrap();
        let mut plan = network.plan().unwrap();
        plan.begin_with(&network, network.with_weights(arrays).unwrap());
        let rule = description(NET).unwrap().training.rule;
        let device = DeviceName::Flex.device();
        let mut model = NetworkModel::new(Arc::new(plan), device, rule, 0.0).unwrap();
        model.begin(seed);
        model
    };
    let mut model = begun(4, 1);
    let first = model.weights().clone();
    let rows = std::fs::read_to_string(format!("{folder}/logits.csv")).unwrap();
    for row in rows.lines().skip(1) {
        let numbers: Vec<f32> = row.split(',').map(|number| number.parse().unwrap()).collect();
        let (image, wanted) = numbers.split_at(36);
        let logits = model.logits(image.to_vec(), 1).unwrap();
        for (own, torch) in logits.iter().zip(wanted) {
            assert!((own - torch).abs() < 1e-4, "{logits:?} for {wanted:?}");
        }
    }
    // Each run begins anew with them, whatever its seed.
    model.step(batch(36, 4, 4), 0, 0.1).unwrap();
    assert_ne!(*model.weights(), first);
    model.begin(2);
    assert_eq!(*model.weights(), first);
    // A new last layer is all that the seed draws.
    let [one, two] = [1, 2].map(|seed| begun(5, seed).weights().clone());
    let parameters = one.parameters.len();
    assert_eq!(one.parameters[..parameters - 2], two.parameters[..parameters - 2]);
    assert_eq!(one.parameters[..parameters - 2], first.parameters[..parameters - 2]);
    assert_ne!(one.parameters[parameters - 2..], two.parameters[parameters - 2..]);
}
