//! The nearest items in taste, which a layout brings together: by the angle between what is known of two items.
//!
//! Two items are as far apart as their directions in taste: `√(2 − 2 cos)`, which orders neighbours as the reasons for an
//! item do. All are compared with all, without any draw, so that the same factors always give the same neighbours.

use std::ops::ControlFlow;

use bhtsne::Neighbor;

use crate::{
    exhibits::recommender::model::kernels::{product, products},
    learning::layout::{Nearest, neighbours_needed},
};

/// Items between two looks at whether to go on.
const SLICE: usize = 16;

/// The direction of each row, with a length of 1; a row of zeros stays as it is.
pub(super) fn directions<'a>(rows: impl Iterator<Item = &'a [f64]>) -> Vec<f64> {
    let mut directions = Vec::new();
    for row in rows {
        let length = product(row, row).sqrt();
        let scale = if length > 0.0 { length.recip() } else { 0.0 };
        directions.extend(row.iter().map(|value| value * scale));
    }
    directions
}

/// As many neighbours of each item as the layout needs, at least those that it is judged by.
///
/// `go_on` hears how many items have theirs; `None` when it says to break off.
pub(super) fn nearest(
    directions: &[f64],
    width: usize,
    go_on: &mut dyn FnMut(usize) -> ControlFlow<()>,
) -> Option<Nearest> {
    let items = directions.len() / width.max(1);
    let wanted = neighbours_needed(items);
    let mut nearest = Vec::with_capacity(items);
    for (item, row) in directions.chunks_exact(width.max(1)).enumerate() {
        if item % SLICE == 0 && go_on(item).is_break() {
            return None;
        }
        let mut others: Vec<(f64, usize)> = products(directions, row)
            .into_iter()
            .enumerate()
            .filter(|(other, _)| *other != item)
            .map(|(other, cosine)| ((2.0 - 2.0 * cosine).max(0.0), other))
            .collect();
        let nearer = |a: &(f64, usize), b: &(f64, usize)| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1));
        if others.len() > wanted {
            others.select_nth_unstable_by(wanted, nearer);
            others.truncate(wanted);
        }
        others.sort_unstable_by(nearer);
        let neighbour =
            |(square, index): (f64, usize)| Neighbor { index, distance: square.sqrt() as f32 };
        nearest.push(others.into_iter().map(neighbour).collect());
    }
    Some(nearest)
}

#[cfg(test)]
mod tests {
    use rand::{RngExt as _, SeedableRng as _};
    use rand_chacha::ChaCha8Rng;

    use super::*;

    const WIDTH: usize = 8;

    /// Items in groups of 20, near each other in taste, in eight dimensions.
    fn grouped(groups: usize) -> Vec<f64> {
        let mut generator = ChaCha8Rng::seed_from_u64(5);
        let mut draw = move || 2.0 * generator.random::<f64>() - 1.0;
        let mut rows = Vec::new();
        for _ in 0..groups {
            let middle: Vec<f64> = (0..WIDTH).map(|_| draw()).collect();
            for _ in 0..20 {
                rows.extend(middle.iter().map(|value| value + 0.2 * draw()));
            }
        }
        directions(rows.chunks_exact(WIDTH))
    }

    fn always(_: usize) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }

    #[test]
    fn nearest_are_those_with_the_smallest_angle() {
        let rows = grouped(8);
        let nearest = nearest(&rows, WIDTH, &mut always).unwrap();
        for (item, near) in nearest.iter().enumerate() {
            let row = |at: usize| &rows[at * WIDTH..(at + 1) * WIDTH];
            let mut truth: Vec<(f64, usize)> = (0..160)
                .filter(|other| *other != item)
                .map(|other| (-product(row(item), row(other)), other))
                .collect();
            truth.sort_by(|a, b| a.0.total_cmp(&b.0));
            let found: Vec<usize> = near.iter().map(|near| near.index).collect();
            let truth: Vec<usize> = truth.iter().take(found.len()).map(|(_, at)| *at).collect();
            assert_eq!(found, truth);
            let chord = (2.0 - 2.0 * product(row(item), row(found[0]))).sqrt();
            assert!((f64::from(near[0].distance) - chord).abs() < 1e-6);
        }
    }

    #[test]
    fn it_can_be_broken_off_while_it_searches() {
        let rows = grouped(10);
        let stop = &mut |done: usize| match done {
            32.. => ControlFlow::Break(()),
            _ => ControlFlow::Continue(()),
        };
        assert!(nearest(&rows, WIDTH, stop).is_none());
    }
}
