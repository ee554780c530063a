//! The nearest of many rows of numbers, found exactly: all are compared with all, nothing is drawn, and of equally near ones
//! the first wins.

use bhtsne::Neighbor;
use pulp::{Arch, Simd, WithSimd};
use rayon::prelude::*;

use super::tsne::Nearest;

/// Rows beside each other in a panel: four registers of any processor, or a multiple of these.
const PANEL: usize = 64;
/// Rows that are compared with another at once.
const BESIDE: usize = 4;
/// Rows between two looks at whether to go on.
const SLICE: usize = 512;

/// One of many that are near to something.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Near {
    /// How far it is, squared.
    pub square: f32,
    /// Which it is.
    pub index: usize,
}

/// How far each of these rows is from another of the same length, squared.
pub fn squares(rows: &[f32], row: &[f32]) -> Vec<f32> {
    Arch::new().dispatch(Squares { rows, row })
}

struct Squares<'a> {
    rows: &'a [f32],
    row: &'a [f32],
}

impl WithSimd for Squares<'_> {
    type Output = Vec<f32>;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> Vec<f32> {
        let Self { rows, row } = self;
        let width = row.len().max(1);
        let mut squares = vec![0.0; rows.len() / width];
        let (fours, rest) = squares.as_chunks_mut::<BESIDE>();
        let mut others = rows.chunks_exact(BESIDE * width);
        for (squares, four) in fours.iter_mut().zip(others.by_ref()) {
            let (front, back) = four.split_at(2 * width);
            let ((a, b), (c, d)) = (front.split_at(width), back.split_at(width));
            *squares = apart(simd, row, a, b, c, d);
        }
        for (square, other) in rest.iter_mut().zip(others.remainder().chunks_exact(width)) {
            [*square, ..] = apart(simd, row, other, other, other, other);
        }
        squares
    }
}

/// How far a row is from four others, squared.
#[inline(always)]
fn apart<S: Simd>(
    simd: S,
    row: &[f32],
    a: &[f32],
    b: &[f32],
    c: &[f32],
    d: &[f32],
) -> [f32; BESIDE] {
    let (numbers, rest) = S::as_simd_f32s(row);
    let ((a, a_rest), (b, b_rest)) = (S::as_simd_f32s(a), S::as_simd_f32s(b));
    let ((c, c_rest), (d, d_rest)) = (S::as_simd_f32s(c), S::as_simd_f32s(d));
    // Spelled out, so that the sums stay in registers at any optimisation level.
    let zero = simd.splat_f32s(0.0);
    let (mut to_a, mut to_b, mut to_c, mut to_d) = (zero, zero, zero, zero);
    for ((((&number, &a), &b), &c), &d) in numbers.iter().zip(a).zip(b).zip(c).zip(d) {
        let (a, b) = (simd.sub_f32s(a, number), simd.sub_f32s(b, number));
        let (c, d) = (simd.sub_f32s(c, number), simd.sub_f32s(d, number));
        to_a = simd.mul_add_e_f32s(a, a, to_a);
        to_b = simd.mul_add_e_f32s(b, b, to_b);
        to_c = simd.mul_add_e_f32s(c, c, to_c);
        to_d = simd.mul_add_e_f32s(d, d, to_d);
    }
    [
        simd.reduce_sum_f32s(to_a) + apart_plainly(rest, a_rest),
        simd.reduce_sum_f32s(to_b) + apart_plainly(rest, b_rest),
        simd.reduce_sum_f32s(to_c) + apart_plainly(rest, c_rest),
        simd.reduce_sum_f32s(to_d) + apart_plainly(rest, d_rest),
    ]
}

/// The same of the few numbers that fill no register.
#[inline(always)]
fn apart_plainly(row: &[f32], other: &[f32]) -> f32 {
    let mut sum = 0.0;
    for (a, b) in row.iter().zip(other) {
        sum += (a - b) * (a - b);
    }
    sum
}

/// So many of all that lie so far (squared), one left out; the nearest first. What is no number is not near.
pub fn nearest_of(squares: impl Iterator<Item = f32>, but: usize, count: usize) -> Vec<Near> {
    let mut found: Vec<Near> = Vec::with_capacity(count + 1);
    let mut furthest = f32::INFINITY;
    for (index, square) in squares.enumerate() {
        // Whoever comes later must be nearer.
        if square < furthest && index != but {
            let at = found.partition_point(|known| known.square <= square);
            found.insert(at, Near { square, index });
            found.truncate(count);
            if let Some(last) = found.get(count.wrapping_sub(1)) {
                furthest = last.square;
            }
        }
    }
    found
}

/// Of each of these rows so many nearest others, by Euclid's distance; `None` once nobody waits.
pub fn nearest(
    rows: &[f32],
    width: usize,
    count: usize,
    go_on: &dyn Fn() -> bool,
) -> Option<Nearest> {
    let width = width.max(1);
    let (items, panels) = (rows.len() / width, panels(rows, width));
    let others = |item: usize, row: &[f32]| -> Vec<Neighbor<f32>> {
        let squares = Arch::new().dispatch(ToPanels { panels: &panels, row });
        let near = nearest_of(squares.into_iter().take(items), item, count);
        let neighbour = |near: Near| Neighbor { index: near.index, distance: near.square.sqrt() };
        near.into_iter().map(neighbour).collect()
    };
    let mut nearest = Vec::with_capacity(items);
    for some in rows.chunks(SLICE * width) {
        if !go_on() {
            return None;
        }
        let first = nearest.len();
        nearest.par_extend(
            some.par_chunks_exact(width).enumerate().map(|(at, row)| others(first + at, row)),
        );
    }
    Some(nearest)
}

/// Rows in panels, in each of every number that of so many rows beside each other; zeros where the last has fewer.
fn panels(rows: &[f32], width: usize) -> Vec<f32> {
    let panel = |rows: &[f32]| {
        let mut panel = vec![0.0; PANEL * width];
        for (at, row) in rows.chunks_exact(width).enumerate() {
            let own = panel.iter_mut().skip(at).step_by(PANEL);
            own.zip(row).for_each(|(own, number)| *own = *number);
        }
        panel
    };
    rows.par_chunks(PANEL * width).flat_map_iter(panel).collect()
}

/// How far a row is from all rows of panels, squared.
struct ToPanels<'a> {
    panels: &'a [f32],
    row: &'a [f32],
}

impl WithSimd for ToPanels<'_> {
    type Output = Vec<f32>;

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) -> Vec<f32> {
        let Self { panels, row } = self;
        let mut squares = vec![0.0; panels.len() / row.len().max(1)];
        let zero = simd.splat_f32s(0.0);
        for (squares, panel) in
            squares.chunks_exact_mut(PANEL).zip(panels.chunks_exact(PANEL * row.len().max(1)))
        {
            let (squares, _) = S::as_mut_simd_f32s(squares).0.as_chunks_mut::<BESIDE>();
            for (group, squares) in squares.iter_mut().enumerate() {
                // Spelled out, so that the sums stay in registers at any optimisation level.
                let (mut a, mut b, mut c, mut d) = (zero, zero, zero, zero);
                for (numbers, number) in panel.chunks_exact(PANEL).zip(row) {
                    let (numbers, _) = S::as_simd_f32s(numbers).0.as_chunks::<BESIDE>();
                    let Some(numbers) = numbers.get(group) else { continue };
                    let number = simd.splat_f32s(*number);
                    let (off_a, off_b) =
                        (simd.sub_f32s(numbers[0], number), simd.sub_f32s(numbers[1], number));
                    let (off_c, off_d) =
                        (simd.sub_f32s(numbers[2], number), simd.sub_f32s(numbers[3], number));
                    a = simd.mul_add_e_f32s(off_a, off_a, a);
                    b = simd.mul_add_e_f32s(off_b, off_b, b);
                    c = simd.mul_add_e_f32s(off_c, off_c, c);
                    d = simd.mul_add_e_f32s(off_d, off_d, d);
                }
                *squares = [a, b, c, d];
            }
        }
        squares
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(count: usize, width: usize) -> Vec<f32> {
        (0..count * width).map(|at| (at as f32 * 0.83).sin()).collect()
    }

    #[test]
    fn the_nearest_are_those_that_sorting_finds() {
        for width in [1, 3, 40, 70] {
            let rows = rows(130, width);
            let row = |at: usize| &rows[at * width..(at + 1) * width];
            let found = nearest(&rows, width, 9, &|| true).unwrap();
            for (item, near) in found.iter().enumerate() {
                let far = |other: usize| -> f64 {
                    let both = row(item).iter().zip(row(other));
                    both.map(|(a, b)| f64::from(a - b).powi(2)).sum()
                };
                let mut order: Vec<usize> = (0..130).filter(|other| *other != item).collect();
                order.sort_by(|a, b| far(*a).total_cmp(&far(*b)));
                for (near, truth) in near.iter().zip(&order) {
                    assert!((far(near.index) - far(*truth)).abs() < 1e-4, "{item}: {near:?}");
                    assert!((f64::from(near.distance) - far(near.index).sqrt()).abs() < 1e-4);
                }
                assert_eq!(near.len(), 9);
            }
        }
    }

    #[test]
    fn of_equally_near_ones_the_first_wins_and_what_is_no_number_is_not_near() {
        let indices = |squares: &[f32], but: usize, count: usize| -> Vec<usize> {
            nearest_of(squares.iter().copied(), but, count).iter().map(|near| near.index).collect()
        };
        assert_eq!(indices(&[1.0, 0.0, 1.0, f32::NAN, 1.0, 0.5], 1, 3), [5, 0, 2]);
        assert_eq!(indices(&[1.0, 2.0], 0, 3), [1]);
        assert!(indices(&[1.0, 2.0], 0, 0).is_empty());
    }

    #[test]
    fn a_search_that_nobody_waits_for_ends() {
        assert!(nearest(&rows(10, 3), 3, 2, &|| false).is_none());
    }
}
