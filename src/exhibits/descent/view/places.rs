//! Where each part of the descent stands: the ground ahead, curves above it, and two boards at the sides.

use bevy::prelude::*;

use crate::world::stage::plan::beside_visitor;

/// The middle of the ground, in metres, and how far its far edge is raised, in degrees, so that one sees all of it.
pub(super) const GROUND_M: Vec3 = vec3(0.0, 1.5, -2.9);
pub(super) const GROUND_TILT: f32 = 45.0;
/// Width and depth of the ground, and its highest relief, in metres.
pub(super) const GROUND_SIZE_M: Vec2 = vec2(1.52, 1.34);
pub(super) const RELIEF_M: f32 = 0.34;
/// The distance that signs about the ground are set for, in metres.
pub(super) const GROUND_READ_FROM_M: f32 = 3.15;

/// The curves above the ground: middle, size, and the distance they are set for, in metres.
pub(super) const CURVES_M: Vec3 = vec3(0.0, 2.56, -3.25);
pub(super) const CURVES_SIZE_M: Vec2 = vec2(2.0, 0.92);
pub(super) const CURVES_READ_FROM_M: f32 = 3.8;

/// The distance that boards are set for, in metres: in the window one stands back to see all.
pub(super) const READ_FROM_M: f32 = 2.3;
/// Width and height of a board, in metres.
pub(super) const BOARD_M: Vec2 = vec2(1.32, 1.34);
/// Between the edge of a board and what stands on it, in dmm.
pub(super) const MARGIN_DMM: f32 = 14.0;

/// The board at this side: -1 left, 1 right.
pub(super) fn board(side: f32) -> Transform {
    beside_visitor(44.0 * side, 12.0 * side, 1.85, 1.62)
}

/// The board's size in dmm.
pub(super) fn board_dmm() -> Vec2 {
    BOARD_M * 1000.0 / READ_FROM_M
}
