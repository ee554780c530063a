//! How the digits are shown: an open theatre of layers, curves and a pad to draw on.

mod explain;
mod theatre;

use bevy::prelude::*;

pub(super) fn plugin(_app: &mut App) {}
