//! Operations of `keras.ops` that stand between layers, such as `x + 3.0`.

use serde_json::Value as Json;

use super::{Fault, activations, builder::Builder, flow::Flow, merges};

/// What an operation reads.
pub(in crate::network::keras) enum Operand {
    Flow(Flow),
    Number(f64),
}

/// The operator of an operation of this class, put behind what it reads.
pub(in crate::network::keras) fn operation(
    b: &mut Builder,
    (class, config): (&str, &Json),
    path: &str,
    operands: Vec<Operand>,
) -> Result<Flow, Fault> {
    let own = config.as_object().is_some_and(|config| config.keys().any(|key| key != "name"));
    let unknown = || Fault::new(phrase!("keras-operations-of-this-class-and"));
    if own {
        return Err(unknown());
    }
    let operator = match class {
        "Add" => "Add",
        "Subtract" => "Sub",
        "Multiply" => "Mul",
        "Divide" | "TrueDivide" => "Div",
        "Maximum" => "Max",
        "Minimum" => "Min",
        _ => "",
    };
    let mut operands = operands.into_iter();
    match (operands.next(), operands.next(), operands.next()) {
        (Some(Operand::Flow(flow)), None, None) if operator.is_empty() => {
            let name = match class {
                "Relu" => "relu",
                "Relu6" => "relu6",
                "Sigmoid" => "sigmoid",
                "Tanh" => "tanh",
                "Silu" => "silu",
                "HardSilu" => "hard_silu",
                "HardSigmoid" => "hard_sigmoid",
                "Softplus" => "softplus",
                _ => return Err(unknown()),
            };
            activations::named(b, path, name, flow)
        }
        _ if operator.is_empty() => Err(unknown()),
        (Some(Operand::Flow(one)), Some(Operand::Flow(other)), None) => {
            merges::each(b, operator, path, vec![one, other])
        }
        (Some(Operand::Flow(flow)), Some(Operand::Number(number)), None) => {
            let number = b.fixed(path, "number", Vec::new(), vec![number as f32])?;
            Ok(flow.like(b.node(operator, path, vec![flow.name.clone(), number], [])))
        }
        (Some(Operand::Number(number)), Some(Operand::Flow(flow)), None) => {
            let number = b.fixed(path, "number", Vec::new(), vec![number as f32])?;
            Ok(flow.like(b.node(operator, path, vec![number, flow.name.clone()], [])))
        }
        _ => Err(unknown()),
    }
}
