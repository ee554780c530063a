//! Operators that are brought, each with the settings that change its arithmetic.

use super::{brought, snapshot, wave, worked_out::check};
use crate::network::onnx::{Array, Attribute, Kind, Model, Node, Port};

/// Puts a network together, node by node.
#[derive(Default)]
struct Builder(Model);

impl Builder {
    fn weights(&mut self, name: &str, dims: &[usize]) {
        let numbers = wave(dims.iter().product(), 0.61 + self.0.initialisers.len() as f32);
        self.0.initialisers.push((name.to_owned(), Array::singles(dims.to_vec(), numbers)));
    }

    fn whole(&mut self, name: &str, cells: &[i64]) {
        self.0
            .initialisers
            .push((name.to_owned(), Array::whole(vec![cells.len()], cells.to_vec())));
    }

    fn node(
        &mut self,
        operator: &str,
        reads: &[&str],
        makes: &[&str],
        settings: &[(&str, Attribute)],
    ) {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        self.0.nodes.push(Node {
            name: format!("/{}", makes[0]),
            operator: operator.to_owned(),
            inputs: names(reads),
            outputs: names(makes),
            attributes: settings
                .iter()
                .map(|(name, value)| ((*name).to_owned(), value.clone()))
                .collect(),
            ..Node::default()
        });
    }
}

fn ints(ints: &[i64]) -> Attribute {
    Attribute::Ints(ints.to_vec())
}

/// Maps of 6 channels of 8 × 7, and what is made of them, each by itself.
fn model() -> Model {
    let mut all = Builder(Model { opset: 21, ..Model::default() });
    let dims = vec![None, Some(3), Some(8), Some(7)];
    all.0.inputs = vec![Port { name: "x".to_owned(), kind: Some(Kind::F32), dims }];
    let size = |kernel: &[i64]| ("kernel_shape", ints(kernel));
    let (pads, strides) = (|pads: &[i64]| ("pads", ints(pads)), |of: &[i64]| ("strides", ints(of)));
    let dilations = |of: &[i64]| ("dilations", ints(of));
    let (axis, group) = (|axis| ("axis", Attribute::Int(axis)), |of| ("group", Attribute::Int(of)));

    all.weights("w1", &[6, 3, 3, 3]);
    all.weights("b1", &[6]);
    all.node("Conv", &["x", "w1", "b1"], &["maps"], &[pads(&[1, 1, 1, 1])]);
    all.weights("w2", &[4, 3, 3, 2]);
    let settings = [pads(&[2, 0, 1, 1]), strides(&[1, 2]), dilations(&[2, 1]), group(2)];
    all.node("Conv", &["maps", "w2"], &["dilated"], &settings);
    all.node(
        "Conv",
        &["maps", "w2"],
        &["same"],
        &[group(2), strides(&[3, 2]), ("auto_pad", Attribute::Text("SAME_LOWER".to_owned()))],
    );
    all.weights("w3", &[6, 2, 3, 2]);
    all.weights("b3", &[4]);
    let settings = [pads(&[1, 0, 0, 1]), strides(&[2, 3]), dilations(&[2, 1]), group(2)];
    all.node("ConvTranspose", &["maps", "w3", "b3"], &["spread"], &settings);
    let settings = [size(&[3, 2]), strides(&[2, 2]), pads(&[1, 0, 1, 1])];
    all.node("AveragePool", &["maps"], &["mean"], &settings);
    let with = ("count_include_pad", Attribute::Int(1));
    let settings = [
        size(&[3, 2]),
        strides(&[2, 2]),
        pads(&[1, 0, 1, 1]),
        with,
        ("ceil_mode", Attribute::Int(1)),
    ];
    all.node("AveragePool", &["maps"], &["padded mean"], &settings);
    let settings = [size(&[3, 2]), strides(&[2, 1]), pads(&[2, 1, 2, 0]), dilations(&[2, 1])];
    all.node("MaxPool", &["maps"], &["largest"], &settings);
    all.node("GlobalAveragePool", &["maps"], &["global mean"], &[]);
    all.node("GlobalMaxPool", &["maps"], &["global largest"], &[]);

    for name in ["scale", "shift"] {
        all.weights(name, &[6]);
    }
    all.node("InstanceNormalization", &["maps", "scale", "shift"], &["instance"], &[]);
    let groups = ("num_groups", Attribute::Int(3));
    all.node("GroupNormalization", &["maps", "scale", "shift"], &["grouped"], &[groups]);
    all.weights("row scale", &[8, 7]);
    let epsilon = ("epsilon", Attribute::Float(0.1));
    all.node("LayerNormalization", &["maps", "row scale"], &["layered"], &[axis(2), epsilon]);
    all.weights("kept mean", &[6]);
    all.0.initialisers.push(("kept variance".to_owned(), Array::singles(vec![6], vec![0.7; 6])));
    let reads = ["maps", "scale", "shift", "kept mean", "kept variance"];
    all.node("BatchNormalization", &reads, &["batched"], &[]);

    for axis_of in [1, -1] {
        all.node("Softmax", &["maps"], &[&format!("shares {axis_of}")], &[axis(axis_of)]);
    }
    for function in ["Gelu", "Erf", "Tanh", "Sigmoid", "Neg"] {
        all.node(function, &["maps"], &[&function.to_lowercase()], &[]);
    }
    all.weights("slopes", &[6, 1, 1]);
    all.node("PRelu", &["maps", "slopes"], &["prelu"], &[]);

    all.node(
        "Split",
        &["maps"],
        &["first half", "second half"],
        &[axis(1), ("num_outputs", Attribute::Int(2))],
    );
    all.node("Concat", &["first half", "maps", "second half"], &["joined"], &[axis(1)]);
    all.node("Concat", &["first half", "second half"], &["wide"], &[axis(-1)]);
    all.node("Transpose", &["maps"], &["turned"], &[("perm", ints(&[0, 3, 1, 2]))]);
    for (name, cells) in [("from", [6, -1]), ("to", [1, -8]), ("axes", [2, 3]), ("by", [-2, -3])] {
        all.whole(name, &cells);
    }
    all.node("Slice", &["maps", "from", "to", "axes", "by"], &["cut"], &[]);
    all.whole("which", &[4, 1]);
    all.node("Gather", &["maps", "which"], &["picked"], &[axis(1)]);
    all.whole("times", &[1, 1, 2, 3]);
    all.node("Tile", &["maps", "times"], &["tiled"], &[]);
    all.whole("as large", &[1, 6, 8, 5]);
    all.weights("column", &[6, 8, 1]);
    all.node("Expand", &["column", "as large"], &["expanded"], &[]);

    all.whole("along 1 3", &[1, -1]);
    all.node("ReduceSum", &["maps", "along 1 3"], &["sums"], &[("keepdims", Attribute::Int(0))]);
    all.node("ReduceMean", &["maps", "along 1 3"], &["means"], &[]);
    all.node("ReduceMax", &["maps", "along 1 3"], &["highest"], &[]);
    all.node("ReduceMin", &["maps", "along 1 3"], &["lowest"], &[]);
    all.node("Sub", &["maps", "means"], &["off"], &[]);
    all.0.initialisers.push(("two".to_owned(), Array::singles(Vec::new(), vec![2.0])));
    all.node("Pow", &["off", "two"], &["squares"], &[]);
    all.node("Div", &["two", "gelu"], &["turned around"], &[]);
    all.node("Mul", &["maps", "slopes"], &["scaled"], &[]);
    all.node("Add", &["maps", "means"], &["raised"], &[]);
    all.node("Max", &["maps", "off"], &["larger"], &[]);
    all.node("Min", &["maps", "off"], &["smaller"], &[]);

    all.node("MatMul", &["maps", "turned 2"], &["squared"], &[]);
    let at = all.0.nodes.len() - 1;
    all.node("Transpose", &["maps"], &["turned 2"], &[("perm", ints(&[0, 1, 3, 2]))]);
    all.0.nodes.swap(at, at + 1);
    all.weights("w5", &[7, 4]);
    all.node("MatMul", &["maps", "w5"], &["rows by weights"], &[]);
    all.weights("w6", &[7]);
    all.node("MatMul", &["maps", "w6"], &["rows by a row"], &[]);
    all.node("Flatten", &["means"], &["flat"], &[axis(1)]);
    all.weights("w7", &[8, 5]);
    all.weights("b7", &[5]);
    all.node("Gemm", &["flat", "w7", "b7"], &["hidden"], &[]);
    all.weights("w8", &[3, 5]);
    all.node("Gemm", &["hidden", "w8"], &["logits"], &[("transB", Attribute::Int(1))]);
    all.0.outputs = vec!["logits".to_owned()];
    all.0
}

#[test]
fn every_operator_is_worked_out_with_its_settings() {
    let plan = brought(model(), [3, 8, 7], 3);
    let snapshot = snapshot(&plan, &wave(3 * 8 * 7, 0.7));
    let untold = check(&plan.graph, &snapshot, &[]);
    assert!(untold.len() > 45, "{untold:?}");
    let shown: Vec<&str> = plan.shown.iter().map(|shown| shown.name.name()).collect();
    assert!(shown.contains(&"first_half") && shown.contains(&"first_half_2"), "{shown:?}");
}

#[test]
fn what_is_not_known_is_told_by_its_name() {
    let mut model = model();
    model.nodes.truncate(1);
    let mut all = Builder(model);
    all.node("LRN", &["maps"], &["around"], &[("size", Attribute::Int(3))]);
    all.node("GlobalAveragePool", &["around"], &["global mean"], &[]);
    all.node("Flatten", &["global mean"], &["flat"], &[("axis", Attribute::Int(1))]);
    all.weights("w", &[3, 6]);
    all.node("Gemm", &["flat", "w"], &["logits"], &[("transB", Attribute::Int(1))]);
    let plan = brought(all.0, [3, 8, 7], 3);
    check(&plan.graph, &snapshot(&plan, &wave(3 * 8 * 7, 0.7)), &["lrn"]);
}
