//! t-SNE of items: those with the same neighbours in taste come together in space.
//!
//! The method is that of van der Maaten and Hinton (2008, <https://jmlr.org/papers/v9/vandermaaten08a.html>), the
//! repulsion by a tree that of van der Maaten (2014, <https://jmlr.org/papers/v15/vandermaaten14a.html>). Two items are as
//! far apart as their directions in taste: `√(2 − 2 cos)`, which orders neighbours as the reasons for an item do.
//!
//! Neighbours are found by comparing all with all, without any draw, the first places are given, and one thread does the
//! sums, so that the same factors always give the same bits.

use std::{
    ops::ControlFlow,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
};

use bhtsne::{Neighbor, tSNE};

use crate::exhibits::recommender::model::kernels::{product, products};

/// How many neighbours an item attends to, roughly; of 2,245 bundled films the ten nearest are kept better by 15 (11.9 %)
/// than by the 30 that scikit-learn takes (9.8 %).
const PERPLEXITY: f32 = 15.0;
/// Neighbours whose attraction is not forgotten, per unit of perplexity (van der Maaten 2014, section 4.1).
const REACH: f32 = 3.0;
/// A cell of the tree is one point when its width is less than this share of its distance.
const THETA: f32 = 0.5;
/// Epochs with exaggerated attraction, in which groups find each other, and how much it is exaggerated.
const GATHERING: usize = 250;
const EXAGGERATION: f32 = 12.0;
/// Epochs from a first map, and from an earlier layout of the same items.
pub(super) const EPOCHS: (u32, u32) = (1000, 300);
/// The spread of the first places of a layout that begins anew, as small as scikit-learn makes it.
const FIRST_SPREAD: f32 = 1e-4;
/// Fewer items have no neighbourhoods.
pub(super) const LEAST_ITEMS: usize = 10;
/// Nearest neighbours by which a map is judged.
pub(super) const JUDGED: usize = 10;
/// Items between two looks at whether to go on.
const SLICE: usize = 16;

/// A point of a map.
pub(super) type Point = [f32; 3];

/// Of each item its nearest others, nearest first.
pub(super) type Nearest = Vec<Vec<Neighbor<f32>>>;

/// Where a layout begins.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Start {
    /// On another map, drawn together to a point.
    Map(Vec<Point>),
    /// Where an earlier layout ended.
    Earlier(Vec<Point>),
}

impl Start {
    /// How many epochs follow.
    pub(super) const fn epochs(&self) -> u32 {
        match self {
            Self::Map(_) => EPOCHS.0,
            Self::Earlier(_) => EPOCHS.1,
        }
    }
}

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
    let wanted = ((REACH * perplexity(items)) as usize).max(JUDGED).min(items.saturating_sub(1));
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

/// Three times as many neighbours must be there.
fn perplexity(items: usize) -> f32 {
    PERPLEXITY.min(items.saturating_sub(1) as f32 / REACH)
}

/// What ends a layout before its time; it never leaves [`lay_out`].
struct BrokenOff;

/// Lays items out; at least [`LEAST_ITEMS`] of them.
///
/// `go_on` hears of each epoch, counted from 1, and where the items are after it; `None` when it says to break off. What
/// panics in between panics here.
pub(super) fn lay_out(
    nearest: &Nearest,
    start: &Start,
    go_on: &mut dyn FnMut(u32, &[Point]) -> ControlFlow<()>,
) -> Option<Vec<Point>> {
    let items = vec![(); nearest.len()];
    let mut layout = tSNE::<f32, (), 3>::new(&items);
    let first: Vec<f32> = match start {
        Start::Map(places) => {
            layout.early_exaggeration(EXAGGERATION).stop_lying_epoch(GATHERING);
            layout.momentum_switch_epoch(GATHERING);
            let scale = FIRST_SPREAD / spread(places).max(f32::MIN_POSITIVE);
            places.as_flattened().iter().map(|value| value * scale).collect()
        }
        Start::Earlier(places) => {
            layout.stop_lying_epoch(0).momentum_switch_epoch(0);
            places.as_flattened().to_vec()
        }
    };
    layout
        .perplexity(perplexity(nearest.len()))
        .epochs(start.epochs() as usize)
        .initial_embedding(first)
        .epoch_callback(|epoch, values: &[f32]| {
            let (places, _) = values.as_chunks::<3>();
            if go_on(epoch as u32 + 1, places).is_break() {
                // The library has no other way out of its loop; this one calls no panic hook.
                resume_unwind(Box::new(BrokenOff));
            }
        });
    let fitted = catch_unwind(AssertUnwindSafe(|| {
        layout.barnes_hut_with_neighbors(THETA, nearest);
        layout.embedding()
    }));
    match fitted {
        Ok(values) => Some(values.as_chunks::<3>().0.to_vec()),
        Err(broken) if broken.is::<BrokenOff>() => None,
        Err(panic) => resume_unwind(panic),
    }
}

/// The root of the mean square of all numbers.
pub(super) fn spread(places: &[Point]) -> f32 {
    let numbers = places.as_flattened();
    let sum: f64 = numbers.iter().map(|number| f64::from(*number).powi(2)).sum();
    (sum / numbers.len().max(1) as f64).sqrt() as f32
}

/// The share of the nearest neighbours in taste that are among the nearest on a map, over all items, 0..=1.
pub(super) fn kept(nearest: &Nearest, places: &[Point]) -> f64 {
    let (mut kept, mut all) = (0_usize, 0_usize);
    for (item, (place, neighbours)) in places.iter().zip(nearest).enumerate() {
        let on_map = nearest_on_map(places, item, place);
        let judged = &neighbours[..neighbours.len().min(JUDGED)];
        kept += judged.iter().filter(|near| on_map.contains(&near.index)).count();
        all += judged.len();
    }
    kept as f64 / all.max(1) as f64
}

/// The points nearest to one, itself left out.
fn nearest_on_map(places: &[Point], item: usize, [x, y, z]: &Point) -> [usize; JUDGED] {
    let mut found = [(f32::INFINITY, usize::MAX); JUDGED];
    for (other, place) in places.iter().enumerate() {
        let square = (place[0] - x).powi(2) + (place[1] - y).powi(2) + (place[2] - z).powi(2);
        if square < found[JUDGED - 1].0 && other != item {
            let at = found.partition_point(|(known, _)| *known <= square);
            found[at..].rotate_right(1);
            found[at] = (square, other);
        }
    }
    found.map(|(_, other)| other)
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

    fn on(rows: &[f64]) -> Vec<Point> {
        rows.chunks_exact(WIDTH).map(|row| [0, 1, 2].map(|axis| row[axis] as f32)).collect()
    }

    fn always(_: usize) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }

    fn alone<T: Send>(work: impl FnOnce() -> T + Send) -> T {
        rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap().install(work)
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
    fn groups_come_together_and_keep_more_neighbours_than_three_axes_do() {
        let rows = grouped(30);
        let nearest = nearest(&rows, WIDTH, &mut always).unwrap();
        let map = on(&rows);
        let mut heard = 0;
        let places = alone(|| {
            lay_out(&nearest, &Start::Map(map.clone()), &mut |epoch, _| {
                assert_eq!(epoch, heard + 1);
                heard = epoch;
                ControlFlow::Continue(())
            })
        });
        assert_eq!(heard, EPOCHS.0);
        let (before, after) = (kept(&nearest, &map), kept(&nearest, &places.unwrap()));
        assert!(after > 0.6 && after > 1.2 * before, "{before} {after}");
    }

    #[test]
    fn the_same_items_are_laid_out_the_same_to_the_bit_and_can_go_on_from_there() {
        let rows = grouped(10);
        let nearest = nearest(&rows, WIDTH, &mut always).unwrap();
        let lay = |start: &Start| {
            alone(|| lay_out(&nearest, start, &mut |_, _| ControlFlow::Continue(()))).unwrap()
        };
        let start = Start::Map(on(&rows));
        let first = lay(&start);
        assert_eq!(first, lay(&start));
        let again = lay(&Start::Earlier(first.clone()));
        assert!((kept(&nearest, &again) - kept(&nearest, &first)).abs() < 0.05);
    }

    #[test]
    fn it_can_be_broken_off_while_it_searches_and_while_it_moves() {
        let rows = grouped(10);
        let stop = &mut |done: usize| match done {
            32.. => ControlFlow::Break(()),
            _ => ControlFlow::Continue(()),
        };
        assert!(nearest(&rows, WIDTH, stop).is_none());
        let nearest = nearest(&rows, WIDTH, &mut always).unwrap();
        let mut last = 0;
        let mut third = |epoch, _: &[Point]| {
            last = epoch;
            if epoch == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        assert!(alone(|| lay_out(&nearest, &Start::Map(on(&rows)), &mut third)).is_none());
        assert_eq!(last, 3);
    }

    #[test]
    fn what_is_kept_is_counted() {
        let line: Vec<Point> = (0..12_u8).map(|at| [f32::from(at), 0.0, 0.0]).collect();
        let near = |index| Neighbor { index, distance: 1.0 };
        let nearest: Nearest = (0..12).map(|at| vec![near((at + 11) % 12)]).collect();
        // Ten of eleven others are near on the map: only the one at the other end is not.
        assert_eq!(kept(&nearest, &line), 11.0 / 12.0);
    }
}
