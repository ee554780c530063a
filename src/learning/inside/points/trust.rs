//! What can be trusted of a layout in three dimensions: whether neighbours in it are neighbours in the layer, and the other way
//! round, asked of some of the images and exactly, in all numbers of the layer.

use rayon::prelude::*;

use super::table::Table;
use crate::{
    inside::PointsTrust,
    learning::{
        TrainError,
        inside::accuracy::drawn_of,
        layout::{Near, Point, nearest_of, squares},
    },
};

/// Images that are asked for their neighbours at most, and at least.
const QUERIES: [usize; 2] = [500, 32];
/// Neighbours of each at most.
const NEIGHBOURS: usize = 15;
/// Numbers that are compared at most: some tenths of a second on two cores.
const MOST_COMPARED: usize = 3_000_000_000;
/// What the images are drawn from, so that answers to all questions ask the same ones.
const SEED: u64 = 0;

/// Images that are asked for their neighbours, and how far all others are from each in the layer.
pub(super) struct Queries {
    /// Their places.
    places: Vec<usize>,
    /// Places × numbers, less the mean.
    rows: Vec<f32>,
    numbers: usize,
    /// All images × places: the squared distance.
    squares: Vec<f32>,
    neighbours: usize,
}

impl Queries {
    /// Drawn from all rows.
    pub(super) fn of(table: &Table<'_>) -> Result<Self, TrainError> {
        let [most, least] = QUERIES;
        let compared = table.rows.saturating_mul(table.numbers).max(1);
        let count = (MOST_COMPARED / compared).clamp(least, most);
        let places = drawn_of(table.rows, count, SEED);
        let rows = table.rows_at(&places)?;
        let squares = Vec::with_capacity(places.len() * table.rows);
        // Below, the formula has no meaning: not every order could be told from every other.
        let neighbours = NEIGHBOURS.min(table.rows.saturating_sub(1) / 2);
        Ok(Self { places, rows, numbers: table.numbers, squares, neighbours })
    }

    /// Measures how far the next rows are from each query.
    pub(super) fn see(&mut self, rows: &[f32]) {
        let rows = rows.par_chunks_exact(self.numbers);
        self.squares.par_extend(rows.flat_map_iter(|row| squares(&self.rows, row)));
    }

    /// What can be trusted of these places; no number where there are too few images.
    pub(super) fn trust(&self, layout: &[Point], labels: &[u16]) -> PointsTrust {
        let one = |(query, own): (usize, &usize)| self.judged(query, *own, layout, labels);
        let asked: Vec<Judged> = self.places.par_iter().enumerate().map(one).collect();
        let sum = |of: fn(&Judged) -> u64| asked.iter().map(of).sum::<u64>() as f64;
        let (queries, neighbours) = (asked.len(), self.neighbours);
        let all = (queries * neighbours) as f64;
        let (n, k) = (layout.len() as f64, neighbours as f64);
        let worst = all * (2.0 * n - 3.0 * k - 1.0) / 2.0;
        PointsTrust {
            queries,
            neighbours,
            trustworthiness: (1.0 - sum(|one| one.beyond) / worst) as f32,
            kept: (sum(|one| one.kept) / all) as f32,
            same_class: (sum(|one| one.same) / all) as f32,
            noise: None,
            moved: None,
        }
    }

    /// What can be trusted where nothing is known.
    pub(super) const fn nothing() -> PointsTrust {
        PointsTrust {
            queries: 0,
            neighbours: 0,
            trustworthiness: f32::NAN,
            kept: f32::NAN,
            same_class: f32::NAN,
            noise: None,
            moved: None,
        }
    }

    fn judged(&self, query: usize, own: usize, layout: &[Point], labels: &[u16]) -> Judged {
        let squares = self.squares.iter().skip(query).step_by(self.places.len());
        let squares: Vec<f32> = squares.copied().collect();
        let Some(here) = layout.get(own) else { return Judged::default() };
        let seen = layout.iter().map(|place| {
            let apart = place.iter().zip(here).map(|(a, b)| (a - b) * (a - b));
            apart.sum::<f32>()
        });
        let seen = nearest_of(seen, own, self.neighbours);
        let near = nearest_of(squares.iter().copied(), own, self.neighbours);
        let mut judged = Judged::default();
        for shown in &seen {
            let is = |near: &Near| near.index == shown.index;
            judged.same += u64::from(labels.get(shown.index) == labels.get(own));
            match near.iter().any(is) {
                true => judged.kept += 1,
                false => {
                    judged.beyond += self.rank(own, shown.index, &squares) - self.neighbours as u64;
                }
            }
        }
        judged
    }

    /// The rank of an image among the neighbours of another, from 1; of equally near ones the first counts as nearer.
    fn rank(&self, own: usize, of: usize, squares: &[f32]) -> u64 {
        let far = squares.get(of).copied().unwrap_or(f32::INFINITY);
        let nearer = |(index, square): &(usize, &f32)| {
            *index != own && (**square < far || (**square == far && *index < of))
        };
        let rank = 1 + squares.iter().enumerate().filter(nearer).count() as u64;
        rank.max(self.neighbours as u64)
    }
}

/// What one query says.
#[derive(Clone, Copy, Default)]
struct Judged {
    /// Σ of ranks beyond those of neighbours, over what is shown as a neighbour and is none.
    beyond: u64,
    /// Neighbours that are shown as such.
    kept: u64,
    /// Shown neighbours of the same class.
    same: u64,
}
