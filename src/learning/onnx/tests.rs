//! Operators against finite differences, a vision transformer against `PyTorch`, and what is refused.

use std::{collections::BTreeMap, path::Path};

use burn::tensor::Tensor;

use super::*;
use crate::{
    learning::DeviceName,
    network::onnx::{Array, Attribute, Kind, Port},
};

fn node(operator: &str, inputs: &[&str], attributes: &[(&str, Attribute)]) -> Node {
    Node {
        operator: operator.to_owned(),
        inputs: inputs.iter().map(|name| (*name).to_owned()).collect(),
        outputs: vec!["made".to_owned()],
        attributes: attributes
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.clone()))
            .collect(),
        ..Node::default()
    }
}

fn alone(node: Node, constants: Vec<(&str, Array)>) -> Model {
    Model {
        opset: 21,
        nodes: vec![node],
        outputs: vec!["made".to_owned()],
        initialisers: constants.into_iter().map(|(name, array)| (name.to_owned(), array)).collect(),
        ..Model::default()
    }
}

fn ints(ints: &[i64]) -> Attribute {
    Attribute::Ints(ints.to_vec())
}

/// Numbers that are neither alike nor near a corner of an operator.
fn numbers_of(dims: &[usize], seed: usize, positive: bool) -> Vec<f32> {
    let one = |at: usize| {
        let wave = ((at * 7 + seed * 13) as f32 * 0.61).sin();
        if positive { 0.6 + 0.4 * wave } else { wave + 0.13 * wave.signum() }
    };
    (0..dims.iter().product()).map(one).collect()
}

/// Σ made · weights, and its gradients by each input.
fn summed(
    model: &Model,
    inputs: &[(&str, Vec<usize>, Vec<f32>)],
    learns: bool,
) -> (f64, Vec<Vec<f32>>) {
    let device = match learns {
        true => DeviceName::Flex.device().autodiff(),
        false => DeviceName::Flex.device(),
    };
    let names: Vec<&str> = inputs.iter().map(|(name, ..)| *name).collect();
    let program = Program::of(model, &names).unwrap();
    let mut values: HashMap<String, Value> = HashMap::new();
    for (name, array) in &model.initialisers {
        values.insert(name.clone(), Value::host(array.clone()));
    }
    let place = if learns { leaf } else { shared };
    let leaves: Vec<_> = inputs
        .iter()
        .map(|(_, dims, numbers)| place(&numbers.clone().into(), dims, &device))
        .collect();
    for ((name, ..), leaf) in inputs.iter().zip(&leaves) {
        values.insert((*name).to_owned(), Value::Device(leaf.clone()));
    }
    let mut generator = rand::SeedableRng::seed_from_u64(3);
    let training = ["BatchNormalization", "Dropout"].contains(&model.nodes[0].operator.as_str());
    let mode = if training { Mode::Training(&mut generator) } else { Mode::Evaluation };
    let (made, _) = program.run(values, &device, mode, &mut |_, _, _| Ok(())).unwrap();
    let dims = made[0].dims();
    let weights = numbers_of(&dims, 5, false);
    let made = made[0].device(&device).unwrap();
    let sum =
        numbers(made.clone()).unwrap().iter().zip(&weights).map(|(a, b)| f64::from(a * b)).sum();
    if !learns {
        return (sum, Vec::new());
    }
    let count = weights.len();
    let flat = Tensor::<1>::from_dispatch(value::reshaped(made, &[count]));
    let weights = Tensor::<1>::from_dispatch(constant(weights, &[count], &device));
    let mut gradients = (flat * weights).sum().backward();
    let of = |leaf| gradient(leaf, &mut gradients).unwrap().unwrap_or_default();
    (sum, leaves.iter().map(of).collect())
}

fn differentiates(node: Node, inputs: &[(&str, &[usize])], constants: Vec<(&str, Array)>) {
    let called = node.operator.clone();
    let positive =
        ["Log", "Sqrt", "Pow", "Reciprocal", "Div", "ReduceLogSum", "ReduceL2", "ReduceProd"];
    let positive = positive.contains(&called.as_str());
    let model = alone(node, constants);
    let inputs: Vec<_> = inputs
        .iter()
        .enumerate()
        .map(|(seed, (name, dims))| (*name, dims.to_vec(), numbers_of(dims, seed, positive)))
        .collect();
    let (_, gradients) = summed(&model, &inputs, true);
    for (of, gradient) in gradients.iter().enumerate() {
        let count = inputs[of].2.len();
        assert_eq!(gradient.len(), count, "{called}: input {of} has no gradient");
        let largest = gradient.iter().fold(0.0_f32, |most, one| most.max(one.abs()));
        for at in (0..count).step_by(count.div_ceil(7)) {
            const BY: f32 = 2e-3;
            let [more, less] = [BY, -BY].map(|by| {
                let mut moved = inputs.clone();
                moved[of].2[at] += by;
                summed(&model, &moved, false).0
            });
            let slope = (more - less) / f64::from(2.0 * BY);
            let apart = (slope - f64::from(gradient[at])).abs();
            assert!(
                apart < 3e-3 + 0.02 * f64::from(largest),
                "{called}, input {of}[{at}]: {slope} by differences, {} by burn",
                gradient[at]
            );
        }
    }
}

#[test]
fn every_operator_is_differentiated_as_finite_differences_say() {
    let plain = [
        "Sigmoid",
        "Tanh",
        "Erf",
        "Exp",
        "Log",
        "Sqrt",
        "Abs",
        "Neg",
        "Reciprocal",
        "Sin",
        "Cos",
        "Relu",
        "LeakyRelu",
        "Elu",
        "Celu",
        "Selu",
        "Softplus",
        "Softsign",
        "Mish",
        "HardSwish",
        "Gelu",
        "Identity",
        "Softmax",
        "LogSoftmax",
    ];
    for operator in plain {
        differentiates(node(operator, &["x"], &[]), &[("x", &[2, 6])], vec![]);
    }
    differentiates(
        node("Gelu", &["x"], &[("approximate", Attribute::Text("tanh".into()))]),
        &[("x", &[2, 6])],
        vec![],
    );
    differentiates(node("HardSigmoid", &["x"], &[]), &[("x", &[2, 6])], vec![]);
    differentiates(node("Dropout", &["x"], &[]), &[("x", &[4, 6])], vec![]);
    differentiates(
        node("PRelu", &["x", "s"], &[]),
        &[("x", &[2, 3, 2, 2]), ("s", &[3, 1, 1])],
        vec![],
    );
    for operator in ["Add", "Sub", "Mul", "Div", "Pow", "Max", "Min", "Sum"] {
        differentiates(
            node(operator, &["a", "b"], &[]),
            &[("a", &[2, 3, 4]), ("b", &[3, 1])],
            vec![],
        );
    }
    let two = || ("two", Array::singles(vec![], vec![2.0]));
    differentiates(node("Pow", &["x", "two"], &[]), &[("x", &[2, 3])], vec![two()]);
    let limits = || {
        vec![
            ("low", Array::singles(vec![], vec![-0.4])),
            ("high", Array::singles(vec![], vec![0.7])),
        ]
    };
    differentiates(node("Clip", &["x", "low", "high"], &[]), &[("x", &[3, 5])], limits());
    let mask = Array {
        kind: Kind::Bool,
        dims: vec![2, 1],
        cells: crate::network::onnx::Cells::Whole(vec![1, 0]),
    };
    differentiates(
        node("Where", &["c", "a", "b"], &[]),
        &[("a", &[2, 3]), ("b", &[2, 3])],
        vec![("c", mask)],
    );
    let whole = |name, cells: &[i64]| vec![(name, Array::whole(vec![cells.len()], cells.to_vec()))];
    differentiates(node("Reshape", &["x", "s"], &[]), &[("x", &[2, 6])], whole("s", &[3, -1]));
    differentiates(node("Expand", &["x", "s"], &[]), &[("x", &[2, 1])], whole("s", &[3, 2, 4]));
    differentiates(node("Tile", &["x", "s"], &[]), &[("x", &[2, 3])], whole("s", &[2, 2]));
    differentiates(
        node("Gather", &["x", "i"], &[("axis", Attribute::Int(1))]),
        &[("x", &[2, 4])],
        whole("i", &[3, 0, -1]),
    );
    differentiates(node("Unsqueeze", &["x", "s"], &[]), &[("x", &[2, 3])], whole("s", &[1]));
    differentiates(node("Squeeze", &["x"], &[]), &[("x", &[2, 1, 3])], vec![]);
    differentiates(node("Flatten", &["x"], &[]), &[("x", &[2, 2, 3])], vec![]);
    differentiates(
        node("Transpose", &["x"], &[("perm", ints(&[2, 0, 1]))]),
        &[("x", &[2, 3, 4])],
        vec![],
    );
    differentiates(
        node("Concat", &["a", "b"], &[("axis", Attribute::Int(1))]),
        &[("a", &[2, 3]), ("b", &[2, 2])],
        vec![],
    );
    differentiates(
        node("Split", &["x"], &[("axis", Attribute::Int(1))]),
        &[("x", &[2, 3])],
        vec![],
    );
    differentiates(node("Trilu", &["x"], &[]), &[("x", &[3, 3])], vec![]);
    let mut cuts = whole("from", &[0, -1]);
    cuts.extend(whole("to", &[9, -9]));
    cuts.extend(whole("axes", &[0, 1]));
    cuts.extend(whole("steps", &[2, -1]));
    differentiates(
        node("Slice", &["x", "from", "to", "axes", "steps"], &[]),
        &[("x", &[4, 3])],
        cuts,
    );
    for mode in ["constant", "reflect", "edge", "wrap"] {
        let mode = ("mode", Attribute::Text(mode.to_owned()));
        differentiates(
            node("Pad", &["x", "p"], &[mode]),
            &[("x", &[3, 4])],
            whole("p", &[1, 0, 1, 2]),
        );
    }
    for operator in [
        "ReduceSum",
        "ReduceMean",
        "ReduceMax",
        "ReduceMin",
        "ReduceProd",
        "ReduceL1",
        "ReduceL2",
        "ReduceSumSquare",
        "ReduceLogSum",
        "ReduceLogSumExp",
    ] {
        differentiates(
            node(operator, &["x", "axes"], &[]),
            &[("x", &[2, 3, 4])],
            whole("axes", &[1]),
        );
    }
    differentiates(node("MatMul", &["a", "b"], &[]), &[("a", &[2, 3, 4]), ("b", &[4, 2])], vec![]);
    let gemm = [
        ("transB", Attribute::Int(1)),
        ("alpha", Attribute::Float(0.5)),
        ("beta", Attribute::Float(2.0)),
    ];
    differentiates(
        node("Gemm", &["a", "b", "c"], &gemm),
        &[("a", &[3, 4]), ("b", &[2, 4]), ("c", &[2])],
        vec![],
    );
}

#[test]
fn windows_and_normalisations_are_differentiated_as_finite_differences_say() {
    let conv =
        [("pads", ints(&[1, 0, 2, 1])), ("strides", ints(&[2, 1])), ("dilations", ints(&[1, 2]))];
    differentiates(
        node("Conv", &["x", "w", "b"], &conv),
        &[("x", &[2, 2, 5, 6]), ("w", &[4, 2, 3, 2]), ("b", &[4])],
        vec![],
    );
    let groups = [("group", Attribute::Int(2)), ("auto_pad", Attribute::Text("SAME_UPPER".into()))];
    differentiates(
        node("Conv", &["x", "w"], &groups),
        &[("x", &[1, 4, 4, 5]), ("w", &[4, 2, 2, 3])],
        vec![],
    );
    differentiates(node("Conv", &["x", "w"], &[]), &[("x", &[2, 2, 7]), ("w", &[3, 2, 3])], vec![]);
    differentiates(
        node("Conv", &["x", "w"], &[]),
        &[("x", &[1, 1, 3, 3, 3]), ("w", &[2, 1, 2, 2, 2])],
        vec![],
    );
    let back = [
        ("strides", ints(&[2, 2])),
        ("pads", ints(&[1, 0, 0, 1])),
        ("output_padding", ints(&[1, 0])),
    ];
    differentiates(
        node("ConvTranspose", &["x", "w", "b"], &back),
        &[("x", &[1, 2, 3, 3]), ("w", &[2, 3, 3, 2]), ("b", &[3])],
        vec![],
    );
    for operator in ["MaxPool", "AveragePool"] {
        for settings in [
            vec![("kernel_shape", ints(&[2, 2])), ("strides", ints(&[2, 2]))],
            vec![
                ("kernel_shape", ints(&[3, 2])),
                ("pads", ints(&[0, 1, 1, 0])),
                ("ceil_mode", Attribute::Int(1)),
                ("strides", ints(&[2, 2])),
            ],
        ] {
            differentiates(node(operator, &["x"], &settings), &[("x", &[2, 2, 5, 6])], vec![]);
        }
        let three = vec![("kernel_shape", ints(&[2, 2, 2]))];
        differentiates(node(operator, &["x"], &three), &[("x", &[1, 1, 3, 3, 3])], vec![]);
    }
    for operator in ["GlobalAveragePool", "GlobalMaxPool"] {
        differentiates(node(operator, &["x"], &[]), &[("x", &[2, 3, 3, 2])], vec![]);
    }
    let memory = || {
        vec![
            ("m", Array::singles(vec![3], vec![0.0; 3])),
            ("v", Array::singles(vec![3], vec![1.0; 3])),
        ]
    };
    let scaled: &[(&str, &[usize])] = &[("x", &[4, 3, 2, 2]), ("s", &[3]), ("b", &[3])];
    differentiates(node("BatchNormalization", &["x", "s", "b", "m", "v"], &[]), scaled, memory());
    differentiates(node("InstanceNormalization", &["x", "s", "b"], &[]), scaled, vec![]);
    differentiates(
        node("GroupNormalization", &["x", "s", "b"], &[("num_groups", Attribute::Int(3))]),
        scaled,
        vec![],
    );
    differentiates(
        node("LayerNormalization", &["x", "s", "b"], &[]),
        &[("x", &[2, 3, 4]), ("s", &[4]), ("b", &[4])],
        vec![],
    );
    differentiates(
        node("LRN", &["x"], &[("size", Attribute::Int(3))]),
        &[("x", &[2, 4, 2, 2])],
        vec![],
    );
    for mode in ["nearest", "linear", "cubic"] {
        let mode = ("mode", Attribute::Text(mode.to_owned()));
        let sizes = ("sizes", Array::whole(vec![4], vec![1, 2, 5, 7]));
        differentiates(
            node("Resize", &["x", "", "", "sizes"], &[mode]),
            &[("x", &[1, 2, 3, 4])],
            vec![sizes],
        );
    }
}

/// Little-endian numbers of `PyTorch`, made by tests/network/transformer.py.
fn said_by_torch(name: &str) -> Vec<f32> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/network/transformer").join(name);
    let bytes = std::fs::read(path).unwrap();
    bytes.as_chunks::<4>().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect()
}

fn apart(own: &[f32], torch: &[f32]) -> f32 {
    assert_eq!(own.len(), torch.len());
    own.iter().zip(torch).map(|(own, torch)| (own - torch).abs()).fold(0.0, f32::max)
}

#[test]
fn a_vision_transformer_computes_and_learns_as_pytorchs_does() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/network/transformer/model.onnx");
    let model = crate::network::onnx::model(&path).unwrap();
    let device = DeviceName::Flex.device().autodiff();
    let program = Program::new(&model).unwrap();
    let mut values = HashMap::new();
    let mut filters = None;
    for (name, array) in &model.initialisers {
        let value = if array.kind == Kind::F32 && array.len() > 1 {
            let leaf = leaf(&array.shared(), &array.dims, &device);
            if name == "conv_proj.weight" {
                filters = Some(leaf.clone());
            }
            Value::Device(leaf)
        } else {
            Value::host(array.clone())
        };
        values.insert(name.clone(), value);
    }
    let images = Value::images(said_by_torch("input"), &[3, 3, 32, 32], &device);
    values.insert(model.inputs[0].name.clone(), images);
    let mut seen = 0;
    let mut see = |_: usize, _: &str, _: &Value| {
        seen += 1;
        Ok(())
    };
    let (made, _) = program.run(values, &device, Mode::Evaluation, &mut see).unwrap();
    assert!(seen > 300, "{seen} values were seen");
    let logits = made[0].rows([3, 10], &device).unwrap();
    let own = numbers(logits.clone().into_dispatch()).unwrap();
    assert!(apart(&own, &said_by_torch("logits")) < 1e-4);
    let labels = Tensor::<2, burn::tensor::Int>::from_data([[0], [1], [2]], &device);
    let loss = burn::tensor::activation::log_softmax(logits, 1).gather(1, labels).mean().neg();
    let mut gradients = loss.backward();
    let own = gradient(&filters.unwrap(), &mut gradients).unwrap().unwrap();
    assert!(apart(&own, &said_by_torch("gradient")) < 1e-5);
}

#[test]
fn what_is_not_known_is_a_sentence_before_anything_runs() {
    let said = |node: Node| match Program::of(&alone(node, vec![]), &["x"]) {
        Err(fault) => fault.to_string(),
        Ok(_) => panic!("it was taken"),
    };
    let far = Node { domain: "com.microsoft".to_owned(), ..node("FusedConv", &["x"], &[]) };
    for (node, sentence) in [
        (node("ConvInteger", &["x"], &[]), "the file is quantised"),
        (node("Loop", &["x"], &[]), "it holds a network of its own"),
        (node("Frobnicate", &["x"], &[]), "the operator is not known here"),
        (far, "the operator is of “com.microsoft”"),
        (
            node("Relu", &["x"], &[("slope", Attribute::Int(1))]),
            "its attribute “slope” is not known here",
        ),
        (node("Relu", &["z"], &[]), "it reads “z”, which nobody has made before it"),
        (node("Conv", &["x", "x"], &[("strides", ints(&[0, 1]))]), "a step of zero"),
        (node("Cast", &["x"], &[("to", Attribute::Int(8))]), "which is not known here"),
    ] {
        let said = said(node);
        assert!(said.contains(sentence), "{said}");
        assert_eq!(said.lines().count(), 1);
    }
}

#[test]
fn a_network_that_reads_what_comes_later_is_refused() {
    let mut model = alone(node("Relu", &["later"], &[]), vec![]);
    let later = Node { outputs: vec!["later".to_owned()], ..node("Relu", &["made"], &[]) };
    model.nodes.push(later);
    assert!(Program::new(&model).is_err_and(|fault| fault.to_string().contains("nobody has made")));
    let port = Port { name: "x".to_owned(), kind: Some(Kind::F32), dims: vec![] };
    let empty = Model {
        inputs: vec![port],
        outputs: vec!["y".to_owned()],
        facts: BTreeMap::new(),
        ..Model::default()
    };
    assert!(Program::new(&empty).is_err_and(|fault| fault.to_string().contains("made by nobody")));
}

#[test]
fn what_would_be_too_large_is_refused_before_it_is_calculated() {
    let device = DeviceName::Flex.device();
    let far = 1_i64 << 40;
    let whole = |name, cells: &[i64]| vec![(name, Array::whole(vec![cells.len()], cells.to_vec()))];
    let cases = [
        (node("Expand", &["x", "s"], &[]), whole("s", &[1 << 20, 1, 1 << 20, 1])),
        (node("Tile", &["x", "s"], &[]), whole("s", &[far, 1, 1, 1])),
        (node("Pad", &["x", "s"], &[]), whole("s", &[0, 0, far, 0, 0, 0, 0, 0])),
        (node("ConstantOfShape", &["s"], &[]), whole("s", &[far])),
        (node("Conv", &["x", "x"], &[("pads", ints(&[far, 0, 0, 0]))]), vec![]),
        (
            node(
                "MaxPool",
                &["x"],
                &[("kernel_shape", ints(&[1, 1])), ("pads", ints(&[far, 0, 0, 0]))],
            ),
            vec![],
        ),
        (node("ConvTranspose", &["x", "x"], &[("strides", ints(&[far, 1]))]), vec![]),
        (node("Conv", &["x", "x"], &[("dilations", ints(&[i64::MAX, 1]))]), vec![]),
    ];
    for (node, constants) in cases {
        let called = node.operator.clone();
        let model = alone(node, constants);
        let program = Program::of(&model, &["x"]).unwrap();
        let mut values: HashMap<String, Value> = model
            .initialisers
            .iter()
            .map(|(name, array)| (name.clone(), Value::host(array.clone())))
            .collect();
        values.insert("x".to_owned(), Value::images(vec![1.0; 4], &[1, 1, 2, 2], &device));
        let made = program.run(values, &device, Mode::Evaluation, &mut |_, _, _| Ok(()));
        assert!(made.is_err(), "{called} was calculated");
    }
}
