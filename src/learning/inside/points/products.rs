//! The sums that components are found by, some images at a time: what lies along directions, and the images weighted by it.
//!
//! Products are summed in single precision over short stretches, which are added in double; each sum is added in one order,
//! so that any number of threads gives the same bits.

use pulp::Arch;
use rayon::prelude::*;

/// Directions side by side.
pub(super) const LANES: usize = 16;
/// Numbers that are summed in single precision.
const STRETCH: usize = 256;
/// Sums beside each other, so that no addition waits for the one before it.
const CHAINS: usize = 4;
/// Numbers whose sums a thread does in one go.
const RANGE: usize = 128;

/// A few numbers, one for each of some directions.
pub(super) type Lane = [f32; LANES];

/// Directions in a space of many numbers, sixteen beside each other; what is missing of the last sixteen is zero.
pub(super) struct Directions {
    /// Panels, in each of every number its share in sixteen directions.
    panels: Vec<Vec<Lane>>,
}

impl Directions {
    /// Of these columns of one length.
    pub(super) fn of(columns: &[Vec<f64>]) -> Self {
        let panel = |columns: &[Vec<f64>]| {
            let mut panel = vec![[0.0; LANES]; columns.first().map_or(0, Vec::len)];
            for (lane, column) in columns.iter().enumerate() {
                for (row, share) in panel.iter_mut().zip(column) {
                    row[lane] = *share as f32;
                }
            }
            panel
        };
        Self { panels: columns.chunks(LANES).map(panel).collect() }
    }

    pub(super) fn panels(&self) -> usize {
        self.panels.len()
    }

    /// How far along each direction rows of so many numbers lie: rows × panels.
    pub(super) fn along(&self, rows: &[f32], numbers: usize) -> Vec<Lane> {
        let numbers = numbers.max(1);
        let count = rows.len() / numbers;
        let mut found = vec![[0.0; LANES]; count * self.panels.len()];
        found
            .par_chunks_mut(self.panels.len().max(1))
            .zip(rows.par_chunks_exact(numbers))
            .for_each(|(found, row)| {
                Arch::new().dispatch(|| {
                    for (found, panel) in found.iter_mut().zip(&self.panels) {
                        *found = weighted(row, panel);
                    }
                });
            });
        found
    }
}

/// The sum of sixteen numbers for each number of a row, times it.
#[inline(always)]
fn weighted(row: &[f32], panel: &[Lane]) -> Lane {
    let mut all = [0.0_f64; LANES];
    for (row, panel) in row.chunks(STRETCH).zip(panel.chunks(STRETCH)) {
        let mut sums = [[0.0_f32; LANES]; CHAINS];
        let ((row, row_rest), (panel, panel_rest)) =
            (row.as_chunks::<CHAINS>(), panel.as_chunks::<CHAINS>());
        for (numbers, shares) in row.iter().zip(panel) {
            for ((sum, number), shares) in sums.iter_mut().zip(numbers).zip(shares) {
                for (sum, share) in sum.iter_mut().zip(shares) {
                    *sum += number * share;
                }
            }
        }
        for ((sum, number), shares) in sums.iter_mut().zip(row_rest).zip(panel_rest) {
            for (sum, share) in sum.iter_mut().zip(shares) {
                *sum += number * share;
            }
        }
        for (lane, all) in all.iter_mut().enumerate() {
            *all += sums.iter().map(|sum| f64::from(sum[lane])).sum::<f64>();
        }
    }
    all.map(|sum| sum as f32)
}

/// Σ over rows of each number times what the row is given, which turns directions towards where rows differ most.
pub(super) struct Weighted {
    numbers: usize,
    /// Panels × numbers.
    sums: Vec<[f64; LANES]>,
}

impl Weighted {
    pub(super) fn of(numbers: usize, panels: usize) -> Self {
        Self { numbers: numbers.max(1), sums: vec![[0.0; LANES]; numbers * panels] }
    }

    /// Adds some rows, given rows × panels.
    pub(super) fn add(&mut self, rows: &[f32], given: &[Lane]) {
        let numbers = self.numbers;
        let panels = self.sums.len() / numbers;
        for (panel, sums) in self.sums.chunks_mut(numbers).enumerate() {
            sums.par_chunks_mut(RANGE).enumerate().for_each(|(range, sums)| {
                Arch::new().dispatch(|| {
                    for (at, sum) in sums.iter_mut().enumerate() {
                        let column = rows.iter().skip(range * RANGE + at).step_by(numbers);
                        let given = given.iter().skip(panel).step_by(panels.max(1));
                        add_column(column, given, sum);
                    }
                });
            });
        }
    }

    /// So many columns of these sums.
    pub(super) fn columns(&self, count: usize) -> Vec<Vec<f64>> {
        let column = |at: usize| {
            let panel = self.sums.chunks(self.numbers).nth(at / LANES).unwrap_or_default();
            panel.iter().map(|sums| sums[at % LANES]).collect()
        };
        (0..count).map(column).collect()
    }
}

#[inline(always)]
fn add_column<'a>(
    column: impl Iterator<Item = &'a f32>,
    given: impl Iterator<Item = &'a Lane>,
    sum: &mut [f64; LANES],
) {
    let mut some = [0.0_f32; LANES];
    for (number, given) in column.zip(given) {
        for (sum, given) in some.iter_mut().zip(given) {
            *sum += number * given;
        }
    }
    sum.iter_mut().zip(some).for_each(|(sum, some)| *sum += f64::from(some));
}

/// Rows themselves as what is given, so that their weighted sums are their products with each other.
pub(super) fn themselves(rows: &[f32], numbers: usize) -> Vec<Lane> {
    let row = |row: &[f32]| {
        let lane = |some: &[f32]| {
            let mut lane = [0.0; LANES];
            lane.iter_mut().zip(some).for_each(|(lane, number)| *lane = *number);
            lane
        };
        row.chunks(LANES).map(lane).collect::<Vec<_>>()
    };
    rows.chunks(numbers.max(1)).flat_map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_those_by_definition() {
        for (count, numbers, directions) in [(1, 1, 1), (5, 7, 3), (64, 600, 20), (9, 130, 16)] {
            let rows: Vec<f32> = (0..count * numbers).map(|at| (at as f32 * 0.7).sin()).collect();
            let columns: Vec<Vec<f64>> = (0..directions)
                .map(|which| (0..numbers).map(|at| ((at * 3 + which) as f64).cos()).collect())
                .collect();
            let made = Directions::of(&columns);
            let along = made.along(&rows, numbers);
            let lane = |row: usize, which: usize| {
                along[row * made.panels() + which / LANES][which % LANES]
            };
            for (row, values) in rows.chunks(numbers).enumerate() {
                for (which, column) in columns.iter().enumerate() {
                    let truth: f64 =
                        values.iter().zip(column).map(|(a, b)| f64::from(*a) * b).sum();
                    assert!((f64::from(lane(row, which)) - truth).abs() < 1e-4, "{truth}");
                }
            }
            let mut weighted = Weighted::of(numbers, made.panels());
            weighted.add(&rows, &along);
            weighted.add(&rows, &along);
            for (which, column) in weighted.columns(directions).iter().enumerate() {
                for (at, sum) in column.iter().enumerate() {
                    let truth: f64 = (0..count)
                        .map(|row| f64::from(rows[row * numbers + at]) * f64::from(lane(row, which)))
                        .sum();
                    assert!((sum - 2.0 * truth).abs() < 1e-3, "{sum} {truth}");
                }
            }
            let own = themselves(&rows, numbers);
            assert_eq!(own.len(), count * numbers.div_ceil(LANES));
            assert_eq!(own[0][0], rows[0]);
        }
    }
}
