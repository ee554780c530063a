//! How a table on its way to a verdict is shown.

use bevy::prelude::*;

pub(super) const fn plugin(_: &mut App) {}
