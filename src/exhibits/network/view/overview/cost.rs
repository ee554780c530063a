//! What a layer costs: the numbers that it learns, its multiply-adds for one input, and the memory of both.

use crate::{
    sentence::counted,
    stream::{ModelGraph, Op, Role, TensorSpec},
    words,
};

/// Bytes of a number.
const NUMBER_BYTES: usize = 4;

/// What one layer costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cost {
    /// Numbers that are learned.
    pub(super) parameters: usize,
    /// Products that are added up, for one input; none where it is not known how many.
    pub(super) multiply_adds: Option<usize>,
    /// What it makes of one input and what it has learned, in bytes.
    pub(super) bytes: usize,
}

impl Cost {
    /// What a node costs.
    pub(super) fn of(graph: &ModelGraph, node: usize) -> Option<Self> {
        let node = graph.nodes().get(node)?;
        let made = graph.tensor(*node.outputs.first()?)?.len();
        let learned: Vec<&TensorSpec> = node
            .inputs
            .iter()
            .filter_map(|id| graph.tensor(*id))
            .filter(|tensor| tensor.role == Role::Parameter)
            .collect();
        let parameters = learned.iter().map(|tensor| tensor.len()).sum();
        let multiply_adds = match (&node.op, learned.first()) {
            // Each number is a sum over a row of what is read first …
            (Op::MatMul { transposed: [turned, _] }, _) => {
                let read = node.inputs.first().and_then(|id| graph.tensor(*id))?;
                let summed = read.dims.iter().rev().nth(usize::from(*turned));
                made.checked_mul(summed.map_or(1, |dim| dim.size))
            }
            (Op::Convolution { transposed: true, .. }, Some(weights)) => {
                let read = node.inputs.first().and_then(|id| graph.tensor(*id))?;
                let inputs = weights.dims.first().map_or(1, |dim| dim.size).max(1);
                read.len().checked_mul(weights.len() / inputs)
            }
            // … or over those of its output channel.
            (Op::Convolution { .. } | Op::Linear | Op::Other { .. }, Some(weights)) => {
                let outputs = weights.dims.first().map_or(1, |dim| dim.size).max(1);
                made.checked_mul(weights.len() / outputs)
            }
            // A scale and a shift for each number.
            (Op::Normalisation { .. }, _) => Some(made),
            // A head's queries by its keys, of all pairs of tokens; and their shares by its values.
            (Op::Attention { .. } | Op::Attended { .. }, _) => {
                let read = node.inputs.first().and_then(|id| graph.tensor(*id))?;
                let row = read.dims.last().map_or(1, |dim| dim.size);
                let each = match &node.op {
                    Op::Attention { heads } => row / 3 / (*heads).max(1),
                    _ => row,
                };
                made.checked_mul(each)
            }
            _ => Some(0),
        };
        Some(Self { parameters, multiply_adds, bytes: (made + parameters) * NUMBER_BYTES })
    }

    /// Its parameters, in words.
    pub(super) fn learned(self) -> String {
        several(self.parameters, "parameter")
    }

    /// Its multiply-adds, in words.
    pub(super) fn time(self) -> Option<String> {
        self.multiply_adds.map(|many| several(many, "multiply-add"))
    }

    /// Its memory, in words.
    pub(super) fn memory(self) -> String {
        bytes(self.bytes)
    }
}

/// So many of something.
fn several(many: usize, of: &str) -> String {
    match many {
        0 => words::known(&format!("none-{of}")).unwrap_or(of).to_owned(),
        _ => counted(many, of),
    }
}

/// Bytes in the unit that leaves one to three digits before the point.
fn bytes(count: usize) -> String {
    let mut left = count as f64;
    for unit in ["B", "KiB", "MiB"] {
        if left < 1000.0 {
            return if unit == "B" {
                format!("{left} {unit}")
            } else {
                format!("{left:.1} {unit}")
            };
        }
        left /= 1024.0;
    }
    format!("{left:.1} GiB")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::description;

    #[test]
    fn a_layer_costs_what_one_counts_by_hand() {
        let text = "[[layers]]\nkind = \"conv2d\"\nout_channels = 6\nkernel_size = 5\ngroups = 3\n\
             [[layers]]\nkind = \"batch_norm\"\n[[layers]]\nkind = \"relu\"\n\
             [[layers]]\nkind = \"flatten\"\n[[layers]]\nkind = \"linear\"\n";
        let graph = description(text).unwrap().network([3, 12, 12], 10).unwrap().graph().unwrap();
        let of = |path: &str| {
            let at = graph.nodes().iter().position(|node| node.path == path).unwrap();
            Cost::of(&graph, at).unwrap()
        };
        // 6 maps of 8 × 8, each number a sum over one channel of 5 × 5.
        let [made, weights] = [6 * 8 * 8, 6 * 5 * 5];
        let conv = of("conv1");
        assert_eq!((conv.parameters, conv.multiply_adds), (weights + 6, Some(made * 25)));
        assert_eq!(conv.bytes, 4 * (made + weights + 6));
        let norm = of("norm1");
        assert_eq!((norm.parameters, norm.multiply_adds), (12, Some(made)));
        assert_eq!(of("relu1"), Cost { parameters: 0, multiply_adds: Some(0), bytes: 4 * made });
        let linear = of("linear1");
        assert_eq!((linear.parameters, linear.multiply_adds), (made * 10 + 10, Some(made * 10)));
        assert_eq!(linear.time().as_deref(), Some("3,840 multiply-adds"));
        assert_eq!(
            (linear.learned().as_str(), linear.memory().as_str()),
            ("3,850 parameters", "15.1 KiB")
        );
        assert_eq!(of("relu1").learned(), "no parameters");
    }

    #[test]
    fn memory_has_few_digits() {
        assert_eq!(bytes(640), "640 B");
        assert_eq!(bytes(1023), "1.0 KiB");
        assert_eq!(bytes(5 << 20), "5.0 MiB");
        assert_eq!(bytes(3 << 30), "3.0 GiB");
    }
}
