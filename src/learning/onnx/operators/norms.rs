//! Normalisations: numbers brought to mean 0 and variance 1 over a batch, an example, a group or a neighbourhood.

use burn::{
    backend::{Dispatch, DispatchTensor, ops::FloatTensorOps as _},
    tensor::Tensor,
};

use super::{Made, one};
use crate::{
    learning::{
        normalisation::normalise,
        onnx::{
            node::{Moments, Settings},
            value::{Value, axis, constant, dims, numbers, paired, reshaped},
        },
    },
    network::{FROZEN, Fault},
};

/// Over batch and places while it trains, by what is remembered else.
pub(super) fn batch(settings: &mut Settings) -> Result<Made, Fault> {
    let epsilon = settings.float("epsilon", 1e-5)?;
    let kept = settings.float("momentum", 0.9)?;
    let marked = settings.yes("training_mode", false)?;
    // Before opset 7 it said whether it was a test.
    settings.take("is_test");
    if !settings.yes("spatial", true)? {
        return Err(Fault::new(phrase!("onnx-it-normalises-each-place-by")));
    }
    Ok(Made::of(move |reads, context| {
        let (x, scale, shift) =
            (reads.on(0, context)?, reads.on(1, context)?, reads.on(2, context)?);
        let size = dims(&x);
        let channels = size.get(1).copied().unwrap_or(1);
        let samples = size.iter().product::<usize>() / channels.max(1);
        // While a network is only looked at, its marks of training do not count: it has learned its means.
        let trains = context.training.is_some() || (marked && context.as_marked);
        let is_frozen = reads.node.inputs.get(3).is_some_and(|mean| mean.starts_with(FROZEN));
        let trains = trains && !is_frozen;
        if !trains {
            let (mean, variance) = (reads.on(3, context)?, reads.on(4, context)?);
            let made = scaled(x, mean, variance, epsilon, (scale, shift));
            return one(Value::Device(made));
        }
        let [batch, places] = [size.first().copied().unwrap_or(1), samples / size[0].max(1)];
        let flat = Tensor::<3>::from_dispatch(reshaped(x, &[batch, channels, places]));
        let (scale, shift) = (Tensor::<1>::from_dispatch(scale), Tensor::<1>::from_dispatch(shift));
        let (made, mean, variance) = normalise(flat, scale, shift, epsilon);
        let mean = numbers(mean.into_dispatch())?;
        let variance = numbers(variance.into_dispatch())?;
        let remembered = |at: usize, new: &[f32]| -> Result<Value, Fault> {
            let old = reads.need(at)?.array()?.to_singles();
            let kept = kept as f32;
            let mixed = old.iter().zip(new).map(|(old, new)| old * kept + new * (1.0 - kept));
            Ok(Value::Device(constant(mixed.collect(), &[channels], context.device)))
        };
        let after = [remembered(3, &mean)?, remembered(4, &variance)?];
        let name = |at: usize| reads.node.inputs.get(at).cloned().unwrap_or_default();
        let names = [name(3), name(4)];
        context.moments.push(Moments { names, mean, variance, kept: kept as f32, samples });
        let made = Value::Device(reshaped(made.into_dispatch(), &size));
        Ok(std::iter::once(made).chain(after).collect())
    }))
}

/// (x − μ) / √(σ² + ε) · scale + shift, with one of each for a channel.
fn scaled(
    x: DispatchTensor,
    mean: DispatchTensor,
    variance: DispatchTensor,
    epsilon: f64,
    (scale, shift): (DispatchTensor, DispatchTensor),
) -> DispatchTensor {
    let rank = dims(&x).len();
    let spread = |of: DispatchTensor| {
        let mut size = vec![1; rank];
        if let Some(channels) = size.get_mut(1) {
            *channels = dims(&of).iter().product();
        }
        reshaped(of, &size)
    };
    // One factor and one summand for each channel.
    let root = Dispatch::float_sqrt(Dispatch::float_add_scalar(variance, epsilon.into()));
    let factor = Dispatch::float_div(scale, root);
    let summand = Dispatch::float_sub(shift, Dispatch::float_mul(mean, factor.clone()));
    Dispatch::float_add(Dispatch::float_mul(x, spread(factor)), spread(summand))
}

/// Rows at mean 0 and variance 1; with their means and 1 / √(σ² + ε).
fn evened(rows: DispatchTensor, epsilon: f64) -> [DispatchTensor; 3] {
    let mean = Dispatch::float_mean_dim(rows.clone(), 1);
    let off = Dispatch::float_sub(rows, mean.clone());
    let variance = Dispatch::float_mean_dim(Dispatch::float_mul(off.clone(), off.clone()), 1);
    let root = Dispatch::float_sqrt(Dispatch::float_add_scalar(variance, epsilon.into()));
    let inverse = Dispatch::float_recip(root);
    [Dispatch::float_mul(off, inverse.clone()), mean, inverse]
}

/// Over the last dimensions of each example.
pub(super) fn layer(settings: &mut Settings) -> Result<Made, Fault> {
    let from = settings.int("axis", -1)?;
    let epsilon = settings.float("epsilon", 1e-5)?;
    settings.take("stash_type");
    Ok(Made::of(move |reads, context| {
        let x = reads.on(0, context)?;
        let size = dims(&x);
        let from = axis(from, size.len())?;
        let (before, behind) = size.split_at(from);
        let flat = reshaped(x, &[before.iter().product(), behind.iter().product()]);
        let [even, mean, inverse] = evened(flat, epsilon);
        let even = reshaped(even, &size);
        let scale = reads.on(1, context)?;
        let (even, scale) = paired(even, scale);
        let mut made = Dispatch::float_mul(even, scale);
        if let Some(shift) = reads.get(2) {
            let (all, shift) = paired(made, shift.device(context.device)?);
            made = Dispatch::float_add(all, shift);
        }
        let one_each = [before.to_vec(), vec![1; behind.len()]].concat();
        let told = [mean, inverse].map(|told| Value::Device(reshaped(told, &one_each)));
        Ok(std::iter::once(Value::Device(made)).chain(told).collect())
    }))
}

/// Over groups of channels of each example, or over each map.
pub(super) fn group(settings: &mut Settings, each_map: bool) -> Result<Made, Fault> {
    let epsilon = settings.float("epsilon", 1e-5)?;
    let groups = if each_map { None } else { Some(settings.int("num_groups", 1)?) };
    settings.take("stash_type");
    Ok(Made::of(move |reads, context| {
        let x = reads.on(0, context)?;
        let size = dims(&x);
        let [batch, channels, ..] = *size.as_slice() else {
            return Err(Fault::new(phrase!(
                "onnx-it-takes-maps-but-was",
                size = format_args!("{:?}", size)
            )));
        };
        let groups = groups.map_or(channels, |groups| usize::try_from(groups).unwrap_or(0));
        if groups == 0 || !channels.is_multiple_of(groups) {
            return Err(Fault::new(phrase!(
                "onnx-groups-do-not-divide-channels",
                groups,
                channels
            )));
        }
        let of_one = size.iter().product::<usize>() / (batch * groups).max(1);
        let [even, ..] = evened(reshaped(x, &[batch * groups, of_one]), epsilon);
        let (scale, shift) = (reads.on(1, context)?, reads.on(2, context)?);
        // Before opset 21 there was one for each group.
        let each = dims(&scale).iter().product::<usize>();
        let rest = size.iter().product::<usize>() / (batch * each).max(1);
        let even = reshaped(even, &[batch, each, rest]);
        let spread = |of: DispatchTensor| reshaped(of, &[1, each, 1]);
        let made = Dispatch::float_add(Dispatch::float_mul(even, spread(scale)), spread(shift));
        one(Value::Device(reshaped(made, &size)))
    }))
}

/// By the squares of neighbouring channels: x / (bias + α/size · Σ x²)^β.
pub(super) fn local(settings: &mut Settings) -> Result<Made, Fault> {
    let (alpha, beta) = (settings.float("alpha", 1e-4)?, settings.float("beta", 0.75)?);
    let bias = settings.float("bias", 1.0)?;
    let width = settings.int("size", 1)?;
    let width = usize::try_from(width).ok().filter(|width| *width > 0);
    let width = width.ok_or_else(|| Fault::new(phrase!("onnx-its-size-is-below-one")))?;
    Ok(Made::of(move |reads, context| {
        let x = reads.on(0, context)?;
        let size = dims(&x);
        let channels = size.get(1).copied().unwrap_or(1);
        let rest = size.iter().skip(2).product::<usize>();
        let flat = reshaped(x.clone(), &[size[0], channels, rest]);
        let squares = Dispatch::float_mul(flat.clone(), flat);
        // Which channels count for which, as a matrix.
        let (before, behind) = ((width - 1) / 2, width / 2);
        let counts = (0..channels * channels).map(|at| {
            let (of, other) = (at / channels, at % channels);
            f32::from(u8::from(other + before >= of && other <= of + behind))
        });
        let counts = constant(counts.collect(), &[1, channels, channels], context.device);
        let sums = reshaped(Dispatch::float_matmul(counts, squares), &size);
        let by = Dispatch::float_mul_scalar(sums, (alpha / width as f64).into());
        let by = Dispatch::float_add_scalar(by, bias.into());
        one(Value::Device(Dispatch::float_div(x, Dispatch::float_powf_scalar(by, beta.into()))))
    }))
}
