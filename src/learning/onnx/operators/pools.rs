//! One number for each window: its largest, its mean; and for whole maps.

use burn::{
    backend::{Dispatch, DispatchTensor, ops::FloatTensorOps as _},
    tensor::{
        Tensor,
        module::{avg_pool2d, max_pool2d},
        ops::{AvgPoolOptions, MaxPoolOptions},
    },
};

use super::{
    Made, one,
    windows::{Placed, Windows},
};
use crate::{
    learning::onnx::{
        node::{Context, Settings},
        value::{Value, constant, dims, indices, picked, reshaped},
    },
    network::{
        Fault,
        onnx::{Array, Cells},
    },
};

/// The largest of each window, and where it lies if that is asked for.
pub(super) fn max_pool(settings: &mut Settings) -> Result<Made, Fault> {
    let windows = Windows::read(settings)?;
    let columns_first = settings.yes("storage_order", false)?;
    Ok(Made::of(move |reads, context| {
        let value = reads.need(0)?;
        let size = value.dims();
        let space = size.get(2..).unwrap_or(&[]);
        let on = windows.on(space, None)?;
        let made = [size.get(..2).unwrap_or(&[]), &on.made].concat();
        let largest = match value {
            Value::Device(tensor) => match even(&on, windows.rounds_up, &size) {
                Some(([kernel, stride], padding)) => {
                    let options =
                        MaxPoolOptions::new(kernel).with_stride(stride).with_padding(padding);
                    max_pool2d(Tensor::<4>::from_dispatch(tensor.clone()), options).into_dispatch()
                }
                None => {
                    let cells = gathered(tensor, &on, &size, f32::NEG_INFINITY, context);
                    reshaped(Dispatch::float_max_dim(cells, 2), &made)
                }
            }
            .into(),
            Value::Host(_) => None,
        };
        let wants_places = reads.wanted() > 1;
        if let (Some(largest), false) = (&largest, wants_places) {
            return one(Value::Device(largest.clone()));
        }
        let array = value.array()?;
        let (highest, places) = found(&array, &on, space, columns_first);
        let picked: Vec<Option<usize>> = highest.iter().copied().map(Some).collect();
        let values = match largest {
            Some(largest) => Value::Device(largest),
            None => Value::host(picked_of(&array, &picked, made.clone())?),
        };
        Ok(vec![values, Value::whole(made, places)])
    }))
}

fn picked_of(array: &Array, places: &[Option<usize>], dims: Vec<usize>) -> Result<Array, Fault> {
    picked(array, places, dims, 0.0)
}

/// Kernel and stride, and padding, if burn's own pooling does it: two dimensions, no dilation, even pads.
fn even(on: &Placed, rounds_up: bool, size: &[usize]) -> Option<([[usize; 2]; 2], [usize; 2])> {
    let ([a, b], [c, d]) = (on.kernel.as_slice(), on.strides.as_slice()) else { return None };
    let [(top, bottom), (left, right)] = on.pads.as_slice() else { return None };
    let plain = !rounds_up && on.dilations.iter().all(|step| *step == 1);
    let even = top == bottom && left == right && top * 2 <= *a && left * 2 <= *b;
    (plain && even && size.len() == 4 && !size.contains(&0))
        .then_some(([[*a, *b], [*c, *d]], [*top, *left]))
}

/// The cells of all windows: maps × windows × cells, with this in the pads.
fn gathered(
    tensor: &DispatchTensor,
    on: &Placed,
    size: &[usize],
    fill: f32,
    context: &Context<'_>,
) -> DispatchTensor {
    let maps = size.iter().take(2).product::<usize>();
    let space = size.get(2..).unwrap_or(&[]);
    let cells = space.iter().product::<usize>();
    let flat = reshaped(tensor.clone(), &[maps, cells]);
    let pads = constant(vec![fill; maps], &[maps, 1], context.device);
    let flat = Dispatch::float_cat(vec![flat, pads], 1);
    let places = on.places(space);
    let windows = on.made.iter().product::<usize>();
    let of_one = on.kernel.iter().product::<usize>();
    let places = places.into_iter().map(|at| at.unwrap_or(cells) as i64).collect();
    let picked = Dispatch::float_select(flat, 1, indices(places, context.device));
    reshaped(picked, &[maps, windows, of_one])
}

/// The place of the largest of each window in the whole array, and as ONNX numbers it.
fn found(
    array: &Array,
    on: &Placed,
    space: &[usize],
    columns_first: bool,
) -> (Vec<usize>, Vec<i64>) {
    let of_map = space.iter().product::<usize>();
    let maps = array.dims.iter().take(2).product::<usize>();
    let numbers = match &array.cells {
        Cells::Whole(cells) => cells.iter().map(|cell| *cell as f64).collect(),
        _ => array.to_floats(),
    };
    let places = on.places(space);
    let of_one = on.kernel.iter().product::<usize>().max(1);
    let mut highest = Vec::new();
    for map in 0..maps {
        for window in places.chunks(of_one) {
            let all = window.iter().flatten().map(|at| map * of_map + at);
            let best =
                all.reduce(|best, at| if numbers.get(at) > numbers.get(best) { at } else { best });
            highest.push(best.unwrap_or(map * of_map));
        }
    }
    let told = highest.iter().map(|at| match (columns_first, space) {
        (true, [rows, columns]) => {
            let (map, within) = (at / of_map, at % of_map);
            (map * of_map + within % columns * rows + within / columns) as i64
        }
        _ => *at as i64,
    });
    let told = told.collect();
    (highest, told)
}

/// The mean of each window.
pub(super) fn average_pool(settings: &mut Settings) -> Result<Made, Fault> {
    let windows = Windows::read(settings)?;
    let with_pads = settings.yes("count_include_pad", false)?;
    Ok(Made::of(move |reads, context| {
        let tensor = reads.on(0, context)?;
        let size = dims(&tensor);
        let space = size.get(2..).unwrap_or(&[]);
        let on = windows.on(space, None)?;
        if let Some(([kernel, stride], padding)) = even(&on, windows.rounds_up, &size) {
            let options = AvgPoolOptions::new(kernel)
                .with_stride(stride)
                .with_padding(padding)
                .with_count_include_pad(with_pads);
            let pooled = avg_pool2d(Tensor::<4>::from_dispatch(tensor), options);
            return one(Value::Device(pooled.into_dispatch()));
        }
        let made = [size.get(..2).unwrap_or(&[]), &on.made].concat();
        let cells = gathered(&tensor, &on, &size, 0.0, context);
        let sums = Dispatch::float_sum_dim(cells, 2);
        let counts = on.counts(space, with_pads);
        let shares: Vec<f32> = counts.iter().map(|count| 1.0 / (*count).max(1) as f32).collect();
        let shares = constant(shares, &[1, counts.len(), 1], context.device);
        one(Value::Device(reshaped(Dispatch::float_mul(sums, shares), &made)))
    }))
}

/// The mean or the largest of each map.
pub(super) fn global(largest: bool) -> Made {
    Made::of(move |reads, context| {
        let tensor = reads.on(0, context)?;
        let along = if largest { Dispatch::float_max_dim } else { Dispatch::float_mean_dim };
        let rank = dims(&tensor).len();
        one(Value::Device((2..rank).fold(tensor, along)))
    })
}
