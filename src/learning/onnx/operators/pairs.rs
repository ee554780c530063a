//! Functions of two numbers or more, each array spread over the dimensions of the others: sums, products, comparisons.

use std::sync::Arc;

use burn::backend::{Dispatch, DispatchTensor, ops::FloatTensorOps as _};

use super::{
    Made, one,
    shapes::{behind, into_dims},
};
use crate::{
    learning::onnx::{
        node::{Context, Settings},
        value::{Value, axis as axis_of, broadcast, dims, mask, paired, picked, ranked, spread},
    },
    network::{
        Fault,
        onnx::{Array, Cells, Kind},
    },
};

/// A function of two numbers, on the device and in memory; `None` where a whole result does not exist.
#[derive(Clone, Copy)]
struct Pair {
    on_device: fn(DispatchTensor, DispatchTensor) -> DispatchTensor,
    floats: fn(f64, f64) -> f64,
    whole: fn(i128, i128) -> Option<i128>,
}

/// By its name; `None` if it is none.
pub(super) fn pair(name: &str, settings: &mut Settings) -> Result<Option<Made>, Fault> {
    let pair = match name {
        "Add" | "Sum" => {
            Pair { on_device: Dispatch::float_add, floats: |a, b| a + b, whole: |a, b| Some(a + b) }
        }
        "Sub" => {
            Pair { on_device: Dispatch::float_sub, floats: |a, b| a - b, whole: |a, b| Some(a - b) }
        }
        "Mul" => {
            Pair { on_device: Dispatch::float_mul, floats: |a, b| a * b, whole: i128::checked_mul }
        }
        "Div" => {
            Pair { on_device: Dispatch::float_div, floats: |a, b| a / b, whole: i128::checked_div }
        }
        "Max" => Pair { on_device: larger, floats: f64::max, whole: |a, b| Some(a.max(b)) },
        "Min" => Pair { on_device: smaller, floats: f64::min, whole: |a, b| Some(a.min(b)) },
        "Pow" => Pair {
            on_device: Dispatch::float_powf,
            floats: f64::powf,
            whole: |a, b| a.checked_pow(u32::try_from(b).ok()?),
        },
        _ => return Ok(None),
    };
    let old = old_spread(settings)?;
    if name == "Pow" {
        return Ok(Some(Made::of(move |reads, context| {
            let (base, exponent) = (reads.need(0)?, reads.need(1)?);
            one(power(base, exponent, pair, context)?)
        })));
    }
    Ok(Some(Made::of(move |reads, context| {
        let mut values = reads.all().cloned();
        let mut first =
            values.next().ok_or_else(|| Fault::new(phrase!("onnx-it-reads-nothing")))?;
        for value in values {
            let value = match old {
                Some(axis) => lifted(&value, axis, first.dims().len(), context)?,
                None => value,
            };
            first = both(&first, &value, pair, context)?;
        }
        one(first)
    })))
}

/// Before opset 7 a second array was spread from an axis on, and only if it was asked for.
fn old_spread(settings: &mut Settings) -> Result<Option<i64>, Fault> {
    if settings.opset >= 7 {
        return Ok(None);
    }
    let spreads = settings.yes("broadcast", false)?;
    let axis = settings.maybe_int("axis")?;
    // What it was said to reuse in memory.
    settings.take("consumed_inputs");
    Ok(axis.filter(|_| spreads))
}

/// With ones behind its dimensions, so that it begins at an axis of the other.
fn lifted(value: &Value, axis: i64, rank: usize, context: &Context<'_>) -> Result<Value, Fault> {
    let axis = axis_of(axis, rank)?;
    let mut size = value.dims();
    size.resize(rank.saturating_sub(axis).max(size.len()), 1);
    into_dims(value, &size, context)
}

fn both(a: &Value, b: &Value, pair: Pair, context: &Context<'_>) -> Result<Value, Fault> {
    let size = broadcast(&a.dims(), &b.dims())?;
    if let (Value::Host(a), Value::Host(b)) = (a, b) {
        return in_memory(a, b, size, pair);
    }
    let (a, b) = paired(a.device(context.device)?, b.device(context.device)?);
    Ok(Value::Device((pair.on_device)(a, b)))
}

fn in_memory(a: &Array, b: &Array, dims: Vec<usize>, pair: Pair) -> Result<Value, Fault> {
    let places = spread(&a.dims, &dims).into_iter().zip(spread(&b.dims, &dims));
    let beyond = || Fault::new(phrase!("onnx-its-result-is-no-number"));
    if let (Cells::Whole(left), Cells::Whole(right)) = (&a.cells, &b.cells) {
        let cells = places.map(|(at, under)| {
            let (x, y) = (left.get(at).copied()?, right.get(under).copied()?);
            (pair.whole)(a.kind.wide(x), b.kind.wide(y)).map(|cell| a.kind.wrapped(cell))
        });
        let cells = cells.collect::<Option<_>>().ok_or_else(beyond)?;
        return Ok(Value::host(Array { kind: a.kind, dims, cells: Cells::Whole(cells) }));
    }
    let (left, right) = (a.to_floats(), b.to_floats());
    let kind = if a.kind.is_float() { a.kind } else { b.kind };
    let cells = places
        .map(|(at, under)| Some((pair.floats)(left.get(at).copied()?, right.get(under).copied()?)));
    let cells: Vec<f64> = cells.collect::<Option<_>>().ok_or_else(beyond)?;
    Ok(Value::host(Array::floats(kind, dims, cells.into_iter())))
}

/// aᵇ, of the kind of a; b may be of another.
fn power(
    base: &Value,
    exponent: &Value,
    pair: Pair,
    context: &Context<'_>,
) -> Result<Value, Fault> {
    let size = broadcast(&base.dims(), &exponent.dims())?;
    // Whole numbers to the power of what lies on the device are calculated in memory, and stay whole.
    let exponent = &match (base, exponent) {
        (Value::Host(array), Value::Device(_)) if !array.kind.is_float() => {
            Value::Host(exponent.array()?)
        }
        _ => exponent.clone(),
    };
    match (base, exponent) {
        (Value::Host(base), Value::Host(exponent)) => {
            let both_whole = !base.kind.is_float() && !exponent.kind.is_float();
            if both_whole || base.kind.is_float() {
                return in_memory(base, exponent, size, pair);
            }
            let floats =
                Arc::new(Array::floats(Kind::F64, base.dims.clone(), base.to_floats().into_iter()));
            let Value::Host(made) = in_memory(&floats, exponent, size, pair)? else {
                return Err(Fault::new(phrase!("onnx-its-result-is-no-array")));
            };
            let cells = made.to_floats();
            let cells = cells.iter().map(|cell| base.kind.wrapped(*cell as i128)).collect();
            Ok(Value::host(Array {
                kind: base.kind,
                dims: made.dims.clone(),
                cells: Cells::Whole(cells),
            }))
        }
        (Value::Device(base), Value::Host(array)) if array.len() == 1 => {
            let power = exponent.number()?;
            let rank = size.len();
            let raised = Dispatch::float_powf_scalar(base.clone(), power.into());
            Ok(Value::Device(ranked(raised, rank)))
        }
        _ => {
            let (a, b) = paired(base.device(context.device)?, exponent.device(context.device)?);
            let (a, b) = (expanded(a, &size), expanded(b, &size));
            Ok(Value::Device((pair.on_device)(a, b)))
        }
    }
}

/// Repeated along the dimensions in which it is 1.
pub(super) fn expanded(tensor: DispatchTensor, size: &[usize]) -> DispatchTensor {
    let tensor = ranked(tensor, size.len());
    if dims(&tensor) == size {
        return tensor;
    }
    Dispatch::float_expand(tensor, burn::tensor::Shape::from(size.to_vec()))
}

fn larger(a: DispatchTensor, b: DispatchTensor) -> DispatchTensor {
    // a + max(b − a, 0) would lose what is far apart.
    let (a, b) = alike(a, b);
    let lower = Dispatch::float_lower(a.clone(), b.clone(), burn::tensor::BoolDType::Native);
    Dispatch::float_mask_where(a, lower, b)
}

fn smaller(a: DispatchTensor, b: DispatchTensor) -> DispatchTensor {
    let (a, b) = alike(a, b);
    let greater = Dispatch::float_greater(a.clone(), b.clone(), burn::tensor::BoolDType::Native);
    Dispatch::float_mask_where(a, greater, b)
}

/// In dimensions that are the same; those that do not fit have been refused before.
fn alike(a: DispatchTensor, b: DispatchTensor) -> (DispatchTensor, DispatchTensor) {
    match broadcast(&dims(&a), &dims(&b)) {
        Ok(size) => (expanded(a, &size), expanded(b, &size)),
        Err(_) => (a, b),
    }
}

/// A comparison or a connective by its name; `None` if it is none.
pub(super) fn comparison(name: &str, settings: &mut Settings) -> Result<Option<Made>, Fault> {
    let (floats, whole): (fn(f64, f64) -> bool, fn(i128, i128) -> bool) = match name {
        "Less" => (|a, b| a < b, |a, b| a < b),
        "LessOrEqual" => (|a, b| a <= b, |a, b| a <= b),
        "Greater" => (|a, b| a > b, |a, b| a > b),
        "GreaterOrEqual" => (|a, b| a >= b, |a, b| a >= b),
        "Equal" => (|a, b| a == b, |a, b| a == b),
        "And" => (|_, _| false, |a, b| a != 0 && b != 0),
        "Or" => (|_, _| false, |a, b| a != 0 || b != 0),
        "Xor" => (|_, _| false, |a, b| (a != 0) != (b != 0)),
        _ => return Ok(None),
    };
    let old = old_spread(settings)?;
    Ok(Some(Made::of(move |reads, context| {
        let (first, second) = (reads.need(0)?, reads.need(1)?);
        let lifted = match old {
            Some(axis) => lifted(second, axis, first.dims().len(), context)?,
            None => second.clone(),
        };
        let size = broadcast(&first.dims(), &lifted.dims())?;
        let (a, b) = (first.array()?, lifted.array()?);
        let places = spread(&a.dims, &size).into_iter().zip(spread(&b.dims, &size));
        let cells: Option<Vec<i64>> = match (&a.cells, &b.cells) {
            (Cells::Whole(left), Cells::Whole(right)) => places
                .map(|(x, y)| {
                    let x = a.kind.wide(*left.get(x)?);
                    Some(i64::from(whole(x, b.kind.wide(*right.get(y)?))))
                })
                .collect(),
            _ => {
                let (left, right) = (a.to_floats(), b.to_floats());
                places
                    .map(|(x, y)| Some(i64::from(floats(*left.get(x)?, *right.get(y)?))))
                    .collect()
            }
        };
        let cells = cells.ok_or_else(|| Fault::new(phrase!("onnx-it-points-beyond-what-it")))?;
        one(Value::host(Array { kind: Kind::Bool, dims: size, cells: Cells::Whole(cells) }))
    })))
}

/// Not.
pub(super) fn not() -> Made {
    Made::of(|reads, _| {
        let array = reads.need(0)?.array()?;
        let cells = array.to_whole().iter().map(|cell| i64::from(*cell == 0)).collect();
        let dims = array.dims.clone();
        one(Value::host(Array { kind: Kind::Bool, dims, cells: Cells::Whole(cells) }))
    })
}

/// One of two, by a condition.
pub(super) fn choice() -> Made {
    Made::of(|reads, context| {
        let (condition, yes, no) = (reads.need(0)?, reads.need(1)?, reads.need(2)?);
        let size = broadcast(&condition.dims(), &broadcast(&yes.dims(), &no.dims())?)?;
        let chosen = condition.to_whole()?;
        let under = spread(&condition.dims(), &size);
        let chosen = under.iter().map(|at| chosen.get(*at).is_some_and(|cell| *cell != 0));
        let chosen: Vec<bool> = chosen.collect();
        if let (Value::Host(yes), Value::Host(no)) = (yes, no) {
            let (from_yes, from_no) = (spread(&yes.dims, &size), spread(&no.dims, &size));
            // Of the cells of both, behind each other.
            let places: Vec<Option<usize>> = chosen
                .iter()
                .zip(from_yes.iter().zip(&from_no))
                .map(|(chosen, (a, b))| Some(if *chosen { *a } else { yes.len() + *b }))
                .collect();
            let all = behind(&[yes.clone(), no.clone()], vec![yes.len() + no.len()])?;
            let picked = picked(&all, &places, size, 0.0)?;
            return one(Value::host(picked));
        }
        let yes = expanded(yes.device(context.device)?, &size);
        let no = expanded(no.device(context.device)?, &size);
        let chosen = mask(chosen, &size, context.device);
        one(Value::Device(Dispatch::float_mask_where(no, chosen, yes)))
    })
}

/// Between two limits, each of which may be left out; before opset 11 they were settings.
pub(super) fn clip(settings: &mut Settings) -> Result<Made, Fault> {
    let old = [settings.maybe_float("min")?, settings.maybe_float("max")?];
    Ok(Made::of(move |reads, _| {
        let limit = |at: usize| reads.get(at).map(Value::number).transpose();
        let [least, most] = old;
        let (least, most) = (limit(1)?.or(least), limit(2)?.or(most));
        let held = |cell: f64| {
            let cell = least.map_or(cell, |least| cell.max(least));
            most.map_or(cell, |most| cell.min(most))
        };
        one(match reads.need(0)? {
            Value::Host(array) => Value::host(match &array.cells {
                Cells::Whole(cells) => {
                    let wide = cells.iter().map(|cell| array.kind.wide(*cell) as f64);
                    let cells = wide.map(|cell| array.kind.wrapped(held(cell) as i128)).collect();
                    Array { cells: Cells::Whole(cells), ..array.as_ref().clone() }
                }
                _ => {
                    let cells = array.to_floats().into_iter().map(held);
                    Array::floats(array.kind, array.dims.clone(), cells)
                }
            }),
            Value::Device(tensor) => {
                let mut tensor = tensor.clone();
                if let Some(least) = least {
                    tensor = Dispatch::float_clamp_min(tensor, least.into());
                }
                if let Some(most) = most {
                    tensor = Dispatch::float_clamp_max(tensor, most.into());
                }
                Value::Device(tensor)
            }
        })
    }))
}
