//! Which operators have a kind, and what is said of others.

use super::*;
use crate::network::{
    brought::{Fit, plan},
    description,
    onnx::{Array, Model},
};

/// The plan of a described network after its file was made and fitted again, as a brought one.
fn brought(text: &str) -> Plan {
    let network = description(text).unwrap().network([2, 8, 8], 3).unwrap();
    let own = network.plan().unwrap();
    let mut model: Model = own.model.clone();
    let arrays = own.parameters.iter().map(|one| (one.name.clone(), one.dims.clone()));
    let memories = own.memories.iter().map(|one| (one.name.clone(), vec![one.first.len()]));
    for (name, dims) in arrays.chain(memories) {
        let count = dims.iter().product();
        model.initialisers.push((name, Array::singles(dims, vec![0.5; count])));
    }
    // The sizes of what is shown follow from the graph; those of values within a layer are not asked for.
    let mut probed = crate::network::brought::Probed::default();
    let sizes = &mut probed.sizes;
    for shown in &own.shown {
        let (_, spec) = own.graph.called(shown.name).unwrap();
        let dims = spec.dims.iter().map(|dim| dim.size);
        sizes.insert(shown.value.clone(), std::iter::once(1).chain(dims).collect());
    }
    for node in &model.nodes {
        sizes.entry(node.outputs[0].clone()).or_insert_with(|| vec![1, 1]);
    }
    let fit = Fit {
        model,
        input: [2, 8, 8],
        classes: 3,
        fresh: HashMap::new(),
        single: false,
        remarks: Vec::new(),
    };
    plan("Brought".to_owned(), fit, &probed).unwrap()
}

const ALL: &str = r#"
[[layers]]
kind = "conv2d"
name = "stem"
out_channels = 4
kernel_size = 3
padding = 1
[[layers]]
kind = "block"
name = "stage"
repeat = 2
[[layers.layers]]
kind = "conv2d"
name = "conv"
out_channels = 4
kernel_size = 3
padding = 1
groups = 2
bias = false
[[layers.layers]]
kind = "batch_norm"
name = "norm"
momentum = 0.3
[[layers.layers]]
kind = "silu"
[[layers.layers]]
kind = "group_norm"
num_groups = 2
[[layers.layers]]
kind = "add"
from = ["norm2", "input"]
[[layers]]
kind = "concat"
from = ["stage", "stem"]
[[layers]]
kind = "max_pool2d"
kernel_size = 2
[[layers]]
kind = "leaky_relu"
negative_slope = 0.3
[[layers]]
kind = "avg_pool2d"
kernel_size = 3
stride = 1
padding = 1
[[layers]]
kind = "gelu"
[[layers]]
kind = "global_avg_pool2d"
[[layers]]
kind = "linear"
out_features = 6
[[layers]]
kind = "layer_norm"
[[layers]]
kind = "dropout"
p = 0.2
[[layers]]
kind = "tanh"
[[layers]]
kind = "sigmoid"
[[layers]]
kind = "linear"
"#;

#[test]
fn what_was_described_and_saved_is_described_again() {
    let first = description(ALL).unwrap().network([2, 8, 8], 3).unwrap();
    let (text, sources) = described(&brought(ALL), &Training::default()).unwrap();
    let again = description(&text).unwrap().network([2, 8, 8], 3).unwrap();
    let operators = |network: &Network| {
        let of = |layer: &crate::network::Layer| {
            (layer.operator.clone(), layer.from.clone(), layer.size)
        };
        network.layers.iter().map(of).collect::<Vec<_>>()
    };
    assert_eq!(operators(&first), operators(&again), "{text}");
    // Weights come from where they were.
    let names: Vec<_> = first.parameters().map(|one| one.name.as_str()).collect();
    for name in names {
        assert!(sources.contains(&Source::same(name)), "{name} is missing in {sources:?}");
    }
    assert_eq!(sources.iter().filter(|source| source.name.contains("running_")).count(), 4);
}

#[test]
fn what_has_no_kind_is_named() {
    let text = "[[layers]]\nkind = \"flatten\"\n[[layers]]\nkind = \"tanh\"\nname = \"bend\"\n\
                [[layers]]\nkind = \"linear\"\n";
    let mut plan = brought(text);
    let said = |plan: &Plan| described(plan, &Training::default()).unwrap_err().to_string();
    plan.model.nodes[1].operator = "HardSwish".to_owned();
    assert_eq!(
        said(&plan),
        "HardSwish “/bend”: it has no kind in a description; save the network as .onnx"
    );
    plan = brought(text);
    plan.model.nodes[2].attributes.insert("alpha".to_owned(), Attribute::Float(0.5));
    assert!(said(&plan).starts_with("Gemm “/linear1”: it has no kind"), "{}", said(&plan));
}
