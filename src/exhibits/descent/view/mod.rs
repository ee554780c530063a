//! How a descent is shown.

use bevy::app::App;

pub(super) const fn plugin(_: &mut App) {}
