//! Where each part of the recommender hangs: films overhead and ahead, two boards at the sides, the desk between them.

use bevy::prelude::*;

use crate::world::stage::plan::beside_visitor;

/// The distance that boards are set for, in metres: in the window one stands back to see all.
pub(super) const READ_FROM_M: f32 = 2.3;

/// Width and height of a board, in metres.
pub(super) const BOARD_M: Vec2 = vec2(1.45, 1.15);

/// The board at this side: -1 left, with how it learns; 1 right, with the visitor's taste.
pub(super) fn board(side: f32) -> Transform {
    beside_visitor(41.5 * side, 12.0 * side, 1.85, 1.5)
}
