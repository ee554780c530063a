//! The pixel that is pointed at: the same place is marked on the input and on all maps.

use std::marker::PhantomData;

use bevy::prelude::*;

use super::seen::{Seen, What};
use crate::world::{
    classifier::{Classifier, Of},
    display::{Field, Mark},
    interaction::aim::{AimLeft, AimMoved},
    ui::palette,
};

/// Where an aim is on an input or a map.
#[derive(Resource)]
pub(super) struct Pixel<C: Classifier> {
    pub(super) at: Option<PixelAt>,
    of: PhantomData<C>,
}

impl<C: Classifier> Default for Pixel<C> {
    fn default() -> Self {
        Self { at: None, of: PhantomData }
    }
}

/// A cell of a field, and the part of the image that it covers, 0..=1 to the right and down.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct PixelAt {
    pub(super) what: What,
    pub(super) row: usize,
    pub(super) column: usize,
    uv: Rect,
}

impl PixelAt {
    /// The index of the cell at its middle in a map of so many rows and columns.
    pub(super) fn index_in(&self, [rows, columns]: [usize; 2]) -> usize {
        let at = self.uv.center() * vec2(columns as f32, rows as f32);
        let row = (at.y as usize).min(rows.saturating_sub(1));
        row * columns + (at.x as usize).min(columns.saturating_sub(1))
    }
}

pub(super) fn point<C: Classifier>(
    moved: On<AimMoved>,
    fields: Query<(&Field, &Seen)>,
    mut pixel: ResMut<Pixel<C>>,
) {
    let Ok((field, seen)) = fields.get(moved.entity) else {
        return;
    };
    let layout = field.layout();
    let wanted = layout.cell_at(moved.uv).map(|cell| {
        let (row, column) = (cell.row, cell.column);
        let uv = layout.rect_of_cells(0, row..row + 1, column..column + 1);
        PixelAt { what: seen.what, row, column, uv }
    });
    if pixel.at != wanted {
        pixel.at = wanted;
    }
}

pub(super) fn leave<C: Classifier>(_: On<AimLeft>, mut pixel: ResMut<Pixel<C>>) {
    if pixel.at.is_some() {
        pixel.at = None;
    }
}

/// Outlines every image, as zero is as dark as the board, and the place that is pointed at.
pub(super) fn mark<C: Classifier>(
    pixel: Res<Pixel<C>>,
    mut fields: Query<(&mut Field, &Seen), With<Of<C>>>,
) {
    for (mut field, seen) in &mut fields {
        let cells = field.layout().size_cells().as_vec2();
        let whole = Rect { min: Vec2::ZERO, max: cells };
        let outline = Mark { rect: whole, colour: palette::RULE, width_px: 1.0 };
        let in_cells = |uv: Rect| Rect { min: uv.min * cells, max: uv.max * cells };
        // The same place of another image is another thing.
        let pointed = pixel.at.filter(|_| !matches!(seen.what, What::Image(_)));
        let pointed = pointed.map(|at| Mark::new(in_cells(at.uv), palette::INK));
        let part = seen.outline.map(|part| Mark::new(in_cells(part), palette::ACCENT));
        let marks: Vec<Mark> = std::iter::once(outline).chain(part).chain(pointed).collect();
        if field.marks != marks {
            field.marks = marks;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pixel_is_found_in_a_coarser_map() {
        let uv = Rect::new(27.0 / 28.0, 13.0 / 28.0, 1.0, 14.0 / 28.0);
        let at = PixelAt { what: What::Input, row: 13, column: 27, uv };
        assert_eq!(at.index_in([28, 28]), 13 * 28 + 27);
        assert_eq!(at.index_in([13, 13]), 6 * 13 + 12);
        assert_eq!(at.index_in([1, 1]), 0);
    }
}
