//! Whether a headset answers and is worn, in words that no OpenXR appears in.

use bevy::prelude::*;

/// The headset as the rest of the hall knows it; `world::xr` alone writes it.
///
/// Where the hall was opened without looking for a headset, this resource does not exist.
#[derive(Resource, Clone, Debug, PartialEq, Eq)]
pub enum Headset {
    /// None answered when the hall opened; it can be asked again.
    Away,
    /// It answers and can be entered.
    Ready,
    /// It has been asked for a session and has not shown anything yet.
    Entering,
    /// It is worn, or lies there with its pictures running.
    Worn {
        /// Whether its pictures are seen; when not, none are drawn.
        visible: bool,
        /// Whether its controllers are the hall's; when not, hands are hidden and nothing is pressed.
        focused: bool,
    },
    /// The visitor leaves it.
    Leaving,
    /// It went away; the sentence says why. It can be asked again.
    Lost(String),
}

impl Headset {
    /// Whether the visitor sees the hall through it, so that the window belongs to the spectators.
    pub const fn is_worn(&self) -> bool {
        matches!(self, Self::Worn { .. })
    }
}

/// Run condition: the headset is worn.
pub fn worn(headset: Option<Res<Headset>>) -> bool {
    headset.is_some_and(|headset| headset.is_worn())
}

/// Run condition: the headset is worn and its controllers are the hall's.
pub fn focused(headset: Option<Res<Headset>>) -> bool {
    headset.is_some_and(|headset| matches!(*headset, Headset::Worn { focused: true, .. }))
}
