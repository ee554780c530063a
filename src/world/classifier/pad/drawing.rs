//! Drawings: brightness that a round brush leaves on the pixels of an image.

use bevy::prelude::*;

/// Radius of the brush as a share of the image's shorter side, and the least, in pixels: strokes about as thick as those
/// of MNIST.
const BRUSH: (f32, f32) = (1.3 / 28.0, 0.5);
/// Over so many pixels the edge of a stroke fades.
const EDGE_PX: f32 = 1.2;
/// Ways to the middle that differ by less than this from half a pixel count as half, in pixels.
const TIE_PX: f32 = 1e-3;
/// Brightness 0..=1 of some pixels.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Drawing {
    pub(super) rows: usize,
    pub(super) columns: usize,
    /// Row by row.
    pub(super) ink: Vec<f32>,
}

impl Drawing {
    pub(super) fn empty(rows: usize, columns: usize) -> Self {
        Self { rows, columns, ink: vec![0.0; rows * columns] }
    }

    /// The same canvas without ink.
    pub(super) fn cleared(&self) -> Self {
        Self::empty(self.rows, self.columns)
    }

    /// Columns and rows.
    pub(super) fn size(&self) -> IVec2 {
        IVec2::new(self.columns as i32, self.rows as i32)
    }

    /// Column and row of a pixel.
    fn place(&self, index: usize) -> IVec2 {
        let columns = self.columns.max(1);
        IVec2::new((index % columns) as i32, (index / columns) as i32)
    }

    /// Draws with the round brush from one place to another, in pixels from the top left.
    pub(super) fn stroke(&mut self, from: Vec2, to: Vec2) {
        let way = to - from;
        let brush_px = (self.size().min_element() as f32 * BRUSH.0).max(BRUSH.1);
        let places = self.clone();
        for (index, pixel) in self.ink.iter_mut().enumerate() {
            let centre = places.place(index).as_vec2() + 0.5;
            let along = if way.length_squared() > 0.0 {
                ((centre - from).dot(way) / way.length_squared()).clamp(0.0, 1.0)
            } else {
                0.0
            };
            let distance = centre.distance(from + way * along);
            let ink = ((brush_px + EDGE_PX / 2.0 - distance) / EDGE_PX).clamp(0.0, 1.0);
            // Strokes that cross do not grow brighter than one.
            *pixel = pixel.max(ink);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.ink.iter().all(|pixel| *pixel == 0.0)
    }

    /// The same drawing moved by whole pixels so that its centre of mass lies in the middle, as that of the images of
    /// MNIST does; it stops where ink would leave the image.
    pub(super) fn centred(&self) -> Self {
        let size = self.size();
        let (mut mass, mut moment) = (0.0, Vec2::ZERO);
        let (mut first, mut last) = (size, IVec2::splat(-1));
        for (index, &pixel) in self.ink.iter().enumerate().filter(|(_, pixel)| **pixel > 0.0) {
            let place = self.place(index);
            mass += pixel;
            moment += (place.as_vec2() + 0.5) * pixel;
            (first, last) = (first.min(place), last.max(place));
        }
        if mass == 0.0 {
            return self.clone();
        }
        // Half a pixel more or less is a tie: rounding error must not make the drawing jump to and fro.
        let way = size.as_vec2() / 2.0 - moment / mass;
        let wanted = (way - 0.5 - TIE_PX).ceil().as_ivec2();
        let shift = wanted.clamp(-first, size - 1 - last);
        let mut moved = self.cleared();
        for (index, pixel) in moved.ink.iter_mut().enumerate() {
            let from = self.place(index) - shift;
            if from.cmpge(IVec2::ZERO).all() && from.cmplt(size).all() {
                let from = (from.y * size.x + from.x) as usize;
                *pixel = self.ink.get(from).copied().unwrap_or(0.0);
            }
        }
        moved
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(drawing: &Drawing, row: usize, column: usize) -> f32 {
        drawing.ink[row * 28 + column]
    }

    #[test]
    fn a_dot_is_bright_in_the_middle_and_soft_at_its_edge() {
        let mut drawing = Drawing::empty(28, 28);
        drawing.stroke(Vec2::splat(14.5), Vec2::splat(14.5));
        assert_eq!(at(&drawing, 14, 14), 1.0);
        let edge = at(&drawing, 14, 15);
        assert!(edge > 0.5 && edge < 1.0, "{edge}");
        assert_eq!(at(&drawing, 14, 17), 0.0);
        assert!((at(&drawing, 13, 13) - at(&drawing, 15, 15)).abs() < 1e-5, "round");
    }

    #[test]
    fn a_quick_stroke_has_no_holes() {
        let mut drawing = Drawing::empty(28, 28);
        drawing.stroke(Vec2::new(3.5, 20.5), Vec2::new(24.5, 20.5));
        assert!((3..=24).all(|column| at(&drawing, 20, column) == 1.0));
        assert!((0..28).all(|column| at(&drawing, 17, column) == 0.0));
        let once = drawing.clone();
        drawing.stroke(Vec2::new(24.5, 20.5), Vec2::new(3.5, 20.5));
        assert_eq!(drawing, once, "drawing over it again changes nothing");
    }

    #[test]
    fn centring_moves_the_mass_to_the_middle_and_loses_none() {
        let mut drawing = Drawing::empty(28, 28);
        drawing.stroke(Vec2::new(3.0, 4.0), Vec2::new(8.0, 6.0));
        let centred = drawing.centred();
        let mass = |drawing: &Drawing| drawing.ink.iter().sum::<f32>();
        assert!((mass(&drawing) - mass(&centred)).abs() < 1e-3);
        let middle = |drawing: &Drawing| {
            let moment = drawing.ink.iter().enumerate().fold(Vec2::ZERO, |sum, (index, pixel)| {
                sum + (drawing.place(index).as_vec2() + 0.5) * pixel
            });
            moment / mass(drawing)
        };
        assert!(
            (middle(&centred) - 14.0).abs().max_element() <= 0.5 + 2.0 * TIE_PX,
            "{}",
            middle(&centred)
        );
        assert!(centred.centred() == centred, "and stays there");
        assert!(Drawing::empty(28, 28).centred().is_empty());
    }

    #[test]
    fn paper_that_is_not_square_is_drawn_on_all_over() {
        let mut drawing = Drawing::empty(3, 40);
        drawing.stroke(Vec2::new(0.5, 1.5), Vec2::new(39.5, 1.5));
        assert!((0..40).all(|column| drawing.ink[40 + column] > 0.9));
        assert_eq!(drawing.centred(), drawing);
    }

    #[test]
    fn ink_never_leaves_the_image() {
        let mut drawing = Drawing::empty(28, 28);
        // Heavy on the left, with a tail that reaches the right edge.
        drawing.stroke(Vec2::new(10.0, 14.0), Vec2::new(27.5, 14.0));
        for row in 2..26 {
            drawing.stroke(Vec2::new(4.0, row as f32), Vec2::new(5.0, row as f32));
        }
        let mass = drawing.ink.iter().sum::<f32>();
        assert!((drawing.centred().ink.iter().sum::<f32>() - mass).abs() < 1e-3);
    }
}
