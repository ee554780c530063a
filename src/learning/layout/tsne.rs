//! t-SNE of items in three dimensions: those that are near each other in many dimensions come together in space.
//!
//! The method is that of van der Maaten and Hinton (2008, <https://jmlr.org/papers/v9/vandermaaten08a.html>), the
//! repulsion by a tree that of van der Maaten (2014, <https://jmlr.org/papers/v15/vandermaaten14a.html>).
//!
//! The first places are given, nothing is drawn, and one thread does the sums, so that the same neighbours always give the
//! same bits.

use std::{
    ops::ControlFlow,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
};

use bhtsne::{Neighbor, tSNE};

/// How many neighbours an item attends to, roughly; of 2,245 bundled films the ten nearest are kept better by 15 (11.9 %)
/// than by the 30 that scikit-learn takes (9.8 %).
const PERPLEXITY: f32 = 15.0;
/// Neighbours whose attraction is not forgotten, per unit of perplexity (van der Maaten 2014, section 4.1).
const REACH: f32 = 3.0;
/// A cell of the tree is one point when its width is less than this share of its distance.
const THETA: f32 = 0.5;
/// Epochs with exaggerated attraction, in which groups find each other, and how much it is exaggerated.
const GATHERING: u32 = 250;
const EXAGGERATION: f32 = 12.0;
/// Epochs from a first map, and from an earlier layout of the same items.
pub const EPOCHS: (u32, u32) = (1000, 300);
/// The spread of the first places of a layout that begins anew, as small as scikit-learn makes it.
const FIRST_SPREAD: f32 = 1e-4;
/// Fewer items have no neighbourhoods.
pub const LEAST_ITEMS: usize = 10;
/// Nearest neighbours by which a map is judged.
pub const JUDGED: usize = 10;

/// A point of a map.
pub type Point = [f32; 3];

/// Of each item its nearest others, nearest first.
pub type Nearest = Vec<Vec<Neighbor<f32>>>;

/// Where a layout begins.
#[derive(Clone, Debug, PartialEq)]
pub enum Start {
    /// On another map, drawn together to a point.
    Map(Vec<Point>),
    /// Where an earlier layout ended.
    Earlier(Vec<Point>),
}

/// How a layout goes on from where it begins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Schedule {
    /// Epochs in all.
    pub epochs: u32,
    /// By how much attraction is multiplied over the first epochs.
    pub exaggeration: f32,
    /// How many epochs that are.
    pub exaggerated: u32,
    /// Epochs before momentum grows from 0.5 to 0.8.
    pub careful: u32,
}

impl Start {
    /// How it goes on from there.
    pub const fn schedule(&self) -> Schedule {
        let (epochs, exaggerated) = match self {
            Self::Map(_) => (EPOCHS.0, GATHERING),
            Self::Earlier(_) => (EPOCHS.1, 0),
        };
        Schedule { epochs, exaggeration: EXAGGERATION, exaggerated, careful: exaggerated }
    }

    /// Where each item is then.
    pub fn places(&self) -> Vec<Point> {
        match self {
            Self::Map(places) => drawn_together(places, FIRST_SPREAD),
            Self::Earlier(places) => places.clone(),
        }
    }
}

/// A map of this spread, its shape unchanged.
pub fn drawn_together(places: &[Point], to: f32) -> Vec<Point> {
    let scale = to / spread(places).max(f32::MIN_POSITIVE);
    places.iter().map(|place| place.map(|value| value * scale)).collect()
}

/// As many neighbours of each item as a layout needs, at least those that it is judged by, as far as there are so many.
pub fn neighbours_needed(items: usize) -> usize {
    ((REACH * perplexity(items)) as usize).max(JUDGED).min(items.saturating_sub(1))
}

/// Three times as many neighbours must be there.
fn perplexity(items: usize) -> f32 {
    PERPLEXITY.min(items.saturating_sub(1) as f32 / REACH)
}

/// What ends a layout before its time; it never leaves [`lay_out`].
struct BrokenOff;

/// Lays items out; at least [`LEAST_ITEMS`] of them, each with as many neighbours.
///
/// `go_on` hears of each epoch, counted from 1, and where the items are after it; `None` when it says to break off. What
/// panics in between panics here.
pub fn lay_out(
    nearest: &Nearest,
    first: &[Point],
    schedule: Schedule,
    go_on: &mut dyn FnMut(u32, &[Point]) -> ControlFlow<()>,
) -> Option<Vec<Point>> {
    let items = vec![(); nearest.len()];
    let mut layout = tSNE::<f32, (), 3>::new(&items);
    layout
        .early_exaggeration(schedule.exaggeration)
        .stop_lying_epoch(schedule.exaggerated as usize)
        .momentum_switch_epoch(schedule.careful as usize)
        .perplexity(perplexity(nearest.len()))
        .epochs(schedule.epochs as usize)
        .initial_embedding(first.as_flattened().to_vec())
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
pub fn spread(places: &[Point]) -> f32 {
    let numbers = places.as_flattened();
    let sum: f64 = numbers.iter().map(|number| f64::from(*number).powi(2)).sum();
    (sum / numbers.len().max(1) as f64).sqrt() as f32
}

/// The share of the nearest neighbours in taste that are among the nearest on a map, over all items, 0..=1.
pub fn kept(nearest: &Nearest, places: &[Point]) -> f64 {
    let (mut kept, mut all) = (0_usize, 0_usize);
    for (item, (place, neighbours)) in places.iter().zip(nearest).enumerate() {
        let on_map = nearest_on_map(places, item, place);
        let judged = neighbours.get(..neighbours.len().min(JUDGED)).unwrap_or_default();
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
        let length = |row: &[f64]| row.iter().map(|value| value * value).sum::<f64>().sqrt();
        rows.chunks_exact(WIDTH)
            .flat_map(|row| row.iter().map(|value| value / length(row)))
            .collect()
    }

    fn on(rows: &[f64]) -> Vec<Point> {
        rows.chunks_exact(WIDTH).map(|row| [0, 1, 2].map(|axis| row[axis] as f32)).collect()
    }

    fn alone<T: Send>(work: impl FnOnce() -> T + Send) -> T {
        rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap().install(work)
    }

    /// Of each row those nearest to it, as many as a layout needs.
    fn nearest(rows: &[f64]) -> Nearest {
        let rows: Vec<f32> = rows.iter().map(|value| *value as f32).collect();
        let needed = neighbours_needed(rows.len() / WIDTH);
        crate::learning::layout::nearest(&rows, WIDTH, needed, &|| true).unwrap()
    }

    fn lay_out_from(
        nearest: &Nearest,
        start: &Start,
        go_on: &mut dyn FnMut(u32, &[Point]) -> ControlFlow<()>,
    ) -> Option<Vec<Point>> {
        lay_out(nearest, &start.places(), start.schedule(), go_on)
    }

    #[test]
    fn groups_come_together_and_keep_more_neighbours_than_three_axes_do() {
        let rows = grouped(30);
        let nearest = nearest(&rows);
        let map = on(&rows);
        let mut heard = 0;
        let places = alone(|| {
            lay_out_from(&nearest, &Start::Map(map.clone()), &mut |epoch, _| {
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
        let nearest = nearest(&rows);
        let lay = |start: &Start| {
            alone(|| lay_out_from(&nearest, start, &mut |_, _| ControlFlow::Continue(()))).unwrap()
        };
        let start = Start::Map(on(&rows));
        let first = lay(&start);
        assert_eq!(first, lay(&start));
        let again = lay(&Start::Earlier(first.clone()));
        assert!((kept(&nearest, &again) - kept(&nearest, &first)).abs() < 0.05);
    }

    #[test]
    fn it_can_be_broken_off_while_it_moves() {
        let rows = grouped(10);
        let nearest = nearest(&rows);
        let mut last = 0;
        let mut third = |epoch, _: &[Point]| {
            last = epoch;
            if epoch == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        };
        assert!(alone(|| lay_out_from(&nearest, &Start::Map(on(&rows)), &mut third)).is_none());
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
