//! Where the cells of a layer lie on its plate, as plain arithmetic in both directions.
//!
//! The plate is one regular grid of equal cells: maps side by side, with whole cells left free between
//! them and around them. uv runs from the top left corner, 0..=1 to the right and down.

use std::ops::Range;

use bevy::math::{Rect, UVec2, Vec2};

use crate::stream::Shape;

/// The arrangement of a stack of maps on one plate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldLayout {
    /// How many maps are laid out.
    pub maps: usize,
    /// Maps side by side before the next row of maps begins; at least 1.
    pub maps_per_row: usize,
    /// Cell rows of a map.
    pub rows: usize,
    /// Cell columns of a map.
    pub cols: usize,
    /// Cells left free between maps, to the right and below.
    pub gap_cells: UVec2,
    /// Cells left free around everything.
    pub margin_cells: u32,
}

/// A cell and where it belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CellAt {
    /// Which map of the layout, from 0.
    pub map: usize,
    /// Row in the map, from the top.
    pub row: usize,
    /// Column in the map, from the left.
    pub column: usize,
    /// Index among the cells laid out, `(map * rows + row) * cols + column`.
    pub index: usize,
}

impl FieldLayout {
    /// One map and nothing around it, as for an image or a matrix.
    pub const fn single(rows: usize, cols: usize) -> Self {
        Self { maps: 1, maps_per_row: 1, rows, cols, gap_cells: UVec2::ZERO, margin_cells: 0 }
    }

    /// A stack of maps in rows of `maps_per_row`, `gap` cells apart.
    pub const fn stack(shape: Shape, maps_per_row: usize, gap: u32) -> Self {
        Self {
            maps: shape.maps,
            maps_per_row: if maps_per_row == 0 { 1 } else { maps_per_row },
            rows: shape.rows,
            cols: shape.columns,
            gap_cells: UVec2::splat(gap),
            margin_cells: 0,
        }
    }

    /// How many cells hold a value.
    pub const fn len(&self) -> usize {
        self.maps * self.rows * self.cols
    }

    /// Whether there is no cell at all.
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Width and height of the plate in cells, gaps and margin included.
    pub fn size_cells(&self) -> UVec2 {
        let across = self.maps.min(self.maps_per_row).max(1);
        let down = self.maps.div_ceil(self.maps_per_row.max(1)).max(1);
        let extent = |maps: usize, cells: usize, gap: u32| {
            (maps * (cells + gap as usize)) as u32 - gap + 2 * self.margin_cells
        };
        UVec2::new(
            extent(across, self.cols, self.gap_cells.x),
            extent(down, self.rows, self.gap_cells.y),
        )
        .max(UVec2::ONE)
    }

    /// Cells from one map to the next, to the right and down.
    pub fn pitch_cells(&self) -> UVec2 {
        UVec2::new(self.cols as u32, self.rows as u32) + self.gap_cells
    }

    /// Size in metres of the plate with square cells that is `width` metres wide.
    pub fn size_for_width(&self, width: f32) -> Vec2 {
        let cells = self.size_cells().as_vec2();
        Vec2::new(width, width * cells.y / cells.x)
    }

    /// The cell at a place on the plate; `None` between maps, past the last one and off the plate.
    pub fn cell_at(&self, uv: Vec2) -> Option<CellAt> {
        let place = uv * self.size_cells().as_vec2() - self.margin_cells as f32;
        if place.x < 0.0 || place.y < 0.0 || !place.is_finite() {
            return None;
        }
        let (cell, pitch) = (place.as_uvec2(), self.pitch_cells());
        if pitch.x == 0 || pitch.y == 0 {
            return None;
        }
        let (map, within) = (cell / pitch, cell % pitch);
        let (row, column) = (within.y as usize, within.x as usize);
        if map.x as usize >= self.maps_per_row || row >= self.rows || column >= self.cols {
            return None;
        }
        self.cell(map.y as usize * self.maps_per_row + map.x as usize, row, column)
    }

    /// The map at a place on the plate, for pressing: the gaps between maps belong to the nearer one.
    pub fn map_at(&self, uv: Vec2) -> Option<usize> {
        let place = uv * self.size_cells().as_vec2() - self.margin_cells as f32
            + self.gap_cells.as_vec2() / 2.0;
        let pitch = self.pitch_cells();
        if place.x < 0.0 || place.y < 0.0 || !place.is_finite() || pitch.x == 0 || pitch.y == 0 {
            return None;
        }
        let at = place.as_uvec2() / pitch;
        let map = at.y as usize * self.maps_per_row + at.x as usize;
        ((at.x as usize) < self.maps_per_row && map < self.maps).then_some(map)
    }

    /// The cell of a map at a row and column; `None` where there is none.
    pub fn cell(&self, map: usize, row: usize, column: usize) -> Option<CellAt> {
        let index = (map * self.rows + row) * self.cols + column;
        let inside = map < self.maps && row < self.rows && column < self.cols;
        inside.then_some(CellAt { map, row, column, index })
    }

    /// The cell with an index.
    pub fn cell_of_index(&self, index: usize) -> Option<CellAt> {
        let per_map = self.rows * self.cols;
        (index < self.len()).then(|| CellAt {
            map: index / per_map,
            row: index % per_map / self.cols,
            column: index % self.cols,
            index,
        })
    }

    /// The middle of a cell, in uv.
    pub fn centre_of(&self, index: usize) -> Option<Vec2> {
        let cell = self.cell_of_index(index)?;
        Some(
            self.rect_of_cells(cell.map, cell.row..cell.row + 1, cell.column..cell.column + 1)
                .center(),
        )
    }

    /// The rectangle of a map, in uv.
    pub fn rect_of_map(&self, map: usize) -> Rect {
        self.rect_of_cells(map, 0..self.rows, 0..self.cols)
    }

    /// The rectangle of some cells of a map, in uv.
    pub fn rect_of_cells(&self, map: usize, rows: Range<usize>, columns: Range<usize>) -> Rect {
        let rect = self.cells_rect(map, rows, columns);
        let size = self.size_cells().as_vec2();
        Rect { min: rect.min / size, max: rect.max / size }
    }

    /// The same rectangle in cells of the plate, as marks are given.
    pub fn cells_rect(&self, map: usize, rows: Range<usize>, columns: Range<usize>) -> Rect {
        let per_row = self.maps_per_row.max(1);
        let place = UVec2::new((map % per_row) as u32, (map / per_row) as u32);
        let corner = (place * self.pitch_cells() + self.margin_cells).as_vec2();
        Rect {
            min: corner + Vec2::new(columns.start as f32, rows.start as f32),
            max: corner + Vec2::new(columns.end as f32, rows.end as f32),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn convolution() -> FieldLayout {
        FieldLayout { margin_cells: 3, ..FieldLayout::stack(Shape::maps(32, 26, 26), 8, 2) }
    }

    #[test]
    fn plate_holds_all_maps_and_the_gaps_between_them() {
        assert_eq!(convolution().size_cells(), UVec2::new(8 * 28 - 2 + 6, 4 * 28 - 2 + 6));
        assert_eq!(FieldLayout::single(28, 28).size_cells(), UVec2::splat(28));
        assert_eq!(FieldLayout::stack(Shape::maps(3, 5, 4), 8, 1).size_cells(), UVec2::new(14, 5));
    }

    #[test]
    fn every_cell_is_found_at_its_centre() {
        for layout in [
            convolution(),
            FieldLayout::single(28, 28),
            FieldLayout::stack(Shape::maps(5, 3, 2), 2, 0),
        ] {
            for index in 0..layout.len() {
                let found = layout.centre_of(index).and_then(|centre| layout.cell_at(centre));
                assert_eq!(found, layout.cell_of_index(index), "{layout:?} {index}");
                assert_eq!(found.map(|cell| cell.index), Some(index));
            }
        }
    }

    #[test]
    fn nothing_is_found_in_gaps_margins_and_beyond() {
        let layout = convolution();
        let size = layout.size_cells().as_vec2();
        let at = |x: f32, y: f32| layout.cell_at(Vec2::new(x, y) / size);
        assert_eq!(at(1.0, 40.0), None, "margin");
        assert_eq!(at(3.0 + 26.5, 10.0), None, "gap");
        assert_eq!(at(10.0, 3.0 + 27.9), None, "gap below");
        assert_eq!(layout.cell_at(Vec2::new(1.01, 0.5)), None);
        assert_eq!(layout.cell_at(Vec2::new(0.5, -0.01)), None);
        assert_eq!(layout.cell_at(Vec2::NAN), None);
        let last_row_not_full = FieldLayout::stack(Shape::maps(3, 2, 2), 2, 0);
        assert_eq!(last_row_not_full.cell_at(Vec2::new(0.9, 0.9)), None);
    }

    #[test]
    fn gaps_belong_to_the_nearer_map() {
        let layout = convolution();
        let size = layout.size_cells().as_vec2();
        let at = |x: f32, y: f32| layout.map_at(Vec2::new(x, y) / size);
        assert_eq!(at(3.0 + 26.9, 10.0), Some(0), "the first half of a gap");
        assert_eq!(at(3.0 + 27.1, 10.0), Some(1), "the second");
        assert_eq!(at(10.0, 3.0 + 27.1), Some(8), "below");
        assert_eq!(at(1.5, 10.0), None, "margin");
        assert_eq!(layout.map_at(Vec2::new(1.01, 0.5)), None);
        assert_eq!(layout.map_at(Vec2::NAN), None);
        for map in 0..layout.maps {
            assert_eq!(layout.map_at(layout.rect_of_map(map).center()), Some(map));
        }
    }

    #[test]
    fn index_is_that_of_the_stream() {
        let cell = convolution().cell(17, 4, 9).unwrap();
        assert_eq!(cell.index, (17 * 26 + 4) * 26 + 9);
        assert_eq!(convolution().cell(32, 0, 0), None);
    }

    #[test]
    fn rectangles_cover_whole_cells() {
        let layout = convolution();
        let rect = layout.cells_rect(9, 2..5, 0..3);
        assert_eq!(rect.min, Vec2::new(3.0 + 28.0, 3.0 + 28.0 + 2.0));
        assert_eq!(rect.max - rect.min, Vec2::splat(3.0));
        let map = layout.rect_of_map(9);
        assert_eq!(layout.cell_at(map.min + Vec2::splat(1e-4)), layout.cell(9, 0, 0));
        assert_eq!(layout.cell_at(map.max - Vec2::splat(1e-4)), layout.cell(9, 25, 25));
    }
}
