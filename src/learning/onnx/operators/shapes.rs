//! The same numbers in other dimensions or another order: reshape, transpose, join, split, cut, gather, pad, repeat.

use std::sync::Arc;

use burn::{
    backend::{Dispatch, ops::FloatTensorOps as _},
    tensor::Slice,
};

use super::{Made, one};
use crate::{
    learning::onnx::{
        node::{Context, Reads, Settings},
        value::{Value, axis, fits, indices, moved, picked, reshaped, strides, walked},
    },
    network::{
        Fault, Numbers,
        onnx::{Array, Attribute, Cells, Kind},
    },
};

/// By its name; `None` if it is none of these.
pub(super) fn shape(name: &str, settings: &mut Settings) -> Result<Option<Made>, Fault> {
    Ok(Some(match name {
        "Reshape" => reshape(settings)?,
        "Flatten" => flatten(settings)?,
        "Squeeze" => squeeze(settings)?,
        "Unsqueeze" => unsqueeze(settings)?,
        "Transpose" => transpose(settings)?,
        "Concat" => concat(settings)?,
        "Split" => split(settings)?,
        "Shape" => dimensions(settings)?,
        "Size" => Made::of(|reads, _| {
            let count = reads.need(0)?.dims().iter().product::<usize>();
            one(Value::whole(Vec::new(), vec![count as i64]))
        }),
        "Identity" => Made::of(|reads, _| one(reads.need(0)?.clone())),
        _ => return Ok(None),
    }))
}

/// The same numbers in these dimensions.
pub(super) fn into_dims(value: &Value, dims: &[usize], _: &Context<'_>) -> Result<Value, Fault> {
    let has = value.dims();
    if has.iter().product::<usize>() != dims.iter().product::<usize>() {
        return Err(Fault::new(phrase!(
            "onnx-cannot-become-they-differ-in",
            has = format_args!("{:?}", has),
            dims = format_args!("{:?}", dims)
        )));
    }
    Ok(match value {
        Value::Device(tensor) => Value::Device(reshaped(tensor.clone(), dims)),
        Value::Host(array) => Value::host(Array { dims: dims.to_vec(), ..array.as_ref().clone() }),
    })
}

/// The cells of arrays of one kind behind each other.
pub(super) fn behind(arrays: &[Arc<Array>], dims: Vec<usize>) -> Result<Array, Fault> {
    let kind = arrays.first().map_or(Kind::F32, |array| array.kind);
    if let Some(other) = arrays.iter().find(|array| array.kind != kind) {
        return Err(Fault::new(phrase!(
            "onnx-it-joins-numbers-of-and",
            kind = format_args!("{:?}", kind),
            kind2 = format_args!("{:?}", other.kind)
        )));
    }
    let cells = match kind {
        Kind::F32 => Cells::Singles(Numbers::new(
            arrays.iter().flat_map(|array| array.to_singles()).collect(),
        )),
        kind if kind.is_float() => {
            Cells::Floats(arrays.iter().flat_map(|array| array.to_floats()).collect())
        }
        _ => Cells::Whole(arrays.iter().flat_map(|array| array.to_whole()).collect()),
    };
    Ok(Array { kind, dims, cells })
}

/// Whole numbers of an input, or of a setting, as they were before they became inputs.
pub(super) fn given(
    reads: &Reads<'_>,
    at: usize,
    setting: Option<&Vec<i64>>,
) -> Result<Option<Vec<i64>>, Fault> {
    match (setting, reads.get(at)) {
        (Some(setting), _) => Ok(Some(setting.clone())),
        (None, Some(value)) => value.to_whole().map(Some),
        (None, None) => Ok(None),
    }
}

fn reshape(settings: &mut Settings) -> Result<Made, Fault> {
    let keeps_zero = settings.yes("allowzero", false)?;
    Ok(Made::of(move |reads, context| {
        let value = reads.need(0)?;
        let wanted = reads.need(1)?.to_whole()?;
        let has = value.dims();
        let count = has.iter().product::<usize>();
        let mut size = Vec::with_capacity(wanted.len());
        let mut open = None;
        for (at, wish) in wanted.iter().enumerate() {
            size.push(match *wish {
                0 if !keeps_zero => has.get(at).copied().unwrap_or(0),
                -1 => {
                    open = Some(at);
                    1
                }
                wish => usize::try_from(wish).map_err(|_| {
                    Fault::new(phrase!(
                        "onnx-it-wants-dimensions",
                        wanted = format_args!("{:?}", wanted)
                    ))
                })?,
            });
        }
        if let Some(size_of_open) = open.and_then(|at| size.get_mut(at)) {
            *size_of_open = 0;
        }
        let others = size.iter().enumerate().filter(|(at, _)| Some(*at) != open);
        let others = others.map(|(_, size)| *size).product::<usize>();
        if let Some(at) = open
            && let Some(left) = size.get_mut(at)
        {
            *left = count.checked_div(others).unwrap_or(0);
        }
        one(into_dims(value, &size, context)?)
    }))
}

fn flatten(settings: &mut Settings) -> Result<Made, Fault> {
    let from = settings.int("axis", 1)?;
    Ok(Made::of(move |reads, context| {
        let value = reads.need(0)?;
        let size = value.dims();
        let from = if from == size.len() as i64 { size.len() } else { axis(from, size.len())? };
        let (before, behind) = size.split_at(from);
        let size = [before.iter().product(), behind.iter().product()];
        one(into_dims(value, &size, context)?)
    }))
}

fn squeeze(settings: &mut Settings) -> Result<Made, Fault> {
    let setting = settings.ints("axes")?;
    Ok(Made::of(move |reads, context| {
        let value = reads.need(0)?;
        let size = value.dims();
        let axes = given(reads, 1, setting.as_ref())?;
        let axes = axes
            .map(|axes| axes.iter().map(|at| axis(*at, size.len())).collect::<Result<Vec<_>, _>>());
        let axes = axes.transpose()?;
        let goes = |(at, size): &(usize, &usize)| match &axes {
            Some(axes) => !axes.contains(at),
            None => **size != 1,
        };
        let left: Vec<usize> =
            size.iter().enumerate().filter(goes).map(|(_, size)| *size).collect();
        one(into_dims(value, &left, context)?)
    }))
}

fn unsqueeze(settings: &mut Settings) -> Result<Made, Fault> {
    let setting = settings.ints("axes")?;
    Ok(Made::of(move |reads, context| {
        let value = reads.need(0)?;
        let axes = given(reads, 1, setting.as_ref())?.unwrap_or_default();
        let mut size = value.dims();
        let rank = size.len() + axes.len();
        let axes = axes.iter().map(|at| axis(*at, rank)).collect::<Result<Vec<_>, _>>();
        let mut axes = axes?;
        axes.sort_unstable();
        for at in axes {
            if at > size.len() {
                return Err(Fault::new(phrase!("onnx-it-names-an-axis-twice")));
            }
            size.insert(at, 1);
        }
        one(into_dims(value, &size, context)?)
    }))
}

fn transpose(settings: &mut Settings) -> Result<Made, Fault> {
    let order = settings.sizes("perm")?;
    Ok(Made::of(move |reads, context| {
        let value = reads.need(0)?;
        let size = value.dims();
        let order = order.clone().unwrap_or_else(|| (0..size.len()).rev().collect());
        let mut sorted = order.clone();
        sorted.sort_unstable();
        if !sorted.iter().copied().eq(0..size.len()) {
            return Err(Fault::new(phrase!(
                "onnx-its-order-is-none-of",
                order = format_args!("{:?}", order),
                size = format_args!("{:?}", size)
            )));
        }
        if let Value::Device(tensor) = value
            && !size.is_empty()
        {
            return one(Value::Device(Dispatch::float_permute(tensor.clone(), &order)));
        }
        let steps = strides(&size);
        let of = |all: &[usize]| order.iter().filter_map(|at| all.get(*at).copied()).collect();
        let (made, steps): (Vec<usize>, Vec<usize>) = (of(&size), of(&steps));
        let places: Vec<_> = walked(&made, &steps, 0).into_iter().map(Some).collect();
        one(moved(value, &places, made, 0.0, context.device)?)
    }))
}

fn concat(settings: &mut Settings) -> Result<Made, Fault> {
    let along = settings.int("axis", 1)?;
    Ok(Made::of(move |reads, context| {
        let values: Vec<&Value> = reads.all().collect();
        let first =
            values.first().ok_or_else(|| Fault::new(phrase!("onnx-it-reads-nothing")))?.dims();
        let along = axis(along, first.len())?;
        let mut size = first.clone();
        let mut total = 0;
        for value in &values {
            let has = value.dims();
            let mut alike = has.clone();
            if let (Some(here), Some(there)) = (alike.get_mut(along), first.get(along)) {
                total += *here;
                *here = *there;
            }
            if alike != first {
                return Err(Fault::new(phrase!(
                    "onnx-it-joins-and-along-axis",
                    first = format_args!("{:?}", first),
                    has = format_args!("{:?}", has),
                    along
                )));
            }
        }
        if let Some(size) = size.get_mut(along) {
            *size = total;
        }
        if values.iter().all(|value| matches!(value, Value::Host(_))) {
            let arrays = values.iter().map(|value| value.array()).collect::<Result<Vec<_>, _>>()?;
            // All of the first, all of the second …, and of each the cells in turn.
            let mut places = Vec::with_capacity(size.iter().product());
            let outer = first.iter().take(along).product::<usize>();
            for row in 0..outer {
                let mut from = 0;
                for array in &arrays {
                    let run = array.len() / outer.max(1);
                    places.extend((0..run).map(|at| Some(from + row * run + at)));
                    from += array.len();
                }
            }
            let count = arrays.iter().map(|array| array.len()).sum();
            return one(Value::host(picked(&behind(&arrays, vec![count])?, &places, size, 0.0)?));
        }
        let filled = values.iter().filter(|value| !value.dims().contains(&0));
        let tensors = filled.map(|value| value.device(context.device)).collect::<Result<_, _>>()?;
        one(Value::Device(Dispatch::float_cat(tensors, along)))
    }))
}

/// A part of a value along one axis.
pub(super) fn part(
    value: &Value,
    along: usize,
    range: std::ops::Range<usize>,
    context: &Context<'_>,
) -> Result<Value, Fault> {
    let mut size = value.dims();
    let steps = strides(&size);
    let step = steps.get(along).copied().unwrap_or(1);
    let slices = |size: &[usize]| -> Vec<Slice> {
        let of = |(at, size): (usize, &usize)| match at == along {
            true => Slice::from(range.clone()),
            false => Slice::from(0..*size),
        };
        size.iter().enumerate().map(of).collect()
    };
    let cut = slices(&size);
    let whole = size.get(along).copied().unwrap_or(0);
    if let Some(size) = size.get_mut(along) {
        *size = range.len();
    }
    if range.end > whole {
        return Err(Fault::new(phrase!(
            "onnx-it-cuts-out-of",
            range = format_args!("{:?}", range),
            whole
        )));
    }
    match value {
        Value::Device(tensor) if !size.contains(&0) => {
            Ok(Value::Device(Dispatch::float_slice(tensor.clone(), &cut)))
        }
        _ => {
            let places = walked(&size, &steps, range.start * step);
            let places: Vec<_> = places.into_iter().map(Some).collect();
            moved(value, &places, size, 0.0, context.device)
        }
    }
}

fn split(settings: &mut Settings) -> Result<Made, Fault> {
    let along = settings.int("axis", 0)?;
    let setting = settings.ints("split")?;
    let count = settings.maybe_int("num_outputs")?;
    Ok(Made::of(move |reads, context| {
        let value = reads.need(0)?;
        let size = value.dims();
        let along = axis(along, size.len())?;
        let whole = size.get(along).copied().unwrap_or(0);
        let sizes = match given(reads, 1, setting.as_ref())? {
            Some(sizes) => sizes
                .iter()
                .map(|size| usize::try_from(*size).ok())
                .collect::<Option<Vec<_>>>()
                .ok_or_else(|| Fault::new(phrase!("onnx-a-part-has-a-size")))?,
            None => {
                let parts = count.and_then(|count| usize::try_from(count).ok());
                let parts = parts.unwrap_or(reads.node.outputs.len()).clamp(1, 4096);
                let each = whole.div_ceil(parts);
                (0..parts).map(|at| each.min(whole.saturating_sub(at * each))).collect()
            }
        };
        if sizes.iter().sum::<usize>() != whole {
            return Err(Fault::new(phrase!(
                "onnx-its-parts-are-not-the",
                sizes = format_args!("{:?}", sizes),
                whole
            )));
        }
        let mut from = 0;
        let mut parts = Vec::with_capacity(sizes.len());
        for size in sizes {
            parts.push(part(value, along, from..from + size, context)?);
            from += size;
        }
        Ok(parts)
    }))
}

fn dimensions(settings: &mut Settings) -> Result<Made, Fault> {
    let (from, to) = (settings.int("start", 0)?, settings.maybe_int("end")?);
    Ok(Made::of(move |reads, _| {
        let size = reads.need(0)?.dims();
        let rank = size.len() as i64;
        let place = |at: i64| (if at < 0 { at.saturating_add(rank) } else { at }).clamp(0, rank);
        let (from, to) = (place(from) as usize, place(to.unwrap_or(rank)) as usize);
        let kept = size.get(from..to.max(from)).unwrap_or(&[]);
        one(Value::whole(vec![kept.len()], kept.iter().map(|size| *size as i64).collect()))
    }))
}

/// Rows of an axis by their indices.
pub(super) fn gather(settings: &mut Settings) -> Result<Made, Fault> {
    let along = settings.int("axis", 0)?;
    Ok(Made::of(move |reads, context| {
        let (value, wanted) = (reads.need(0)?, reads.need(1)?);
        let size = value.dims();
        let along = axis(along, size.len())?;
        let whole = size.get(along).copied().unwrap_or(0) as i64;
        let wishes = wanted.to_whole()?;
        let rows = wishes.iter().map(|at| {
            let place = if *at < 0 { at.saturating_add(whole) } else { *at };
            Some(place).filter(|place| (0..whole).contains(place))
        });
        let rows: Option<Vec<i64>> = rows.collect();
        let rows = rows.ok_or_else(|| Fault::new(phrase!("onnx-it-asks-for-rows-of", whole)))?;
        let (before, behind) = (size.get(..along), size.get(along + 1..));
        let (before, behind) = (before.unwrap_or(&[]), behind.unwrap_or(&[]));
        let made = [before, &wanted.dims(), behind].concat();
        fits(&made)?;
        if let Value::Device(tensor) = value
            && !rows.is_empty()
        {
            let rows = indices(rows, context.device);
            let picked = Dispatch::float_select(tensor.clone(), along, rows);
            return one(Value::Device(reshaped(picked, &made)));
        }
        let inner = behind.iter().product::<usize>();
        let outer = before.iter().product::<usize>();
        let places = (0..outer).flat_map(|outer| {
            rows.iter().flat_map(move |row| {
                let first = (outer * whole as usize + *row as usize) * inner;
                (first..first + inner).map(Some)
            })
        });
        let places: Vec<_> = places.collect();
        one(moved(value, &places, made, 0.0, context.device)?)
    }))
}

/// An array that came with the node.
pub(super) fn constant(settings: &mut Settings) -> Result<Made, Fault> {
    let names = ["value", "value_float", "value_floats", "value_int", "value_ints"];
    let kept = names.into_iter().find_map(|name| settings.take(name));
    let value = kept.and_then(crate::learning::onnx::node::kept);
    let value = value.ok_or_else(|| Fault::new(phrase!("onnx-its-value-is-no-array")))?;
    Ok(Made::of(move |_, _| one(value.clone())))
}

/// An array of one number everywhere.
pub(super) fn filled(settings: &mut Settings) -> Result<Made, Fault> {
    let number = match settings.take("value") {
        None => Array::singles(vec![1], vec![0.0]),
        Some(Attribute::Array(array)) if array.len() == 1 => array,
        Some(_) => return Err(Fault::new(phrase!("onnx-its-attribute-value-is-no"))),
    };
    Ok(Made::of(move |reads, _| {
        let wanted = reads.need(0)?.to_whole()?;
        let size = sizes(&wanted)?;
        let places = vec![Some(0); size.iter().product()];
        one(Value::host(picked(&number, &places, size, 0.0)?))
    }))
}

/// Dimensions that were calculated, within the limit of numbers.
pub(super) fn sizes(wanted: &[i64]) -> Result<Vec<usize>, Fault> {
    let mut count = 1_usize;
    let all = wanted.iter().map(|size| {
        let size = usize::try_from(*size).ok()?;
        count = count.checked_mul(size).filter(|count| *count <= crate::network::MOST_NUMBERS)?;
        Some(size)
    });
    all.collect::<Option<_>>().ok_or_else(|| {
        Fault::new(phrase!("onnx-it-wants-which-is-no", wanted = format_args!("{:?}", wanted)))
    })
}
