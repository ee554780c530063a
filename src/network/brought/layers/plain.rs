//! Operators without weights: poolings, functions of a number, and what lays out or joins.

use super::{Made, Users, decimal, float, input};
use crate::network::{
    Function, Operator, Plan, Takes,
    brought::op::{even_pads, int, two},
    onnx::{Attribute, Node},
};

/// The layer of an operator without weights, none if no kind is like it.
pub(super) fn layer<'a>(
    plan: &Plan,
    users: &Users<'a>,
    node: &'a Node,
    value: &'a str,
) -> Option<Made<'a>> {
    let constant = |at: usize| input(node, at).and_then(|name| plan.model.initialiser(name));
    let operator = match node.operator.as_str() {
        "Sigmoid" => match gated(users, node, value) {
            Some(whole) => {
                return Some(Made::plain(Operator::Activation(Function::Silu), whole));
            }
            None => Operator::Activation(Function::Sigmoid),
        },
        "Relu" => Operator::Activation(Function::Relu),
        "LeakyRelu" => {
            Operator::Activation(Function::LeakyRelu(decimal(float(node, "alpha", 0.01))))
        }
        "Gelu" if !node.attributes.contains_key("approximate") => {
            Operator::Activation(Function::Gelu)
        }
        "Tanh" => Operator::Activation(Function::Tanh),
        "MaxPool" => pool(node, Takes::Largest)?,
        "AveragePool" => pool(node, Takes::Mean)?,
        "GlobalAveragePool" => Operator::GlobalAveragePool,
        "ReduceMean" => {
            // Over rows and columns alone.
            let axes = match node.attributes.get("axes") {
                Some(Attribute::Ints(axes)) => axes.clone(),
                _ => constant(1)?.to_whole(),
            };
            let over_places = matches!(axes[..], [2, 3] | [3, 2] | [-2, -1] | [-1, -2]);
            over_places.then_some(Operator::GlobalAveragePool)?
        }
        "Dropout" => {
            let told = constant(1).and_then(|ratio| ratio.to_singles().first().copied());
            let probability = decimal(told.unwrap_or(float(node, "ratio", 0.5)));
            Operator::Dropout { probability }
        }
        "Flatten" if int(node, "axis").unwrap_or(1) == 1 => Operator::Flatten,
        "Reshape" => {
            let shape = constant(1)?.to_whole();
            matches!(shape[..], [-1..=1, _]).then_some(Operator::Flatten)?
        }
        "Concat" if int(node, "axis") == Some(1) => Operator::Concatenate,
        "Add" | "Sum" => Operator::Add,
        _ => return None,
    };
    Some(Made::plain(operator, value))
}

/// What the product of a sigmoid and what it reads makes, if nobody else reads the sigmoid.
fn gated<'a>(users: &Users<'a>, node: &'a Node, value: &str) -> Option<&'a str> {
    let [product] = users.get(value)?.as_slice() else { return None };
    let is_product = product.operator == "Mul" && product.inputs.len() == 2;
    let reads = input(node, 0).is_some_and(|read| product.inputs.iter().any(|name| name == read));
    product.outputs.first().map(String::as_str).filter(|_| is_product && reads)
}

fn pool(node: &Node, takes: Takes) -> Option<Operator> {
    let (kernel, stride) = (two(node, "kernel_shape")?, two(node, "strides")?);
    let padding = even_pads(node)?;
    // A mean counts what it was padded with.
    let counts =
        takes == Takes::Largest || padding == [0; 2] || int(node, "count_include_pad") == Some(1);
    let is_plain = int(node, "ceil_mode").unwrap_or(0) == 0
        && two(node, "dilations") == Some([1; 2])
        && node.outputs.len() == 1;
    (counts && is_plain).then_some(Operator::Pool { takes, kernel, stride, padding })
}
