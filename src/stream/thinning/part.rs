//! Parts of tensors as values: a box of numbers at a level, cut from a whole.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::cells::Thin;
use crate::stream::{LayerId, LayerValues, Level, Shape, Slice, Span};

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

    /// The numbers farthest from zero of each cell.
    pub fn peaks(&self) -> &[f32] {
        match &self.part {
            Some(part) if part.level > Level::FINEST => &part.peaks,
            _ => &self.values,
        }
    }
}
