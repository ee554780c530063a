//! A vision transformer that `PyTorch` exported, whose normalisations and attention are spelled out.

use std::{path::Path, sync::Arc};

use super::{brought, snapshot, wave, worked_out::check};
use crate::{
    network::{Plan, onnx},
    stream::Snapshot,
};

pub(super) fn transformer() -> (Arc<Plan>, Snapshot) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/network/transformer/model.onnx");
    let plan = brought(onnx::model(&path).unwrap(), [3, 32, 32], 10);
    let image: Vec<f32> = wave(3 * 32 * 32, 0.37).iter().map(|number| number.abs()).collect();
    let snapshot = snapshot(&plan, &image);
    (plan, snapshot)
}

#[test]
fn every_number_of_a_transformer_is_worked_out() {
    let (plan, snapshot) = transformer();
    let told = check(&plan.graph, &snapshot, &[]);
    for operator in [
        "Convolution",
        "Reshape",
        "Strided",
        "Concatenate",
        "Add",
        "Reduction",
        "Elementwise",
        "Activation",
        "MatMul",
        "Softmax",
        "Linear",
    ] {
        assert!(told.iter().any(|told| told == operator), "{operator} in {told:?}");
    }
    assert!(told.len() > 80, "{}", told.len());
}
