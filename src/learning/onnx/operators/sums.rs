//! Many numbers to one: sums, means, largest and smallest along axes, and shares of a whole.

use burn::backend::{
    Dispatch, DispatchTensor,
    ops::{ActivationOps as _, FloatTensorOps as _},
};

use super::{Made, one, shapes::given};
use crate::{
    learning::onnx::{
        node::Settings,
        value::{Value, axis, reshaped, strides, walked},
    },
    network::{
        Fault,
        onnx::{Array, Cells, Kind},
    },
};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Takes {
    Sum,
    Mean,
    Largest,
    Smallest,
    Product,
    /// The root of the sum of squares.
    Length,
    Absolute,
    Squares,
    LogSum,
    LogSumExp,
}

/// A reduction by its name; `None` if it is none.
pub(super) fn reduction(name: &str, settings: &mut Settings) -> Result<Option<Made>, Fault> {
    let takes = match name {
        "ReduceSum" => Takes::Sum,
        "ReduceMean" => Takes::Mean,
        "ReduceMax" => Takes::Largest,
        "ReduceMin" => Takes::Smallest,
        "ReduceProd" => Takes::Product,
        "ReduceL1" => Takes::Absolute,
        "ReduceL2" => Takes::Length,
        "ReduceSumSquare" => Takes::Squares,
        "ReduceLogSum" => Takes::LogSum,
        "ReduceLogSumExp" => Takes::LogSumExp,
        _ => return Ok(None),
    };
    let keeps = settings.yes("keepdims", true)?;
    let none_is_none = settings.yes("noop_with_empty_axes", false)?;
    let old = settings.ints("axes")?;
    Ok(Some(Made::of(move |reads, _| {
        let value = reads.need(0)?;
        let size = value.dims();
        let axes = given(reads, 1, old.as_ref())?.unwrap_or_default();
        if axes.is_empty() && none_is_none {
            return one(value.clone());
        }
        let axes = axes.iter().map(|at| axis(*at, size.len())).collect::<Result<Vec<_>, _>>()?;
        let goes = |at: usize| axes.is_empty() || axes.contains(&at);
        let kept = size.iter().enumerate().filter(|(at, _)| keeps || !goes(*at));
        let made: Vec<usize> = kept.map(|(at, size)| if goes(at) { 1 } else { *size }).collect();
        match value {
            Value::Device(tensor) if !size.contains(&0) => {
                let all = (0..size.len()).filter(|at| goes(*at));
                let reduced = on_device(tensor.clone(), all, takes);
                one(Value::Device(reshaped(reduced, &made)))
            }
            _ => one(Value::host(in_memory(value.array()?.as_ref(), goes, made, takes)?)),
        }
    })))
}

fn on_device(
    tensor: DispatchTensor,
    axes: impl Iterator<Item = usize>,
    takes: Takes,
) -> DispatchTensor {
    let before = match takes {
        Takes::Length | Takes::Squares => Dispatch::float_mul(tensor.clone(), tensor),
        Takes::Absolute => Dispatch::float_abs(tensor),
        Takes::LogSumExp => Dispatch::float_exp(tensor),
        _ => tensor,
    };
    let along: fn(DispatchTensor, usize) -> DispatchTensor = match takes {
        Takes::Mean => Dispatch::float_mean_dim,
        Takes::Largest => Dispatch::float_max_dim,
        Takes::Smallest => Dispatch::float_min_dim,
        Takes::Product => Dispatch::float_prod_dim,
        _ => Dispatch::float_sum_dim,
    };
    let reduced = axes.fold(before, along);
    match takes {
        Takes::Length => Dispatch::float_sqrt(reduced),
        Takes::LogSum | Takes::LogSumExp => Dispatch::float_log(reduced),
        _ => reduced,
    }
}

fn in_memory(
    array: &Array,
    goes: impl Fn(usize) -> bool,
    made: Vec<usize>,
    takes: Takes,
) -> Result<Array, Fault> {
    let steps = strides(&array.dims);
    let of = |wanted: bool| -> (Vec<usize>, Vec<usize>) {
        let all = array.dims.iter().zip(&steps).enumerate();
        all.filter(|(at, _)| goes(*at) == wanted).map(|(_, (size, step))| (*size, *step)).unzip()
    };
    let ((kept, kept_steps), (lost, lost_steps)) = (of(false), of(true));
    let inner = walked(&lost, &lost_steps, 0);
    let firsts = walked(&kept, &kept_steps, 0);
    if let (Cells::Whole(cells), Takes::Sum | Takes::Largest | Takes::Smallest) =
        (&array.cells, takes)
    {
        let limits = match array.kind {
            Kind::Bool => (0, 1),
            Kind::Whole { bits, signed: true } => {
                (-(1_i128 << (bits - 1)), (1_i128 << (bits - 1)) - 1)
            }
            Kind::Whole { bits, signed: false } => (0, (1_i128 << bits) - 1),
            _ => (0, 0),
        };
        let reduced = firsts.iter().map(|first| {
            let all = inner.iter().filter_map(|at| cells.get(first + at));
            let all = all.map(|cell| array.kind.wide(*cell));
            array.kind.wrapped(match takes {
                Takes::Largest => all.max().unwrap_or(limits.0),
                Takes::Smallest => all.min().unwrap_or(limits.1),
                _ => all.sum(),
            })
        });
        let cells = Cells::Whole(reduced.collect());
        return Ok(Array { kind: array.kind, dims: made, cells });
    }
    let cells = array.to_floats();
    let reduced = firsts.iter().map(|first| {
        let all = inner.iter().filter_map(|at| cells.get(first + at).copied());
        match takes {
            Takes::Sum => all.sum(),
            Takes::Mean => all.sum::<f64>() / inner.len() as f64,
            Takes::Largest => all.fold(f64::NEG_INFINITY, f64::max),
            Takes::Smallest => all.fold(f64::INFINITY, f64::min),
            Takes::Product => all.product(),
            Takes::Length => all.map(|cell| cell * cell).sum::<f64>().sqrt(),
            Takes::Absolute => all.map(f64::abs).sum(),
            Takes::Squares => all.map(|cell| cell * cell).sum(),
            Takes::LogSum => all.sum::<f64>().ln(),
            Takes::LogSumExp => all.map(f64::exp).sum::<f64>().ln(),
        }
    });
    let reduced: Vec<f64> = reduced.collect();
    if array.kind.is_float() {
        return Ok(Array::floats(array.kind, made, reduced.into_iter()));
    }
    let cells = reduced.iter().map(|cell| array.kind.wrapped(*cell as i128)).collect();
    Ok(Array { kind: array.kind, dims: made, cells: Cells::Whole(cells) })
}

/// Where the largest or the smallest number lies along an axis.
pub(super) fn place_of(settings: &mut Settings, largest: bool) -> Result<Made, Fault> {
    let along = settings.int("axis", 0)?;
    let keeps = settings.yes("keepdims", true)?;
    let last = settings.yes("select_last_index", false)?;
    Ok(Made::of(move |reads, _| {
        let array = reads.need(0)?.array()?;
        let along = axis(along, array.dims.len())?;
        let length = array.dims.get(along).copied().unwrap_or(0);
        if length == 0 {
            return Err(Fault::new(phrase!("onnx-it-looks-for-the-largest")));
        }
        let step = strides(&array.dims).get(along).copied().unwrap_or(1);
        let cells = array.to_floats();
        let mut made = array.dims.clone();
        if let Some(size) = made.get_mut(along) {
            *size = 1;
        }
        let firsts = walked(&made, &strides(&array.dims), 0);
        let found = firsts.iter().map(|first| {
            let mut best = 0;
            for at in 1..length {
                let (one, other) = (cells.get(first + at * step), cells.get(first + best * step));
                let (Some(one), Some(other)) = (one, other) else { continue };
                let better = if largest { one > other } else { one < other };
                if better || (last && one == other) {
                    best = at;
                }
            }
            best as i64
        });
        let found = found.collect();
        if !keeps {
            made.remove(along);
        }
        one(Value::whole(made, found))
    }))
}

/// Softmax and its logarithm: along one axis, or before opset 13 along all from one on.
pub(super) fn softmax(settings: &mut Settings, logarithm: bool) -> Result<Made, Fault> {
    let old = settings.opset < 13;
    let along = settings.int("axis", if old { 1 } else { -1 })?;
    Ok(Made::of(move |reads, context| {
        let tensor = reads.on(0, context)?;
        let size = reads.need(0)?.dims();
        let along = axis(along, size.len())?;
        let shares = if logarithm { Dispatch::log_softmax } else { Dispatch::softmax };
        if !old {
            return one(Value::Device(shares(tensor, along)));
        }
        let (before, behind) = size.split_at(along);
        let flat = [before.iter().product(), behind.iter().product()];
        one(Value::Device(reshaped(shares(reshaped(tensor, &flat), 1), &size)))
    }))
}
