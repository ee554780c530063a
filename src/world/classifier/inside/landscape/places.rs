//! Where the ground of the loss stands on its page, and how large it is.

use bevy::prelude::*;

use crate::world::classifier::inside::leaf::Leaf;

/// Where the ground stands on the page, in dmm.
pub(super) const GROUND_DMM: Rect = Rect { min: vec2(54.0, 138.0), max: vec2(552.0, 560.0) };
/// Width and depth of the ground, and its relief, in metres; how far its far edge is raised, in degrees.
pub(super) const SIZE_M: Vec2 = vec2(1.18, 1.12);
pub(super) const RELIEF_M: f32 = 0.4;
const TILT: f32 = 42.0;

/// The ground; what stands on it are its children.
#[derive(Component)]
pub(in super::super) struct IsLand;

/// Its place on a page: as far before the board as its far edge is behind its middle, so that none of it is in the board.
pub(super) fn ground(leaf: Leaf) -> Transform {
    let tilt = TILT.to_radians();
    let before = Vec3::Z * (SIZE_M.y / 2.0 * tilt.cos() + 0.02);
    let down = Vec3::NEG_Y * (RELIEF_M / 2.0 * tilt.cos());
    Transform::from_translation(leaf.place(GROUND_DMM).translation + before + down)
        .with_rotation(Quat::from_rotation_x(tilt))
}
