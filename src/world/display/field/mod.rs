//! A layer as a field of cells, one for each unit: one entity, one box and one shader, however many there are.

mod layout;
mod material;
mod span;
mod write;

use std::sync::Arc;

use bevy::prelude::*;

use super::{ColourMap, ColourScale};
use crate::{
    stream::{LayerValues, Range},
    world::ui::palette,
};

pub use layout::{CellAt, FieldLayout};
pub use material::MAX_MARKS;
use span::Spanned;
pub use span::Spans;

/// How far a cell is raised at most, in cells.
const RELIEF_CELLS: f32 = 0.5;

pub(super) fn plugin(app: &mut App) {
    material::plugin(app);
    write::plugin(app);
}

/// A field of cells on a plate, centred on its entity, facing +z; local x is right, y is up.
///
/// The public parts may be changed at any time; what is shown follows smoothly. To change layout or size,
/// insert a new field.
#[derive(Component)]
#[require(Transform, Visibility)]
pub struct Field {
    /// Colours of the numbers.
    pub colours: ColourMap,
    /// How colours follow the numbers.
    pub scale: ColourScale,
    /// What one colour range covers.
    pub spans: Spans,
    /// Whether cells are raised by their value, up to half a cell.
    pub relief: bool,
    /// What lies between the maps; `None` is nothing at all.
    pub plate: Option<Color>,
    /// The only map that is not dimmed.
    pub spotlight: Option<usize>,
    /// Which of the maps given to [`Field::show`] is laid out first.
    pub first_map: usize,
    /// Outlines over the cells; those past [`MAX_MARKS`] are not drawn.
    pub marks: Vec<Mark>,
    hairlines: bool,
    picture: bool,
    layout: FieldLayout,
    size: Vec2,
    values: Arc<[f32]>,
    spanned: Spanned,
}

/// An outline of constant width on the screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark {
    /// What it encloses, in cells of the plate, see [`FieldLayout::cells_rect`].
    pub rect: Rect,
    /// Its colour.
    pub colour: Color,
    /// Its width in pixels.
    pub width_px: f32,
}

impl Mark {
    /// An outline of two pixels.
    pub const fn new(rect: Rect, colour: Color) -> Self {
        Self { rect, colour, width_px: 2.0 }
    }
}

impl Field {
    /// A field of square cells, `width` metres wide, that shows nothing yet.
    pub fn new(layout: FieldLayout, width: f32) -> Self {
        Self::sized(layout, layout.size_for_width(width))
    }

    /// A field of `size` metres, whatever shape that gives its cells.
    pub fn sized(layout: FieldLayout, size: Vec2) -> Self {
        Self {
            colours: ColourMap::Sequential,
            scale: ColourScale::Linear,
            spans: Spans::PerLayer,
            relief: true,
            plate: Some(palette::PLATE),
            spotlight: None,
            first_map: 0,
            marks: Vec::new(),
            hairlines: true,
            picture: false,
            layout,
            size,
            values: Arc::from([]),
            spanned: Spanned::default(),
        }
    }

    /// The same field in other colours.
    pub fn with_colours(self, colours: ColourMap) -> Self {
        Self { colours, ..self }
    }

    /// The same field with another rule for its ranges.
    pub fn with_spans(self, spans: Spans) -> Self {
        Self { spans, ..self }
    }

    /// The same field with another scale.
    pub fn with_scale(self, scale: ColourScale) -> Self {
        Self { scale, ..self }
    }

    /// The same field with its cells laid flat.
    pub fn flat(self) -> Self {
        Self { relief: false, ..self }
    }

    /// The same field without the thin lines between cells that are seen large, as for pictures.
    pub fn without_hairlines(self) -> Self {
        Self { hairlines: false, ..self }
    }

    /// The same field as colour pictures: each map has red, green and blue, which lie behind each other.
    pub fn in_colour(self) -> Self {
        Self { picture: true, relief: false, hairlines: false, ..self }
    }

    /// The same field on another plate, or on none.
    pub fn with_plate(self, plate: Option<Color>) -> Self {
        Self { plate, ..self }
    }

    /// Whether another has its cells where this one has them, and shows numbers in the same way.
    pub fn is_like(&self, other: &Self) -> bool {
        self.layout == other.layout && self.size == other.size && self.picture == other.picture
    }

    /// Where its cells lie.
    pub fn layout(&self) -> &FieldLayout {
        &self.layout
    }

    /// Width and height in metres.
    pub fn size(&self) -> Vec2 {
        self.size
    }

    /// The largest height of a cell over the plate, in metres.
    pub fn depth(&self) -> f32 {
        let cell = self.size / self.layout.size_cells().as_vec2();
        RELIEF_CELLS * cell.min_element()
    }

    /// Shows the numbers of a layer; showing the same ones again costs nothing.
    pub fn show(&mut self, layer: &LayerValues) {
        self.show_values(&layer.values, layer.range);
    }

    /// Shows numbers whose colours should cover `range`, in the order of [`FieldLayout`].
    ///
    /// Cells without a number stay empty.
    pub fn show_values(&mut self, values: &Arc<[f32]>, range: Range) {
        if !Arc::ptr_eq(&self.values, values) {
            self.values = values.clone();
            self.spanned.renew();
        }
        self.spanned.given = range;
    }

    /// Shows nothing.
    pub fn clear(&mut self) {
        self.values = Arc::from([]);
        self.spanned = Spanned::default();
    }

    /// The number shown in a cell of the layout, if it has one.
    pub fn value(&self, cell: CellAt) -> Option<f32> {
        self.values.get(self.first_index() + cell.index).copied()
    }

    /// The range that the colours of a map cover now, on their way to the next.
    pub fn shown_range(&self, map: usize) -> Range {
        self.spanned.shown(map)
    }

    fn first_index(&self) -> usize {
        self.first_map * self.layout.rows * self.layout.cols
    }
}
