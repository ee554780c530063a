//! Layers that make one of several.

use super::{
    Fault, axis_inside,
    builder::{Builder, Call},
    flow::Flow,
};
use crate::network::onnx::Attribute;

/// All in Keras' order, unless all lie alike.
fn alike(b: &mut Builder, path: &str, flows: Vec<Flow>) -> Result<Vec<Flow>, Fault> {
    let maps = flows.first().and_then(|flow| flow.maps);
    if flows.iter().all(|flow| flow.maps == maps) {
        return Ok(flows);
    }
    flows.into_iter().map(|flow| b.plain(path, flow)).collect()
}

/// The dimensions of what is spread over each other, one after the other.
fn joined(flows: &[Flow]) -> Result<Vec<Option<usize>>, Fault> {
    let mut dims = flows.first().map(|flow| flow.dims.clone()).unwrap_or_default();
    for flow in flows {
        let rank = [dims.len(), flow.dims.len()];
        if rank[0] != rank[1] {
            return Err(Fault::new(phrase!(
                "keras-it-joins-what-has-and",
                rank = rank[0],
                rank2 = rank[1]
            )));
        }
        for (size, other) in dims.iter_mut().zip(&flow.dims) {
            *size = match (*size, *other) {
                (Some(1), other) => other,
                (size, Some(1)) => size,
                (Some(a), Some(b)) if a != b => {
                    return Err(Fault::new(phrase!("keras-it-joins-and-which-do", a, b)));
                }
                (size, other) => size.and(other),
            };
        }
    }
    Ok(dims)
}

/// Each number of each with those at the same place of all others.
pub(super) fn each(
    b: &mut Builder,
    operator: &str,
    path: &str,
    flows: Vec<Flow>,
) -> Result<Flow, Fault> {
    if flows.len() < 2 || (operator == "Sub" && flows.len() > 2) {
        return Err(Fault::new(phrase!("keras-it-joins-layers", flows_count = flows.len())));
    }
    let flows = alike(b, path, flows)?;
    let dims = joined(&flows)?;
    let maps = flows.first().and_then(|flow| flow.maps);
    let names: Vec<String> = flows.into_iter().map(|flow| flow.name).collect();
    let count = names.len();
    let name = match operator {
        "Mean" => {
            let sum = b.node("Sum", &format!("{path}_sum"), names, []);
            let share = b.fixed(path, "share", Vec::new(), vec![1.0 / count as f32])?;
            b.node("Mul", path, vec![sum, share], [])
        }
        // A product is of two.
        "Mul" => {
            let mut names = names.into_iter();
            let first = names.next().unwrap_or_default();
            names.fold(first, |made, name| b.node("Mul", path, vec![made, name], []))
        }
        "Add" if count > 2 => b.node("Sum", path, names, []),
        _ => b.node(operator, path, names, []),
    };
    Ok(Flow { name, dims, maps })
}

pub(super) fn concatenate(
    b: &mut Builder,
    call: Call<'_>,
    flows: Vec<Flow>,
) -> Result<Flow, Fault> {
    let flows: Vec<Flow> =
        flows.into_iter().map(|flow| b.plain(call.path, flow)).collect::<Result<_, _>>()?;
    let mut dims = flows.first().map(|flow| flow.dims.clone()).unwrap_or_default();
    let rank = dims.len();
    let axes = call.settings.axes("axis", rank)?;
    let ([axis], true) = (axes.as_slice(), flows.iter().all(|flow| flow.dims.len() == rank)) else {
        return Err(Fault::new(phrase!("keras-it-joins-layers-of-different")));
    };
    let all: Option<Vec<usize>> =
        flows.iter().map(|flow| flow.dims.get(*axis).copied().flatten()).collect();
    if let Some(size) = dims.get_mut(*axis) {
        *size = all.map(|all| all.iter().sum());
    }
    let names = flows.into_iter().map(|flow| flow.name).collect();
    let axis = [("axis", Attribute::Int(axis_inside(*axis, rank)))];
    Ok(Flow::new(b.node("Concat", call.path, names, axis), dims))
}
