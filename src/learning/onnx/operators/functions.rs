//! Functions of one number: activations and what they are made of.

use burn::backend::{
    Dispatch, DispatchTensor,
    ops::{ActivationOps as _, FloatTensorOps as _},
};

use super::{Made, one};
use crate::{
    learning::onnx::{
        node::{Reads, Settings},
        value::{Value, dims, paired, ranked, reshaped},
    },
    network::{
        Fault,
        onnx::{Array, Cells},
    },
};

type OnDevice = Box<dyn Fn(DispatchTensor) -> DispatchTensor + Send + Sync>;
/// Of one number in memory, where networks do such arithmetic with constants.
type InMemory = fn(f64) -> f64;

/// A function of one number by its name; `None` if it is none.
pub(super) fn function(name: &str, settings: &mut Settings) -> Result<Option<Made>, Fault> {
    let (on_device, in_memory): (OnDevice, Option<InMemory>) = match name {
        "Relu" => (Box::new(Dispatch::relu), Some(|x| x.max(0.0))),
        "Sigmoid" => (Box::new(Dispatch::sigmoid), Some(|x| 1.0 / (1.0 + (-x).exp()))),
        "Tanh" => (Box::new(Dispatch::float_tanh), Some(f64::tanh)),
        "Erf" => (Box::new(Dispatch::float_erf), None),
        "Exp" => (Box::new(Dispatch::float_exp), Some(f64::exp)),
        "Log" => (Box::new(Dispatch::float_log), Some(f64::ln)),
        "Sqrt" => (Box::new(Dispatch::float_sqrt), Some(f64::sqrt)),
        "Abs" => (Box::new(Dispatch::float_abs), Some(f64::abs)),
        "Neg" => (Box::new(Dispatch::float_neg), Some(|x| -x)),
        "Reciprocal" => (Box::new(Dispatch::float_recip), Some(|x| 1.0 / x)),
        "Sin" => (Box::new(Dispatch::float_sin), Some(f64::sin)),
        "Cos" => (Box::new(Dispatch::float_cos), Some(f64::cos)),
        "Floor" => (Box::new(Dispatch::float_floor), Some(f64::floor)),
        "Ceil" => (Box::new(Dispatch::float_ceil), Some(f64::ceil)),
        "Round" => (Box::new(Dispatch::float_round), Some(f64::round_ties_even)),
        "Sign" => {
            (Box::new(Dispatch::float_sign), Some(|x| if x == 0.0 { 0.0 } else { x.signum() }))
        }
        "LeakyRelu" => {
            let slope = settings.float("alpha", 0.01)?;
            (Box::new(move |x| Dispatch::leaky_relu(x, slope.into())), None)
        }
        "Elu" => {
            let alpha = settings.float("alpha", 1.0)?;
            (Box::new(move |x| elu(x, alpha)), None)
        }
        "Celu" => {
            let alpha = settings.float("alpha", 1.0)?;
            let of = move |x| elu(Dispatch::float_mul_scalar(x, (1.0 / alpha).into()), 1.0);
            (Box::new(move |x| Dispatch::float_mul_scalar(of(x), alpha.into())), None)
        }
        "Selu" => {
            let alpha = settings.float("alpha", 1.673_263_2)?;
            let gamma = settings.float("gamma", 1.050_701)?;
            (Box::new(move |x| Dispatch::float_mul_scalar(elu(x, alpha), gamma.into())), None)
        }
        "Softplus" => (Box::new(softplus), None),
        "Softsign" => (
            Box::new(|x: DispatchTensor| {
                let size = Dispatch::float_abs(x.clone());
                Dispatch::float_div(x, Dispatch::float_add_scalar(size, 1.0.into()))
            }),
            None,
        ),
        "Mish" => (
            Box::new(|x: DispatchTensor| {
                Dispatch::float_mul(x.clone(), Dispatch::float_tanh(softplus(x)))
            }),
            None,
        ),
        "HardSigmoid" => {
            let (alpha, beta) = (settings.float("alpha", 0.2)?, settings.float("beta", 0.5)?);
            (Box::new(move |x| hard_sigmoid(x, alpha, beta)), None)
        }
        "HardSwish" => (
            Box::new(|x: DispatchTensor| {
                Dispatch::float_mul(x.clone(), hard_sigmoid(x, 1.0 / 6.0, 0.5))
            }),
            None,
        ),
        "Gelu" => match settings.text("approximate", "none")?.as_str() {
            "tanh" => (Box::new(gelu_by_tanh), None),
            _ => (Box::new(gelu), None),
        },
        _ => return Ok(None),
    };
    Ok(Some(Made::of(move |reads, context| match (reads.need(0)?, in_memory) {
        (Value::Host(array), Some(function)) => {
            one(Value::host(array_of(array, function, name_of(reads))?))
        }
        (value, _) => one(Value::Device(on_device(value.device(context.device)?))),
    })))
}

fn name_of<'a>(reads: &'a Reads<'_>) -> &'a str {
    &reads.node.operator
}

/// The function of each number; of whole ones only where it stays whole.
fn array_of(array: &Array, function: InMemory, name: &str) -> Result<Array, Fault> {
    match &array.cells {
        Cells::Whole(cells) if matches!(name, "Abs" | "Neg" | "Sign" | "Relu") => {
            let of = |cell: &i64| {
                let wide = array.kind.wide(*cell);
                array.kind.wrapped(match name {
                    "Abs" => wide.abs(),
                    "Neg" => -wide,
                    "Relu" => wide.max(0),
                    _ => wide.signum(),
                })
            };
            let cells = Cells::Whole(cells.iter().map(of).collect());
            Ok(Array { kind: array.kind, dims: array.dims.clone(), cells })
        }
        Cells::Whole(_) => Err(Fault::new(phrase!("onnx-it-is-given-whole-numbers"))),
        _ => {
            let cells = array.to_floats().into_iter().map(function);
            Ok(Array::floats(array.kind, array.dims.clone(), cells))
        }
    }
}

/// A ReLU whose slope below zero is learned: slope by slope, spread over what it reads.
pub(super) fn prelu() -> Made {
    Made::of(|reads, context| {
        let (x, slope) = (reads.on(0, context)?, reads.on(1, context)?);
        let (size, slope_size) = (dims(&x), dims(&slope));
        // Of one dimension it is a slope for each channel, as exporters write it.
        let slope = match (size.as_slice(), slope_size.as_slice()) {
            ([_, channels, _, ..], [slopes])
                if channels == slopes && size.last() != Some(slopes) =>
            {
                let mut places = vec![1; size.len() - 1];
                if let Some(first) = places.first_mut() {
                    *first = *slopes;
                }
                reshaped(slope, &places)
            }
            _ => slope,
        };
        let above = Dispatch::relu(x.clone());
        let below = Dispatch::relu(Dispatch::float_neg(x));
        let (below, slope) = paired(below, slope);
        let part = Dispatch::float_mul(below, slope);
        let above = ranked(above, dims(&part).len());
        one(Value::Device(Dispatch::float_sub(above, part)))
    })
}

/// x above zero, α (eˣ − 1) below.
fn elu(x: DispatchTensor, alpha: f64) -> DispatchTensor {
    let above = Dispatch::relu(x.clone());
    // What is below zero, and zero elsewhere, so that no exponential grows.
    let below = Dispatch::float_neg(Dispatch::relu(Dispatch::float_neg(x)));
    let curve = Dispatch::float_add_scalar(Dispatch::float_exp(below), (-1.0).into());
    Dispatch::float_add(above, Dispatch::float_mul_scalar(curve, alpha.into()))
}

/// ln(1 + eˣ), as max(x, 0) + ln(1 + e^−|x|), which does not overflow.
fn softplus(x: DispatchTensor) -> DispatchTensor {
    let above = Dispatch::relu(x.clone());
    let size = Dispatch::float_abs(x);
    Dispatch::float_add(
        above,
        Dispatch::float_log1p(Dispatch::float_exp(Dispatch::float_neg(size))),
    )
}

fn hard_sigmoid(x: DispatchTensor, alpha: f64, beta: f64) -> DispatchTensor {
    let line = Dispatch::float_add_scalar(Dispatch::float_mul_scalar(x, alpha.into()), beta.into());
    Dispatch::float_clamp(line, 0.0.into(), 1.0.into())
}

/// x Φ(x) = x/2 (1 + erf(x/√2)).
fn gelu(x: DispatchTensor) -> DispatchTensor {
    let root = Dispatch::float_mul_scalar(x.clone(), std::f64::consts::FRAC_1_SQRT_2.into());
    let share = Dispatch::float_add_scalar(Dispatch::float_erf(root), 1.0.into());
    Dispatch::float_mul(Dispatch::float_mul_scalar(x, 0.5.into()), share)
}

/// x/2 (1 + tanh(√(2/π) (x + 0.044715 x³))).
fn gelu_by_tanh(x: DispatchTensor) -> DispatchTensor {
    let square = Dispatch::float_mul(x.clone(), x.clone());
    let cube = Dispatch::float_mul_scalar(Dispatch::float_mul(square, x.clone()), 0.044_715.into());
    let inner = Dispatch::float_mul_scalar(
        Dispatch::float_add(x.clone(), cube),
        (2.0 / std::f64::consts::PI).sqrt().into(),
    );
    let share = Dispatch::float_add_scalar(Dispatch::float_tanh(inner), 1.0.into());
    Dispatch::float_mul(Dispatch::float_mul_scalar(x, 0.5.into()), share)
}
