//! What kind of operator a layer is, in a colour and in words.

use bevy::prelude::*;

use crate::{stream::Op, world::ui::palette};

/// The colour of a layer, by the family of its operator.
pub(super) fn colour(op: &Op) -> Color {
    let [convolution, linear, normalisation, activation, pooling, joint, other] =
        palette::OPERATORS;
    match op {
        Op::Convolution { .. } => convolution,
        Op::Linear | Op::Embedding => linear,
        Op::Normalisation { .. } => normalisation,
        Op::Activation { .. } | Op::Softmax => activation,
        Op::Pooling { .. } => pooling,
        Op::Add | Op::Concatenate { .. } => joint,
        // What the contract has no attributes for is still of its family.
        Op::Other { name } if name.contains("convolution") => convolution,
        Op::Other { name } if name.contains("pooling") => pooling,
        Op::Attention { .. } | Op::Input | Op::Reshape | Op::Loss { .. } | Op::Other { .. } => {
            other
        }
    }
}

/// What it is called.
pub(super) fn words(op: &Op) -> String {
    match op {
        Op::Convolution { kernel: [rows, columns], .. } => {
            format!("convolution {rows} × {columns}")
        }
        Op::Linear => "linear".to_owned(),
        Op::Embedding => "embedding".to_owned(),
        Op::Normalisation { over } => format!("normalisation by {over}"),
        Op::Activation { name } | Op::Loss { name } | Op::Other { name } => name.clone(),
        Op::Softmax => "softmax".to_owned(),
        Op::Pooling { takes, kernel: [rows, columns], .. } => {
            format!("{takes} pooling {rows} × {columns}")
        }
        Op::Add => "sum".to_owned(),
        Op::Concatenate { .. } => "concatenation".to_owned(),
        Op::Attention { heads } => format!("attention of {heads} heads"),
        Op::Input => "input".to_owned(),
        Op::Reshape => "reshape".to_owned(),
    }
}
