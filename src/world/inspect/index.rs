//! Places of numbers in tensors: as one count, along each dimension, and where smaller tensors are repeated.

use super::Unit;
use crate::stream::TensorSpec;

/// The sizes of a tensor's dimensions.
pub(super) fn sizes(spec: &TensorSpec) -> Vec<usize> {
    spec.dims.iter().map(|dim| dim.size).collect()
}

/// The place of a unit among all numbers of its tensor.
pub(super) fn flat(spec: &TensorSpec, unit: Unit) -> usize {
    let shape = spec.shape();
    (unit.map * shape.rows + unit.row) * shape.columns + unit.column
}

/// The unit at a place among all numbers of its tensor.
pub(super) fn unit(spec: &TensorSpec, flat: usize) -> Unit {
    let shape = spec.shape();
    let (rows, columns) = (shape.rows.max(1), shape.columns.max(1));
    Unit {
        layer: spec.name,
        map: flat / (rows * columns),
        row: flat / columns % rows,
        column: flat % columns,
    }
}

/// A place along each dimension.
pub(super) fn along(mut flat: usize, sizes: &[usize]) -> Vec<usize> {
    let mut index = vec![0; sizes.len()];
    for (at, size) in index.iter_mut().zip(sizes).rev() {
        *at = flat % (*size).max(1);
        flat /= (*size).max(1);
    }
    index
}

/// A place along each dimension as one count.
pub(super) fn count(index: &[usize], sizes: &[usize]) -> usize {
    index.iter().zip(sizes).fold(0, |flat, (at, size)| flat * size + at)
}

/// The place in a tensor of these sizes that meets an index: dimensions go together from the last on, and those of one are
/// repeated.
pub(super) fn repeated(index: &[usize], sizes: &[usize]) -> usize {
    let mut flat = 0;
    let mut step = 1;
    for (behind, size) in sizes.iter().rev().enumerate() {
        let at = index.len().checked_sub(behind + 1).and_then(|at| index.get(at));
        flat += if *size == 1 { 0 } else { at.copied().unwrap_or(0) * step };
        step *= size;
    }
    flat
}

/// Where a moved number comes from.
pub(super) fn strided(flat: usize, sizes: &[usize], strides: &[isize], offset: usize) -> usize {
    let index = along(flat, sizes);
    let steps = index.iter().zip(strides).map(|(at, stride)| *at as isize * stride);
    offset.saturating_add_signed(steps.sum())
}

/// All places of a tensor that have this index, but for these dimensions, along which they go.
pub(super) fn through(index: &[usize], sizes: &[usize], axes: &[usize]) -> Vec<usize> {
    let mut all = vec![0];
    for (at, size) in sizes.iter().enumerate() {
        let here = index.get(at).copied().unwrap_or(0);
        let range = if axes.contains(&at) { 0..*size } else { here..here + 1 };
        all = all.iter().flat_map(|flat| range.clone().map(move |at| flat * size + at)).collect();
    }
    all
}

/// The places that are reduced to one number.
pub(super) fn reduced(flat: usize, sizes: &[usize], axes: &[usize]) -> Vec<usize> {
    let stays =
        |at: usize| if axes.contains(&at) { 1 } else { sizes.get(at).copied().unwrap_or(1) };
    let left: Vec<usize> = (0..sizes.len()).map(stays).collect();
    through(&along(flat, &left), sizes, axes)
}

/// Which of the tensors that are put behind each other a number comes from, and its place there. They lie alike from the
/// last dimension on.
pub(super) fn joined(at: &[usize], axis: usize, inputs: &[Vec<usize>]) -> Option<(usize, usize)> {
    let behind = at.len().checked_sub(axis)?;
    let mut left = *at.get(axis)?;
    for (place, sizes) in inputs.iter().enumerate() {
        let along = sizes.len().checked_sub(behind)?;
        let size = *sizes.get(along)?;
        if left < size {
            let index: Vec<usize> = (0..sizes.len())
                .map(|own| match (own == along, (own + at.len()).checked_sub(sizes.len())) {
                    (true, _) => left,
                    (false, Some(at_own)) => at.get(at_own).copied().unwrap_or(0),
                    (false, None) => 0,
                })
                .collect();
            return Some((place, count(&index, sizes)));
        }
        left -= size;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_back_and_forth() {
        let sizes = [2, 3, 4];
        for flat in 0..24 {
            assert_eq!(count(&along(flat, &sizes), &sizes), flat);
        }
        assert_eq!(along(17, &sizes), [1, 1, 1]);
        assert_eq!(through(&[1, 0, 2], &sizes, &[1]), [14, 18, 22]);
    }

    #[test]
    fn what_is_smaller_is_repeated() {
        assert_eq!(repeated(&[1, 2, 3], &[4]), 3);
        assert_eq!(repeated(&[1, 2, 3], &[3, 1]), 2);
        assert_eq!(repeated(&[2, 3], &[1, 3, 4]), 11);
        assert_eq!(repeated(&[2, 3], &[1]), 0);
        assert_eq!(strided(5, &[2, 3], &[1, 2], 7), 12, "a turned matrix behind seven numbers");
    }
}
