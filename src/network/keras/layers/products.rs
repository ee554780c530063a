//! Layers of weighted sums: dense ones, and convolutions of all kinds, with their kernels laid out as ONNX has them.

use super::{
    Fault, activations,
    builder::{Builder, Call, ints},
    flow::{Flow, turned},
    windows::Windows,
};
use crate::network::onnx::{Array, Attribute};

/// Each number a weighted sum of all features: `kernel` is inputs × units.
pub(super) fn dense(b: &mut Builder, call: Call<'_>, flow: Flow) -> Result<Flow, Fault> {
    let Call { path, settings, .. } = call;
    let units = settings.size("units", 1)?;
    let Some(Some(inputs)) = flow.dims.last().copied() else {
        return Err(Fault::new(phrase!("keras-it-does-not-know-how")));
    };
    let kernel = b.read(call, 0, &[inputs, units])?;
    let bias = bias(b, call, path, 1, units)?;
    let rank = flow.dims.len();
    let kernel = match (flow.maps, rank) {
        // Its features are maps whose channels lie first here.
        (Some([channels, rows, columns]), 1) => {
            let cells = turned(&kernel, &[rows, columns, channels, units], &[3, 2, 0, 1]);
            Array::singles(vec![units, inputs], cells)
        }
        (_, 1) => Array::singles(vec![units, inputs], turned(&kernel, &[inputs, units], &[1, 0])),
        (_, 3) => {
            let cells = turned(&kernel, &[inputs, units], &[1, 0]);
            Array::singles(vec![units, inputs, 1, 1], cells)
        }
        _ => kernel,
    };
    let kernel = b.keep(format!("{path}.kernel"), kernel)?;
    let reads = |bias: Option<String>| {
        [flow.name.clone(), kernel.clone()].into_iter().chain(bias).collect()
    };
    let name = match rank {
        1 => b.node("Gemm", path, reads(bias), [("transB", Attribute::Int(1))]),
        3 => b.node("Conv", path, reads(bias), [("kernel_shape", ints(&[1, 1]))]),
        _ => {
            let product = b.node("MatMul", path, reads(None), []);
            match bias {
                Some(bias) => b.node("Add", &format!("{path}_bias"), vec![product, bias], []),
                None => product,
            }
        }
    };
    let mut dims = flow.dims;
    dims.pop();
    dims.push(Some(units));
    activations::of_setting(b, call, Flow::new(name, dims), false)
}

/// The biases of a layer, if it has them.
fn bias(
    b: &mut Builder,
    call: Call<'_>,
    path: &str,
    at: usize,
    length: usize,
) -> Result<Option<String>, Fault> {
    if !call.settings.flag("use_bias", true)? {
        return Ok(None);
    }
    let array = b.read(call, at, &[length])?;
    b.keep(format!("{path}.bias"), array).map(Some)
}

/// What a convolution reads and how.
struct Conv<'a> {
    path: &'a str,
    windows: &'a Windows,
    groups: usize,
    /// Outputs × inputs of a group × rows × columns.
    kernel: Array,
    bias: Option<String>,
}

fn convolved(b: &mut Builder, flow: &Flow, of: Conv<'_>) -> Result<Flow, Fault> {
    let Conv { path, windows, groups, kernel, bias } = of;
    let (space, _) = flow.image()?;
    let ([shape, strides, dilations, pads], [rows, columns]) = windows.on(space)?;
    let filters = kernel.dims.first().copied();
    let kernel = b.keep(format!("{path}.kernel"), kernel)?;
    let reads = [flow.name.clone(), kernel].into_iter().chain(bias).collect();
    let group = ("group", Attribute::Int(groups as i64));
    let name = b.node("Conv", path, reads, [shape, strides, dilations, pads, group]);
    Ok(Flow::new(name, vec![rows, columns, filters]))
}

/// `kernel` is rows × columns × inputs of a group × filters.
pub(super) fn conv(b: &mut Builder, call: Call<'_>, flow: Flow) -> Result<Flow, Fault> {
    let Call { path, settings, .. } = call;
    let windows = Windows::of_kernel(settings)?;
    let (filters, groups) = (settings.size("filters", 1)?, settings.size("groups", 1)?);
    let (_, channels) = flow.image()?;
    if !channels.is_multiple_of(groups) || !filters.is_multiple_of(groups) {
        return Err(Fault::new(phrase!(
            "keras-its-groups-do-not-divide-channels",
            groups,
            channels,
            filters
        )));
    }
    let [rows, columns] = windows.kernel;
    let dims = [rows, columns, channels / groups, filters];
    let kernel = b.read(call, 0, &dims)?;
    let cells = turned(&kernel, &dims, &[3, 2, 0, 1]);
    let kernel = Array::singles(vec![filters, channels / groups, rows, columns], cells);
    let bias = bias(b, call, path, 1, filters)?;
    let made = convolved(b, &flow, Conv { path, windows: &windows, groups, kernel, bias })?;
    activations::of_setting(b, call, made, false)
}

/// So many filters for each channel: `kernel` is rows × columns × channels × filters of each.
fn of_each_channel(
    b: &mut Builder,
    call: Call<'_>,
    flow: &Flow,
    (path, windows): (&str, &Windows),
    bias: Option<String>,
) -> Result<Flow, Fault> {
    let (_, channels) = flow.image()?;
    let each = call.settings.size("depth_multiplier", 1)?;
    let [rows, columns] = windows.kernel;
    let dims = [rows, columns, channels, each];
    let kernel = b.read(call, 0, &dims)?;
    let cells = turned(&kernel, &dims, &[2, 3, 0, 1]);
    let kernel = Array::singles(vec![channels * each, 1, rows, columns], cells);
    convolved(b, flow, Conv { path, windows, groups: channels, kernel, bias })
}

pub(super) fn depthwise(b: &mut Builder, call: Call<'_>, flow: Flow) -> Result<Flow, Fault> {
    let windows = Windows::of_kernel(call.settings)?;
    let (_, channels) = flow.image()?;
    let filters = channels * call.settings.size("depth_multiplier", 1)?;
    let bias = bias(b, call, call.path, 1, filters)?;
    let made = of_each_channel(b, call, &flow, (call.path, &windows), bias)?;
    activations::of_setting(b, call, made, false)
}

/// A depthwise convolution, and one over its channels at each place.
pub(super) fn separable(b: &mut Builder, call: Call<'_>, flow: Flow) -> Result<Flow, Fault> {
    let windows = Windows::of_kernel(call.settings)?;
    let path = format!("{}_depthwise", call.path);
    let flow = of_each_channel(b, call, &flow, (&path, &windows), None)?;
    let (_, channels) = flow.image()?;
    let filters = call.settings.size("filters", 1)?;
    let kernel = b.read(call, 1, &[1, 1, channels, filters])?;
    let cells = turned(&kernel, &[channels, filters], &[1, 0]);
    let kernel = Array::singles(vec![filters, channels, 1, 1], cells);
    let path = format!("{}_pointwise", call.path);
    let bias = bias(b, call, &path, 2, filters)?;
    let windows = Windows { kernel: [1; 2], strides: [1; 2], dilations: [1; 2], same: false };
    let point = Conv { path: &path, windows: &windows, groups: 1, kernel, bias };
    let made = convolved(b, &flow, point)?;
    activations::of_setting(b, call, made, false)
}

/// A convolution backward: `kernel` is rows × columns × filters × inputs.
pub(super) fn transposed(b: &mut Builder, call: Call<'_>, flow: Flow) -> Result<Flow, Fault> {
    let Call { path, settings, .. } = call;
    let windows = Windows::of_kernel(settings)?;
    let filters = settings.size("filters", 1)?;
    let (space, channels) = flow.image()?;
    let beyond = settings.maybe_pair("output_padding")?;
    let (mut cuts, mut added, mut made) = ([0; 4], [0; 2], [None; 2]);
    for axis in 0..2 {
        let (reach, stride) = (windows.reach(axis) as i64, windows.strides[axis] as i64);
        let wanted = beyond.map(|all| all[axis] as i64);
        // Keras' `_convert_conv_transpose_padding_args_from_keras_to_jax`, as pads of what is spread out whole.
        let [low, high] = if windows.same {
            let all = wanted.map_or(stride + reach - 2, |wanted| reach + reach % 2 - 2 + wanted);
            let before = (all / 2 + all % 2).min(reach - 1);
            [reach - 1 - before, reach - 1 - (all - before)]
        } else {
            [0, -wanted.unwrap_or((stride - reach).max(0))]
        };
        (cuts[axis], cuts[axis + 2], added[axis]) =
            (low as usize, high.max(0) as usize, (-high).max(0) as usize);
        made[axis] = match space[axis] {
            Some(size) => {
                let whole = (size.max(1) as i64 - 1) * stride + reach - low - high;
                let whole = usize::try_from(whole).ok().filter(|size| *size > 0);
                Some(whole.ok_or_else(|| Fault::new(phrase!("keras-its-pads-leave-nothing")))?)
            }
            None => None,
        };
    }
    let [rows, columns] = windows.kernel;
    let dims = [rows, columns, filters, channels];
    let kernel = b.read(call, 0, &dims)?;
    let cells = turned(&kernel, &dims, &[3, 2, 0, 1]);
    let kernel = Array::singles(vec![channels, filters, rows, columns], cells);
    let kernel = b.keep(format!("{path}.kernel"), kernel)?;
    let bias = bias(b, call, path, 1, filters)?;
    let reads = [flow.name, kernel].into_iter().chain(bias).collect();
    let attributes = [
        ("kernel_shape", ints(&windows.kernel)),
        ("strides", ints(&windows.strides)),
        ("dilations", ints(&windows.dilations)),
        ("pads", ints(&cuts)),
        ("output_padding", ints(&added)),
    ];
    let name = b.node("ConvTranspose", path, reads, attributes);
    let made = Flow::new(name, vec![made[0], made[1], Some(filters)]);
    activations::of_setting(b, call, made, false)
}
