//! What kind of operator a layer is, in a colour and in words.

use bevy::prelude::*;

use crate::{stream::Op, words, world::ui::palette};

/// Functions of one number that ONNX has, and its shares of a whole.
const ACTIVATIONS: [&str; 20] = [
    "leakyrelu",
    "elu",
    "celu",
    "selu",
    "softplus",
    "softsign",
    "mish",
    "hardsigmoid",
    "hardswish",
    "prelu",
    "erf",
    "exp",
    "log",
    "softmax",
    "logsoftmax",
    "clip",
    "abs",
    "neg",
    "sin",
    "cos",
];

/// The colour of a layer, by the family of its operator.
pub(super) fn colour(op: &Op) -> Color {
    let [convolution, linear, normalisation, activation, pooling, joint, other] =
        palette::OPERATORS;
    match op {
        Op::Convolution { .. } => convolution,
        Op::Linear | Op::MatMul { .. } | Op::Embedding | Op::Attended { .. } => linear,
        Op::Normalisation { .. } | Op::Reduction { .. } => normalisation,
        // Where they are spelled out, normalisations square numbers and take roots.
        Op::Activation { name } if name == "sqrt" => normalisation,
        Op::Elementwise { name } if name == "pow" => normalisation,
        Op::Activation { .. } | Op::Softmax { .. } | Op::Attention { .. } => activation,
        Op::Pooling { .. } => pooling,
        Op::Add | Op::Elementwise { .. } | Op::Concatenate { .. } => joint,
        // What the contract has no attributes for is still of its family.
        Op::Other { name } => match name.as_str() {
            "conv" | "convtranspose" => convolution,
            "matmul" | "gemm" | "gather" => linear,
            "lrn" | "reducemean" | "reducesum" | "reducemax" | "pow" | "sqrt" => normalisation,
            "mul" | "div" | "sub" | "add" | "concat" | "where" | "max" | "min" => joint,
            name if name.contains("convolution") => convolution,
            name if name.contains("pool") => pooling,
            name if ACTIVATIONS.contains(&name) => activation,
            _ => other,
        },
        Op::Input | Op::Reshape | Op::Strided { .. } | Op::Loss { .. } => other,
    }
}

/// What it is called.
pub(super) fn words(op: &Op) -> String {
    match op {
        Op::Convolution { kernel: [rows, columns], transposed, .. } => {
            say!(
                "network-convolution",
                value = if *transposed { say!("network-transposed") } else { "" },
                rows,
                columns
            )
        }
        Op::Linear => say!("network-linear").to_owned(),
        Op::MatMul { .. } => say!("network-product-of-matrices").to_owned(),
        Op::Embedding => say!("network-embedding").to_owned(),
        Op::Normalisation { over, .. } => say!("network-normalisation-by", over = word(over)),
        Op::Activation { name }
        | Op::Elementwise { name }
        | Op::Strided { name, .. }
        | Op::Loss { name }
        | Op::Other { name } => name.clone(),
        Op::Reduction { takes, .. } => say!("network-along-dimensions", takes = word(takes)),
        Op::Softmax { .. } => "softmax".to_owned(),
        Op::Pooling { takes, kernel: [rows, columns], .. } => {
            say!("network-pooling", takes = word(takes), rows, columns)
        }
        Op::Add => say!("network-sum").to_owned(),
        Op::Concatenate { .. } => say!("network-concatenation").to_owned(),
        Op::Attended { heads } => say!("network-means-of-heads", heads),
        Op::Attention { heads } => say!("network-attention-of-heads", heads),
        Op::Input => say!("network-input").to_owned(),
        Op::Reshape => say!("network-reshape").to_owned(),
    }
}

/// What the contract calls an operation by, as it is read.
fn word(of: &str) -> &str {
    words::known(&format!("network-word-{}", of.replace(' ', "-"))).unwrap_or(of)
}
