//! Pointer events: what a surface or a cloud of points is told of the aims on it.

use bevy::prelude::*;

/// The aim is over the surface and has moved on it.
#[derive(EntityEvent, Clone, Copy, Debug)]
pub struct AimMoved {
    /// The surface.
    pub entity: Entity,
    pub aim: Entity,
    pub uv: Vec2,
    /// Which of the points, where it is no surface.
    pub part: Option<u32>,
    pub point: Vec3,
}

/// The aim has left the surface.
#[derive(EntityEvent, Clone, Copy, Debug)]
pub struct AimLeft {
    /// The surface.
    pub entity: Entity,
    pub aim: Entity,
}

/// The surface has been pressed.
#[derive(EntityEvent, Clone, Copy, Debug)]
pub struct AimPressed {
    /// The surface.
    pub entity: Entity,
    pub aim: Entity,
    pub uv: Vec2,
    /// Which of the points, where it is no surface.
    pub part: Option<u32>,
    pub point: Vec3,
}

/// The aim has moved since it pressed the surface; `uv` may lie beyond the edges.
#[derive(EntityEvent, Clone, Copy, Debug)]
pub struct AimDragged {
    /// The surface.
    pub entity: Entity,
    pub aim: Entity,
    pub uv: Vec2,
    /// Which of the points, where it is no surface.
    pub part: Option<u32>,
    pub point: Vec3,
}

/// The press of the surface has ended.
#[derive(EntityEvent, Clone, Copy, Debug)]
pub struct AimReleased {
    /// The surface.
    pub entity: Entity,
    pub aim: Entity,
    pub uv: Vec2,
    /// Which of the points, where it is no surface.
    pub part: Option<u32>,
    pub point: Vec3,
    /// Whether it ended on the surface, which makes it a click.
    pub inside: bool,
}

/// The wheel has been turned or the stick pushed over the surface.
#[derive(EntityEvent, Clone, Copy, Debug)]
pub struct AimScrolled {
    /// The surface.
    pub entity: Entity,
    pub aim: Entity,
    pub uv: Vec2,
    /// In lines; up and right are positive.
    pub scroll: Vec2,
}
