//! What images' gradients make of directions, against burn's gradient of the whole batch, and alone against together.

use super::{
    super::{layout::Layout, products::Through},
    *,
};
use crate::network::onnx::{Attribute, Node};

fn directions(size: usize) -> [Vec<f32>; 2] {
    [0.7_f32, 1.9].map(|speed| (0..size).map(|at| (at as f32 * speed).sin()).collect())
}

/// The products of a step's batch, part by part, and what burn's gradient of the batch makes of the same.
fn products(run: &NetworkRun, step: u64, through: Through) -> (Vec<[f64; 2]>, Vec<[f64; 2]>) {
    let mut state = run.begin().unwrap();
    (1..step).for_each(|before| run.take(&mut state, before).unwrap());
    let row = run.parameters(&state).unwrap();
    let (batch, count) = (run.learned_from(step).unwrap(), run.seen(step).len());
    let [one, other] = directions(row.len());
    let along = [&*one, &*other];
    let found = run.model.products(&row, (&batch, step - 1), through, &run.layout, along).unwrap();
    let mut there = run.model.at(&state);
    match run.pictures.is_frozen() {
        false => there.step(batch, step - 1, 0.0).unwrap(),
        true => there.step_on_features(batch, 0.0).unwrap(),
    };
    let learning = run.model.learning();
    let gradient: Vec<f32> =
        learning.iter().flat_map(|at| there.gradients()[*at].clone()).collect();
    let whole = run.layout.parts.iter().map(|(_, ranges)| {
        along.map(|along| {
            let places = ranges.iter().cloned().flatten();
            let sum: f64 = places.map(|at| f64::from(gradient[at]) * f64::from(along[at])).sum();
            sum * count as f64
        })
    });
    (found, whole.collect())
}

/// Whether images' products add up to the batch's.
fn add_up(run: &NetworkRun, step: u64, through: Through) -> Vec<[f64; 2]> {
    let (found, whole) = products(run, step, through);
    let parts = whole.len();
    assert_eq!(found.len(), parts * run.seen(step).len());
    let scale: f64 = found.iter().flatten().map(|one| one.abs()).sum();
    assert!(scale > 1e-2, "{scale}");
    for (part, wanted) in whole.iter().enumerate() {
        for (side, wanted) in wanted.iter().enumerate() {
            let sum: f64 = found.iter().skip(part).step_by(parts).map(|one| one[side]).sum();
            assert!((sum - wanted).abs() < 1e-5 * scale, "part {part}: {sum} {wanted}, {scale}");
        }
    }
    found
}

#[test]
fn images_products_add_up_to_those_of_burns_gradient_of_the_batch() {
    let adam = "optimiser = \"adam\"";
    for layers in [PERCEPTRON, DROPPED, NORMALISED] {
        for class_weights in [None, Some(vec![0.5, 1.0, 3.0])] {
            let (pictures, mut model) = (pictures(CHANGED), model(layers, adam));
            model.weigh(class_weights);
            let run = run(&mut model, &pictures, (10, 0.01));
            // The last batch of an epoch is smaller.
            for step in [1, 6, 9] {
                let together = add_up(&run, step, Through::Together);
                if layers == NORMALISED {
                    continue;
                }
                // With the dropout that was drawn for it an image alone is what it is in its batch.
                let alone = add_up(&run, step, Through::Alone);
                let largest =
                    together.iter().flatten().fold(0.0_f64, |most, one| most.max(one.abs()));
                for (alone, together) in alone.iter().flatten().zip(together.iter().flatten()) {
                    assert!((alone - together).abs() < 1e-4 * largest, "{alone} {together}");
                }
            }
        }
    }
    let mut pictures = pictures(Augmentation::default());
    let mut frozen = model(NORMALISED, adam);
    frozen.freeze().unwrap();
    frozen.begin(SEED);
    pictures.freeze();
    let run = run(&mut frozen, &pictures, (10, 0.01));
    add_up(&run, 6, Through::Alone);
}

#[test]
fn an_image_left_out_of_the_loss_has_no_products() {
    let (pictures, mut model) = (pictures(CHANGED), model(DROPPED, "optimiser = \"adam\""));
    let run = run(&mut model, &pictures, (10, 0.01));
    let image = run.seen(5)[3];
    let without = run.without(&[image]);
    let (found, whole) = products(&without, 5, Through::Alone);
    let parts = run.layout.parts.len();
    assert!(found[3 * parts..4 * parts].iter().flatten().all(|product| *product == 0.0));
    for (part, wanted) in whole.iter().enumerate() {
        let sum: f64 = found.iter().skip(part).step_by(parts).map(|one| one[0]).sum();
        assert!((sum - wanted[0]).abs() < 1e-4, "{sum} {}", wanted[0]);
    }
}

#[test]
fn how_images_go_through_is_judged_by_operators_and_by_what_is_said_of_them() {
    let pictures = pictures(Augmentation::default());
    for (layers, wanted) in
        [(PERCEPTRON, Through::Alone), (DROPPED, Through::Alone), (NORMALISED, Through::Together)]
    {
        let mut model = model(layers, "optimiser = \"adam\"");
        let run = run(&mut model, &pictures, (2, 0.01));
        let batch = run.learned_from(1).unwrap();
        assert_eq!(run.model.through(run.ended(), &batch, 0).unwrap(), wanted);
    }
    // A network that takes one image at once normalises each by itself; and it draws all dropout of one before that of the next,
    // which is the order of the batch where there is one dropout alone.
    for (layers, wanted) in [(NORMALISED, Through::Alone), (DROPPED, Through::Together)] {
        let mut plan = (**model(layers, "optimiser = \"adam\"").plan()).clone();
        plan.single = true;
        let mut single = of_plan(plan);
        let run = run(&mut single, &pictures, (8, 0.01));
        assert_eq!(run.passes(8).unwrap(), if wanted == Through::Alone { 8 } else { 64 });
        add_up(&run, 6, wanted);
    }
    // Logits less their mean over the batch: no normalisation, and yet no image is alone.
    let mut plan = (**model(PERCEPTRON, "optimiser = \"adam\"").plan()).clone();
    let logits = plan.model.outputs[0].clone();
    let node =
        |operator: &str, inputs: [&str; 2], output: &str, attributes: &[(&str, Attribute)]| Node {
            name: output.to_owned(),
            operator: operator.to_owned(),
            domain: String::new(),
            inputs: inputs
                .iter()
                .filter(|name| !name.is_empty())
                .map(|name| (*name).to_owned())
                .collect(),
            outputs: vec![output.to_owned()],
            attributes: attributes
                .iter()
                .map(|(name, value)| ((*name).to_owned(), value.clone()))
                .collect(),
        };
    let over_batch = [("axes", Attribute::Ints(vec![0])), ("keepdims", Attribute::Int(1))];
    plan.model.nodes.push(node("ReduceMean", [&logits, ""], "mean of all", &over_batch));
    plan.model.nodes.push(node("Sub", [&logits, "mean of all"], "less the mean", &[]));
    plan.model.outputs = vec!["less the mean".to_owned()];
    let mut coupled = of_plan(plan);
    let run = run(&mut coupled, &pictures, (20, 0.01));
    assert_eq!(run.passes(8).unwrap(), 64);
    add_up(&run, 6, Through::Together);
    assert!(!Layout::of(&run.model).parts.is_empty());
}
