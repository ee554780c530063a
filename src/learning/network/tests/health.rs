//! The training of a network of any kind as it is examined: gradients by differences of the loss, layers that learn, and the
//! shipped networks, none of which raises an alarm as it begins.

use super::*;
use crate::{
    inside::{Ends, Steps},
    learning::inside::{
        Course, Examined as _, Outputs, Patient, Stability, Stepping,
        tests::health::{examples, found},
    },
    network::Description,
};

const DENSE: &str = "[[layers]]\nkind = \"flatten\"\n[[layers]]\nkind = \"linear\"\nname = \"one\"\nout_features = 9\n\
                     [[layers]]\nkind = \"tanh\"\n[[layers]]\nkind = \"linear\"\nname = \"two\"\n";

fn shipped(name: &str) -> Description {
    let path = format!("{}/assets/networks/{name}.toml", env!("CARGO_MANIFEST_DIR"));
    description(&std::fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn gradients_and_curvature_of_a_network_without_convolution_are_what_differences_say() {
    let model = model(DENSE, [1, 4, 5], 3);
    let Batch { inputs, labels, .. } = batch(20, 6, 3);
    let labels: Vec<usize> = labels.into_iter().map(|label| label as usize).collect();
    let inside = model.trained().unwrap();
    assert_eq!(inside.layers(), ["one", "two"]);
    let slope = inside.slope(&inputs, &labels).unwrap();
    assert_eq!(slope.iter().map(Vec::len).collect::<Vec<_>>(), [20 * 9 + 9, 9 * 3 + 3]);
    let loss = |weights: &Weights| -> f64 {
        let mut moved = NetworkModel::new(
            model.plan().clone(),
            model.forward.device.clone(),
            Rule::Sgd { momentum: 0.0, nesterov: false },
            0.0,
        )
        .unwrap();
        moved.weights = Arc::new(weights.clone());
        let logits = moved.logits(inputs.clone(), 6).unwrap();
        let rows = logits.chunks(3).zip(&labels);
        let of = |(row, label): (&[f32], &usize)| -> f64 {
            let sum: f64 = row.iter().map(|logit| f64::from(*logit).exp()).sum();
            sum.ln() - f64::from(row[*label])
        };
        rows.map(of).sum::<f64>() / 6.0
    };
    for (layer, at) in [(0, 3), (0, 100), (0, 185), (1, 5), (1, 28)] {
        const BY: f32 = 1e-2;
        let [more, less] = [BY, -BY].map(|by| {
            let mut way = Weights::clone(&model.weights);
            let flat: Vec<usize> = [0, 1].map(|k| way.parameters[2 * layer + k].len()).into();
            let (array, place) = if at < flat[0] { (0, at) } else { (1, at - flat[0]) };
            let mut numbers = way.parameters[2 * layer + array].to_vec();
            numbers[place] += by;
            way.parameters[2 * layer + array] = numbers.into();
            loss(&way)
        });
        let difference = (more - less) / f64::from(2.0 * BY);
        let exact = f64::from(slope[layer][at]);
        assert!((difference - exact).abs() < 1e-3 * exact.abs().max(0.01), "{difference} {exact}");
    }
    // Symmetric, as a Hessian is.
    let way = |speed: f32| -> Vec<Vec<f32>> {
        let wave = |of: &Vec<f32>| (0..of.len()).map(|at| (at as f32 * speed).cos()).collect();
        slope.iter().map(wave).collect()
    };
    let (u, v) = (way(0.4), way(1.3));
    let times = |way: &[Vec<f32>]| inside.curved(&inputs, &labels, way).unwrap();
    let product = |a: &[Vec<f32>], b: &[Vec<f32>]| -> f64 {
        a.iter().flatten().zip(b.iter().flatten()).map(|(a, b)| f64::from(a * b)).sum()
    };
    let (hu, hv) = (times(&u), times(&v));
    let (one, other) = (product(&u, &hv), product(&v, &hu));
    assert!((one - other).abs() < 0.01 * product(&hu, &hu).sqrt(), "{one} {other}");
    let mut heard = Vec::new();
    let mut hear = |layer, outputs: Outputs<'_>| {
        heard.push((layer, outputs.ends, outputs.units, outputs.values.len()));
    };
    inside.outputs(&inputs, &mut hear).unwrap();
    assert_eq!(heard, [(0, Ends::MinusOneAndOne, 9, 54)]);
}

/// Digits of the shipped set: so many to learn from, and as many to be tested on.
fn digits(count: usize) -> crate::learning::data::Examples {
    let folder = format!("{}/assets/datasets/mnist-10k", env!("CARGO_MANIFEST_DIR"));
    let dataset = crate::learning::data::Dataset::read(folder.as_ref()).unwrap();
    let all = crate::learning::data::Examples::new(&dataset.train);
    let brightness = all.brightness[..count * 784].to_vec();
    examples(brightness, all.labels[..count].to_vec())
}

#[test]
fn no_shipped_network_raises_an_alarm_as_it_begins() {
    let examples = digits(512);
    for name in ["perceptron", "lenet5", "vgg", "resnet"] {
        let described = shipped(name);
        let plan = Arc::new(described.network([1, 28, 28], 10).unwrap().plan().unwrap());
        let training = &described.training;
        let device = DeviceName::Flex.device();
        let mut model =
            NetworkModel::new(plan, device, training.rule, training.weight_decay).unwrap();
        model.begin(7);
        let (mut course, rate) = (Course::default(), training.learning_rate);
        for step in 0..=12_u64 {
            if [0, 1, 12].contains(&step) {
                let stepping = Stepping {
                    steps: Steps {
                        rule: training.rule.name().to_owned(),
                        rate,
                        batch: 32,
                        examples: examples.len(),
                    },
                    update: course.rate().map(|rate| model.next_update(rate)),
                    stability: model.stability(rate),
                    weighted: false,
                };
                let inside = model.trained().unwrap();
                let patient = Patient {
                    model: &inside,
                    train: &examples,
                    tests: &examples,
                    course: &course,
                    stepping: &stepping,
                };
                let health = found(patient, 64);
                assert_eq!(health.alarms, [], "{name}, step {step}: {health:#?}");
                assert!(health.curvature.sharpness.is_finite());
                assert_eq!(
                    health.curvature.limit.is_some(),
                    step > 0 || !is_divided(training.rule)
                );
                assert!(
                    health.layers.iter().all(|layer| layer.update_ratio.is_some() == (step > 0))
                );
            }
            let rows: Vec<u32> = (0..32).map(|at| (step as u32 * 32 + at) % 512).collect();
            let (inputs, labels) = examples.gather(&rows);
            let said = model.step(Batch { inputs, labels, counts: None }, step, rate).unwrap();
            course.record(step + 1, said.loss, rate);
        }
    }
}

fn is_divided(rule: Rule) -> bool {
    !matches!(rule, Rule::Sgd { .. })
}

#[test]
fn limits_of_curvature_are_those_of_the_rules() {
    let of = |rule| {
        let plan = plan(DENSE, [1, 4, 5], 3);
        let mut model = NetworkModel::new(plan, DeviceName::Flex.device(), rule, 0.0).unwrap();
        model.begin(1);
        model.step(batch(20, 6, 3), 0, 0.01).unwrap();
        model
    };
    let plain = |rule| match of(rule).stability(0.01) {
        Stability::Plain(limit) => limit,
        other => panic!("{other:?}"),
    };
    let close = |a: f64, b: f64| (a - b).abs() < 1e-9 * b;
    assert!(close(plain(Rule::Sgd { momentum: 0.0, nesterov: false }), 200.0));
    assert!(close(plain(Rule::Sgd { momentum: 0.9, nesterov: false }), 380.0));
    assert!(close(plain(Rule::Sgd { momentum: 0.9, nesterov: true }), 380.0 / 2.8));
    let rule = Rule::Adam { betas: [0.9, 0.999], epsilon: 1e-8 };
    let model = of(rule);
    let Stability::Divided { limit, by } = model.stability(0.01) else { panic!("Adam divides") };
    assert!(close(limit, 3800.0), "{limit}");
    // After one step v̂ is the square of the gradient.
    for (by, gradient) in by.concat().iter().zip(model.gradients().iter().flatten()) {
        let wanted = 0.1 * (gradient.abs() + 1e-8);
        assert!(*gradient == 0.0 && by.is_infinite() || (by - wanted).abs() < 1e-3 * wanted);
    }
    let plan = plan(DENSE, [1, 4, 5], 3);
    let fresh = NetworkModel::new(plan, DeviceName::Flex.device(), rule, 0.0).unwrap();
    assert!(matches!(fresh.stability(0.01), Stability::Unknown(_)));
}
