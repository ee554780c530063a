//! What kind of operator a layer is, in a colour and in words.

use bevy::prelude::*;

use crate::{stream::Op, world::ui::palette};

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
            format!(
                "{}convolution {rows} × {columns}",
                if *transposed { "transposed " } else { "" }
            )
        }
        Op::Linear => "linear".to_owned(),
        Op::MatMul { .. } => "product of matrices".to_owned(),
        Op::Embedding => "embedding".to_owned(),
        Op::Normalisation { over, .. } => format!("normalisation by {over}"),
        Op::Activation { name }
        | Op::Elementwise { name }
        | Op::Strided { name, .. }
        | Op::Loss { name }
        | Op::Other { name } => name.clone(),
        Op::Reduction { takes, .. } => format!("{takes} along dimensions"),
        Op::Softmax { .. } => "softmax".to_owned(),
        Op::Pooling { takes, kernel: [rows, columns], .. } => {
            format!("{takes} pooling {rows} × {columns}")
        }
        Op::Add => "sum".to_owned(),
        Op::Concatenate { .. } => "concatenation".to_owned(),
        Op::Attended { heads } => format!("means of {heads} heads"),
        Op::Attention { heads } => format!("attention of {heads} heads"),
        Op::Input => "input".to_owned(),
        Op::Reshape => "reshape".to_owned(),
    }
}
