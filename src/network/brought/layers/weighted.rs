//! Operators with weights: convolutions, products of matrices, normalisations.

use super::{Made, Users, decimal, float, input};
use crate::network::{
    Fault, Operator, Plan,
    brought::op::{even_pads, int, two},
    onnx::Node,
};

/// The layer of an operator with weights, none if it is another or has settings that no kind has.
pub(super) fn layer<'a>(
    plan: &'a Plan,
    users: &Users<'a>,
    node: &'a Node,
    value: &'a str,
) -> Result<Option<Made<'a>>, Fault> {
    match node.operator.as_str() {
        "Conv" => convolution(plan, node, value),
        "Gemm" | "MatMul" => product(plan, users, node, value),
        _ => Ok(normalisation(plan, node, value)),
    }
}

fn convolution<'a>(plan: &Plan, node: &'a Node, value: &'a str) -> Result<Option<Made<'a>>, Fault> {
    let [outputs, _, rows, columns] = *dims(plan, input(node, 1))? else { return Ok(None) };
    let sizes = ["strides", "dilations"].map(|name| two(node, name));
    let (Some(padding), [Some(stride), Some(dilation)]) = (even_pads(node), sizes) else {
        return Ok(None);
    };
    let groups = int(node, "group").unwrap_or(1).max(1) as usize;
    let kernel = [rows, columns];
    let operator = Operator::Convolution { kernel, stride, padding, dilation, groups };
    let mut arrays = vec![("weight", input(node, 1), false)];
    arrays.extend(input(node, 2).map(|bias| ("bias", Some(bias), false)));
    Ok(Some(Made { operator, value, outputs, row: false, arrays }))
}

fn product<'a>(
    plan: &Plan,
    users: &Users<'a>,
    node: &'a Node,
    value: &'a str,
) -> Result<Option<Made<'a>>, Fault> {
    let [first, second] = *dims(plan, input(node, 1))? else { return Ok(None) };
    let plain = int(node, "transA").unwrap_or(0) == 0
        && float(node, "alpha", 1.0) == 1.0
        && float(node, "beta", 1.0) == 1.0;
    if !plain {
        return Ok(None);
    }
    // Inputs × outputs, unless it says otherwise.
    let turned = int(node, "transB").unwrap_or(0) == 0;
    let outputs = if turned { second } else { first };
    let (mut value, mut bias) = (value, input(node, 2));
    // The sum that follows a product may be its bias.
    if node.operator == "MatMul"
        && let Some([sum]) = users.get(value).map(Vec::as_slice)
        && sum.operator == "Add"
        && let Some(other) = sum.inputs.iter().find(|name| name.as_str() != value)
        && dims(plan, Some(other)).is_ok_and(|dims| dims == [outputs])
        && let Some(summed) = sum.outputs.first()
    {
        (value, bias) = (summed, Some(other.as_str()));
    }
    let mut arrays = vec![("weight", input(node, 1), turned)];
    arrays.extend(bias.map(|bias| ("bias", Some(bias), false)));
    Ok(Some(Made { operator: Operator::Linear, value, outputs, row: true, arrays }))
}

fn normalisation<'a>(plan: &Plan, node: &'a Node, value: &'a str) -> Option<Made<'a>> {
    let epsilon = decimal(float(node, "epsilon", 1e-5));
    let both = || vec![("weight", input(node, 1), false), ("bias", input(node, 2), false)];
    let (operator, row, mut arrays) = match node.operator.as_str() {
        "BatchNormalization" => {
            let momentum = rest(float(node, "momentum", 0.9));
            (Operator::BatchNorm { epsilon, momentum }, false, both())
        }
        "LayerNormalization" if [-1, 1].contains(&int(node, "axis").unwrap_or(-1)) => {
            (Operator::GroupNorm { groups: 1, epsilon }, true, both())
        }
        // Before, its scales were those of groups.
        "GroupNormalization" if plan.model.opset >= 21 => {
            let groups = int(node, "num_groups").unwrap_or(1).max(1) as usize;
            (Operator::GroupNorm { groups, epsilon }, false, both())
        }
        _ => return None,
    };
    if matches!(operator, Operator::BatchNorm { .. }) {
        arrays.push(("running_mean", input(node, 3), false));
        arrays.push(("running_var", input(node, 4), false));
    }
    Some(Made { operator, value, outputs: 0, row, arrays })
}

/// The dimensions of what is learned.
fn dims<'a>(plan: &'a Plan, array: Option<&str>) -> Result<&'a [usize], Fault> {
    let array = array.unwrap_or_default();
    let learned = plan.parameters.iter().find(|one| one.name == array);
    learned.map(|one| one.dims.as_slice()).ok_or_else(|| not_its_own(array))
}

/// Of an array that is made of others, is shared, or does not learn.
pub(super) fn not_its_own(array: &str) -> Fault {
    Fault::new(phrase!("network-files-is-no-weight-of-its", array))
}

/// What comes where so much stays, in few digits if they stand for the same.
fn rest(kept: f32) -> f64 {
    let exact = 1.0 - f64::from(kept);
    let short = (exact * 1e6).round() / 1e6;
    if (1.0 - short) as f32 == kept { short } else { exact }
}
