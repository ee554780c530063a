//! Rectangles of units.

use super::Unit;
use crate::stream::{LayerId, TensorSpec};

/// A rectangle of units in a tensor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// The tensor.
    pub layer: LayerId,
    /// The map, or `None` for every map.
    pub map: Option<usize>,
    /// First row, and how many.
    pub rows: (usize, usize),
    /// First column, and how many.
    pub columns: (usize, usize),
    /// Whether it is a parameter: a by-way, behind which nothing lies.
    pub is_parameter: bool,
}

impl Region {
    pub(super) fn all(spec: &TensorSpec, map: Option<usize>, is_parameter: bool) -> Self {
        let shape = spec.shape();
        let (rows, columns) = ((0, shape.rows), (0, shape.columns));
        Self { layer: spec.name, map, rows, columns, is_parameter }
    }

    /// The unit itself.
    pub fn of(unit: Unit) -> Self {
        let (map, rows, columns) = (Some(unit.map), (unit.row, 1), (unit.column, 1));
        Self { layer: unit.layer, map, rows, columns, is_parameter: false }
    }
}
