//! A frozen network against the whole network whose other gradients are thrown away.

use super::*;
use crate::network::Parameter;

/// A network whose normalisations remember something.
fn learned(rule: Rule) -> NetworkModel {
    let mut model = model(ALL_KINDS, [2, 9, 8], 3);
    for number in 0..3 {
        model.step(batch(144, 6, 3), number, 0.1).unwrap();
    }
    model.optimiser = Optimiser::new(rule, 0.01, &model.plan().parameters);
    model
}

/// The head's parameters, by their places.
fn head(model: &NetworkModel) -> Vec<usize> {
    model.plan().head().unwrap().parameters
}

/// The whole network asked, differentiated, and all gradients but the head's made zero.
fn whole_step(model: &mut NetworkModel, optimiser: &mut Optimiser, batch: Batch) -> f32 {
    let (device, count) = (model.forward.device.clone().autodiff(), batch.labels.len());
    let leaves = model.weights.leaves(model.plan(), &device, true);
    let (logits, _) = model.forward.pass(&leaves, batch.inputs, count, &device, None).unwrap();
    let loss = cross_entropy(
        logits,
        batch.labels,
        Counted { classes: model.class_weights.as_deref(), examples: None },
        &device,
    );
    let mut found = loss.backward();
    let own = head(model);
    let gradients: Vec<Vec<f32>> = leaves
        .learned
        .iter()
        .enumerate()
        .map(|(at, leaf)| {
            let found = gradient(leaf, &mut found).unwrap().unwrap();
            assert!(found.iter().any(|one| *one != 0.0), "the whole network would learn");
            if own.contains(&at) { found } else { vec![0.0; found.len()] }
        })
        .collect();
    optimiser.step(&mut Arc::make_mut(&mut model.weights).parameters, &gradients, 0.05);
    numbers(loss.into_dispatch()).unwrap()[0]
}

#[test]
fn a_frozen_network_learns_as_a_whole_one_whose_other_gradients_are_zero() {
    let rules = [
        Rule::Sgd { momentum: 0.9, nesterov: true },
        Rule::Adam { betas: [0.9, 0.999], epsilon: 1e-8 },
        Rule::RmsProp { alpha: 0.99, epsilon: 1e-8, momentum: 0.5 },
    ];
    for (rule, class_weights) in rules.into_iter().zip([None, Some(vec![0.5, 1.0, 2.0]), None]) {
        let (mut whole, mut frozen) = (learned(rule), learned(rule));
        let first = frozen.weights().clone();
        whole.weigh(class_weights.clone());
        frozen.weigh(class_weights);
        // No decay, which would also move what has no gradient.
        let mut optimiser = Optimiser::new(rule, 0.0, &whole.plan().parameters);
        frozen.optimiser = Optimiser::new(rule, 0.0, &frozen.plan().parameters);
        frozen.freeze().unwrap();
        let features = |model: &NetworkModel| {
            model.features(batch(144, 6, 3).inputs.chunks(144)).unwrap().concat()
        };
        let once = features(&frozen);
        assert_eq!(once.len(), 6 * frozen.feature_count().unwrap());
        for step in 0..5 {
            let wanted = whole_step(&mut whole, &mut optimiser, batch(144, 6, 3));
            let of_features =
                Batch { inputs: once.clone(), labels: batch(144, 6, 3).labels, counts: None };
            let said = frozen.step_on_features(of_features, 0.05).unwrap();
            assert!((said.loss - wanted).abs() < 1e-5, "{rule:?} {step}: {} {wanted}", said.loss);
        }
        let own = head(&frozen);
        assert_eq!(own.len(), 2);
        for (at, (one, other)) in
            frozen.weights().parameters.iter().zip(&whole.weights().parameters).enumerate()
        {
            let apart = one.iter().zip(&**other).map(|(one, other)| (one - other).abs());
            assert!(apart.fold(0.0, f32::max) < 1e-6, "{rule:?} {at}");
            assert_eq!(*one == first.parameters[at], !own.contains(&at), "{at}");
        }
        assert_eq!(frozen.weights().memories, first.memories);
        // The same features later, alone, and the same answers both ways.
        assert_eq!(features(&frozen), once);
        let alone = batch(144, 6, 3).inputs[144..288].to_vec();
        assert_eq!(
            frozen.features(std::iter::once(&alone[..])).unwrap()[0],
            once[once.len() / 6..once.len() / 3]
        );
        let by_features = frozen.logits_of_features(once.clone(), 6).unwrap();
        let asked = frozen.logits(batch(144, 6, 3).inputs, 6).unwrap();
        assert!(by_features.iter().zip(&asked).all(|(one, other)| (one - other).abs() < 1e-5));
        let zeros = frozen.gradients().iter().enumerate().filter(|(at, _)| !own.contains(at));
        assert!(zeros.into_iter().all(|(at, numbers)| numbers.len() == first.parameters[at].len()));
    }
}

#[test]
fn decay_moves_only_what_learns() {
    let rule = Rule::AdamW { betas: [0.9, 0.999], epsilon: 1e-8 };
    let mut model = learned(rule);
    model.freeze().unwrap();
    let first = model.weights().clone();
    let features = model.features(batch(144, 6, 3).inputs.chunks(144)).unwrap().concat();
    model
        .step_on_features(
            Batch { inputs: features, labels: batch(144, 6, 3).labels, counts: None },
            0.1,
        )
        .unwrap();
    let moved = model.weights().parameters.iter().zip(&first.parameters).enumerate();
    let moved: Vec<usize> =
        moved.filter(|(_, (one, other))| one != other).map(|(at, _)| at).collect();
    assert_eq!(moved, head(&model));
    // A new run begins with nothing remembered, and the same is frozen.
    model.begin(7);
    let rows: usize = model.plan().moved(true).unwrap().iter().map(Parameter::len).sum();
    assert_eq!(Some(rows), model.learned_by_head());
}

#[test]
fn a_head_is_a_product_and_its_bias_too() {
    let mut plan = (*plan(ALL_KINDS, [2, 9, 8], 3)).clone();
    let gemm = plan.model.nodes.pop().unwrap();
    let node = |operator: &str, reads: [&str; 2], makes: &str| crate::network::onnx::Node {
        operator: operator.to_owned(),
        inputs: reads.map(str::to_owned).to_vec(),
        outputs: vec![makes.to_owned()],
        ..Default::default()
    };
    let [features, weights, bias] = &gemm.inputs[..] else { panic!("{gemm:?}") };
    let made = &gemm.outputs[0];
    plan.model.nodes.push(node("MatMul", [features, weights], "product"));
    plan.model.nodes.push(node("Add", [bias, "product"], made));
    let at = plan.parameters.iter().position(|of| of.name == *weights).unwrap();
    plan.parameters[at].dims.reverse();
    let parted = plan.head().unwrap();
    assert_eq!((parted.features, parted.tail.nodes.len()), (5, 2));
    assert_eq!(parted.parameters, [at, at + 1]);
    let rule = Rule::Sgd { momentum: 0.0, nesterov: false };
    let mut model =
        NetworkModel::new(Arc::new(plan.clone()), DeviceName::Flex.device(), rule, 0.0).unwrap();
    model.freeze().unwrap();
    let images = batch(144, 2, 3).inputs;
    let features = model.features(images.chunks(144)).unwrap().concat();
    let by_features = model.logits_of_features(features, 2).unwrap();
    let asked = model.logits(images, 2).unwrap();
    assert!(by_features.iter().zip(&asked).all(|(one, other)| (one - other).abs() < 1e-5));
    // What others read, too, is no head of its own; what ends otherwise has none.
    let mut shared = plan.clone();
    shared.model.nodes.insert(0, node("Add", [bias, bias], "twice"));
    assert!(shared.head().unwrap_err().to_string().contains("also read elsewhere"));
    plan.model.nodes.push(node("Tanh", [made, made], "end"));
    plan.model.outputs = vec!["end".to_owned()];
    assert_eq!(plan.head().unwrap_err().to_string(), "it does not end in a linear layer");
}

#[test]
#[ignore = "a measurement"]
#[expect(clippy::print_stderr, reason = "it is for whoever measures")]
fn what_freezing_saves() {
    use std::time::Instant;

    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/networks/resnet.toml");
    let layers = std::fs::read_to_string(path).unwrap();
    let mut model = model(&layers, [3, 32, 32], 10);
    let images: Vec<f32> = batch(3072, 256, 10).inputs;
    let labels = batch(1, 256, 10).labels;
    let start = Instant::now();
    for (number, (images, labels)) in images.chunks(32 * 3072).zip(labels.chunks(32)).enumerate() {
        let batch = Batch { inputs: images.to_vec(), labels: labels.to_vec(), counts: None };
        model.step(batch, number as u64, 0.01).unwrap();
    }
    let whole = start.elapsed();
    eprintln!("an epoch of 256 images as a whole: {whole:?}");
    model.freeze().unwrap();
    let start = Instant::now();
    let features = model.features(images.chunks(3072)).unwrap();
    eprintln!("their features, once: {:?}", start.elapsed());
    let start = Instant::now();
    for (features, labels) in features.chunks(32).zip(labels.chunks(32)) {
        let batch = Batch { inputs: features.concat(), labels: labels.to_vec(), counts: None };
        model.step_on_features(batch, 0.01).unwrap();
    }
    let alone = start.elapsed();
    eprintln!("an epoch of the last layer alone: {alone:?}");
    assert!(alone * 20 < whole);
}
