//! Rays of pointing devices, the flat surfaces and points that they meet, and what those are told.

mod device;
mod dispatch;
mod events;
mod hit_test;
mod pairing;
mod target;
#[cfg(test)]
mod tests;

use bevy::prelude::*;

pub use device::{Aim, AimHits, AimedAt, Hit, Leads, Paired, Reach};
pub use events::{AimDragged, AimLeft, AimMoved, AimPressed, AimReleased, AimScrolled};
pub use target::{Landmark, Surface, Untouchable};

pub(in crate::world) use device::Hold;
pub(in crate::world) use hit_test::{inside, on_plane};

use self::dispatch::meet_surfaces;
use super::AimSystems;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(PreUpdate, meet_surfaces.in_set(AimSystems::Meet));
}
