//! Networks that were brought, fitted to data: their ends, their inputs, and what is learned of them.

use super::*;
use crate::network::{
    FROZEN,
    onnx::{Array, Attribute, Kind, Model, Node, Port},
};

fn node(operator: &str, inputs: &[&str], made: &str) -> Node {
    Node {
        name: format!("/{made}"),
        operator: operator.to_owned(),
        inputs: inputs.iter().map(|name| (*name).to_owned()).collect(),
        outputs: vec![made.to_owned()],
        ..Node::default()
    }
}

/// A convolution of three filters, flattened, and a linear layer of so many classes behind a softmax.
fn classifier(classes: usize, channels: usize) -> Model {
    let gemm = Node {
        attributes: [("transB".to_owned(), Attribute::Int(1))].into_iter().collect(),
        ..node("Gemm", &["flat", "fc.weight", "fc.bias"], "logits")
    };
    let array = |dims: &[usize]| Array::singles(dims.to_vec(), vec![0.25; dims.iter().product()]);
    let dims = [Some(1), Some(channels), Some(4), Some(4)].to_vec();
    Model {
        opset: 16,
        inputs: vec![Port { name: "input".to_owned(), kind: Some(Kind::F32), dims }],
        outputs: vec!["shares".to_owned()],
        nodes: vec![
            node("Conv", &["input", "conv.weight", "alias"], "maps"),
            node("Flatten", &["maps"], "flat"),
            gemm,
            node("Softmax", &["logits"], "shares"),
        ],
        initialisers: [
            ("conv.weight", array(&[3, channels, 3, 3])),
            ("alias", array(&[3])),
            ("fc.weight", array(&[classes, 12])),
            ("fc.bias", array(&[classes])),
        ]
        .map(|(name, array)| (name.to_owned(), array))
        .to_vec(),
        ..Model::default()
    }
}

fn probed() -> Probed {
    let all: [(&str, &[usize]); 4] = [
        ("input", &[1, 1, 4, 4]),
        ("maps", &[1, 3, 2, 2]),
        ("flat", &[1, 12]),
        ("logits", &[1, 10]),
    ];
    let sizes = all.into_iter().map(|(name, dims)| (name.to_owned(), dims.to_vec()));
    Probed { sizes: sizes.collect(), ..Probed::default() }
}

#[test]
fn a_classifier_ends_before_its_softmax_and_is_drawn_node_by_node() {
    let fit = fitted(classifier(10, 1), [1, 4, 4], 10, Pixels::Unit).unwrap();
    assert!(fit.single && fit.remarks.iter().any(|remark| remark.contains("one image at once")));
    assert_eq!(fit.model.outputs, ["logits"]);
    let plan = plan("mine".to_owned(), fit, &probed()).unwrap();
    assert_eq!(plan.learned(), 27 + 3 + 120 + 10);
    let shown: Vec<_> = plan.shown.iter().map(|shown| shown.name.name()).collect();
    assert_eq!(shown, ["conv", "flat", "fc"]);
    assert!(plan.begins_with_its_own());
    assert_eq!(plan.multiply_adds, 12 * 9 + 120);
}

#[test]
fn other_classes_are_told_by_a_new_last_layer() {
    let fit = fitted(classifier(1000, 1), [1, 4, 4], 10, Pixels::Unit).unwrap();
    assert!(fit.remarks.iter().any(|remark| remark.contains("tells 1000 classes")));
    let plan = plan("mine".to_owned(), fit, &probed()).unwrap();
    let fresh: Vec<_> = plan
        .parameters
        .iter()
        .filter(|parameter| matches!(parameter.first, crate::network::First::Within(_)))
        .map(|parameter| (parameter.name.as_str(), parameter.dims.clone()))
        .collect();
    assert_eq!(fresh, [("fc.weight", vec![10, 12]), ("fc.bias", vec![10])]);
}

#[test]
fn grey_images_are_given_to_all_colours() {
    let fit = fitted(classifier(10, 3), [1, 4, 4], 10, Pixels::Unit).unwrap();
    assert_eq!(fit.model.nodes[0].operator, "Concat");
    assert_eq!(fit.model.inputs[0].dims[1], Some(1));
    assert!(fit.remarks.iter().any(|remark| remark.starts_with("Colours")));
    let said = fitted(classifier(10, 1), [3, 4, 4], 10, Pixels::Unit).unwrap_err().to_string();
    assert!(said.contains("for images of 1 channels, but the data have 3"), "{said}");
}

#[test]
fn what_takes_no_images_is_a_sentence() {
    let changed = |change: fn(&mut Model)| {
        let mut model = classifier(10, 1);
        change(&mut model);
        fitted(model, [1, 4, 4], 10, Pixels::Unit).unwrap_err().to_string()
    };
    let two = changed(|model| model.inputs.push(model.inputs[0].clone()));
    assert!(two.contains("it takes 2 inputs (input, input)"), "{two}");
    let rows = changed(|model| model.inputs[0].dims.truncate(2));
    assert!(rows.contains("its input has 2 dimensions"), "{rows}");
    let wide = changed(|model| model.inputs[0].dims[1] = Some(64));
    assert!(wide.contains("of 64 channels"), "{wide}");
    let whole = changed(|model| model.inputs[0].kind = Some(Kind::I64));
    assert!(whole.contains("export it with float32"), "{whole}");
    let large = changed(|model| model.inputs[0].dims[2] = Some(224));
    assert!(large.contains("it is for images of 224 rows"), "{large}");
}

#[test]
fn equal_arrays_that_are_stored_once_are_untied() {
    let mut model = classifier(10, 1);
    model.nodes.insert(0, node("Identity", &["alias"], "other"));
    let fit = fitted(model, [1, 4, 4], 10, Pixels::Unit).unwrap();
    assert!(fit.model.nodes.iter().all(|node| node.operator != "Identity"));
    assert_eq!(fit.model.initialiser("other"), fit.model.initialiser("alias"));
}

#[test]
fn pixels_are_made_before_anything_else_and_not_learned() {
    let fit = fitted(classifier(10, 3), [1, 4, 4], 10, Pixels::ImageNet).unwrap();
    let operators: Vec<_> = fit.model.nodes.iter().map(|node| node.operator.as_str()).collect();
    assert_eq!(operators[..4], ["Concat", "Sub", "Div", "Conv"]);
    let (learned, _) = learned::names(&fit.model);
    assert_eq!(learned.len(), 4, "{learned:?}");
    let said = fitted(classifier(10, 1), [1, 4, 4], 10, Pixels::ImageNet).unwrap_err().to_string();
    assert!(said.contains("ImageNet's have three"), "{said}");
}

#[test]
fn names_of_any_length_are_drawn() {
    let mut model = classifier(10, 1);
    let long = "block.".repeat(300) + "conv.weight";
    model.initialisers[0].0 = long.clone();
    model.nodes[0].inputs[1] = long.clone();
    let plan =
        plan("mine".to_owned(), fitted(model, [1, 4, 4], 10, Pixels::Unit).unwrap(), &probed());
    let plan = plan.unwrap();
    assert_eq!(plan.parameters[0].name, long);
    let shown = plan.shown[0].name.name();
    assert!(shown.len() < 100 && shown.ends_with("block.conv"), "{shown}");
}

#[test]
fn a_last_layer_that_begins_anew_is_frozen_no_longer() {
    let mut model = classifier(7, 1);
    model.initialisers.iter_mut().for_each(|(name, _)| name.insert_str(0, FROZEN));
    let inputs = model.nodes.iter_mut().flat_map(|node| &mut node.inputs);
    let arrays = ["conv.weight", "alias", "fc.weight", "fc.bias"];
    let inputs = inputs.filter(|name| arrays.contains(&name.as_str()));
    inputs.for_each(|name| name.insert_str(0, FROZEN));
    let kept = fitted(model.clone(), [1, 4, 4], 7, Pixels::Unit).unwrap();
    let fault = plan("net".to_owned(), kept, &probed()).unwrap_err().to_string();
    assert_eq!(fault, "it has no weights that could learn");
    let fit = fitted(model, [1, 4, 4], 10, Pixels::Unit).unwrap();
    let plan = plan("net".to_owned(), fit, &probed()).unwrap();
    let learns: Vec<_> = plan.parameters.iter().map(|one| (&*one.name, one.learns())).collect();
    assert_eq!(
        learns,
        [
            ("frozen::conv.weight", false),
            ("frozen::alias", false),
            ("fc.weight", true),
            ("fc.bias", true)
        ]
    );
}
