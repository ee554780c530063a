//! Whether a graph is one that views can walk along: everything is made once and before it is read, and the attributes of
//! operators are numbers that windows, groups and places can be counted with.

use std::collections::BTreeSet;

use super::bounds::{
    MOST_ATTRIBUTE, MOST_DIMENSIONS, MOST_NODES, MOST_NUMBERS, MOST_TENSORS, MOST_WINDOW,
};
use crate::{
    sentence::shown,
    stream::{ModelGraph, Node, Op, Role, TensorId, TensorSpec, names::LONGEST_NAME},
    words::Phrase,
};

/// # Errors
/// What is wrong, in words that end a sentence.
pub(super) fn check(graph: &ModelGraph) -> Result<(), Phrase> {
    if graph.nodes().is_empty() {
        return Err(phrase!("attach-a-graph-without-nodes"));
    }
    let too_large = || phrase!("attach-a-graph-is-too-large");
    if graph.nodes().len() > MOST_NODES || graph.tensors().len() > MOST_TENSORS {
        return Err(too_large());
    }
    let mut numbers = 0_usize;
    for tensor in graph.tensors() {
        check_tensor(tensor)?;
        numbers = numbers.saturating_add(tensor.len());
    }
    if numbers > MOST_NUMBERS {
        return Err(too_large());
    }
    let mut made = BTreeSet::new();
    for node in graph.nodes() {
        check_made(graph, node, &mut made)?;
        let sound = is_name(node.path) && texts(&node.op).into_iter().all(is_name);
        if !sound || !is_countable(&node.op) {
            return Err(phrase!("attach-an-operator-is-none", path = shown(node.path)));
        }
    }
    Ok(())
}

/// About how much memory a graph takes, in bytes.
pub(super) fn bytes(graph: &ModelGraph) -> usize {
    let of_tensor = |tensor: &TensorSpec| {
        size_of::<TensorSpec>() + size_of_val(&*tensor.dims) + size_of_val(&*tensor.constant)
    };
    let of_node =
        |node: &Node| size_of::<Node>() + size_of_val(&*node.inputs) + size_of_val(&*node.outputs);
    graph.tensors().iter().map(of_tensor).sum::<usize>()
        + graph.nodes().iter().map(of_node).sum::<usize>()
}

fn check_tensor(tensor: &TensorSpec) -> Result<(), Phrase> {
    let sizes = tensor.dims.iter().all(|dim| (1..=MOST_NUMBERS).contains(&dim.size));
    if sizes && tensor.dims.len() <= MOST_DIMENSIONS && is_name(tensor.name.name()) {
        Ok(())
    } else {
        Err(phrase!("attach-a-tensor-is-none", name = shown(tensor.name.name())))
    }
}

/// Whether what a node makes is made by nobody else, and not of itself.
fn check_made(
    graph: &ModelGraph,
    node: &Node,
    made: &mut BTreeSet<TensorId>,
) -> Result<(), Phrase> {
    for output in &node.outputs {
        let role = graph.tensor(*output).map(|tensor| tensor.role);
        let is_made = matches!(role, Some(Role::Activation | Role::Input | Role::Statistic));
        if !is_made || node.inputs.contains(output) || !made.insert(*output) {
            return Err(phrase!("attach-a-tensor-is-made-twice", path = shown(node.path)));
        }
    }
    Ok(())
}

/// Whether a name can be shown.
fn is_name(name: &str) -> bool {
    name.len() <= LONGEST_NAME && !name.chars().any(char::is_control)
}

/// The texts of an operator.
fn texts(op: &Op) -> Option<&str> {
    match op {
        Op::Normalisation { over: text, .. }
        | Op::Pooling { takes: text, .. }
        | Op::Reduction { takes: text, .. }
        | Op::Activation { name: text }
        | Op::Elementwise { name: text }
        | Op::Strided { name: text, .. }
        | Op::Loss { name: text }
        | Op::Other { name: text } => Some(text.as_str()),
        _ => None,
    }
}

/// Whether one can count with the attributes of an operator.
fn is_countable(op: &Op) -> bool {
    let some = |numbers: &[usize]| numbers.iter().all(|one| (1..=MOST_ATTRIBUTE).contains(one));
    let few = |numbers: &[usize]| numbers.iter().all(|one| *one <= MOST_ATTRIBUTE);
    let is_window = |[rows, columns]: &[usize; 2]| {
        some(&[*rows, *columns]) && rows.saturating_mul(*columns) <= MOST_WINDOW
    };
    let axes = |axes: &[usize]| {
        axes.len() <= MOST_DIMENSIONS && axes.iter().all(|axis| *axis < MOST_DIMENSIONS)
    };
    match op {
        Op::Convolution { kernel, stride, padding, dilation, groups, .. } => {
            is_window(kernel) && some(stride) && some(dilation) && few(padding) && some(&[*groups])
        }
        Op::Pooling { kernel, stride, padding, dilation, padded, .. } => {
            is_window(kernel)
                && some(stride)
                && some(dilation)
                && few(padding)
                && padded.is_none_or(|padded| few(&padded))
        }
        Op::Normalisation { together, epsilon, .. } => {
            *together <= MOST_NUMBERS && epsilon.is_finite()
        }
        Op::Attention { heads } | Op::Attended { heads } => some(&[*heads]),
        Op::Softmax { axes: along } | Op::Reduction { axes: along, .. } => axes(along),
        Op::Concatenate { axis } => axes(&[*axis]),
        Op::Strided { sizes, strides, offset, .. } => is_walk(sizes, strides, *offset),
        Op::Input
        | Op::Linear
        | Op::MatMul { .. }
        | Op::Activation { .. }
        | Op::Embedding
        | Op::Add
        | Op::Elementwise { .. }
        | Op::Reshape
        | Op::Loss { .. }
        | Op::Other { .. } => true,
    }
}

/// Whether steps through memory lead no further than any tensor reaches.
fn is_walk(sizes: &[usize], strides: &[isize], offset: usize) -> bool {
    let reach = |(size, stride): (&usize, &isize)| {
        (*size >= 1).then(|| (size - 1).saturating_mul(stride.unsigned_abs()))
    };
    let numbers = sizes.iter().try_fold(1_usize, |all, size| all.checked_mul(*size));
    sizes.len() == strides.len()
        && sizes.len() <= 2 * MOST_DIMENSIONS
        && numbers.is_some_and(|numbers| numbers <= MOST_NUMBERS)
        && offset <= MOST_NUMBERS
        && sizes
            .iter()
            .zip(strides)
            .map(reach)
            .all(|far| far.is_some_and(|far| far <= MOST_NUMBERS))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stream::{Axis, GraphBuilder, LayerId};

    fn builder() -> (GraphBuilder, [TensorId; 3]) {
        let mut graph = GraphBuilder::default();
        let dims = [Axis::Channel.of(2), Axis::Row.of(4), Axis::Column.of(4)];
        let input = graph.tensor(LayerId::new("input"), Role::Input, &dims);
        let units = graph.signed(LayerId::new("units"), Role::Activation, &dims);
        let more = graph.signed(LayerId::new("more"), Role::Activation, &dims);
        (graph, [input, units, more])
    }

    fn of(op: Op) -> Result<(), Phrase> {
        let (mut graph, [input, units, _]) = builder();
        graph.node("node", op, &[input], &[units]);
        check(&graph.build().unwrap())
    }

    fn convolution(kernel: [usize; 2], stride: [usize; 2], groups: usize) -> Op {
        let (padding, dilation) = ([1, 1], [1, 1]);
        Op::Convolution { kernel, stride, padding, dilation, groups, transposed: false }
    }

    #[test]
    fn operators_of_networks_are_sound() {
        assert_eq!(of(convolution([3, 3], [1, 1], 1)), Ok(()));
        assert_eq!(of(Op::Softmax { axes: vec![0] }), Ok(()));
        let turned = Op::Strided {
            name: "transpose".to_owned(),
            sizes: vec![2, 4, 4],
            strides: vec![16, 1, 4],
            offset: 0,
        };
        assert_eq!(of(turned), Ok(()));
    }

    #[test]
    fn numbers_that_nothing_can_be_counted_with_are_refused() {
        let far = |strides: Vec<isize>| {
            let (name, sizes) = ("far".to_owned(), vec![2, 2]);
            Op::Strided { name, sizes, strides, offset: 0 }
        };
        for op in [
            convolution([0, 3], [1, 1], 1),
            convolution([usize::MAX, 3], [1, 1], 1),
            convolution([1 << 19, 1 << 19], [1, 1], 1),
            convolution([3, 3], [0, 1], 1),
            convolution([3, 3], [1, 1], 0),
            Op::Attention { heads: 0 },
            Op::Softmax { axes: vec![99] },
            Op::Softmax { axes: vec![0; 1000] },
            Op::Concatenate { axis: usize::MAX },
            far(vec![isize::MIN, 1]),
            far(vec![1]),
            Op::Other { name: "x".repeat(1000) },
            Op::Activation { name: "a\nb".to_owned() },
        ] {
            let wrong = of(op.clone()).unwrap_err();
            assert!(wrong.contains("node"), "{op:?}: {wrong}");
        }
    }

    #[test]
    fn everything_is_made_once_and_not_of_itself() {
        let made = |outputs: fn([TensorId; 3]) -> [TensorId; 2]| {
            let (mut graph, all) = builder();
            let [first, second] = outputs(all);
            graph.node("first", Op::Reshape, &[all[0]], &[first]);
            graph.node("second", Op::Reshape, &[first], &[second]);
            check(&graph.build().unwrap())
        };
        assert_eq!(made(|[_, units, more]| [units, more]), Ok(()));
        assert!(made(|[_, units, _]| [units, units]).unwrap_err().contains("second"));
        // Whoever follows what is only laid out anew would go round for ever.
        assert!(made(|[input, units, _]| [input, units]).unwrap_err().contains("first"));
    }

    #[test]
    fn a_graph_is_not_empty_and_not_endless() {
        let (graph, _) = builder();
        assert!(check(&graph.build().unwrap()).is_err());
        for size in [0, 1 << 40] {
            let (mut graph, [input, units, _]) = builder();
            graph.tensor(LayerId::new("large"), Role::Parameter, &[Axis::Feature.of(size)]);
            graph.node("node", Op::Add, &[input], &[units]);
            assert!(check(&graph.build().unwrap()).is_err(), "{size}");
        }
    }
}
