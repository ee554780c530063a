//! Sums and choices over windows: convolutions, poolings.

use super::{Arithmetic, Of, Product, is_of_whole_maps, numbers::sum_of, sums::products};
use crate::stream::{Op, TensorSpec};

/// Where a window's number lies along one side, if it lies within.
struct Side {
    stride: usize,
    dilation: usize,
    padding: usize,
    of: usize,
}

impl Side {
    fn place(&self, window: usize, step: usize) -> Option<usize> {
        let from = (window * self.stride + step * self.dilation).checked_sub(self.padding)?;
        (from < self.of).then_some(from)
    }

    /// The number that this step of its own window lays on a place.
    fn origin(&self, place: usize, step: usize) -> Option<usize> {
        let from = (place + self.padding).checked_sub(step * self.dilation)?;
        let stride = self.stride.max(1);
        (from.is_multiple_of(stride) && from / stride < self.of).then_some(from / stride)
    }
}

fn sides(from: &TensorSpec, [stride, dilation, padding]: [[usize; 2]; 3]) -> [Side; 2] {
    let shape = from.shape();
    let side = |at: usize, of| {
        let [stride, dilation, padding] =
            [stride, dilation, padding].map(|of| of.get(at).copied().unwrap_or(0));
        Side { stride, dilation, padding, of }
    };
    [side(0, shape.rows), side(1, shape.columns)]
}

/// How many channels a tensor has.
fn channels(spec: &TensorSpec) -> usize {
    spec.dims.iter().rev().nth(2).map_or(1, |dim| dim.size).max(1)
}

/// The place of a number in maps.
fn place(spec: &TensorSpec, map: usize, row: usize, column: usize) -> usize {
    let shape = spec.shape();
    (map * shape.rows + row) * shape.columns + column
}

pub(super) fn convolution(of: &Of<'_>) -> Option<Arithmetic> {
    let Op::Convolution { kernel, stride, padding, dilation, groups, .. } = &of.node.op else {
        return None;
    };
    let (from, weights) = (of.input(0)?, of.input(1)?);
    let [rows, columns] = sides(from, [*stride, *dilation, *padding]);
    let (filters, groups) = (channels(of.spec), (*groups).max(1));
    let per_group = (channels(from) / groups).max(1);
    let (image, filter) = (of.unit.map / filters, of.unit.map % filters);
    let group = filter / (filters / groups).max(1);
    let first = image * channels(from) + group * per_group;
    let product = |channel: usize, down: usize, right: usize| {
        let inside = rows.place(of.unit.row, down).zip(columns.place(of.unit.column, right));
        let input = match inside {
            Some((row, column)) => of.number(0, place(from, first + channel, row, column))?,
            None => 0.0,
        };
        let weight = of.number(1, place(weights, filter * per_group + channel, down, right))?;
        Some(Product { input, weight })
    };
    let products = (0..per_group)
        .map(|channel| {
            let row = |down| (0..kernel[1]).map(|right| product(channel, down, right)).collect();
            (0..kernel[0]).map(row).collect()
        })
        .collect::<Option<Vec<Vec<Vec<Product>>>>>()?;
    let bias = if of.input(2).is_some() { of.number(2, filter)? } else { 0.0 };
    let all = products.iter().flatten().flatten();
    let sum = sum_of(all.map(|product| product.value()).chain([bias]));
    Some(Arithmetic::Convolution { products, bias, sum })
}

/// The sum of what the windows of numbers around it lay on a place.
pub(super) fn transposed(of: &Of<'_>) -> Option<Arithmetic> {
    let Op::Convolution { kernel, stride, padding, dilation, groups, .. } = &of.node.op else {
        return None;
    };
    let (from, weights) = (of.input(0)?, of.input(1)?);
    let [rows, columns] = sides(from, [*stride, *dilation, *padding]);
    let (filters, inputs, groups) = (channels(of.spec), channels(from), (*groups).max(1));
    let (image, filter) = (of.unit.map / filters, of.unit.map % filters);
    let (out_of_group, of_group) = ((filters / groups).max(1), (inputs / groups).max(1));
    let group = filter / out_of_group;
    let mut all = Vec::new();
    for channel in group * of_group..(group + 1) * of_group {
        for (down, right) in
            (0..kernel[0]).flat_map(|down| (0..kernel[1]).map(move |to| (down, to)))
        {
            let row = rows.origin(of.unit.row, down);
            let Some((row, column)) = row.zip(columns.origin(of.unit.column, right)) else {
                continue;
            };
            let map = channel * out_of_group + filter % out_of_group;
            all.push(Product {
                input: of.number(0, place(from, image * inputs + channel, row, column))?,
                weight: of.number(1, place(weights, map, down, right))?,
            });
        }
    }
    let bias = if of.input(2).is_some() { Some(of.number(2, filter)?) } else { None };
    Some(products(all, bias))
}

pub(super) fn pooling(of: &Of<'_>) -> Option<Arithmetic> {
    let Op::Pooling { takes, kernel, stride, padding, dilation, padded } = &of.node.op else {
        return None;
    };
    let from = of.input(0)?;
    let unit = of.unit;
    let whole = is_of_whole_maps(from, of.spec);
    let (map, row, column) =
        if whole { (unit.column, 0, 0) } else { (unit.map, unit.row, unit.column) };
    let [rows, columns] = sides(from, [*stride, *dilation, *padding]);
    let mut window = Vec::new();
    for row in (0..kernel[0]).filter_map(|down| rows.place(row, down)) {
        let columns = (0..kernel[1]).filter_map(|right| columns.place(column, right));
        let numbers = columns.map(|column| of.number(0, place(from, map, row, column)));
        window.push(numbers.collect::<Option<Vec<f32>>>()?);
    }
    if takes == "max" {
        return Some(Arithmetic::MaxPooling { of: window });
    }
    let numbers = window.iter().map(Vec::len).sum();
    let count = padded.map_or(numbers, |of_all| {
        let along = |window: usize, kernel: usize, stride: usize, dilation: usize, of: usize| {
            (0..kernel).filter(|step| window * stride + step * dilation < of).count()
        };
        along(row, kernel[0], stride[0], dilation[0], of_all[0])
            * along(column, kernel[1], stride[1], dilation[1], of_all[1])
    });
    Some(Arithmetic::AveragePooling { count, sum: sum_of(window.into_iter().flatten()) })
}
