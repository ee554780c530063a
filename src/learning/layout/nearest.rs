//! The nearest of many rows of numbers, found exactly: all are compared with all, nothing is drawn, and of equally near ones
//! the first wins.

use bhtsne::Neighbor;
use pulp::Arch;
use rayon::prelude::*;

use super::tsne::Nearest;

/// Sums side by side, so that no addition waits for the one before it.
const LANES: usize = 32;
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

/// The squared distance of two rows of one length.
#[inline(always)]
pub fn square_distance(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0_f32; LANES];
    let ((a, rest_a), (b, rest_b)) = (a.as_chunks::<LANES>(), b.as_chunks::<LANES>());
    for (a, b) in a.iter().zip(b) {
        for ((sum, a), b) in sums.iter_mut().zip(a).zip(b) {
            *sum += (a - b) * (a - b);
        }
    }
    let rest: f32 = rest_a.iter().zip(rest_b).map(|(a, b)| (a - b) * (a - b)).sum();
    sums.iter().sum::<f32>() + rest
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
    let others = |item: usize, row: &[f32]| -> Vec<Neighbor<f32>> {
        let near = Arch::new().dispatch(|| {
            let squares = rows.chunks_exact(width).map(
                #[inline(always)]
                |other| square_distance(other, row),
            );
            nearest_of(squares, item, count)
        });
        let neighbour =
            |near: Near| Neighbor { index: near.index, distance: near.square.sqrt() };
        near.into_iter().map(neighbour).collect()
    };
    let mut nearest = Vec::with_capacity(rows.len() / width);
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
