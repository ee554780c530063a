//! Normalisations, and the arithmetic that Keras does on pixels before a network.

use super::{
    Fault,
    builder::{Builder, Call, ints},
    flow::{Flow, turned},
};
use crate::network::onnx::{Array, Attribute};

/// The scale and the shift of a normalisation of these dimensions; what is left out is 1 or 0 and not learned.
fn scale_and_shift(
    b: &mut Builder,
    call: Call<'_>,
    dims: &[usize],
    laid_out: impl Fn(Array) -> Array,
) -> Result<([String; 2], usize), Fault> {
    let Call { path, settings, .. } = call;
    let mut at = 0;
    let mut one = |b: &mut Builder, flag: &str, [name, fixed]: [&str; 2], number: f32| {
        if settings.flag(flag, true)? {
            let array = laid_out(b.read(call, at, dims)?);
            at += 1;
            return b.keep(format!("{path}.{name}"), array);
        }
        let array = laid_out(Array::singles(dims.to_vec(), vec![number; dims.iter().product()]));
        b.fixed(path, fixed, array.dims.clone(), array.to_singles())
    };
    let scale = one(b, "scale", ["gamma", "scale"], 1.0)?;
    let shift = one(b, "center", ["beta", "shift"], 0.0)?;
    Ok(([scale, shift], at))
}

/// The number of features or channels of what is normalised over its last axis alone.
fn last(call: Call<'_>, flow: &Flow) -> Result<usize, Fault> {
    let rank = flow.dims.len();
    match (call.settings.axes("axis", rank)?.as_slice(), flow.dims.last()) {
        ([axis], Some(Some(size))) if *axis + 1 == rank => Ok(*size),
        _ => Err(Fault::new(phrase!("keras-its-axis-is-not-the"))),
    }
}

fn epsilon(call: Call<'_>) -> Result<(&'static str, Attribute), Fault> {
    Ok(("epsilon", Attribute::Float(call.settings.number("epsilon", 1e-3)? as f32)))
}

pub(super) fn batch(b: &mut Builder, call: Call<'_>, flow: Flow) -> Result<Flow, Fault> {
    let channels = last(call, &flow)?;
    if ![1, 3].contains(&flow.dims.len()) || call.settings.flag("renorm", false)? {
        return Err(Fault::new(phrase!("keras-it-normalises-rows-of-several")));
    }
    // Features that are maps lie here with their channels first.
    let laid_out = |array: Array| match flow.maps {
        Some([maps, rows, columns]) => {
            let cells = turned(&array, &[rows, columns, maps], &[2, 0, 1]);
            Array::singles(array.dims, cells)
        }
        None => array,
    };
    let ([scale, shift], at) = scale_and_shift(b, call, &[channels], laid_out)?;
    let mut remembered = Vec::new();
    for (at, word) in [(at, "moving_mean"), (at + 1, "moving_variance")] {
        let array = laid_out(b.read(call, at, &[channels])?);
        remembered.push(b.keep(format!("{}.{word}", call.path), array)?);
    }
    let momentum = Attribute::Float(call.settings.number("momentum", 0.99)? as f32);
    let reads = [flow.name.clone(), scale, shift].into_iter().chain(remembered).collect();
    let attributes = [epsilon(call)?, ("momentum", momentum)];
    Ok(flow.like(b.node("BatchNormalization", call.path, reads, attributes)))
}

pub(super) fn layer(b: &mut Builder, call: Call<'_>, flow: Flow) -> Result<Flow, Fault> {
    let path = call.path;
    if call.settings.flag("rms_scaling", false)? {
        return Err(Fault::new(phrase!("keras-its-rms-scaling-is-not")));
    }
    let flow = b.plain(path, flow)?;
    let rank = flow.dims.len();
    let axes = call.settings.axes("axis", rank)?;
    let first = axes.first().copied().unwrap_or(0);
    if axes != (first..rank).collect::<Vec<_>>() {
        return Err(Fault::new(phrase!("keras-it-normalises-other-axes-than")));
    }
    let dims: Option<Vec<usize>> = flow.dims.iter().skip(first).copied().collect();
    let dims = dims.ok_or_else(|| Fault::new(phrase!("keras-it-does-not-know-the")))?;
    super::flow::counted(&dims)?;
    let whole_maps = rank == 3 && first == 0;
    let laid_out = |array: Array| match *array.dims.as_slice() {
        [rows, columns, channels] if whole_maps => {
            let cells = turned(&array, &[rows, columns, channels], &[2, 0, 1]);
            Array::singles(vec![channels, rows, columns], cells)
        }
        _ => array,
    };
    let ([scale, shift], _) = scale_and_shift(b, call, &dims, laid_out)?;
    let axis = ("axis", Attribute::Int(first as i64 - rank as i64));
    let of = |name: String| vec![name, scale.clone(), shift.clone()];
    if rank == 3 && !whole_maps {
        // The channels of each place, which must lie last for it.
        let order = [("perm", ints(&[0, 2, 3, 1]))];
        let turned = b.node("Transpose", &format!("{path}_last"), vec![flow.name.clone()], order);
        let even = b.node("LayerNormalization", path, of(turned), [axis, epsilon(call)?]);
        let order = [("perm", ints(&[0, 3, 1, 2]))];
        return Ok(flow.like(b.node("Transpose", &format!("{path}_first"), vec![even], order)));
    }
    let name = b.node("LayerNormalization", path, of(flow.name.clone()), [axis, epsilon(call)?]);
    Ok(flow.like(name))
}

pub(super) fn group(b: &mut Builder, call: Call<'_>, flow: Flow) -> Result<Flow, Fault> {
    let channels = last(call, &flow)?;
    flow.image()?;
    let groups = match call.settings.number("groups", 32.0)? {
        -1.0 => channels,
        groups => groups as usize,
    };
    if groups == 0 || !channels.is_multiple_of(groups) {
        return Err(Fault::new(phrase!("keras-its-groups-do-not-divide", groups, channels)));
    }
    let ([scale, shift], _) = scale_and_shift(b, call, &[channels], |array| array)?;
    let attributes = [epsilon(call)?, ("num_groups", Attribute::Int(groups as i64))];
    let reads = vec![flow.name.clone(), scale, shift];
    Ok(flow.like(b.node("GroupNormalization", call.path, reads, attributes)))
}

/// One number, or one for each channel, laid out so that it fits all places.
fn spread(flow: &Flow, numbers: &[f64]) -> Result<(Vec<usize>, Vec<f32>), Fault> {
    let dims = match (numbers.len(), flow.dims.len()) {
        (1, _) => Vec::new(),
        (count, 3) if flow.dims.last() == Some(&Some(count)) => vec![1, count, 1, 1],
        (count, 1 | 2) if flow.dims.last() == Some(&Some(count)) && flow.maps.is_none() => {
            vec![count]
        }
        (count, _) => {
            return Err(Fault::new(phrase!("keras-it-has-numbers-which-do", count)));
        }
    };
    Ok((dims, numbers.iter().map(|number| *number as f32).collect()))
}

/// x · scale + offset.
pub(super) fn rescaling(b: &mut Builder, call: Call<'_>, flow: Flow) -> Result<Flow, Fault> {
    let numbers = |name: &str, default: f64| -> Result<Vec<f64>, Fault> {
        Ok(call
            .settings
            .numbers(name)?
            .filter(|all| !all.is_empty())
            .unwrap_or_else(|| vec![default]))
    };
    let (scale, offset) = (numbers("scale", 1.0)?, numbers("offset", 0.0)?);
    // Brightness from 0 to 1 is never made so small.
    if scale.iter().all(|factor| factor.abs() < 0.1) {
        b.wants_bytes(&flow, key!("keras-its-first-layer-rescaling-is"));
    }
    let (dims, cells) = spread(&flow, &scale)?;
    let factor = b.fixed(call.path, "factor", dims, cells)?;
    let mut made = b.node("Mul", call.path, vec![flow.name.clone(), factor], []);
    if offset.iter().any(|offset| *offset != 0.0) {
        let (dims, cells) = spread(&flow, &offset)?;
        let offset = b.fixed(call.path, "offset", dims, cells)?;
        made = b.node("Add", &format!("{}_offset", call.path), vec![made, offset], []);
    }
    Ok(flow.like(made))
}

/// (x − mean) / deviation, of each channel or of all.
pub(super) fn fixed_moments(b: &mut Builder, call: Call<'_>, flow: Flow) -> Result<Flow, Fault> {
    let Call { path, settings, .. } = call;
    if settings.flag("invert", false)? {
        return Err(Fault::new(phrase!("keras-it-is-inverted-which-is")));
    }
    let (mean, variance) = match (settings.numbers("mean")?, settings.numbers("variance")?) {
        (Some(mean), Some(variance)) => (mean, variance),
        _ => {
            let channels = match settings.get("axis") {
                Some(axis) if axis.as_array().is_none_or(|axes| !axes.is_empty()) => {
                    vec![last(call, &flow)?]
                }
                _ => Vec::new(),
            };
            (b.read(call, 0, &channels)?.to_floats(), b.read(call, 1, &channels)?.to_floats())
        }
    };
    // No picture of brightness 0 to 1 is brighter than 1 on average.
    if mean.iter().any(|mean| *mean > 1.0) {
        b.wants_bytes(&flow, key!("keras-its-first-layer-normalization-has"));
    }
    // Keras' smallest deviation.
    let deviation: Vec<f64> = variance.iter().map(|variance| variance.sqrt().max(1e-7)).collect();
    let (dims, cells) = spread(&flow, &mean)?;
    let mean = b.fixed(path, "mean", dims, cells)?;
    let centred = b.node("Sub", &format!("{path}_mean"), vec![flow.name.clone(), mean], []);
    let (dims, cells) = spread(&flow, &deviation)?;
    let deviation = b.fixed(path, "deviation", dims, cells)?;
    Ok(flow.like(b.node("Div", path, vec![centred, deviation], [])))
}
