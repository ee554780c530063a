//! Colour bars: a field whose numbers are the scale itself, so that it cannot disagree with what it explains.

use std::sync::Arc;

use bevy::math::Vec2;

use super::{ColourMap, ColourScale, Field, FieldLayout, Mark, Spans};
use crate::{stream::Range, world::ui::palette};

/// As many cells as the colour map has colours.
const CELLS: u16 = 255;

/// A bar of `size` metres whose colours run from the low end on the left to the high end on the right.
///
/// Its ends stand for the ends of [`Field::shown_range`]; the numbers beside it are the view's.
pub fn colour_bar(size: Vec2, colours: ColourMap, scale: ColourScale) -> Field {
    bar(FieldLayout::single(1, usize::from(CELLS)), size, colours, scale, false)
}

/// The same bar upright, the high end on top.
pub fn colour_bar_upright(size: Vec2, colours: ColourMap, scale: ColourScale) -> Field {
    bar(FieldLayout::single(usize::from(CELLS), 1), size, colours, scale, true)
}

fn bar(
    layout: FieldLayout,
    size: Vec2,
    colours: ColourMap,
    scale: ColourScale,
    falling: bool,
) -> Field {
    let range = Range { low: if colours.signed() { -1.0 } else { 0.0 }, high: 1.0 };
    let values: Arc<[f32]> = (0..CELLS)
        .map(|cell| if falling { CELLS - 1 - cell } else { cell })
        .map(|cell| range.low + (range.high - range.low) * f32::from(cell) / f32::from(CELLS - 1))
        .collect();
    let mut field = Field::sized(layout, size)
        .with_colours(colours)
        .with_scale(scale)
        .with_spans(Spans::Fixed(range))
        .without_hairlines()
        .flat();
    field.show_values(&values, range);
    // The dark end would melt into the hall without a frame.
    let whole = layout.cells_rect(0, 0..layout.rows, 0..layout.cols);
    field.marks.push(Mark { rect: whole, colour: palette::RULE, width_px: 1.0 });
    field
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_of_the_bar_are_the_ends_of_the_range() {
        let ends = |field: &Field| {
            let value =
                |index| field.layout().cell_of_index(index).and_then(|cell| field.value(cell));
            (value(0), value(usize::from(CELLS) - 1))
        };
        let size = Vec2::new(0.3, 0.02);
        assert_eq!(
            ends(&colour_bar(size, ColourMap::Diverging, ColourScale::Linear)),
            (Some(-1.0), Some(1.0))
        );
        let upright = colour_bar_upright(size, ColourMap::Sequential, ColourScale::Linear);
        assert_eq!(ends(&upright), (Some(1.0), Some(0.0)));
    }
}
