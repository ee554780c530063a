//! Walls on which test images hang: how they lie beside each other, and the numbers of their pixels.

use std::sync::Arc;

use bevy::prelude::*;

use crate::{
    images::TestSet,
    stream::Shape,
    world::{
        classifier::{arc, sheet},
        display::{ColourMap, Field, FieldLayout},
    },
};

/// Images beside each other, and rows of them: as many as can still be pressed from the middle of the hall.
const WALL: (usize, usize) = (4, 3);
/// How many images a page has room for.
pub(super) const PLACES: usize = WALL.0 * WALL.1;
/// Cells left free between images of the closed wall.
const GAP_CELLS: u32 = 2;
/// The width of the closed wall on its sheet, in dmm.
pub(super) const WIDTH_DMM: f32 = 171.0;
/// From an image of the board to the next, to the right and down, in dmm.
pub(super) const PITCH_DMM: Vec2 = Vec2::new(97.0, 149.0);
/// The most that an image takes of it; words stand below.
pub(super) const IMAGE_DMM: Vec2 = Vec2::new(88.0, 42.0);
/// Channels of what is shown in colour.
const COLOURS: usize = 3;

/// The closed wall for images of so many rows and columns.
fn layout(rows: usize, columns: usize) -> FieldLayout {
    FieldLayout::stack(Shape::maps(PLACES, rows, columns), WALL.0, GAP_CELLS)
}

/// The layout that the closed wall's room is made for: images of MNIST.
fn layout_of_squares() -> FieldLayout {
    layout(28, 28)
}

/// The height of the closed wall, in dmm.
pub(super) fn height_dmm() -> f32 {
    layout_of_squares().size_for_width(WIDTH_DMM).y
}

/// An empty wall for such images, as large as there is room for.
pub(super) fn empty(on_board: bool, [rows, columns]: [usize; 2], channels: usize) -> Field {
    let (layout, size) = if on_board {
        on_the_board(rows, columns)
    } else {
        let layout = layout(rows, columns);
        let most = layout_of_squares().size_for_width(WIDTH_DMM / sheet::DMM_PER_M);
        (layout, arc::fitted(layout, most))
    };
    let field = Field::sized(layout, size)
        .with_colours(ColourMap::Grey)
        .with_plate(None)
        .without_hairlines()
        .flat();
    if channels == COLOURS { field.in_colour() } else { field }
}

/// Images with room for words below each, and how large all of them are, in metres.
fn on_the_board(rows: usize, columns: usize) -> (FieldLayout, Vec2) {
    let cells = UVec2::new(columns.max(1) as u32, rows.max(1) as u32);
    let cell_dmm = (IMAGE_DMM / cells.as_vec2()).min_element();
    let gap = (PITCH_DMM / cell_dmm - cells.as_vec2()).round().max(Vec2::ONE).as_uvec2();
    let shape = Shape::maps(PLACES, rows, columns);
    let layout = FieldLayout { gap_cells: gap, ..FieldLayout::stack(shape, WALL.0, 0) };
    // Words stand at the pitch, whatever whole cells make of it.
    let cell = PITCH_DMM / layout.pitch_cells().as_vec2();
    (layout, layout.size_cells().as_vec2() * cell / sheet::DMM_PER_M)
}

/// The place of the wall that is meant: words below an image belong to it.
pub(super) fn place_at(layout: &FieldLayout, on_board: bool, uv: Vec2) -> Option<usize> {
    if !on_board {
        return layout.map_at(uv);
    }
    let cell = uv * layout.size_cells().as_vec2();
    let at = (cell / layout.pitch_cells().as_vec2()).floor();
    let is_inside = at.min_element() >= 0.0 && at.x < WALL.0 as f32 && at.y < WALL.1 as f32;
    is_inside.then_some(at.y as usize * WALL.0 + at.x as usize)
}

/// The column and the row of a place.
pub(super) fn grid(place: usize) -> Vec2 {
    Vec2::new((place % WALL.0) as f32, (place / WALL.0) as f32)
}

/// The brightness 0..=1 of these images, image after image, channel after channel; an image that is missing stays dark.
pub(super) fn pixels(set: &TestSet, images: &[usize]) -> Arc<[f32]> {
    let size = (set.channels * set.width * set.height).max(1);
    let mut pixels = vec![0.0; images.len().min(PLACES) * size];
    for (index, place) in images.iter().zip(pixels.chunks_mut(size)) {
        for (pixel, &value) in place.iter_mut().zip(set.image(*index).unwrap_or_default()) {
            *pixel = f32::from(value) / 255.0;
        }
    }
    pixels.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(images: usize, channels: usize) -> TestSet {
        let size = 784 * channels;
        TestSet {
            pixels: (0..images * size).map(|pixel| (pixel / size) as u8).collect(),
            channels,
            width: 28,
            height: 28,
            labels: vec![4; images].into(),
            classes: (0..10).map(|class| class.to_string()).collect(),
            name: "test".to_owned(),
            of_text: false,
            perhaps_learned: false,
        }
    }

    #[test]
    fn images_hang_in_their_order() {
        for channels in [1, 3] {
            let size = 784 * channels;
            let pixels = pixels(&set(100, channels), &[51, 0, 99]);
            assert_eq!(pixels.len(), 3 * size);
            let greys: Vec<f32> =
                pixels.chunks(size).map(|image| (image[size - 1] * 255.0).round()).collect();
            assert_eq!(greys, [51.0, 0.0, 99.0]);
        }
    }

    #[test]
    fn no_more_hang_than_there_is_room() {
        let all: Vec<usize> = (0..74).collect();
        assert_eq!(pixels(&set(100, 1), &all).len(), layout_of_squares().len());
    }

    #[test]
    fn words_below_an_image_belong_to_it() {
        for (rows, columns) in [(28, 28), (32, 32), (224, 224), (3, 64), (64, 3), (1, 1)] {
            let field = empty(true, [rows, columns], 1);
            let (layout, size) = (field.layout(), field.size() * sheet::DMM_PER_M);
            assert!(size.x <= 4.0 * PITCH_DMM.x && size.y <= 3.0 * PITCH_DMM.y, "{size}");
            for place in 0..PLACES {
                let corner = grid(place) * PITCH_DMM;
                let image = layout.rect_of_map(place);
                assert!(((image.min * size) - corner).length() < 0.01, "{rows} × {columns}");
                let most = IMAGE_DMM + 12.0;
                assert!(
                    (image.size() * size).cmple(most).all(),
                    "{} is too large",
                    image.size() * size
                );
                let words = corner + Vec2::new(2.0, IMAGE_DMM.y + 40.0);
                // Below the last row the surface ends with the images.
                if place < PLACES - WALL.0 {
                    assert_eq!(place_at(layout, true, words / size), Some(place));
                }
                assert_eq!(place_at(layout, true, image.center()), Some(place));
            }
            assert_eq!(place_at(layout, true, Vec2::new(-0.01, 0.1)), None);
        }
    }
}
