//! Functions of each number, by the names that Keras has for them (<https://keras.io/api/layers/activations/>).

use serde_json::Value as Json;

use super::{
    Fault,
    builder::{Builder, Call},
    flow::Flow,
    settings::{Settings, wrong},
};
use crate::{
    network::onnx::{Array, Attribute},
    sentence::shown,
};

/// The function that a setting names, behind a layer.
pub(super) fn of_setting(
    b: &mut Builder,
    call: Call<'_>,
    flow: Flow,
    alone: bool,
) -> Result<Flow, Fault> {
    let path =
        |word: &str| if alone { call.path.to_owned() } else { format!("{}_{word}", call.path) };
    match call.settings.get("activation") {
        None => Ok(flow),
        Some(Json::String(name)) => named(b, &path(name), name, flow),
        Some(value) => {
            let class = value.get("class_name").and_then(Json::as_str).unwrap_or("");
            let known = value.get("module").and_then(Json::as_str) == Some("keras.layers");
            let settings = value.get("config").filter(|_| known).map(Settings);
            let settings = settings
                .ok_or_else(|| Fault::new(phrase!("keras-its-activation-is-of-someones")))?;
            let path = path(&class.to_lowercase());
            let inner = Call { path: &path, settings, ..call };
            layer(b, class, inner, flow)?.ok_or_else(|| wrong("activation", value))
        }
    }
}

/// A function that has no settings.
pub(super) fn named(b: &mut Builder, path: &str, name: &str, flow: Flow) -> Result<Flow, Fault> {
    let plain =
        |b: &mut Builder, operator: &str| b.node(operator, path, vec![flow.name.clone()], []);
    let with = |b: &mut Builder, operator: &str, name: &str, number: f64| {
        b.node(operator, path, vec![flow.name.clone()], [(name, Attribute::Float(number as f32))])
    };
    let made = match name {
        "linear" => return Ok(flow),
        "relu" => plain(b, "Relu"),
        "sigmoid" => plain(b, "Sigmoid"),
        "tanh" => plain(b, "Tanh"),
        "softplus" => plain(b, "Softplus"),
        "softsign" => plain(b, "Softsign"),
        "exponential" => plain(b, "Exp"),
        "selu" => plain(b, "Selu"),
        "mish" => plain(b, "Mish"),
        "gelu" => plain(b, "Gelu"),
        "hard_silu" | "hard_swish" => plain(b, "HardSwish"),
        "elu" => with(b, "Elu", "alpha", 1.0),
        "celu" => with(b, "Celu", "alpha", 1.0),
        "leaky_relu" => with(b, "LeakyRelu", "alpha", 0.2),
        "hard_sigmoid" => with(b, "HardSigmoid", "alpha", 1.0 / 6.0),
        "relu6" => return held(b, path, flow, [0.0, 6.0]),
        "hard_tanh" => return held(b, path, flow, [-1.0, 1.0]),
        "softmax" => return softmax(b, path, "Softmax", flow, None),
        "log_softmax" => return softmax(b, path, "LogSoftmax", flow, None),
        "silu" | "swish" => {
            let share = b.node("Sigmoid", &format!("{path}_sigmoid"), vec![flow.name.clone()], []);
            b.node("Mul", path, vec![flow.name.clone(), share], [])
        }
        other => {
            return Err(Fault::new(phrase!(
                "keras-its-activation-is-not-known",
                other = shown(other)
            )));
        }
    };
    Ok(flow.like(made))
}

/// A layer that is a function of each number; `None` if its class is none of them.
pub(super) fn layer(
    b: &mut Builder,
    class: &str,
    call: Call<'_>,
    flow: Flow,
) -> Result<Option<Flow>, Fault> {
    let Call { path, settings, .. } = call;
    let sloped = |b: &mut Builder, operator: &str, alpha: f64| {
        let alpha = [("alpha", Attribute::Float(alpha as f32))];
        flow.like(b.node(operator, path, vec![flow.name.clone()], alpha))
    };
    Ok(Some(match class {
        "Activation" => of_setting(b, call, flow, true)?,
        "LeakyReLU" => sloped(b, "LeakyRelu", settings.number("negative_slope", 0.3)?),
        "ELU" => sloped(b, "Elu", settings.number("alpha", 1.0)?),
        "ReLU" => {
            let slope = settings.number("negative_slope", 0.0)?;
            let most = settings.get("max_value").map(|_| settings.number("max_value", 0.0));
            if settings.number("threshold", 0.0)? != 0.0 || (slope != 0.0 && most.is_some()) {
                return Err(Fault::new(phrase!("keras-its-threshold-or-its-slope")));
            }
            match most.transpose()? {
                Some(most) => held(b, path, flow, [0.0, most])?,
                None if slope != 0.0 => sloped(b, "LeakyRelu", slope),
                None => named(b, path, "relu", flow)?,
            }
        }
        "Softmax" => {
            let axes = settings.axes("axis", flow.dims.len())?;
            let [axis] = axes.as_slice() else {
                return Err(Fault::new(phrase!("keras-it-is-over-several-axes")));
            };
            softmax(b, path, "Softmax", flow, Some(*axis))?
        }
        "PReLU" => {
            let flow = b.plain(path, flow)?;
            let dims = flow.known()?;
            let shared = settings.numbers("shared_axes")?.unwrap_or_default();
            let each = |(at, size): (usize, &usize)| {
                if shared.contains(&((at + 1) as f64)) { 1 } else { *size }
            };
            let dims: Vec<usize> = dims.iter().enumerate().map(each).collect();
            let slopes = b.read(call, 0, &dims)?;
            let slopes = match *dims.as_slice() {
                [rows, columns, channels] => {
                    let cells = super::turned(&slopes, &dims, &[2, 0, 1]);
                    Array::singles(vec![channels, rows, columns], cells)
                }
                _ => slopes,
            };
            let slopes = b.keep(format!("{path}.alpha"), slopes)?;
            flow.like(b.node("PRelu", path, vec![flow.name.clone(), slopes], []))
        }
        _ => return Ok(None),
    }))
}

/// Numbers between two limits.
fn held(b: &mut Builder, path: &str, flow: Flow, limits: [f64; 2]) -> Result<Flow, Fault> {
    let [least, most] = limits.map(|limit| vec![limit as f32]);
    let least = b.fixed(path, "min", Vec::new(), least)?;
    let most = b.fixed(path, "max", Vec::new(), most)?;
    Ok(flow.like(b.node("Clip", path, vec![flow.name.clone(), least, most], [])))
}

fn softmax(
    b: &mut Builder,
    path: &str,
    operator: &str,
    flow: Flow,
    axis: Option<usize>,
) -> Result<Flow, Fault> {
    // Over all numbers of a row their order does not matter.
    let axis = axis.unwrap_or(flow.dims.len().saturating_sub(1));
    let axis = ("axis", Attribute::Int(super::axis_inside(axis, flow.dims.len())));
    Ok(flow.like(b.node(operator, path, vec![flow.name.clone()], [axis])))
}
