//! Principal components of what a layer makes of all images: where they lie along the directions in which they differ most.
//!
//! Directions are followed by subspace iteration with guard vectors (Golub and Van Loan, Matrix Computations, section
//! 8.2.4), each round weighting the images by how far they lie along each direction, and at last mixed by Rayleigh and Ritz,
//! so that no two of them go together. Of few numbers their covariance is made and taken apart.

use rayon::prelude::*;

use super::{
    products::{Directions, LANES},
    rounds::{of_covariance, of_some, swept},
    table::Table,
};
use crate::learning::{
    TrainError,
    eigen::eigen,
    layout::{product, products, start, straighten},
};

/// Numbers of a layer whose covariance is made.
const MOST_DENSE: usize = 512;
/// Numbers whose covariance is taken apart by Jacobi's rotations.
const MOST_ROTATED: usize = 64;
/// Directions times numbers that are followed at most.
const MOST_FOLLOWED: usize = 1 << 22;
/// Rounds over all rows where they are made anew each time: from some of the rows, and from the answer before.
const SWEEPS: [usize; 2] = [2, 1];

/// How components are found; tests take other ways than sizes would.
#[derive(Clone, Copy)]
pub(super) struct Effort {
    pub(super) dense: usize,
    pub(super) rotated: usize,
}

impl Effort {
    pub(super) const USUAL: Self = Self { dense: MOST_DENSE, rotated: MOST_ROTATED };
}

/// The components of a table.
pub(super) struct Components {
    /// Directions of length 1, the one with the largest variance first; more than were wanted, from which a search can go on.
    pub(super) directions: Vec<Vec<f64>>,
    /// The variance along each that was wanted.
    pub(super) variances: Vec<f64>,
    /// Rows × directions that were wanted.
    pub(super) places: Vec<f32>,
}

impl Components {
    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.variances.len()
    }

    /// Turns each direction so that its largest part is positive, or towards what it was before, where that is known;
    /// and lets two whose variances are all but equal keep the order that they had.
    pub(super) fn settle(&mut self, before: Option<&[Vec<f64>]>) {
        let count = self.count();
        if let Some(before) = before {
            for at in 1..count {
                if self.is_swapped(at, before) {
                    self.swap(at);
                }
            }
        }
        for at in 0..count {
            let Some(direction) = self.directions.get(at) else { return };
            let largest = direction
                .iter()
                .fold(0.0_f64, |most, part| if part.abs() > most.abs() { *part } else { most });
            let along = before.and_then(|before| before.get(at));
            let along = along.map_or(0.0, |before| product(direction, before));
            if (if along == 0.0 { largest } else { along }) < 0.0 {
                self.reverse(at);
            }
        }
    }

    /// Whether a direction and the one before it have changed places though neither has won.
    fn is_swapped(&self, at: usize, before: &[Vec<f64>]) -> bool {
        /// Variances that are this near to each other are all but equal.
        const ALIKE: f64 = 0.9;
        let alike = |one: usize, other: usize| match (self.directions.get(one), before.get(other)) {
            (Some(one), Some(other)) => product(one, other).abs(),
            _ => 0.0,
        };
        let variance = |at: usize| self.variances.get(at).copied().unwrap_or_default();
        variance(at) > ALIKE * variance(at - 1)
            && alike(at, at - 1) + alike(at - 1, at) > alike(at, at) + alike(at - 1, at - 1)
    }

    fn swap(&mut self, at: usize) {
        let count = self.count();
        self.directions.swap(at - 1, at);
        self.variances.swap(at - 1, at);
        self.places.chunks_exact_mut(count).for_each(|place| place.swap(at - 1, at));
    }

    fn reverse(&mut self, at: usize) {
        let count = self.count();
        let direction = self.directions.get_mut(at).into_iter().flatten();
        direction.for_each(|part| *part = -*part);
        self.places.iter_mut().skip(at).step_by(count).for_each(|place| *place = -*place);
    }
}

/// How many directions are followed for so many that are wanted: full sixteens, as far as there are so many.
pub(super) fn followed(wanted: usize, numbers: usize) -> usize {
    let most = (MOST_FOLLOWED / numbers.max(1)).max(LANES);
    (wanted + LANES / 2).next_multiple_of(LANES).min(most).min(numbers)
}

/// So many components, from those of the answer before where there are some; `see` hears all rows once, some at a time.
pub(super) fn components(
    table: &Table<'_>,
    wanted: usize,
    before: Option<&[Vec<f64>]>,
    effort: Effort,
    see: &mut dyn FnMut(usize, &[f32]) -> Result<(), TrainError>,
) -> Result<Components, TrainError> {
    let count = followed(wanted, table.numbers);
    let fits = |before: &&[Vec<f64>]| {
        before.len() == count && before.iter().all(|part| part.len() == table.numbers)
    };
    let before = before.filter(fits);
    let mut directions = match before {
        Some(before) => before.to_vec(),
        None => (0..count).map(|which| start(table.numbers, which).collect()).collect(),
    };
    straighten(&mut directions);
    if table.numbers <= effort.dense {
        directions = of_covariance(table, directions, wanted, effort.rotated)?;
    } else {
        if table.is_kept() || before.is_none() {
            directions = of_some(table, directions, wanted)?;
        }
        if !table.is_kept() {
            for _ in 0..SWEEPS[usize::from(before.is_some())] {
                directions = swept(table, &directions)?;
            }
        }
    }
    mixed(table, directions, wanted, see)
}

/// Directions mixed so that what lies along them does not go together, with the places along those that are wanted.
fn mixed(
    table: &Table<'_>,
    directions: Vec<Vec<f64>>,
    wanted: usize,
    see: &mut dyn FnMut(usize, &[f32]) -> Result<(), TrainError>,
) -> Result<Components, TrainError> {
    let (made, count) = (Directions::of(&directions), directions.len());
    let mut along: Vec<f32> = Vec::with_capacity(table.rows * made.width());
    table.over(&mut |first, rows| {
        along.extend(made.along(rows));
        see(first, rows)
    })?;
    let lines: Vec<f64> = (0..count)
        .into_par_iter()
        .flat_map_iter(|which| {
            let line = along.iter().skip(which).step_by(made.width().max(1));
            line.map(|along| f64::from(*along))
        })
        .collect();
    let between = products(&lines, count, table.rows.max(1) as f64);
    let matrix = between.chunks(count.max(1)).map(<[f64]>::to_vec).collect();
    let found = eigen(matrix);
    let (wanted, rows, numbers) = (wanted.min(count), table.rows, table.numbers);
    let directions: Vec<Vec<f64>> = found
        .par_iter()
        .map(|(_, mix)| mixture(mix, directions.iter().map(Vec::as_slice), numbers))
        .collect();
    let line = |mix: &[f64]| mixture(mix, lines.chunks(rows.max(1)), rows);
    let columns: Vec<Vec<f64>> = found.par_iter().take(wanted).map(|(_, mix)| line(mix)).collect();
    let place = |row: usize| columns.iter().filter_map(move |column| column.get(row));
    let places = (0..rows).flat_map(place).map(|value| *value as f32).collect();
    let variances = found.iter().take(wanted).map(|(variance, _)| variance.max(0.0)).collect();
    Ok(Components { directions, variances, places })
}

/// The sum of lines of this length, each times its share.
fn mixture<'a>(shares: &[f64], lines: impl Iterator<Item = &'a [f64]>, length: usize) -> Vec<f64> {
    let mut sum = vec![0.0; length];
    for (share, line) in shares.iter().zip(lines) {
        sum.iter_mut().zip(line).for_each(|(sum, part)| *sum += share * part);
    }
    sum
}
