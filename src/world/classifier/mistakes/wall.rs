//! The wall on which misread images hang: how they lie beside each other, and how bright each of their pixels is.

use std::sync::Arc;

use bevy::prelude::*;

use crate::{
    images::TestSet,
    stream::{Mistake, Shape},
    world::{
        classifier::{arc, sheet},
        display::{ColourMap, Field, FieldLayout},
    },
};

/// Images beside each other, and rows of them: as many as can still be pressed from the middle of the hall.
const WALL: (usize, usize) = (4, 3);
/// How many images it has room for.
pub(super) const PLACES: usize = WALL.0 * WALL.1;
/// Cells left free between images.
const GAP_CELLS: u32 = 2;
/// Its width on its sheet, in dmm.
pub(super) const WIDTH_DMM: f32 = 171.0;

/// The wall for images of so many rows and columns.
pub(super) fn layout(rows: usize, columns: usize) -> FieldLayout {
    FieldLayout::stack(Shape::maps(PLACES, rows, columns), WALL.0, GAP_CELLS)
}

/// An empty wall with such a layout, as large as there is room for.
pub(super) fn empty(layout: FieldLayout) -> Field {
    let most = layout_of_squares().size_for_width(WIDTH_DMM / sheet::DMM_PER_M);
    Field::sized(layout, arc::fitted(layout, most))
        .with_colours(ColourMap::Grey)
        .with_plate(None)
        .without_hairlines()
        .flat()
}

/// The layout that the wall's room is made for: images of MNIST.
pub(super) fn layout_of_squares() -> FieldLayout {
    layout(28, 28)
}

/// The brightness 0..=1 of every drawn mistake, image after image; an image that is missing or of another size stays dark.
pub(super) fn pixels(set: &TestSet, mistakes: &[Mistake]) -> Arc<[f32]> {
    let size = (set.width * set.height).max(1);
    let drawn = mistakes.len().min(PLACES);
    let mut pixels = vec![0.0; drawn * size];
    for (mistake, place) in mistakes.iter().zip(pixels.chunks_mut(size)) {
        // Colours are shown as the mean of red, green and blue.
        for plane in set.image(mistake.index).unwrap_or_default().chunks(size) {
            for (pixel, &value) in place.iter_mut().zip(plane) {
                *pixel += f32::from(value) / (255.0 * set.channels as f32);
            }
        }
    }
    pixels.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mistake(index: usize) -> Mistake {
        Mistake { index, truth: 4, said: 9, confidence: 0.968 }
    }

    fn set(images: usize) -> TestSet {
        TestSet {
            pixels: (0..images * 784).map(|pixel| (pixel / 784) as u8).collect(),
            channels: 1,
            width: 28,
            height: 28,
            labels: vec![4; images].into(),
            classes: (0..10).map(|class| class.to_string()).collect(),
            name: "test".to_owned(),
            of_text: false,
        }
    }

    #[test]
    fn images_hang_in_the_order_of_the_mistakes() {
        let size = 784;
        let pixels = pixels(&set(100), &[mistake(51), mistake(0), mistake(99)]);
        assert_eq!(pixels.len(), 3 * size);
        let greys: Vec<f32> =
            pixels.chunks(size).map(|image| (image[size - 1] * 255.0).round()).collect();
        assert_eq!(greys, [51.0, 0.0, 99.0]);
    }

    #[test]
    fn no_more_hang_than_there_is_room() {
        let all: Vec<Mistake> = (0..74).map(mistake).collect();
        assert_eq!(pixels(&set(100), &all).len(), layout_of_squares().len());
    }
}
