//! The smallest thing that is drawn on a page: a rounded rectangle, its frame, or one letter.

use bevy::{math::Affine2, prelude::*, render::render_resource::VertexFormat};
use bytemuck::{Pod, Zeroable};

/// One instance of `shaders/page.wgsl`; lengths are in pixels of the page unless they say otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Pod, Zeroable)]
#[repr(C)]
pub(super) struct Mark {
    /// Its middle in clip space.
    centre: [f32; 2],
    size: [f32; 2],
    /// What one pixel along its own axes is in clip space: x, then y.
    axes: [f32; 4],
    /// Left, top, right and bottom of what is seen of it.
    clip: [f32; 4],
    /// Linear, not premultiplied.
    colour: [f32; 4],
    /// Top left, top right, bottom right, bottom left.
    radius: [f32; 4],
    /// Left, top, right and bottom width of a frame; all zero where the mark is filled.
    frame: [f32; 4],
    /// Top left corner of a letter in its texture, in texels, and 1; zeros where the mark is no letter.
    letter: [f32; 3],
}

#[cfg(test)]
impl Mark {
    pub(super) fn is_letter(&self) -> bool {
        self.letter[2] > 0.0
    }
}

/// In the order of the fields of [`Mark`].
pub(super) const FORMATS: [VertexFormat; 8] = [
    VertexFormat::Float32x2,
    VertexFormat::Float32x2,
    VertexFormat::Float32x4,
    VertexFormat::Float32x4,
    VertexFormat::Float32x4,
    VertexFormat::Float32x4,
    VertexFormat::Float32x4,
    VertexFormat::Float32x3,
];

/// Where marks go: the page's size and what of it is seen, in pixels.
#[derive(Clone, Copy, Debug)]
pub(super) struct PageArea {
    pub size: Vec2,
    pub clip: Rect,
}

impl PageArea {
    /// A rectangle around the origin of `place`, filled.
    pub(super) fn filled(self, place: Affine2, size: Vec2, radius: [f32; 4], ink: Color) -> Mark {
        let of_page = |way: Vec2| way * vec2(2.0, -2.0) / self.size;
        let centre = of_page(place.translation) + vec2(-1.0, 1.0);
        let [across, down] = [place.matrix2.x_axis, place.matrix2.y_axis].map(of_page);
        Mark {
            centre: centre.to_array(),
            size: size.to_array(),
            axes: [across.x, across.y, down.x, down.y],
            clip: [self.clip.min.x, self.clip.min.y, self.clip.max.x, self.clip.max.y],
            colour: ink.to_linear().to_f32_array(),
            radius,
            ..default()
        }
    }

    /// The frame along the inside of a rectangle's edges.
    pub(super) fn framed(
        self,
        place: Affine2,
        size: Vec2,
        radius: [f32; 4],
        ink: Color,
        frame: [f32; 4],
    ) -> Mark {
        Mark { frame, ..self.filled(place, size, radius, ink) }
    }

    /// A letter that lies at `texels` of its texture.
    pub(super) fn letter(self, place: Affine2, texels: Rect, ink: Color) -> Mark {
        Mark {
            letter: [texels.min.x, texels.min.y, 1.0],
            ..self.filled(place, texels.size(), [0.0; 4], ink)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAPER: PageArea = PageArea {
        size: vec2(200.0, 100.0),
        clip: Rect { min: Vec2::ZERO, max: vec2(200.0, 100.0) },
    };

    #[test]
    fn the_formats_are_those_of_a_mark() {
        let bytes: u64 = FORMATS.iter().map(VertexFormat::size).sum();
        assert_eq!(bytes, size_of::<Mark>() as u64);
    }

    #[test]
    fn the_corners_of_a_page_are_those_of_clip_space() {
        let whole = PAPER.filled(
            Affine2::from_translation(vec2(100.0, 50.0)),
            vec2(200.0, 100.0),
            [0.0; 4],
            Color::WHITE,
        );
        let corner = |x: f32, y: f32| {
            let (x, y) = (x * whole.size[0], y * whole.size[1]);
            let [ax, ay, bx, by] = whole.axes;
            vec2(whole.centre[0] + ax * x + bx * y, whole.centre[1] + ay * x + by * y)
        };
        assert!(corner(-0.5, -0.5).abs_diff_eq(vec2(-1.0, 1.0), 1e-6), "top left");
        assert!(corner(0.5, 0.5).abs_diff_eq(vec2(1.0, -1.0), 1e-6), "bottom right");
    }
}
