//! Pointing devices: where each points, what it meets, and what it has pressed.

use bevy::{ecs::system::SystemParam, prelude::*};

/// One pointing device, written every frame by the device in
/// [`AimSystems::Point`](crate::world::interaction::AimSystems::Point).
#[derive(Component, Clone, Debug, Default)]
#[require(AimedAt, Hold)]
pub struct Aim {
    /// Where it points, in world space; none while it points nowhere.
    pub ray: Option<Ray3d>,
    /// The trigger or the left button.
    pub pressed: bool,
    /// The grip or the right button.
    pub secondary: bool,
    /// Turns of the wheel or pushes of the stick since the last frame, in lines; up and right are positive.
    pub scroll: Vec2,
}

/// How far an aim reaches, in metres; without it, as far as there is a hall.
///
/// What is already pressed stays so, however far away.
#[derive(Component, Clone, Copy, Debug)]
pub struct Reach(pub f32);

/// Marks the aims of one visitor's two hands: of those that meet the same surface, one alone is over it.
///
/// It is the one that presses it, or else the nearer one.
#[derive(Component, Clone, Copy, Debug, Default)]
pub struct Paired;

/// What an aim meets this frame; while pressed, the surface or the cloud of points that was pressed.
#[derive(Component, Clone, Copy, Debug, Default, PartialEq)]
pub struct AimedAt(pub Option<Hit>);

/// Where a ray meets a surface, or one of some points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// The surface, or the entity of the points.
    pub surface: Entity,
    /// From (0, 0) at the top left to (1, 1) at the bottom right; beyond that while dragging off the edge.
    pub uv: Vec2,
    /// Which of the points, where it is no surface.
    pub part: Option<u32>,
    /// The point in world space.
    pub point: Vec3,
    /// From the start of the ray, in metres.
    pub distance: f32,
}

/// Marks the aim of the hand that one points with first; the other may rest on something meanwhile.
#[derive(Component, Clone, Copy, Debug, Default)]
pub struct Leads;

/// What the aims meet, that of the leading hand first.
#[derive(SystemParam)]
pub struct AimHits<'w, 's> {
    aims: Query<'w, 's, (&'static AimedAt, Has<Leads>)>,
}

impl AimHits<'_, '_> {
    /// All that is met.
    pub fn iter(&self) -> impl Iterator<Item = Hit> + '_ {
        let of_those = |lead: bool| {
            let those = self.aims.iter().filter(move |(_, leads)| *leads == lead);
            those.filter_map(|(aim, _)| aim.0)
        };
        of_those(true).chain(of_those(false))
    }
}

/// What an aim has pressed since the press began.
#[derive(Component, Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::world) enum Hold {
    #[default]
    Released,
    /// The press began beside every surface, so nothing is pressed until it ends.
    Nothing,
    Surface(Entity),
}
