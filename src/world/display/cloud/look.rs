//! How one point looks, packed into one word.

/// How a point looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PointLook {
    /// Its place among [`Cloud::colours`](super::Cloud::colours).
    pub colour: u8,
    /// Its radius as a share of the largest, in 255ths; one of 0 is not drawn.
    pub size: u8,
    /// From 0, almost dark, to 255.
    pub brightness: u8,
    /// What it is marked as.
    pub marks: Marks,
}

/// What a point is marked as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks(u8);

impl Marks {
    /// Nothing.
    pub const NONE: Self = Self(0);
    /// A thin ring.
    pub const RING: Self = Self(1);
    /// A second ring around the first.
    pub const DOUBLE_RING: Self = Self(3);
    /// Shapes that can be told apart: disc, diamond, square, triangle.
    pub const SHAPES: u8 = 4;

    /// The same marks on an outline instead of a filled shape.
    pub const fn hollow(self) -> Self {
        Self(self.0 | 4)
    }

    /// The same marks on a point that is a picture, where the cloud has one for it.
    pub const fn pictured(self) -> Self {
        Self(self.0 | 32)
    }

    /// The same marks on another shape, of [`Marks::SHAPES`]; those past the last begin again.
    pub const fn shaped(self, shape: u8) -> Self {
        Self(self.0 & 7 | (shape % Self::SHAPES) << 3)
    }
}

impl PointLook {
    /// As the shader reads it.
    pub const fn word(self) -> u32 {
        u32::from_le_bytes([self.colour, self.size, self.brightness, self.marks.0])
    }
}

/// A look on its way to `to`, of which `left` is left; colours and marks are new at once.
pub(super) fn between(to: u32, from: u32, left: f32) -> u32 {
    let ([colour, size, brightness, marks], [_, from_size, from_brightness, _]) =
        (to.to_le_bytes(), from.to_le_bytes());
    let mix = |to: u8, from: u8| {
        let (to, from) = (f32::from(to), f32::from(from));
        (to + (from - to) * left).round() as u8
    };
    u32::from_le_bytes([colour, mix(size, from_size), mix(brightness, from_brightness), marks])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shape_and_outline_leave_the_rings_alone() {
        let marks = Marks::DOUBLE_RING.shaped(2).hollow();
        assert_eq!(marks, Marks(0b1_0111));
        assert_eq!(marks.shaped(5), Marks(0b0_1111), "the second shape");
        assert_eq!(Marks::NONE.shaped(0), Marks::NONE);
    }

    #[test]
    fn between_two_looks_size_and_brightness_are_in_between() {
        let to = PointLook { colour: 3, size: 200, brightness: 100, marks: Marks::RING };
        let from = PointLook { colour: 1, size: 100, brightness: 0, marks: Marks::NONE };
        let halfway = PointLook { colour: 3, size: 150, brightness: 50, marks: Marks::RING };
        assert_eq!(between(to.word(), from.word(), 0.5), halfway.word());
        assert_eq!(between(to.word(), from.word(), 0.0), to.word());
    }
}
