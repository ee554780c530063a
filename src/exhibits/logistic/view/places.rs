//! Where each part hangs: the rows ahead between two boards, and what explains them above.

use bevy::prelude::*;

use crate::world::{stage::plan::beside_visitor, ui::type_size};

/// Where a board's middle is: from the middle of the hall and above the floor, in metres.
const DISTANCE_M: f32 = 1.85;
const UP_M: f32 = 1.66;
/// Width and height of a board, in metres.
pub(super) const BOARD_M: Vec2 = vec2(1.45, 1.36);
/// The distance that boards are set for, in metres: in the window one stands back to see all.
pub(super) const READ_FROM_M: f32 = 2.3;

/// Height of a tab, in dmm: at the far edge of a board they are seen at a slant.
pub(super) const TAB_DMM: f32 = type_size::ROW + 2.0;

/// The board at this side: -1 left, with the five steps from table to verdict; 1 right, with coefficients and sums.
pub(super) fn board(side: f32) -> Transform {
    beside_visitor(41.5 * side, 12.0 * side, DISTANCE_M, UP_M)
}

/// The middle of the space that rows lie in, and half its width, height and depth, in metres.
pub(super) const SPACE_M: Vec3 = vec3(0.0, 1.80, -3.1);
pub(super) const HALF_M: Vec3 = vec3(1.0, 0.62, 0.85);
/// Where the strips above and below it hang, their widths and heights, and the distance they are read from, in metres.
pub(super) const STRIP_M: Vec3 = vec3(0.0, 3.11, -3.4);
pub(super) const STRIP_SIZE_M: Vec2 = vec2(5.6, 0.41);
pub(super) const FOOT_M: Vec3 = vec3(0.0, 0.85, -2.25);
pub(super) const FOOT_SIZE_M: Vec2 = vec2(2.2, 0.16);
pub(super) const FOOT_READ_FROM_M: f32 = 3.02;
pub(super) const STRIP_READ_FROM_M: f32 = 4.52;
