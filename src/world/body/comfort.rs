//! What keeps a visitor comfortable, as they chose it.

use bevy::prelude::*;

use super::Side;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Comfort>();
}

/// The visitor's choices; the wrist menu changes them.
#[derive(Resource, Clone, Debug, PartialEq)]
pub struct Comfort {
    /// The hand whose stick walks and whose ray the beam starts with; the menu is on the other wrist.
    pub main_hand: Side,
    /// What one push of the stick turns by, in degrees.
    pub snap_turn_degrees: f32,
    /// Whether the stick also walks smoothly.
    pub smooth_walking: bool,
    /// Whether the edges darken while walking smoothly.
    pub vignette: bool,
    /// Whether the visitor sits, and is lifted to the eye height of somebody who stands.
    pub seated: bool,
}

impl Default for Comfort {
    fn default() -> Self {
        Self {
            main_hand: Side::Right,
            snap_turn_degrees: 30.0,
            smooth_walking: false,
            vignette: true,
            seated: false,
        }
    }
}
