//! ONNX's operators in the words of the contract: what their arithmetic needs, and which of their inputs it reads.

use std::collections::HashSet;

use super::Probed;
use crate::{
    network::onnx::{Attribute, Model, Node},
    stream::Op,
};

/// Functions of one number.
const FUNCTIONS: [&str; 27] = [
    "Relu",
    "LeakyRelu",
    "Elu",
    "Celu",
    "Selu",
    "Softplus",
    "Softsign",
    "Mish",
    "Sigmoid",
    "HardSigmoid",
    "HardSwish",
    "Tanh",
    "Gelu",
    "Erf",
    "Exp",
    "Log",
    "Sqrt",
    "Abs",
    "Neg",
    "Reciprocal",
    "Sin",
    "Cos",
    "Floor",
    "Ceil",
    "Round",
    "Sign",
    "Clip",
];

/// A network of which operators are read.
pub(super) struct Reading<'a> {
    pub(super) model: &'a Model,
    pub(super) learned: &'a HashSet<String>,
    pub(super) probed: &'a Probed,
}

/// Windows over rows and columns.
struct Windows {
    kernel: [usize; 2],
    stride: [usize; 2],
    dilation: [usize; 2],
    /// Before the first and behind the last, of rows and of columns.
    pads: [(usize, usize); 2],
}

impl Windows {
    fn padding(&self) -> [usize; 2] {
        self.pads.map(|(before, _)| before)
    }
}

impl Reading<'_> {
    /// The operator of what a node makes, and the places of the inputs that it reads; none where the contract has no words
    /// for it.
    pub(super) fn op(&self, node: &Node, made: &str) -> Option<(Op, Vec<usize>)> {
        let all = || (0..node.inputs.len()).collect::<Vec<_>>();
        let name = || node.operator.to_lowercase();
        Some(match node.operator.as_str() {
            "Conv" | "ConvTranspose" => (self.convolution(node)?, all()),
            "MatMul" => (self.product(node, [false; 2])?, vec![0, 1]),
            "Gemm" => (self.gemm(node)?, all()),
            "BatchNormalization" => {
                let (over, epsilon) = ("batch".to_owned(), epsilon(node));
                (Op::Normalisation { over, together: 0, epsilon }, vec![0, 1, 2, 3, 4])
            }
            "LayerNormalization" | "GroupNormalization" | "InstanceNormalization" => {
                (self.normalisation(node)?, all())
            }
            "MaxPool" | "AveragePool" | "GlobalAveragePool" | "GlobalMaxPool" => {
                (self.pooling(node)?, vec![0])
            }
            function if FUNCTIONS.contains(&function) => (Op::Activation { name: name() }, vec![0]),
            "Add" | "Sum" => (Op::Add, all()),
            "Sub" | "Mul" | "Div" | "Pow" | "Max" | "Min" | "PRelu" => {
                (Op::Elementwise { name: name() }, all())
            }
            "ReduceMean" | "ReduceSum" | "ReduceMax" | "ReduceMin" => {
                let takes = name().trim_start_matches("reduce").to_owned();
                (Op::Reduction { takes, axes: self.reduced(node)? }, vec![0])
            }
            "Softmax" => (Op::Softmax { axes: self.softmax(node)? }, vec![0]),
            "Concat" => {
                let size = self.probed.sizes.get(made)?;
                let axis = along(int(node, "axis")?, size.len())?;
                (Op::Concatenate { axis: kept(size, &[axis]).first().copied()? }, all())
            }
            "Flatten" | "Reshape" | "Squeeze" | "Unsqueeze" => (Op::Reshape, vec![0]),
            _ => (self.probed.moved.get(made)?.clone(), vec![0]),
        })
    }

    /// The dimensions of what is read at a place, with the batch.
    fn dims(&self, node: &Node, at: usize) -> Option<&[usize]> {
        let name = node.inputs.get(at)?;
        let array = || self.model.initialiser(name).or_else(|| self.probed.constants.get(name));
        let value = self.probed.sizes.get(name).map(Vec::as_slice);
        value.or_else(|| array().map(|array| array.dims.as_slice()))
    }

    fn convolution(&self, node: &Node) -> Option<Op> {
        let transposed = node.operator == "ConvTranspose";
        let kernel = self.dims(node, 1)?.get(2..)?.try_into().ok()?;
        let windows = self.windows(node, kernel)?;
        if transposed && (node.attributes.contains_key("output_shape") || !is_plain(node)) {
            return None;
        }
        let groups = usize::try_from(int(node, "group").unwrap_or(1)).ok()?.max(1);
        let padding = windows.padding();
        let Windows { kernel, stride, dilation, .. } = windows;
        Some(Op::Convolution { kernel, stride, padding, dilation, groups, transposed })
    }

    fn pooling(&self, node: &Node) -> Option<Op> {
        let takes = if node.operator.contains("Max") { "max" } else { "average" }.to_owned();
        let [_, _, rows, columns] = *self.dims(node, 0)? else { return None };
        if node.operator.starts_with("Global") {
            let (kernel, stride) = ([rows, columns], [rows, columns]);
            let (padding, dilation) = ([0; 2], [1; 2]);
            return Some(Op::Pooling { takes, kernel, stride, padding, dilation, padded: None });
        }
        let windows = self.windows(node, ints(node, "kernel_shape")?.try_into().ok()?)?;
        let [(top, bottom), (left, right)] = windows.pads;
        let padded = (int(node, "count_include_pad") == Some(1))
            .then_some([rows + top + bottom, columns + left + right]);
        let padding = windows.padding();
        let Windows { kernel, stride, dilation, .. } = windows;
        Some(Op::Pooling { takes, kernel, stride, padding, dilation, padded })
    }

    /// Windows of this size; what pads there are follows from the setting (<https://onnx.ai/onnx/operators/onnx__Conv.html>).
    fn windows(&self, node: &Node, kernel: [usize; 2]) -> Option<Windows> {
        let (stride, dilation) = (two(node, "strides")?, two(node, "dilations")?);
        let [_, _, rows, columns] = *self.dims(node, 0)? else { return None };
        let auto = match node.attributes.get("auto_pad") {
            Some(Attribute::Text(text)) => text.as_str(),
            _ => "NOTSET",
        };
        let along = |at: usize, size: usize| -> Option<(usize, usize)> {
            let reach = dilation.get(at)? * kernel.get(at)?.checked_sub(1)? + 1;
            let stride = (*stride.get(at)?).max(1);
            let needed = (size.div_ceil(stride).max(1) - 1) * stride + reach;
            let total = needed.saturating_sub(size);
            match auto {
                "NOTSET" => match ints(node, "pads") {
                    Some(pads) => Some((*pads.get(at)?, *pads.get(at + 2)?)),
                    None if node.attributes.contains_key("pads") => None,
                    None => Some((0, 0)),
                },
                "VALID" => Some((0, 0)),
                "SAME_UPPER" => Some((total / 2, total - total / 2)),
                _ => Some((total - total / 2, total / 2)),
            }
        };
        Some(Windows { kernel, stride, dilation, pads: [along(0, rows)?, along(1, columns)?] })
    }

    fn gemm(&self, node: &Node) -> Option<Op> {
        let one = |name: &str| match node.attributes.get(name) {
            Some(Attribute::Float(float)) => *float == 1.0,
            _ => true,
        };
        if !one("alpha") || (!one("beta") && node.inputs.len() > 2) {
            return None;
        }
        let turned = ["transA", "transB"].map(|name| int(node, name).unwrap_or(0) != 0);
        let of_one = is_batched(self.dims(node, 0)?);
        let is_learned = node.inputs.get(1).is_some_and(|name| self.learned.contains(name));
        if turned == [false, true] && of_one && is_learned {
            return Some(Op::Linear);
        }
        self.product(node, turned)
    }

    /// A product of matrices whose dimensions are still those of matrices without the batch.
    fn product(&self, node: &Node, transposed: [bool; 2]) -> Option<Op> {
        let [first, second] = [self.dims(node, 0)?, self.dims(node, 1)?];
        let became_row = |at: usize, dims: &[usize]| {
            let name = node.inputs.get(at).map_or("", String::as_str);
            self.probed.sizes.contains_key(name) && is_batched(dims) && dims.len() == 2
        };
        let turned = became_row(0, first) && transposed[0];
        (!turned && !became_row(1, second)).then_some(Op::MatMul { transposed })
    }

    fn normalisation(&self, node: &Node) -> Option<Op> {
        let size = self.dims(node, 0)?;
        let all = size.iter().skip(1).product::<usize>();
        let (over, together) = match node.operator.as_str() {
            "LayerNormalization" => {
                let axis = along(int(node, "axis").unwrap_or(-1), size.len())?;
                ("layer", size.get(axis..)?.iter().product())
            }
            "InstanceNormalization" => ("instance", all.checked_div(*size.get(1)?)?),
            _ => ("group", all.checked_div(usize::try_from(int(node, "num_groups")?).ok()?)?),
        };
        Some(Op::Normalisation { over: over.to_owned(), together, epsilon: epsilon(node) })
    }

    /// The dimensions that a reduction reduces, of those that are shown.
    fn reduced(&self, node: &Node) -> Option<Vec<usize>> {
        let size = self.dims(node, 0)?;
        let given = match node.attributes.get("axes") {
            Some(Attribute::Ints(axes)) => axes.clone(),
            _ => match node.inputs.get(1).filter(|name| !name.is_empty()) {
                Some(name) => {
                    let known = self.model.initialiser(name);
                    known.or_else(|| self.probed.constants.get(name))?.to_whole()
                }
                None => Vec::new(),
            },
        };
        if given.is_empty() && int(node, "noop_with_empty_axes") == Some(1) {
            return None;
        }
        let axes = given.iter().map(|axis| along(*axis, size.len())).collect::<Option<Vec<_>>>()?;
        let all = || (0..size.len()).collect::<Vec<_>>();
        Some(kept(size, &if axes.is_empty() { all() } else { axes }))
    }

    /// The dimensions along which shares are made: before opset 13 the first one and all behind it.
    fn softmax(&self, node: &Node) -> Option<Vec<usize>> {
        let size = self.dims(node, 0)?;
        let coerces = self.model.opset < 13;
        let axis = int(node, "axis").unwrap_or(if coerces { 1 } else { -1 });
        let axis = along(axis, size.len())?;
        let last = if coerces { size.len() } else { axis + 1 };
        Some(kept(size, &(axis..last).collect::<Vec<_>>()))
    }
}

/// Whether the first dimension of a value is the batch, which is not shown of one image.
pub(super) fn is_batched(sizes: &[usize]) -> bool {
    sizes.len() > 1 && sizes.first() == Some(&1)
}

/// Dimensions as they are counted without the batch.
fn kept(size: &[usize], axes: &[usize]) -> Vec<usize> {
    let batch = usize::from(is_batched(size));
    axes.iter().filter_map(|axis| axis.checked_sub(batch)).collect()
}

/// A dimension, which may be counted from the end.
fn along(axis: i64, rank: usize) -> Option<usize> {
    let axis = if axis < 0 { axis + i64::try_from(rank).ok()? } else { axis };
    usize::try_from(axis).ok().filter(|axis| *axis < rank.max(1))
}

fn epsilon(node: &Node) -> f32 {
    match node.attributes.get("epsilon") {
        Some(Attribute::Float(float)) => *float,
        _ => 1e-5,
    }
}

fn is_plain(node: &Node) -> bool {
    match node.attributes.get("auto_pad") {
        Some(Attribute::Text(text)) => text == "NOTSET",
        _ => true,
    }
}

fn ints(node: &Node, name: &str) -> Option<Vec<usize>> {
    match node.attributes.get(name) {
        Some(Attribute::Ints(ints)) => ints.iter().map(|int| usize::try_from(*int).ok()).collect(),
        _ => None,
    }
}

/// Pads that are alike on both sides of both dimensions.
pub(super) fn even_pads(node: &Node) -> Option<[usize; 2]> {
    let plain = match node.attributes.get("auto_pad") {
        Some(Attribute::Text(text)) => ["NOTSET", "VALID"].contains(&text.as_str()),
        _ => true,
    };
    match ints(node, "pads").as_deref() {
        _ if !plain => None,
        None => Some([0; 2]),
        Some([top, left, bottom, right]) if top == bottom && left == right => Some([*top, *left]),
        Some(_) => None,
    }
}

pub(super) fn int(node: &Node, name: &str) -> Option<i64> {
    match node.attributes.get(name) {
        Some(Attribute::Int(int)) => Some(*int),
        _ => None,
    }
}

pub(super) fn two(node: &Node, name: &str) -> Option<[usize; 2]> {
    ints(node, name).map_or(Some([1; 2]), |sizes| sizes.try_into().ok())
}
