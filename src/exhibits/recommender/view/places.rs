//! Where each part of the recommender hangs: films overhead and ahead, two boards at the sides, the desk between them.

use bevy::prelude::*;

use crate::world::stage::plan::facing_middle;

/// A board that stands beside the visitor and faces them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Board {
    /// Degrees from straight ahead, clockwise.
    pub bearing: f32,
    /// From the middle of the hall, in metres.
    pub distance_m: f32,
    /// Degrees by which it is turned from the middle towards whoever stands behind it, as a window does.
    pub turn: f32,
    /// Height of its middle above the floor, in metres.
    pub up_m: f32,
    /// Width and height, in metres.
    pub size_m: Vec2,
}

impl Board {
    /// Where it hangs.
    pub(super) fn transform(self) -> Transform {
        let mut place = facing_middle(self.bearing, self.distance_m, self.up_m);
        place.rotate_y(self.turn.to_radians());
        place
    }
}

/// The distance that boards are set for, in metres: in the window one stands back to see all.
pub(super) const READ_FROM_M: f32 = 2.3;

/// How it learns: what the data are, the run, and how good it became.
pub(super) const LEARNING: Board =
    Board { bearing: -41.5, distance_m: 1.85, turn: -12.0, up_m: 1.5, size_m: vec2(1.45, 1.15) };
/// The visitor's taste: list, reasons, ratings.
pub(super) const TASTE: Board =
    Board { bearing: 41.5, distance_m: 1.85, turn: 12.0, up_m: 1.5, size_m: vec2(1.45, 1.15) };
