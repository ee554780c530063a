//! Rounds that turn directions towards where images differ most: over the covariance of few numbers, over some images, and over
//! all of them.

use rayon::prelude::*;

use super::{
    products::{Directions, Weighted, themselves},
    table::Table,
};
use crate::learning::{
    TrainError,
    eigen::eigen,
    inside::hidden::awaited,
    layout::{product, straighten, times},
};

/// Rounds over a covariance, over all rows where they are kept, and over some rows where they are not.
const MOST_ROUNDS: [usize; 3] = [200, 30, 8];
/// Directions rest when what leaves their space is this share of them; single precision gets no nearer.
const AT_REST: [f64; 3] = [1e-9, 3e-5, 1e-3];

/// Rounds until the directions that are wanted rest.
fn followed_by(
    mut directions: Vec<Vec<f64>>,
    wanted: usize,
    (rounds, rest): (usize, f64),
    mut round: impl FnMut(&[Vec<f64>]) -> Result<Vec<Vec<f64>>, TrainError>,
) -> Result<Vec<Vec<f64>>, TrainError> {
    for _ in 0..rounds {
        let mut next = round(&directions)?;
        straighten(&mut next);
        let left = next.par_iter().take(wanted).map(|next| left_of(next, &directions));
        let left = left.collect::<Vec<_>>().into_iter().fold(0.0, f64::max);
        directions = next;
        if left < rest {
            break;
        }
    }
    Ok(directions)
}

/// How much of a direction leaves the space of others.
fn left_of(direction: &[f64], space: &[Vec<f64>]) -> f64 {
    let mut left = direction.to_vec();
    for other in space {
        let share = product(&left, other);
        left.iter_mut().zip(other).for_each(|(part, other)| *part -= share * other);
    }
    product(&left, &left).sqrt()
}

/// From the covariance of all numbers.
pub(super) fn of_covariance(
    table: &Table<'_>,
    directions: Vec<Vec<f64>>,
    wanted: usize,
    rotated: usize,
) -> Result<Vec<Vec<f64>>, TrainError> {
    let numbers = table.numbers;
    let mut sums = Weighted::of(numbers, numbers);
    table.over(&mut |_, rows| {
        sums.add(rows, &themselves(rows, numbers));
        Ok(())
    })?;
    let mut columns = sums.columns(numbers);
    // Both halves are the same sums but for their last bits.
    for at in 0..numbers {
        let (first, others) = columns.split_at_mut(at + 1);
        let Some(column) = first.last_mut() else { continue };
        for (other, next) in others.iter().enumerate() {
            if let (Some(own), Some(mirrored)) = (column.get_mut(at + 1 + other), next.get(at)) {
                *own = *mirrored;
            }
        }
    }
    if numbers <= rotated {
        let found = eigen(columns).into_iter().take(directions.len());
        return Ok(found.map(|(_, direction)| direction).collect());
    }
    let covariance = columns.concat();
    let [rounds, ..] = MOST_ROUNDS;
    followed_by(directions, wanted, (rounds, AT_REST[0]), |directions| {
        awaited(table.go_on())?;
        Ok(directions.par_iter().map(|direction| times(&covariance, direction)).collect())
    })
}

/// From all rows, where they are kept, or from some.
pub(super) fn of_some(
    table: &Table<'_>,
    directions: Vec<Vec<f64>>,
    wanted: usize,
) -> Result<Vec<Vec<f64>>, TrainError> {
    /// Rows that are gone through at once.
    const ROWS: usize = 64;
    let which = if table.is_kept() { 1 } else { 2 };
    let rows = table.some();
    followed_by(directions, wanted, (MOST_ROUNDS[which], AT_REST[which]), |directions| {
        awaited(table.go_on())?;
        let made = Directions::of(directions);
        let mut sums = Weighted::of(table.numbers, directions.len());
        for some in rows.chunks(ROWS * table.numbers) {
            sums.add(some, &made.along(some));
        }
        Ok(sums.columns(directions.len()))
    })
}

/// A round over all rows.
pub(super) fn swept(
    table: &Table<'_>,
    directions: &[Vec<f64>],
) -> Result<Vec<Vec<f64>>, TrainError> {
    let made = Directions::of(directions);
    let mut sums = Weighted::of(table.numbers, directions.len());
    table.over(&mut |_, rows| {
        sums.add(rows, &made.along(rows));
        Ok(())
    })?;
    let mut next = sums.columns(directions.len());
    straighten(&mut next);
    Ok(next)
}
