//! What one node reads for some of what it makes.

use std::ops::Range;

use super::{bounds::Bounds, index};
use crate::{
    stream::{ModelGraph, Node, Op, TensorSpec},
    world::inspect::arithmetic::is_of_whole_maps,
};

/// Numbers whose places are looked at one by one; of more, all are meant.
const MOST_PLACES: usize = 1 << 15;

/// What a node reads of its input at `place` for the bounds of what it makes; none where that is nothing.
pub(super) fn before(
    graph: &ModelGraph,
    node: &Node,
    (place, from): (usize, &TensorSpec),
    (made, bounds): (&TensorSpec, &Bounds),
) -> Option<Bounds> {
    let (of, sizes) = (index::sizes(made), index::sizes(from));
    let all = || Bounds::all(&sizes);
    Some(match (&node.op, place) {
        (Op::Convolution { .. }, 0 | 1) => convolution(node, place, (made, bounds), from),
        (Op::Pooling { .. }, _) if is_of_whole_maps(from, made) => {
            let mut whole = all();
            if let Some(channel) = whole.0.iter_mut().rev().nth(2) {
                *channel = bounds.behind(0);
            }
            whole
        }
        (Op::Pooling { kernel, stride, padding, dilation, .. }, _) => {
            let mut before = aligned(bounds, &sizes);
            set_windows(&mut before, bounds, &sizes, |at, range, size| {
                let reach = (kernel[at].max(1) - 1) * dilation[at] + 1;
                windows(range, [reach, stride[at], padding[at]], size)
            });
            before
        }
        (Op::Activation { .. } | Op::Add | Op::Elementwise { .. }, _) | (Op::MatMul { .. }, 2) => {
            aligned(bounds, &sizes)
        }
        (Op::Normalisation { together: 0, .. }, 0) => aligned(bounds, &sizes),
        (Op::Normalisation { together, .. }, 0) => {
            let mut places = bounds.places(&of);
            let first = places.next()? / together * together;
            let last = places.last().unwrap_or(first) / together * together + together - 1;
            Bounds::between(first, last.min(from.len().saturating_sub(1)), &sizes)
        }
        // No token sees those behind it.
        (Op::Attention { .. } | Op::Attended { .. }, _) => {
            let mut seen = all();
            let last = bounds.behind(1).end;
            if let [.., tokens, _] = seen.0.as_mut_slice() {
                tokens.end = tokens.end.min(last);
            }
            seen
        }
        (Op::Softmax { axes }, _) => {
            let mut before = aligned(bounds, &sizes);
            for axis in axes {
                if let (Some(range), Some(size)) = (before.0.get_mut(*axis), sizes.get(*axis)) {
                    *range = 0..*size;
                }
            }
            before
        }
        // Of everything that is made, all is read that could be.
        (Op::Reshape | Op::Strided { .. } | Op::Reduction { .. }, _) if bounds.are_all(&of) => {
            all()
        }
        (Op::Reduction { axes, .. }, _) => {
            let places = bounds.places(&of).take(MOST_PLACES);
            let all: Vec<usize> =
                places.flat_map(|flat| ends(&index::reduced(flat, &sizes, axes))).collect();
            Bounds::around(all.into_iter(), &sizes)?
        }
        (Op::MatMul { transposed }, 0 | 1) => {
            matrix(bounds, &sizes, place, transposed[place], graph, node)
        }
        (Op::Concatenate { axis }, _) => {
            return joined(graph, node, place, (bounds, *axis), &sizes);
        }
        (Op::Reshape, _) if bounds.count() <= MOST_PLACES => {
            Bounds::around(bounds.places(&of), &sizes)?
        }
        (Op::Strided { sizes: as_if, strides, offset, .. }, _) if bounds.count() <= MOST_PLACES => {
            let places = bounds.places(&of);
            let moved = places.map(|flat| index::strided(flat, as_if, strides, *offset));
            Bounds::around(moved, &sizes)?
        }
        _ => all(),
    })
}

/// The first and the last.
fn ends(places: &[usize]) -> impl Iterator<Item = usize> + use<> {
    [places.first().copied(), places.last().copied()].into_iter().flatten()
}

/// The same places of a tensor that may be smaller: dimensions go together from the last on, and those of one are repeated.
fn aligned(bounds: &Bounds, sizes: &[usize]) -> Bounds {
    let behind = (0..sizes.len()).rev();
    let along = behind.zip(sizes).map(|(behind, size)| {
        let range = bounds.behind(behind);
        if *size == 1 || range.end > *size { 0..*size } else { range }
    });
    Bounds(along.collect())
}

/// Bounds of rows and columns by what their windows need.
fn set_windows(
    before: &mut Bounds,
    made: &Bounds,
    sizes: &[usize],
    window: impl Fn(usize, Range<usize>, usize) -> Range<usize>,
) {
    for (at, behind) in [(0, 1), (1, 0)] {
        let size = sizes.iter().rev().nth(behind).copied().unwrap_or(1);
        if let Some(range) = before.0.iter_mut().rev().nth(behind) {
            *range = window(at, made.behind(behind), size);
        }
    }
}

/// Along one side, from where to where the windows of these reach, within what there is.
fn windows(of: Range<usize>, [reach, stride, padding]: [usize; 3], size: usize) -> Range<usize> {
    let from = (of.start * stride).saturating_sub(padding).min(size);
    let to = (of.end.max(1) - 1) * stride + reach;
    from..to.saturating_sub(padding).clamp(from, size)
}

/// Along one side, from where to where numbers lie whose windows meet these.
fn origins(of: Range<usize>, [reach, stride, padding]: [usize; 3], size: usize) -> Range<usize> {
    let stride = stride.max(1);
    let from = (of.start + padding + 1).saturating_sub(reach).div_ceil(stride).min(size);
    let to = (of.end.max(1) - 1 + padding) / stride + 1;
    from..to.clamp(from, size)
}

fn convolution(
    node: &Node,
    place: usize,
    (made, bounds): (&TensorSpec, &Bounds),
    from: &TensorSpec,
) -> Bounds {
    let sizes = index::sizes(from);
    let Op::Convolution { kernel, stride, padding, dilation, groups, transposed } = &node.op else {
        return Bounds::all(&sizes);
    };
    let filters = made.dims.iter().rev().nth(2).map_or(1, |dim| dim.size).max(1);
    let per_group = (filters / (*groups).max(1)).max(1);
    let filter = bounds.behind(2);
    let groups_of = filter.start / per_group..(filter.end.max(1) - 1) / per_group + 1;
    let mut before = Bounds::all(&sizes);
    if place == 1 {
        // Weights are by filters first, or of a transposed one by input channels.
        let (at, range) = if *transposed { (2, 0..per_group) } else { (3, filter) };
        if let Some(along) = before.0.iter_mut().rev().nth(at) {
            *along = range;
        }
        return before;
    }
    let inputs = sizes.iter().rev().nth(2).copied().unwrap_or(1) / (*groups).max(1);
    if let Some(channels) = before.0.iter_mut().rev().nth(2) {
        *channels = groups_of.start * inputs..(groups_of.end * inputs).min(channels.end);
    }
    set_windows(&mut before, bounds, &sizes, |at, range, size| {
        let reach = (kernel[at].max(1) - 1) * dilation[at] + 1;
        let side = [reach, stride[at], padding[at]];
        if *transposed { origins(range, side, size) } else { windows(range, side, size) }
    });
    before
}

/// Rows of the first matrix, columns of the second; a single dimension is a row first and a column second.
fn matrix(
    bounds: &Bounds,
    sizes: &[usize],
    place: usize,
    transposed: bool,
    graph: &ModelGraph,
    node: &Node,
) -> Bounds {
    let dims = |place: usize| {
        let tensor = node.inputs.get(place).and_then(|id| graph.tensor(*id));
        tensor.map_or(0, |tensor| tensor.dims.len())
    };
    let (rows, columns) = (dims(0) > 1, dims(1) > 1);
    if sizes.len() < 2 {
        return Bounds::all(sizes);
    }
    let own = match place {
        0 => bounds.behind(usize::from(columns)),
        _ => bounds.behind(0),
    };
    let made = usize::from(rows) + usize::from(columns);
    let outer = Bounds(bounds.0.get(..bounds.0.len().saturating_sub(made)).unwrap_or(&[]).to_vec());
    let (before, last) = sizes.split_at(sizes.len() - 2);
    let mut along = aligned(&outer, before).0;
    // The dimension that is not added up is the first of the first matrix and the last of the second.
    let first = (place == 0) != transposed;
    let (down, right) =
        (0..last.first().copied().unwrap_or(1), 0..last.last().copied().unwrap_or(1));
    along.extend(if first { [own, right] } else { [down, own] });
    Bounds(along)
}

/// What lies in one of the tensors that are put behind each other.
fn joined(
    graph: &ModelGraph,
    node: &Node,
    place: usize,
    (bounds, axis): (&Bounds, usize),
    sizes: &[usize],
) -> Option<Bounds> {
    let behind = bounds.0.len().checked_sub(axis + 1)?;
    let size = |id| graph.tensor(id)?.dims.iter().rev().nth(behind).map(|dim| dim.size);
    let sizes_before = node.inputs.get(..place)?.iter().map(|id| size(*id));
    let first: usize = sizes_before.sum::<Option<usize>>()?;
    let own = sizes.iter().rev().nth(behind).copied()?;
    let range = bounds.behind(behind);
    let (start, end) = (range.start.max(first), range.end.min(first + own));
    if start >= end {
        return None;
    }
    let mut before = aligned(bounds, sizes);
    *before.0.iter_mut().rev().nth(behind)? = start - first..end - first;
    Some(before)
}
