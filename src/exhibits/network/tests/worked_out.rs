//! The number at which the arithmetic of a unit arrives, and whether it is the one that is shown.

use crate::{
    stream::{ModelGraph, Op, Role, Snapshot},
    world::inspect::{Arithmetic, arithmetic, value},
};

use super::units;

/// The error function by its series (<https://dlmf.nist.gov/7.6.E1>).
fn erf(x: f64) -> f64 {
    if x.abs() > 5.0 {
        return x.signum();
    }
    let mut term = x;
    let mut sum = x;
    for n in 1..120 {
        term *= -x * x / f64::from(n);
        sum += term / f64::from(2 * n + 1);
    }
    sum * 2.0 / std::f64::consts::PI.sqrt()
}

fn function(name: &str, x: f64) -> f64 {
    match name {
        "erf" => erf(x),
        "gelu" => x * (1.0 + erf(x / 2_f64.sqrt())) / 2.0,
        "sqrt" => x.sqrt(),
        "exp" => x.exp(),
        "tanh" => x.tanh(),
        "sigmoid" => 1.0 / (1.0 + (-x).exp()),
        "silu" => x / (1.0 + (-x).exp()),
        "leaky_relu" | "leakyrelu" => x.max(0.2 * x),
        "neg" => -x,
        other => panic!("{other}"),
    }
}

fn elementwise(name: &str, a: f64, b: f64) -> f64 {
    match name {
        "sub" => a - b,
        "mul" => a * b,
        "div" => a / b,
        "pow" => a.powf(b),
        "max" => a.max(b),
        "min" => a.min(b),
        "prelu" => {
            if a < 0.0 {
                a * b
            } else {
                a
            }
        }
        other => panic!("{other}"),
    }
}

/// The number at which an arithmetic arrives.
fn result(arithmetic: &Arithmetic) -> f64 {
    match arithmetic {
        Arithmetic::Given => panic!("it is not worked out"),
        Arithmetic::Convolution { sum, .. }
        | Arithmetic::Linear { sum, .. }
        | Arithmetic::Products { sum, .. } => f64::from(*sum),
        Arithmetic::Relu { before } => f64::from(before.max(0.0)),
        Arithmetic::MaxPooling { of } => {
            f64::from(of.iter().flatten().copied().fold(f32::NEG_INFINITY, f32::max))
        }
        Arithmetic::Softmax { logit, total, largest, .. } => {
            f64::from((logit - largest).exp() / total)
        }
        Arithmetic::LinearProduct(product) => f64::from(product.value()),
        Arithmetic::AveragePooling { count, sum } => f64::from(*sum) / *count as f64,
        Arithmetic::Function { name, before } => function(name, f64::from(*before)),
        Arithmetic::Normalisation { before, moments, scale, shift } => {
            f64::from(moments.expect("moments").even(*before) * scale + shift)
        }
        Arithmetic::Sum { parts } => parts.iter().map(|(_, part)| f64::from(*part)).sum(),
        Arithmetic::Elementwise { name, parts } => {
            let numbers = parts.iter().map(|(_, part)| f64::from(*part));
            numbers.reduce(|a, b| elementwise(name, a, b)).unwrap()
        }
        Arithmetic::Reduction { takes, numbers, sum } => {
            let numbers_of = || numbers.iter().copied().map(f64::from);
            match takes.as_str() {
                "mean" => f64::from(*sum) / numbers.len() as f64,
                "sum" => f64::from(*sum),
                "max" => numbers_of().fold(f64::NEG_INFINITY, f64::max),
                "min" => numbers_of().fold(f64::INFINITY, f64::min),
                other => panic!("{other}"),
            }
        }
        Arithmetic::Taken { number, .. } => f64::from(*number),
    }
}

/// Whether each shown number is what its arithmetic arrives at, but for the operators of `untold`; says which operators were
/// looked at.
pub(super) fn check(graph: &ModelGraph, snapshot: &Snapshot, untold: &[&str]) -> Vec<String> {
    let mut told = Vec::new();
    for node in graph.nodes() {
        let Some(made) = node.outputs.first().and_then(|made| graph.tensor(*made)) else {
            continue;
        };
        if let Op::Other { name } = &node.op {
            assert!(untold.contains(&name.as_str()), "{} is {name}", node.path);
        }
        if made.role != Role::Activation || matches!(node.op, Op::Other { .. }) {
            continue;
        }
        for unit in units(graph, made.name) {
            let shown = f64::from(value(snapshot, unit).unwrap());
            let found = arithmetic(graph, snapshot, unit);
            let found = found.unwrap_or_else(|| panic!("{}: {unit:?}, {:?}", node.path, node.op));
            let worked_out = result(&found);
            let apart = (shown - worked_out).abs();
            let (path, op) = (node.path, &node.op);
            assert!(
                shown == worked_out || apart <= 2e-5 * (1.0 + shown.abs()),
                "{path}, {op:?}: {unit:?} is {shown}, not {worked_out} by {found:?}"
            );
        }
        let word = format!("{:?}", node.op);
        told.push(word.split([' ', '{']).next().unwrap_or_default().to_owned());
    }
    told
}
