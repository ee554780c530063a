//! One layer of a description: its kind, its settings, and what it reads.

use std::collections::BTreeMap;

use super::Stated;
use crate::network::{Fault, Function, Operator, Takes};

/// The names that can be read, and what they stand for.
pub(super) type Names = BTreeMap<String, usize>;

/// The settings of a layer, the kind first; what would be taken anyway is left out.
pub(super) fn stated(
    layer: &Stated,
    is_last: bool,
    names: &Names,
    last: usize,
) -> Result<Vec<String>, Fault> {
    let mut lines = Vec::new();
    let mut kind = |kind: &str| lines.push(format!("kind = \"{kind}\""));
    match &layer.operator {
        Operator::Convolution { kernel, stride, padding, dilation, groups } => {
            kind("conv2d");
            lines.push(format!("out_channels = {}", layer.outputs));
            lines.push(format!("kernel_size = {}", two(*kernel)));
            let usual = [("stride", stride, 1), ("padding", padding, 0), ("dilation", dilation, 1)];
            let others = usual.into_iter().filter(|(_, sizes, usual)| **sizes != [*usual; 2]);
            lines.extend(others.map(|(name, sizes, _)| format!("{name} = {}", two(*sizes))));
            if *groups != 1 {
                lines.push(format!("groups = {groups}"));
            }
        }
        Operator::Linear => {
            kind("linear");
            // The last has as many as there are classes.
            if !is_last {
                lines.push(format!("out_features = {}", layer.outputs));
            }
        }
        Operator::BatchNorm { epsilon, momentum } => {
            kind("batch_norm");
            lines.push(format!("eps = {epsilon:?}"));
            lines.push(format!("momentum = {momentum:?}"));
        }
        Operator::GroupNorm { groups: 1, epsilon } if layer.row => {
            kind("layer_norm");
            lines.push(format!("eps = {epsilon:?}"));
        }
        Operator::GroupNorm { groups, epsilon } => {
            kind("group_norm");
            lines.push(format!("num_groups = {groups}"));
            lines.push(format!("eps = {epsilon:?}"));
        }
        Operator::Pool { takes, kernel, stride, padding } => {
            kind(if *takes == Takes::Largest { "max_pool2d" } else { "avg_pool2d" });
            lines.push(format!("kernel_size = {}", two(*kernel)));
            if stride != kernel {
                lines.push(format!("stride = {}", two(*stride)));
            }
            if *padding != [0; 2] {
                lines.push(format!("padding = {}", two(*padding)));
            }
        }
        Operator::GlobalAveragePool => kind("global_avg_pool2d"),
        Operator::Activation(function) => {
            kind(function.name());
            if let Function::LeakyRelu(slope) = function {
                lines.push(format!("negative_slope = {slope:?}"));
            }
        }
        Operator::Dropout { probability } => {
            kind("dropout");
            lines.push(format!("p = {probability:?}"));
        }
        Operator::Flatten => kind("flatten"),
        Operator::Add => kind("add"),
        Operator::Concatenate => kind("concat"),
        Operator::Embedding => {
            kind("embedding");
            lines.push(format!("embedding_dim = {}", layer.outputs));
        }
        Operator::Positions => kind("positional_embedding"),
        Operator::AttentionWeights { heads, .. } => {
            kind("multihead_attention");
            lines.push(format!("num_heads = {heads}"));
        }
        Operator::AttentionValues { .. } => {
            return Err(Fault::new(phrase!("network-files-a-part-of-an-attention")));
        }
    }
    lines.extend(layer.std.map(|std| format!("std = {std:?}")));
    let weighted = matches!(
        layer.operator,
        Operator::Convolution { .. } | Operator::Linear | Operator::AttentionWeights { .. }
    );
    if weighted && !layer.bias {
        lines.push("bias = false".to_owned());
    }
    lines.extend(from(&layer.from, names, last)?);
    Ok(lines)
}

/// One number where both are equal.
fn two([rows, columns]: [usize; 2]) -> String {
    if rows == columns { rows.to_string() } else { format!("[{rows}, {columns}]") }
}

/// What a layer reads as a setting, none where it reads the one before it.
pub(super) fn from(values: &[usize], names: &Names, last: usize) -> Result<Option<String>, Fault> {
    let name = |value: &usize| {
        let input = names.get_key_value("input").filter(|(_, of)| *of == value);
        let any = || names.iter().find(|(_, of)| *of == value);
        let found = input.or_else(any).map(|(name, _)| quoted(name));
        found.ok_or_else(|| Fault::new(phrase!("network-files-a-layer-reads-what-has")))
    };
    match values {
        [one] if *one == last => Ok(None),
        [one] => Ok(Some(format!("from = {}", name(one)?))),
        several => {
            let several = several.iter().map(name).collect::<Result<Vec<_>, _>>()?;
            Ok(Some(format!("from = [{}]", several.join(", "))))
        }
    }
}

/// A text in quotation marks, as TOML has it.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => out.extend(['\\', letter]),
            _ if letter.is_control() => {
                out += &format!("\\U{:08X}", u32::from(letter));
            }
            _ => out.push(letter),
        }
    }
    out.push('"');
    out
}
