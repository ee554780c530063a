//! Numbers at the same place of several tensors, and numbers that are only moved.

use super::{
    super::{
        index::{self, joined, repeated, sizes},
        maker,
    },
    Arithmetic, Of,
};
use crate::stream::{Op, Role};

/// What a constant is called.
const CONSTANT: &str = "constant";

/// The numbers that meet at the unit's place, each with the layer that it is of.
pub(super) fn parts(of: &Of<'_>) -> Option<Vec<(&'static str, f32)>> {
    let index = of.index();
    let part = |place: usize| {
        let tensor = of.input(place)?;
        let name = if tensor.role == Role::Constant { CONSTANT } else { tensor.name.name() };
        Some((name, of.number(place, repeated(&index, &sizes(tensor)))?))
    };
    (0..of.node.inputs.len()).map(part).collect()
}

/// Where a moved number comes from.
pub(super) fn taken(of: &Of<'_>) -> Option<Arithmetic> {
    let (place, flat) = match &of.node.op {
        Op::Reshape => (0, of.flat),
        Op::Strided { sizes, strides, offset, .. } => {
            (0, index::strided(of.flat, sizes, strides, *offset))
        }
        Op::Concatenate { axis } => {
            let of_inputs = (0..of.node.inputs.len()).map(|place| of.input(place).map(sizes));
            joined(&of.index(), *axis, &of_inputs.collect::<Option<Vec<_>>>()?)?
        }
        _ => return None,
    };
    // What is only laid out in other dimensions is shown by nobody: what lies before it is.
    let graph = of.numbers.graph;
    let mut read = *of.node.inputs.get(place)?;
    while let Some(node) = maker(graph, read).filter(|node| node.op == Op::Reshape) {
        read = *node.inputs.first()?;
    }
    let from = index::unit(graph.tensor(read)?, flat);
    Some(Arithmetic::Taken { from, number: of.number(place, flat)? })
}
