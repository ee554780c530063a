//! Sums of products: matrices, and convolutions forward and backward.

use burn::{
    backend::{Dispatch, DispatchTensor, ops::FloatTensorOps as _},
    tensor::{
        Tensor,
        module::{conv_transpose2d, conv_transpose3d, conv3d},
        ops::{ConvOptions, ConvTransposeOptions},
    },
};

use super::{Made, one, places::placed, windows::Windows};
use crate::{
    learning::{
        convolution::convolve,
        onnx::{
            node::Settings,
            value::{Value, dims, fits, moved, paired, reshaped},
        },
    },
    network::Fault,
};

/// Products of matrices, of all matrices of a batch, and of rows and columns alone.
pub(super) fn matmul() -> Made {
    Made::of(|reads, context| {
        let (a, b) = (reads.on(0, context)?, reads.on(1, context)?);
        let (left, right) = (dims(&a), dims(&b));
        let row = left.len() == 1;
        let column = right.len() == 1;
        let a = if row { reshaped(a, &[1, left[0]]) } else { a };
        let b = if column { reshaped(b, &[right[0], 1]) } else { b };
        let (a, b) = paired(a, b);
        let (wide, tall) = (dims(&a), dims(&b));
        fit(wide.last(), tall.get(tall.len().wrapping_sub(2)), &left, &right)?;
        let each = [wide.iter().rev().nth(1), tall.last()].map(|size| size.copied().unwrap_or(1));
        let batch = |of: &[usize]| of.iter().rev().skip(2).product::<usize>();
        fits(&[batch(&wide).max(batch(&tall)), each[0], each[1]])?;
        let product = Dispatch::float_matmul(a, b);
        let mut size = dims(&product);
        if column {
            size.pop();
        }
        if row {
            let at = size.len().saturating_sub(if column { 1 } else { 2 });
            if at < size.len() {
                size.remove(at);
            }
        }
        one(Value::Device(reshaped(product, &size)))
    })
}

fn fit(
    columns: Option<&usize>,
    rows: Option<&usize>,
    left: &[usize],
    right: &[usize],
) -> Result<(), Fault> {
    if columns == rows {
        return Ok(());
    }
    Err(Fault::new(phrase!(
        "onnx-it-multiplies-by-which-do",
        left = format_args!("{:?}", left),
        right = format_args!("{:?}", right)
    )))
}

/// α A B + β C, with A and B turned if wanted.
pub(super) fn gemm(settings: &mut Settings) -> Result<Made, Fault> {
    let (alpha, beta) = (settings.float("alpha", 1.0)?, settings.float("beta", 1.0)?);
    let (turn_a, turn_b) = (settings.yes("transA", false)?, settings.yes("transB", false)?);
    settings.take("broadcast");
    Ok(Made::of(move |reads, context| {
        let turned = |tensor: DispatchTensor, turn: bool| match turn {
            true => Dispatch::float_swap_dims(tensor, 0, 1),
            false => tensor,
        };
        let (a, b) = (reads.on(0, context)?, reads.on(1, context)?);
        let (left, right) = (dims(&a), dims(&b));
        if [left.len(), right.len()] != [2; 2] {
            return Err(Fault::new(phrase!(
                "onnx-it-takes-two-matrices-but",
                left = format_args!("{:?}", left),
                right = format_args!("{:?}", right)
            )));
        }
        let (a, b) = (turned(a, turn_a), turned(b, turn_b));
        fit(dims(&a).last(), dims(&b).first(), &left, &right)?;
        fits(&[dims(&a).first(), dims(&b).last()].map(|size| size.copied().unwrap_or(1)))?;
        let scaled = |tensor: DispatchTensor, by: f64| match by == 1.0 {
            true => tensor,
            false => Dispatch::float_mul_scalar(tensor, by.into()),
        };
        let product = scaled(Dispatch::float_matmul(a, b), alpha);
        one(Value::Device(match reads.get(2) {
            Some(value) => {
                let (product, added) = paired(product, scaled(value.device(context.device)?, beta));
                Dispatch::float_add(product, added)
            }
            None => product,
        }))
    }))
}

/// A convolution over one, two or three dimensions.
pub(super) fn conv(settings: &mut Settings) -> Result<Made, Fault> {
    let windows = Windows::read(settings)?;
    let groups = groups(settings)?;
    Ok(Made::of(move |reads, context| {
        let (x, w) = (reads.on(0, context)?, reads.on(1, context)?);
        let (size, filters) = (dims(&x), dims(&w));
        let bias = reads.get(2).map(|bias| bias.device(context.device)).transpose()?;
        if bias
            .as_ref()
            .is_some_and(|bias| dims(bias).as_slice() != filters.get(..1).unwrap_or(&[]))
        {
            return Err(Fault::new(phrase!(
                "onnx-its-biases-do-not-fit",
                filters = format_args!("{:?}", filters)
            )));
        }
        let bias = bias.map(Tensor::<1>::from_dispatch);
        if size.len() != filters.len()
            || size.get(1) != filters.get(1).map(|of| of * groups).as_ref()
        {
            return Err(Fault::new(phrase!(
                "onnx-its-filters-do-not-fit",
                filters = format_args!("{:?}", filters),
                size = format_args!("{:?}", size)
            )));
        }
        let (space, kernel) = (size.get(2..).unwrap_or(&[]), filters.get(2..).unwrap_or(&[]));
        let on = windows.on(space, Some(kernel))?;
        fits(&[&[size[0], filters[0]], on.made.as_slice()].concat())?;
        one(Value::Device(match (on.kernel.as_slice(), size.as_slice(), filters.as_slice()) {
            ([_], &[n, c, length], &[out, each, k]) => {
                let options = ConvOptions::new_with_padding(
                    [1, on.strides[0]],
                    [(0, 0), on.pads[0]],
                    [1, on.dilations[0]],
                    groups,
                );
                let x = Tensor::<4>::from_dispatch(reshaped(x, &[n, c, 1, length]));
                let w = Tensor::<4>::from_dispatch(reshaped(w, &[out, each, 1, k]));
                let made = convolve(x, w, bias, options).into_dispatch();
                let length = dims(&made).last().copied().unwrap_or(0);
                reshaped(made, &[n, out, length])
            }
            ([_, _], ..) => {
                let options = ConvOptions::new_with_padding(
                    [on.strides[0], on.strides[1]],
                    [on.pads[0], on.pads[1]],
                    [on.dilations[0], on.dilations[1]],
                    groups,
                );
                let (x, w) = (Tensor::<4>::from_dispatch(x), Tensor::<4>::from_dispatch(w));
                convolve(x, w, bias, options).into_dispatch()
            }
            ([_, _, _], ..) => {
                let options = ConvOptions::new_with_padding(
                    [on.strides[0], on.strides[1], on.strides[2]],
                    [on.pads[0], on.pads[1], on.pads[2]],
                    [on.dilations[0], on.dilations[1], on.dilations[2]],
                    groups,
                );
                let (x, w) = (Tensor::<5>::from_dispatch(x), Tensor::<5>::from_dispatch(w));
                conv3d(x, w, bias, options).into_dispatch()
            }
            _ => {
                return Err(Fault::new(phrase!(
                    "onnx-it-takes-one-to-three",
                    space = format_args!("{:?}", space)
                )));
            }
        }))
    }))
}

fn groups(settings: &mut Settings) -> Result<usize, Fault> {
    let groups = settings.int("group", 1)?;
    usize::try_from(groups)
        .ok()
        .filter(|groups| *groups > 0)
        .ok_or_else(|| Fault::new(phrase!("onnx-its-group-is", groups)))
}

/// A convolution backward: each number is spread over a window.
pub(super) fn conv_transpose(settings: &mut Settings) -> Result<Made, Fault> {
    let windows = Windows::read(settings)?;
    let groups = groups(settings)?;
    let beyond = settings.sizes("output_padding")?;
    let wanted = settings.sizes("output_shape")?;
    Ok(Made::of(move |reads, context| {
        let (x, w) = (reads.on(0, context)?, reads.on(1, context)?);
        let (size, filters) = (dims(&x), dims(&w));
        let (space, kernel) = (size.get(2..).unwrap_or(&[]), filters.get(2..).unwrap_or(&[]));
        let rank = kernel.len();
        let (strides, dilations) = windows.steps(rank)?;
        let made = spread_out(x, w, (&strides, &dilations, groups))?;
        // All that is reached; then what is cut off or added on both sides of it.
        let full = dims(&made).get(2..).unwrap_or(&[]).to_vec();
        let mut cuts = Vec::with_capacity(rank);
        for at in 0..rank {
            let beyond = beyond.as_ref().and_then(|all| all.get(at)).copied().unwrap_or(0);
            let whole = full[at] + beyond;
            let (low, high) = match wanted.as_ref().and_then(|all| all.get(all.len() - rank + at)) {
                Some(wanted) => windows.shared(whole as i64 - *wanted as i64),
                None if windows.same() => {
                    windows.shared(whole as i64 - (space[at] * strides[at]) as i64)
                }
                None => windows.pads_at(at, rank),
            };
            cuts.push((low, high - beyond as i64));
        }
        let mut target = dims(&made);
        for (size, (low, high)) in target.iter_mut().skip(2).zip(&cuts) {
            *size = usize::try_from(*size as i64 - low - high)
                .map_err(|_| Fault::new(phrase!("onnx-its-pads-leave-nothing")))?;
        }
        let of = |at: usize, place: usize| {
            let Some(at) = at.checked_sub(2) else { return Some(place) };
            let from = usize::try_from(place as i64 + cuts.get(at)?.0).ok()?;
            Some(from).filter(|from| full.get(at).is_some_and(|full| from < full))
        };
        let whole = dims(&made);
        let mut made = Value::Device(made);
        if target != whole || cuts.iter().any(|cut| *cut != (0, 0)) {
            made = moved(&made, &placed(&whole, &target, of), target.clone(), 0.0, context.device)?;
        }
        let Some(bias) = reads.get(2) else { return one(made) };
        let mut places = vec![1; rank + 2];
        places[1] = bias.dims().iter().product();
        let bias = reshaped(bias.device(context.device)?, &places);
        one(Value::Device(Dispatch::float_add(made.device(context.device)?, bias)))
    }))
}

/// Without pads on any side.
fn spread_out(
    x: DispatchTensor,
    w: DispatchTensor,
    (strides, dilations, groups): (&[usize], &[usize], usize),
) -> Result<DispatchTensor, Fault> {
    let (size, filters) = (dims(&x), dims(&w));
    if size.get(1) != filters.first() {
        return Err(Fault::new(phrase!(
            "onnx-its-filters-do-not-fit",
            filters = format_args!("{:?}", filters),
            size = format_args!("{:?}", size)
        )));
    }
    let reached = size.iter().zip(&filters).skip(2).zip(strides.iter().zip(dilations));
    let reached = reached.map(|((size, kernel), (stride, dilation))| {
        size.saturating_mul(*stride).saturating_add(kernel.saturating_mul(*dilation))
    });
    let maps = [size.first().copied().unwrap_or(1), filters.get(1).map_or(1, |of| of * groups)];
    fits(&maps.into_iter().chain(reached).collect::<Vec<_>>())?;
    Ok(match (strides, dilations, size.as_slice(), filters.as_slice()) {
        (&[s], &[d], &[n, c, length], &[inputs, each, k]) => {
            let options = ConvTransposeOptions::new([1, s], [0; 2], [0; 2], [1, d], groups);
            let x = Tensor::<4>::from_dispatch(reshaped(x, &[n, c, 1, length]));
            let w = Tensor::<4>::from_dispatch(reshaped(w, &[inputs, each, 1, k]));
            let made = conv_transpose2d(x, w, None, options).into_dispatch();
            let length = dims(&made).last().copied().unwrap_or(0);
            reshaped(made, &[n, each * groups, length])
        }
        (&[a, b], &[c, d], ..) => {
            let options = ConvTransposeOptions::new([a, b], [0; 2], [0; 2], [c, d], groups);
            let (x, w) = (Tensor::<4>::from_dispatch(x), Tensor::<4>::from_dispatch(w));
            conv_transpose2d(x, w, None, options).into_dispatch()
        }
        (&[a, b, c], &[d, e, f], ..) => {
            let options = ConvTransposeOptions::new([a, b, c], [0; 3], [0; 3], [d, e, f], groups);
            let (x, w) = (Tensor::<5>::from_dispatch(x), Tensor::<5>::from_dispatch(w));
            conv_transpose3d(x, w, None, options).into_dispatch()
        }
        _ => {
            return Err(Fault::new(phrase!(
                "onnx-it-takes-one-to-three-dimensions",
                size = format_args!("{:?}", size)
            )));
        }
    })
}
