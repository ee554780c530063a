//! Layers that lay numbers out differently, leave some out or put some in.

use super::{
    Fault,
    builder::{Builder, Call, ints},
    flow::{Flow, counted},
};
use crate::{
    network::onnx::{Array, Attribute},
    sentence::shown,
};

/// Maps as one row of numbers.
pub(super) fn flatten(b: &mut Builder, call: Call<'_>, flow: Flow) -> Result<Flow, Fault> {
    if flow.dims.len() == 1 {
        return Ok(flow);
    }
    let dims = flow.known()?;
    let count = counted(&dims)?;
    let maps = match *dims.as_slice() {
        // With one channel, or one place, both orders are the same.
        [rows, columns, channels] if channels > 1 && rows * columns > 1 => {
            Some([channels, rows, columns])
        }
        _ => None,
    };
    let name = b.node("Flatten", call.path, vec![flow.name], []);
    Ok(Flow { name, dims: vec![Some(count)], maps })
}

/// Maps with their channels last, as Keras has them, and the dimensions they then have.
fn channels_last(b: &mut Builder, path: &str, flow: Flow) -> Result<(String, Vec<usize>), Fault> {
    let flow = b.plain(path, flow)?;
    let dims = flow.known()?;
    let name = match *dims.as_slice() {
        [rows, columns, channels] if channels > 1 && rows * columns > 1 => {
            let order = [("perm", ints(&[0, 2, 3, 1]))];
            b.node("Transpose", &format!("{path}_last"), vec![flow.name], order)
        }
        _ => flow.name,
    };
    Ok((name, dims))
}

/// Numbers in Keras' order as a flow of these dimensions.
fn laid_out(b: &mut Builder, path: &str, name: &str, dims: &[usize]) -> Result<Flow, Fault> {
    let open = dims.iter().copied().map(Some).collect();
    let name = match *dims {
        [rows, columns, channels] if channels > 1 && rows * columns > 1 => {
            let last = b.reshaped(path, name, dims)?;
            let order = [("perm", ints(&[0, 3, 1, 2]))];
            b.node("Transpose", &format!("{path}_first"), vec![last], order)
        }
        [rows, columns, channels] => b.reshaped(path, name, &[channels, rows, columns])?,
        _ => b.reshaped(path, name, dims)?,
    };
    Ok(Flow::new(name, open))
}

pub(super) fn reshape(b: &mut Builder, call: Call<'_>, flow: Flow) -> Result<Flow, Fault> {
    let numbers = call.settings.numbers("target_shape")?.unwrap_or_default();
    let unfit = || {
        Fault::new(phrase!(
            "keras-its-target-shape-does-not",
            numbers = format_args!("{:?}", numbers)
        ))
    };
    let has = counted(&flow.known()?)?;
    if numbers.iter().any(|number| *number != -1.0 && !(1.0..=has as f64).contains(number)) {
        return Err(unfit());
    }
    let told: Vec<usize> =
        numbers.iter().filter(|number| **number > 0.0).map(|number| *number as usize).collect();
    let told = counted(&told)?;
    let open = numbers.iter().filter(|number| **number < 0.0).count();
    if !has.is_multiple_of(told) || open > 1 || (open == 0 && has != told) || numbers.len() > 3 {
        return Err(unfit());
    }
    let dims: Vec<usize> = numbers
        .iter()
        .map(|number| if *number < 0.0 { has / told } else { *number as usize })
        .collect();
    let (name, _) = channels_last(b, call.path, flow)?;
    laid_out(b, call.path, &name, &dims)
}

pub(super) fn permute(b: &mut Builder, call: Call<'_>, flow: Flow) -> Result<Flow, Fault> {
    let rank = flow.dims.len();
    let axes = call.settings.axes("dims", rank)?;
    let mut sorted = axes.clone();
    sorted.sort_unstable();
    if sorted != (0..rank).collect::<Vec<_>>() {
        return Err(Fault::new(phrase!("keras-its-dims-do-not-name")));
    }
    let flow = b.plain(call.path, flow)?;
    let dims: Vec<Option<usize>> =
        axes.iter().filter_map(|axis| flow.dims.get(*axis).copied()).collect();
    // Where each of Keras' axes lies here, and which of them lies at each place.
    let (inside, outside): ([usize; 3], [usize; 3]) =
        if rank == 3 { ([2, 3, 1], [2, 0, 1]) } else { ([1, 2, 3], [0, 1, 2]) };
    let order = outside.iter().take(rank).filter_map(|axis| inside.get(*axes.get(*axis)?).copied());
    let order: Vec<usize> = std::iter::once(0).chain(order).collect();
    let name = b.node("Transpose", call.path, vec![flow.name], [("perm", ints(&order))]);
    Ok(Flow::new(name, dims))
}

pub(super) fn zero_padding(b: &mut Builder, call: Call<'_>, flow: Flow) -> Result<Flow, Fault> {
    let (space, channels) = flow.image()?;
    let [[top, bottom], [left, right]] = call.settings.margins("padding")?;
    let pads = [0, 0, top, left, 0, 0, bottom, right].map(|pad| pad as i64).to_vec();
    let pads = b.whole(call.path, "pads", pads)?;
    let name = b.node("Pad", call.path, vec![flow.name, pads], []);
    let [rows, columns] = space;
    let rows = rows.map(|rows| rows + top + bottom);
    let columns = columns.map(|columns| columns + left + right);
    Ok(Flow::new(name, vec![rows, columns, Some(channels)]))
}

pub(super) fn cropping(b: &mut Builder, call: Call<'_>, flow: Flow) -> Result<Flow, Fault> {
    let ([rows, columns], channels) = flow.image()?;
    let [[top, bottom], [left, right]] = call.settings.margins("cropping")?;
    let cut = |size: Option<usize>, low: usize, high: usize| match size {
        Some(size) => match size.checked_sub(low + high) {
            None | Some(0) => Err(Fault::new(phrase!("keras-it-leaves-nothing"))),
            left => Ok(left),
        },
        None => Ok(None),
    };
    let dims = vec![cut(rows, top, bottom)?, cut(columns, left, right)?, Some(channels)];
    let end = |high: usize| if high == 0 { i64::MAX } else { -(high as i64) };
    let starts = b.whole(call.path, "starts", vec![top as i64, left as i64])?;
    let ends = b.whole(call.path, "ends", vec![end(bottom), end(right)])?;
    let axes = b.whole(call.path, "axes", vec![2, 3])?;
    let name = b.node("Slice", call.path, vec![flow.name, starts, ends, axes], []);
    Ok(Flow::new(name, dims))
}

pub(super) fn up_sampling(b: &mut Builder, call: Call<'_>, flow: Flow) -> Result<Flow, Fault> {
    let ([rows, columns], channels) = flow.image()?;
    let by = call.settings.pair("size", [2; 2])?;
    let [mode, coordinates] = match call.settings.text("interpolation", "nearest")? {
        "nearest" => ["nearest", "asymmetric"],
        "bilinear" => ["linear", "half_pixel"],
        other => {
            return Err(Fault::new(phrase!(
                "keras-its-interpolation-is-not-known",
                other = shown(other)
            )));
        }
    };
    let scales = [1.0, 1.0, by[0] as f32, by[1] as f32].to_vec();
    let scales = b.fixed(call.path, "scales", vec![4], scales)?;
    let text = |text: &str| Attribute::Text(text.to_owned());
    let attributes = [
        ("mode", text(mode)),
        ("coordinate_transformation_mode", text(coordinates)),
        ("nearest_mode", text("floor")),
    ];
    let name = b.node("Resize", call.path, vec![flow.name, String::new(), scales], attributes);
    let [rows, columns] = [rows.map(|rows| rows * by[0]), columns.map(|columns| columns * by[1])];
    Ok(Flow::new(name, vec![rows, columns, Some(channels)]))
}

pub(super) fn dropout(b: &mut Builder, call: Call<'_>, flow: Flow) -> Result<Flow, Fault> {
    let rate = call.settings.number("rate", 0.5)?;
    if !(0.0..1.0).contains(&rate) {
        return Err(Fault::new(phrase!("keras-its-rate-is-but-goes", rate)));
    }
    let array = Array::singles(Vec::new(), vec![rate as f32]);
    let rate = b.keep(format!("{}.rate", call.path), array)?;
    Ok(flow.like(b.node("Dropout", call.path, vec![flow.name.clone(), rate], [])))
}
