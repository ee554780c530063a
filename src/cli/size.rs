//! The size of a picture as it is typed, such as 1280x720, within what can be read and drawn.

use std::{fmt, str::FromStr};

/// The size of a picture in pixels.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Size {
    /// Pixels from left to right.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
}

impl Size {
    /// Below this the hall's first view cannot be read.
    const SMALLEST: Self = Self { width: 320, height: 180 };
    /// The side of the largest texture that every Vulkan desktop driver offers.
    const LARGEST_SIDE: u32 = 8192;
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}x{}", self.width, self.height)
    }
}

impl FromStr for Size {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let sides = text.split_once(['x', 'X', '×']);
        let size = sides.and_then(|(width, height)| {
            Some(Self { width: width.trim().parse().ok()?, height: height.trim().parse().ok()? })
        });
        let fits = |size: &Self| {
            (Self::SMALLEST.width..=Self::LARGEST_SIDE).contains(&size.width)
                && (Self::SMALLEST.height..=Self::LARGEST_SIDE).contains(&size.height)
        };
        size.filter(fits).ok_or_else(|| {
            say!(
                "cli-give-width-and-height-in",
                smallest = Self::SMALLEST,
                side = Self::LARGEST_SIDE,
                side2 = Self::LARGEST_SIDE
            )
        })
    }
}
