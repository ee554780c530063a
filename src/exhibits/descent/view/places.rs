//! Where each part of the descent stands: the ground ahead, who walks and how fast at the left, what it is at the right.

use bevy::prelude::*;

use crate::world::stage::plan::beside_visitor;

/// The middle of the ground, in metres, and how far its far edge is raised, in degrees, so that one sees all of it.
pub(super) const GROUND_M: Vec3 = vec3(0.0, 1.96, -3.0);
pub(super) const GROUND_TILT: f32 = 45.0;
/// Width and depth of the ground, and its highest relief, in metres.
pub(super) const GROUND_SIZE_M: Vec2 = vec2(2.13, 2.2);
pub(super) const RELIEF_M: f32 = 0.5;
/// The distance that signs about the ground are set for, in metres.
pub(super) const GROUND_READ_FROM_M: f32 = 3.15;

/// The distance that boards are set for, in metres: in the window one stands back to see all.
pub(super) const READ_FROM_M: f32 = 2.45;
/// Width of a board, in metres: the picture between two is as wide as both.
const BOARD_M: f32 = 1.26;
/// The rule with its runners, narrower so that the ground keeps its numbers, and the curves below it, in metres.
pub(super) const RULE_M: Vec2 = vec2(1.2, 0.85);
pub(super) const CURVES_M: Vec2 = vec2(BOARD_M, 0.58);
/// Height of the loss, and of a step in numbers, which takes its place, in metres.
pub(super) const LOSS_M: Vec2 = vec2(BOARD_M, 0.94);
pub(super) const NUMBERS_M: Vec2 = vec2(BOARD_M, 1.16);
/// Between the edge of a board and what stands on it, in dmm.
pub(super) const MARGIN_DMM: f32 = 14.0;

/// The upper ends of the upper boards, and what is free between them and those below, in metres.
const TOP_M: f32 = 2.37;
const BETWEEN_M: f32 = 0.05;
/// Where the middle of a board is, in degrees to the side and metres from the middle of the hall, and how far it is turned to
/// an eye that stands behind that, as a window does.
const BEARING: f32 = 47.3;
const DISTANCE_M: f32 = 2.14;
const TURN: f32 = 14.1;

/// The board of this height at this side, -1 left, 1 right: the upper one, or that below one of another height.
pub(super) fn board(side: f32, height_m: f32, above_m: Option<f32>) -> Transform {
    let top_m = TOP_M - above_m.map_or(0.0, |above_m| above_m + BETWEEN_M);
    beside_visitor(BEARING * side, TURN * side, DISTANCE_M, top_m - height_m / 2.0)
}

/// A board's size in dmm.
pub(super) fn in_dmm(board_m: Vec2) -> Vec2 {
    board_m * 1000.0 / READ_FROM_M
}
