//! Means and peaks of cells, reduced from rows that come one after the other.

use std::sync::Arc;

use crate::stream::{Level, Shape, snapshot::Spread};

/// The one that is farther from zero; what is no number is the farthest.
#[inline]
pub(super) fn farther(a: f32, b: f32) -> f32 {
    if a.is_nan() || a.abs() >= b.abs() { a } else { b }
}

/// The columns of each cell from one on.
#[inline]
fn parts(values: &[f32], from: usize, side: usize) -> std::slice::Chunks<'_, f32> {
    values.get(from..).unwrap_or_default().chunks(side)
}

/// The one farthest from zero of some numbers; neither the least nor the most sees what is no number, but their sum does.
#[inline]
fn peak_of(sum: f32, least: f32, most: f32) -> f32 {
    if sum.is_nan() { f32::NAN } else { farther(most, least) }
}

/// Cells under way: rows are taken one after the other, so that each number is read once.
///
/// Rows are added up number by number, which fills the processor's lanes at every level, and now and then to cells, before
/// f32 sums would lose what is small.
pub(super) struct Thin {
    cells: Shape,
    level: Level,
    columns: usize,
    /// Every so many rows are looked at for the range.
    spread_every: usize,
    taken: usize,
    /// Rows of the present row of cells, and how many of them wait in the next three.
    rows: usize,
    waiting: usize,
    added: Vec<f32>,
    least: Vec<f32>,
    most: Vec<f32>,
    sums: Vec<f64>,
    farthest: Vec<f32>,
    values: Vec<f32>,
    peaks: Vec<f32>,
    pub(super) spread: Spread,
}

impl Thin {
    /// Rows that are added up before they go to cells.
    const ROWS: usize = 64;
    /// A range is found in about so many numbers, as it is only for colours.
    const SPREAD: usize = 1 << 18;

    pub(super) fn new(shape: Shape, level: Level) -> Self {
        let cells = level.cells(shape);
        let coarse = level > Level::FINEST;
        let of = |wanted: bool, count: usize| vec![0.0; if wanted { count } else { 0 }];
        Self {
            cells,
            level,
            columns: shape.columns,
            spread_every: (shape.len() / Self::SPREAD).clamp(1, shape.maps * shape.rows),
            taken: 0,
            rows: 0,
            waiting: 0,
            added: of(coarse, shape.columns),
            least: of(coarse, shape.columns),
            most: of(coarse, shape.columns),
            sums: vec![0.0; cells.columns],
            farthest: vec![0.0; cells.columns],
            values: Vec::with_capacity(cells.len()),
            peaks: Vec::with_capacity(if coarse { cells.len() } else { 0 }),
            spread: Spread::default(),
        }
    }

    pub(super) fn take(&mut self, row: &[f32]) {
        if self.taken.is_multiple_of(self.spread_every) {
            self.spread.add(row);
        }
        self.taken += 1;
        if self.level == Level::FINEST {
            self.values.extend_from_slice(row);
            return;
        }
        let sums = self.added.iter_mut().zip(&mut self.least).zip(&mut self.most);
        for (((added, least), most), &value) in sums.zip(row) {
            *added += value;
            *least = if value < *least { value } else { *least };
            *most = if value > *most { value } else { *most };
        }
        self.rows += 1;
        self.waiting += 1;
        if self.rows == self.level.side() {
            self.end_row();
        } else if self.waiting == Self::ROWS {
            self.gather();
        }
    }

    /// Adds what waits to the present row of cells.
    fn gather(&mut self) {
        match self.level.side() {
            2 => self.gather_narrow::<2>(),
            4 => self.gather_narrow::<4>(),
            8 => self.gather_narrow::<8>(),
            side => self.gather_from(0, side),
        }
        self.added.fill(0.0);
        self.least.fill(0.0);
        self.most.fill(0.0);
        self.waiting = 0;
    }

    /// The same for cells of so few columns that their numbers fit into registers.
    fn gather_narrow<const N: usize>(&mut self) {
        let (added, _) = self.added.as_chunks::<N>();
        let (least, _) = self.least.as_chunks::<N>();
        let (most, _) = self.most.as_chunks::<N>();
        let cells = self.sums.iter_mut().zip(&mut self.farthest);
        for ((((sum, far), added), least), most) in cells.zip(added).zip(least).zip(most) {
            let total: f32 = added.iter().sum();
            let low = least.iter().fold(0.0, |low, &value| if value < low { value } else { low });
            let high =
                most.iter().fold(0.0, |high, &value| if value > high { value } else { high });
            *sum += f64::from(total);
            *far = farther(*far, peak_of(total, low, high));
        }
        // The last cell may be narrower.
        self.gather_from(added.len(), N);
    }

    /// The same for cells of any width, from one on.
    fn gather_from(&mut self, first: usize, side: usize) {
        let from = first * side;
        let cells = self.sums.iter_mut().zip(&mut self.farthest).skip(first);
        let waiting = parts(&self.added, from, side)
            .zip(parts(&self.least, from, side))
            .zip(parts(&self.most, from, side));
        for ((sum, far), ((added, least), most)) in cells.zip(waiting) {
            let total: f64 = added.chunks(64).map(|some| f64::from(some.iter().sum::<f32>())).sum();
            let low = least.iter().fold(0.0, |low, &value| if value < low { value } else { low });
            let high =
                most.iter().fold(0.0, |high, &value| if value > high { value } else { high });
            *sum += total;
            *far = farther(*far, peak_of(total as f32, low, high));
        }
    }

    /// Writes down the present row of cells.
    fn end_row(&mut self) {
        self.gather();
        let side = self.level.side();
        for (at, (sum, farthest)) in self.sums.iter_mut().zip(&mut self.farthest).enumerate() {
            let wide = side.min(self.columns - at * side);
            self.values.push((*sum / (wide * self.rows) as f64) as f32);
            self.peaks.push(*farthest);
            (*sum, *farthest) = (0.0, 0.0);
        }
        self.rows = 0;
    }

    pub(super) fn end_map(&mut self) {
        if self.rows > 0 {
            self.end_row();
        }
    }

    pub(super) fn cells(self) -> (Shape, Arc<[f32]>, Arc<[f32]>) {
        (self.cells, self.values.into(), self.peaks.into())
    }
}
