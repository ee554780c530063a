//! Parts made coarser: cells of cells, weighted by how many numbers each stands for.

use std::sync::Arc;

use super::{cells::farther, part::Part};
use crate::stream::{LayerValues, Level, Slice};

impl LayerValues {
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
}
