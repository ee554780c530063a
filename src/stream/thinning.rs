//! Parts of tensors, as fine as they are looked at.
//!
//! A cell of a coarser [`Level`] holds the mean of what it stands for, and beside it the one of them that is farthest from
//! zero, so that a lone spike is not averaged away; what is no number is both.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{LayerId, LayerValues, Level, Shape, Slice, Span, snapshot::Spread};

/// The largest tensor that is put together whole from its parts, in numbers: more cells than a wall can show.
const MOST_SPREAD: usize = 1 << 22;

/// Which part of its tensor a row of numbers is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// The box of numbers that it stands for, within its tensor.
    pub slice: Slice,
    /// How many of them a cell stands for.
    pub level: Level,
    /// The shape of the whole tensor.
    pub of: Shape,
    /// For each cell, what is farthest from zero in it; empty at [`Level::FINEST`].
    #[serde(with = "crate::stream::array")]
    pub peaks: Arc<[f32]>,
}

impl LayerValues {
    /// A part of a tensor whose numbers are all at hand; `None` where the slice is beside it, or there are too few.
    ///
    /// The range is that of the part's numbers, at every level; of many, of every so many rows.
    pub fn part(
        layer: LayerId,
        of: Shape,
        span: Span,
        values: &[f32],
        (slice, level): (Slice, Level),
    ) -> Option<Self> {
        let slice = slice.within(of);
        if values.len() < of.len() || slice.shape().is_empty() {
            return None;
        }
        if level == Level::FINEST && slice.is_all_of(of) {
            return Some(Self::whole(layer, of, span, values.get(..of.len())?.into()));
        }
        let mut thin = Thin::new(slice.shape(), level);
        let [_, from, left] = slice.first;
        let [_, rows, columns] = slice.count;
        let maps = values.chunks_exact(of.rows * of.columns).skip(slice.first[0]);
        for map in maps.take(slice.count[0]) {
            for row in map.chunks_exact(of.columns).skip(from).take(rows) {
                thin.take(row.get(left..left + columns)?);
            }
            thin.end_map();
        }
        let range = span.range(&thin.spread);
        let (shape, values, peaks) = thin.cells();
        Some(Self {
            layer,
            shape,
            values,
            range,
            part: Some(Arc::new(Part { slice, level, of, peaks })),
        })
    }

    /// The shape of the tensor that it is of.
    pub fn of(&self) -> Shape {
        self.part.as_ref().map_or(self.shape, |part| part.of)
    }

    /// How fine it is.
    pub fn level(&self) -> Level {
        self.part.as_ref().map_or(Level::FINEST, |part| part.level)
    }

    /// A part of it, or all of it, so much coarser; means are those of all that a cell stands for.
    pub fn coarser(&self, by: u8) -> Self {
        let before = self.level();
        let level = before.coarser(by);
        let slice = self.part.as_ref().map_or(Slice::ALL, |part| part.slice).within(self.of());
        let by = Level(level.0 - before.0).side();
        // Cells at the far edges stand for fewer.
        let weight = |at: usize, whole: usize| {
            before.side().min(whole.saturating_sub(at.saturating_mul(before.side())))
        };
        let shape = level.cells(slice.shape());
        let peaks = self.peaks();
        let mut values = Vec::with_capacity(shape.len());
        let mut greatest = Vec::with_capacity(shape.len());
        for map in 0..shape.maps {
            for row in 0..shape.rows {
                for column in 0..shape.columns {
                    let (mut sum, mut count, mut peak) = (0.0_f64, 0.0_f64, 0.0_f32);
                    for down in (row * by)..((row + 1) * by).min(self.shape.rows) {
                        for right in (column * by)..((column + 1) * by).min(self.shape.columns) {
                            let at = (map * self.shape.rows + down) * self.shape.columns + right;
                            let (Some(&value), Some(&far)) = (self.values.get(at), peaks.get(at))
                            else {
                                continue;
                            };
                            let cells =
                                weight(down, slice.count[1]) * weight(right, slice.count[2]);
                            sum += f64::from(value) * cells as f64;
                            count += cells as f64;
                            peak = farther(peak, far);
                        }
                    }
                    values.push((sum / count) as f32);
                    greatest.push(peak);
                }
            }
        }
        let part = Part { slice, level, of: self.of(), peaks: greatest.into() };
        Self { shape, values: values.into(), part: Some(Arc::new(part)), ..self.clone() }
    }

    /// The numbers farthest from zero of each cell.
    pub fn peaks(&self) -> &[f32] {
        match &self.part {
            Some(part) if part.level > Level::FINEST => &part.peaks,
            _ => &self.values,
        }
    }

    /// The whole tensor, put together from parts of it: each cell spread over what it stands for, later parts over earlier
    /// ones. What none of them covers is no number; `None` where there is no part, or the tensor has more than four million
    /// numbers.
    ///
    /// In a coarse cell that hides a spike, a number beyond the range of all, its first place shows it.
    pub fn spread(parts: &[&Self]) -> Option<Self> {
        let (first, of) = (*parts.first()?, parts.first()?.of());
        if let [whole] = parts
            && whole.part.is_none()
        {
            return Some((*whole).clone());
        }
        if of.len() > MOST_SPREAD {
            return None;
        }
        let mut values = vec![f32::NAN; of.len()];
        for part in parts.iter().filter(|part| part.of() == of) {
            part.spread_over(&mut values, of);
        }
        Some(Self {
            layer: first.layer,
            shape: of,
            values: values.into(),
            range: first.range,
            part: None,
        })
    }

    fn spread_over(&self, values: &mut [f32], of: Shape) {
        let slice = self.part.as_ref().map_or(Slice::ALL, |part| part.slice).within(of);
        let (side, peaks) = (self.level().side(), self.peaks());
        for map in 0..slice.count[0] {
            for row in 0..slice.count[1] {
                let from = (map * self.shape.rows + row / side) * self.shape.columns;
                let to = ((map + slice.first[0]) * of.rows + row + slice.first[1]) * of.columns
                    + slice.first[2];
                for column in 0..slice.count[2] {
                    let (cell, place) = (from + column / side, to + column);
                    let (Some(value), Some(place)) = (self.values.get(cell), values.get_mut(place))
                    else {
                        continue;
                    };
                    let corner = row.is_multiple_of(side) && column.is_multiple_of(side);
                    let spike = peaks.get(cell).filter(|peak| corner && !self.range.holds(**peak));
                    *place = *spike.unwrap_or(value);
                }
            }
        }
    }
}

/// The one that is farther from zero; what is no number is the farthest.
#[inline]
fn farther(a: f32, b: f32) -> f32 {
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
struct Thin {
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
    spread: Spread,
}

impl Thin {
    /// Rows that are added up before they go to cells.
    const ROWS: usize = 64;
    /// A range is found in about so many numbers, as it is only for colours.
    const SPREAD: usize = 1 << 18;

    fn new(shape: Shape, level: Level) -> Self {
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

    fn take(&mut self, row: &[f32]) {
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

    fn end_map(&mut self) {
        if self.rows > 0 {
            self.end_row();
        }
    }

    fn cells(self) -> (Shape, Arc<[f32]>, Arc<[f32]>) {
        (self.cells, self.values.into(), self.peaks.into())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NAME: LayerId = LayerId::new("weights");

    fn numbers(shape: Shape, seed: u64) -> Vec<f32> {
        let number = |at: usize| {
            let mixed = (at as u64 + seed).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40;
            mixed as f32 / 8_388_608.0 - 1.0
        };
        (0..shape.len()).map(number).collect()
    }

    fn part(shape: Shape, values: &[f32], slice: Slice, level: u8) -> LayerValues {
        LayerValues::part(NAME, shape, Span::Signed, values, (slice, Level(level))).unwrap()
    }

    /// By the definition, cell by cell.
    fn slowly(shape: Shape, values: &[f32], slice: Slice, level: u8) -> Vec<(f32, f32)> {
        let (slice, side) = (slice.within(shape), Level(level).side());
        let mut cells = Vec::new();
        for map in 0..slice.count[0] {
            for row in (0..slice.count[1]).step_by(side) {
                for column in (0..slice.count[2]).step_by(side) {
                    let mut of = Vec::new();
                    for down in row..(row + side).min(slice.count[1]) {
                        for right in column..(column + side).min(slice.count[2]) {
                            let [first, top, left] = slice.first;
                            let at = ((first + map) * shape.rows + top + down) * shape.columns;
                            of.push(values[at + left + right]);
                        }
                    }
                    let mean =
                        of.iter().map(|value| f64::from(*value)).sum::<f64>() / of.len() as f64;
                    let peak =
                        of.iter().copied().max_by(|a, b| a.abs().total_cmp(&b.abs())).unwrap();
                    cells.push((mean as f32, peak));
                }
            }
        }
        cells
    }

    fn same(part: &LayerValues, cells: &[(f32, f32)]) -> bool {
        part.values.len() == cells.len()
            && part.values.iter().zip(part.peaks()).zip(cells).all(
                |((value, peak), (mean, far))| {
                    (value - mean).abs() < 1e-5 && (peak.abs() - far.abs()).abs() < 1e-6
                },
            )
    }

    proptest! {
        #[test]
        fn cells_are_what_they_stand_for(
            sides in (1_usize..4, 1_usize..40, 1_usize..60),
            first in (0_usize..3, 0_usize..20, 0_usize..20),
            count in (1_usize..4, 1_usize..40, 1_usize..60),
            level in 0_u8..5,
            more in 1_u8..4,
        ) {
            let shape = Shape::maps(sides.0, sides.1, sides.2);
            let slice = Slice { first: first.into(), count: count.into() };
            let values = numbers(shape, 7);
            let made = LayerValues::part(NAME, shape, Span::Signed, &values, (slice, Level(level)));
            if slice.within(shape).shape().is_empty() {
                prop_assert!(made.is_none());
                return Ok(());
            }
            let made = made.unwrap();
            prop_assert!(same(&made, &slowly(shape, &values, slice, level)));
            prop_assert_eq!(made.shape.len(), made.values.len());
            // Thinned twice is thinned once.
            let twice = made.coarser(more);
            prop_assert!(same(&twice, &slowly(shape, &values, slice, level + more)));
            prop_assert_eq!(twice.level(), Level(level + more));
            // Spread again, each place shows its cell.
            let spread = LayerValues::spread(&[&part(shape, &values, Slice::ALL, level)]).unwrap();
            prop_assert_eq!(spread.shape, shape);
            prop_assert!(spread.values.iter().all(|value| value.is_finite()));
        }
    }

    #[test]
    fn a_lone_spike_is_still_seen() {
        let shape = Shape::maps(1, 64, 64);
        let mut values = numbers(shape, 1);
        values[17 * 64 + 33] = -90.0;
        let coarse = part(shape, &values, Slice::ALL, 3);
        assert!(coarse.values.iter().all(|value| value.abs() < 3.0));
        assert_eq!(coarse.peaks()[2 * 8 + 4], -90.0);
        assert_eq!(coarse.range, part(shape, &values, Slice::ALL, 0).range);
        let spread = LayerValues::spread(&[&coarse]).unwrap();
        assert_eq!(spread.values.iter().filter(|value| **value == -90.0).count(), 1);
    }

    #[test]
    fn what_is_no_number_is_seen_at_every_level() {
        let shape = Shape::maps(1, 20, 20);
        let mut values = numbers(shape, 1);
        values[211] = f32::NAN;
        let coarse = part(shape, &values, Slice::ALL, 2);
        assert_eq!(coarse.values.iter().filter(|value| value.is_nan()).count(), 1);
        assert_eq!(coarse.peaks().iter().filter(|value| value.is_nan()).count(), 1);
        assert!(coarse.coarser(9).values[0].is_nan());
    }

    #[test]
    fn a_fine_part_lies_over_a_coarse_whole() {
        let shape = Shape::maps(3, 8, 8);
        let values = numbers(shape, 3);
        let coarse = part(shape, &values, Slice::ALL, 3);
        let fine = part(shape, &values, Slice::maps(1, 1), 0);
        let spread = LayerValues::spread(&[&coarse, &fine]).unwrap();
        assert_eq!(spread.values[64..128], values[64..128]);
        assert_eq!(spread.values[2], coarse.values[0]);
        assert_eq!(spread.part, None);
        assert!(
            LayerValues::part(NAME, shape, Span::Signed, &values[1..], (Slice::ALL, Level(0)))
                .is_none()
        );
    }
}
